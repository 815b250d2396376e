import fc from 'fast-check';
import { domainOf, isFreeMail, isLookAlike, judgeSender, type SenderFacts, trustLevels } from './trust.ts';

const clinic = 'desk@raon-clinic.example';
const passed = { spf: 'pass', dkim: ['raon-clinic.example'], dmarc: 'pass' };
const failed = { spf: 'fail', dkim: [], dmarc: 'fail' };
const silent = { spf: null, dkim: [], dmarc: null };
const base: SenderFacts = {
  from: { address: clinic, name: '라온뷰티의원' },
  replyTo: null,
  authentication: passed,
  forwardedFrom: null,
  isTicketReply: false,
  onFile: { emails: [clinic], domains: ['raon-clinic.example'] },
};
const nobodyOnFile = { emails: [], domains: [] };
const from = (address: string, name = '') => ({ from: { address, name } });
const judge = (change: Partial<SenderFacts>) => judgeSender({ ...base, ...change });

describe('the level of trust', () => {
  it.each<[string, Partial<SenderFacts>, string]>([
    ['an authenticated address on file', {}, 'onFile'],
    ['another mailbox of the domain on file', from('marketing@raon-clinic.example'), 'onFile'],
    ['a subdomain of it', from('a@mail.raon-clinic.example'), 'onFile'],
    ['signed by the domain, without DMARC', { authentication: { ...passed, dmarc: 'none' } }, 'onFile'],
    ['DMARC alone', { authentication: { spf: null, dkim: [], dmarc: 'pass' } }, 'onFile'],
    ['on file, but every check failed', { authentication: failed }, 'forged'],
    ['on file, SPF failed and nothing signed', { authentication: { ...silent, spf: 'softfail' } }, 'forged'],
    ['on file, but nobody checked', { authentication: silent }, 'unaligned'],
    [
      'on file, signed by somebody else',
      { authentication: { spf: 'pass', dkim: ['bulk.example'], dmarc: null } },
      'unaligned',
    ],
    [
      'a ticket reply from elsewhere',
      {
        ...from('kim@other.example'),
        isTicketReply: true,
        authentication: { spf: 'pass', dkim: ['other.example'], dmarc: 'pass' },
      },
      'ticketReply',
    ],
    [
      'a ticket reply nobody vouches for',
      { ...from('kim@other.example'), isTicketReply: true, authentication: silent },
      'unaligned',
    ],
    [
      'free mail',
      { ...from('raon_dr@naver.com'), authentication: { spf: 'pass', dkim: ['naver.com'], dmarc: 'pass' } },
      'freeMail',
    ],
    ['free mail that fails', { ...from('raon_dr@naver.com'), authentication: failed }, 'unaligned'],
    [
      'free mail on file',
      {
        ...from('raon_dr@naver.com'),
        authentication: { spf: 'pass', dkim: ['naver.com'], dmarc: 'pass' },
        onFile: { emails: ['raon_dr@naver.com'], domains: [] },
      },
      'onFile',
    ],
    [
      'another mailbox of the same free mail',
      {
        ...from('someone@naver.com'),
        authentication: { spf: 'pass', dkim: ['naver.com'], dmarc: 'pass' },
        onFile: { emails: ['raon_dr@naver.com'], domains: ['naver.com'] },
      },
      'freeMail',
    ],
    ['a new clinic with a domain of its own', { onFile: nobodyOnFile }, 'aligned'],
    ['a new clinic nobody checked', { onFile: nobodyOnFile, authentication: silent }, 'unaligned'],
    ['a new clinic whose checks failed', { onFile: nobodyOnFile, authentication: failed }, 'unaligned'],
    ['nobody', { from: null }, 'unaligned'],
    ['no address', from('not an address'), 'unaligned'],
  ])('%s', (_, change, level) => expect(judge(change).level).toBe(level));
});

describe('look-alikes', () => {
  it.each([
    ['raon-clinlc.example', 'raon-clinic.example'],
    ['raon-c1inic.example', 'raon-clinic.example'],
    ['ra0n-clinic.example', 'raon-clinic.example'],
    ['raоn-clinic.example', 'raon-clinic.example'],
    ['raonclinic.example', 'raon-clinic.example'],
    ['raorn-clinic.example', 'raom-clinic.example'],
    ['raon-clinic.co.kr', 'raon-clinic.com'],
    ['raon-clinic.com.evil.example', 'raon-clinic.com'],
    ['raon-clinic-support.example', 'raon-clinic.example'],
    ['my-raon-clinic.example', 'raon-clinic.example'],
    ['raon-clinik.example', 'raon-clinic.example'],
    ['라온뷰티.example', '라온뷰티의.example'],
    ['râon-clinic.example', 'raon-clinic.example'],
    ['gmai1.com', 'gmail.com'],
  ])('%s could be taken for %s', (domain, real) => expect(isLookAlike(domain, real)).toBe(true));
  it.each([
    ['raon-clinic.example', 'raon-clinic.example'],
    ['mail.raon-clinic.co.kr', 'raon-clinic.co.kr'],
    ['daon-skin.example', 'raon-clinic.example'],
    ['saebom.kr', 'bom.kr'],
    ['naver.com', 'daum.net'],
    ['abc.kr', 'abd.kr'],
  ])('%s could not be taken for %s', (domain, real) => expect(isLookAlike(domain, real)).toBe(false));
  it('reads encoded names as people see them', () => {
    expect(domainOf('a@xn--ran-clinic-z0i.example')).not.toContain('xn--');
    expect(domainOf('A@Raon-Clinic.Example.')).toBe('raon-clinic.example');
    expect(domainOf('nobody')).toBeNull();
  });
});

describe('what speaks against a mail', () => {
  it('is a Reply-To that diverts to a look-alike', () =>
    expect(judge({ replyTo: 'desk@raon-clinlc.example' })).toEqual({
      level: 'forged',
      signals: ['REPLY_TO_OTHER_DOMAIN', 'REPLY_TO_LOOKALIKE'],
    }));
  it('is a Reply-To elsewhere, which by itself forges nothing', () =>
    expect(judge({ replyTo: 'raon@naver.com' })).toEqual({
      level: 'onFile',
      signals: ['REPLY_TO_OTHER_DOMAIN'],
    }));
  it('is a domain drawn like the one on file', () => {
    const authentication = { spf: 'pass', dkim: ['raon-clinlc.example'], dmarc: 'pass' };
    expect(judge({ ...from('desk@raon-clinlc.example'), authentication })).toEqual({
      level: 'forged',
      signals: ['LOOKALIKE_DOMAIN'],
    });
  });
  it('is a like name, which another clinic may have', () => {
    const authentication = { spf: 'pass', dkim: ['raon-clinics.example'], dmarc: 'pass' };
    expect(judge({ ...from('desk@raon-clinics.example'), authentication })).toEqual({
      level: 'aligned',
      signals: ['LOOKALIKE_DOMAIN'],
    });
  });
  it('is a display name that holds the address of the clinic', () => {
    const authentication = { spf: 'pass', dkim: ['evil.example'], dmarc: 'pass' };
    const shown = judge({ ...from('x@evil.example', `라온 <${clinic}>`), authentication });
    expect(shown).toEqual({ level: 'forged', signals: ['NAME_SHOWS_OTHER_ADDRESS'] });
    expect(judge(from(clinic, clinic)).signals).toEqual([]);
  });
  it('is a free-mail look-alike', () =>
    expect(judge({ ...from('a@navеr.com'), onFile: nobodyOnFile, authentication: silent }).signals).toContain(
      'LOOKALIKE_FREE_MAIL',
    ));
  it('is an agency that forwards for a clinic', () => {
    const agency = {
      ...from('pr@agency.example'),
      authentication: { spf: 'pass', dkim: ['agency.example'], dmarc: 'pass' },
    };
    expect(judge({ ...agency, forwardedFrom: clinic }).signals).toEqual(['FORWARDED_BY_OTHER']);
    expect(judge({ ...agency, forwardedFrom: 'pr@agency.example' }).signals).toEqual([]);
    expect(judge({ forwardedFrom: 'doctor@naver.com' }).signals).toEqual([]);
  });
  it('is everything at once in the spoof of a registered clinic', () =>
    expect(judge({ authentication: failed, replyTo: 'desk@raon-clinlc.example' })).toEqual({
      level: 'forged',
      signals: [
        'SPF_FAIL',
        'DMARC_FAIL',
        'ON_FILE_BUT_NOT_ALIGNED',
        'REPLY_TO_OTHER_DOMAIN',
        'REPLY_TO_LOOKALIKE',
      ],
    }));
});

it('knows free mail', () => {
  for (const domain of [
    'naver.com',
    'hanmail.net',
    'daum.net',
    'gmail.com',
    'nate.com',
    'kakao.com',
    'outlook.com',
  ])
    expect(isFreeMail(domain)).toBe(true);
  expect(isFreeMail('raon-clinic.example')).toBe(false);
});

it('never throws; without an authenticated sender nothing is trusted', () => {
  const text = fc.oneof(fc.string(), fc.emailAddress());
  fc.assert(
    fc.property(
      text,
      text,
      fc.option(text, { nil: null }),
      fc.constantFrom(passed, failed, silent),
      (address, name, replyTo, authentication) => {
        const { level } = judge({ from: { address, name }, replyTo, authentication });
        expect(trustLevels).toContain(level);
        if (authentication !== passed) expect(['unaligned', 'forged']).toContain(level);
      },
    ),
  );
});
