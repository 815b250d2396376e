/** Signatures that were really made, and what a forger may try; DNS is a list. */
import fc from 'fast-check';
import { damages } from '../../test/mail/corrupt.ts';
import { newSigner, type Signing } from '../../test/support/signing.ts';
import { addressesOf } from './headers.ts';
import { headersOf } from './mime.ts';
import { type Resolve, verify } from './verify.ts';

const now = Date.UTC(2026, 10, 21, 3);
const clinic = newSigner('raon.example', 'reject');
const lax = newSigner('lax.example', 'none');
const unruled = newSigner('unruled.example');
const evil = newSigner('evil.example', 'none');
const records = [clinic, lax, unruled, evil].flatMap((signer) => signer.records);

const missing = () => Object.assign(new Error('ENOTFOUND'), { code: 'ENOTFOUND' });
const published: Resolve = async (name) => {
  const found = records.filter((record) => record.name === name);
  if (found.length === 0) throw missing();
  return found.map(({ data }) => [data]);
};
const down: Resolve = async () => {
  throw Object.assign(new Error('ETIMEOUT'), { code: 'ETIMEOUT' });
};

const letter = (domain: string, body = '전화번호를 02-555-0199로 바꿔 주세요.'): Buffer =>
  Buffer.from(
    `From: desk@${domain}\r\nSubject: hello\r\nMIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n${body}\r\n`,
  );
const check = (raw: Buffer, { isSpfOut = true, resolve = published } = {}) => {
  const headers = headersOf(raw, 100_000) ?? [];
  return verify(raw, headers, addressesOf(headers, 'from')[0]?.address ?? '', { isSpfOut, resolve, now });
};
const changed = (raw: Buffer, from: string, to: string) =>
  Buffer.from(raw.toString('latin1').replace(from, to), 'latin1');
const signed = (how: Signing = {}) =>
  clinic.sign(letter('raon.example'), { signedAt: new Date(now), ...how });

const passed = { dkim: ['raon.example'], dmarc: 'pass' };
const refused = { dkim: [], dmarc: 'fail' };

describe('a mail its author’s domain has signed', () => {
  it('is proven', async () => {
    expect(await check(await signed())).toEqual(passed);
  });
  it('is proven for a mailbox below the domain', async () => {
    const raw = await clinic.sign(letter('mail.raon.example'));
    expect(await check(raw)).toEqual(passed);
  });
  it('is proven whatever others have signed besides, and though one of them is broken', async () => {
    expect(await check(await evil.sign(await signed()))).toEqual({
      dkim: ['evil.example', 'raon.example'],
      dmarc: 'pass',
    });
    expect(await check(changed(await evil.sign(await signed()), 'd=evil', 'd=gone'))).toEqual(passed);
  });
});

describe('a forger gets nowhere', () => {
  it.each<[string, () => Promise<Buffer>]>([
    ['without a signature', async () => letter('raon.example')],
    ['with an altered body', async () => changed(await signed(), '0199', '0198')],
    ['with an altered subject', async () => changed(await signed(), 'hello', 'howdy')],
    [
      'with a subject of his own above',
      async () => Buffer.concat([Buffer.from('Subject: x\r\n'), await signed()]),
    ],
    [
      'with an expired signature',
      () => signed({ signedAt: new Date(now - 2e9), expires: new Date(now - 1e9) }),
    ],
    ['with a key that is not published', () => signed({ selector: 'gone' })],
    [
      'with a signature of only the beginning',
      async () => {
        const raw = await signed({ bodyLength: 10 });
        return Buffer.concat([raw, Buffer.from('계좌: 가나은행 1-2-3\r\n')]);
      },
    ],
    [
      'with more signatures than are looked at',
      async () =>
        Buffer.concat([
          Buffer.from('DKIM-Signature: v=1; d=raon.example; s=x\r\n'.repeat(50)),
          await signed(),
        ]),
    ],
    [
      'with signatures that are none',
      async () =>
        Buffer.concat([Buffer.from('DKIM-Signature: \r\nDKIM-Signature: a=;b\r\n'), letter('raon.example')]),
    ],
  ])('%s', async (_, forge) => {
    expect(await check(await forge())).toEqual(refused);
  });
  it('with a signature of his own', async () => {
    expect(await check(await evil.sign(letter('raon.example')))).toEqual({
      dkim: ['evil.example'],
      dmarc: 'fail',
    });
  });
  it('with two signatures below each other for two authors', async () => {
    const two = Buffer.concat([
      Buffer.from('From: desk@raon.example\r\n'),
      await evil.sign(letter('evil.example')),
    ]);
    expect(await check(two)).toEqual(refused);
  });
});

it('no letter of a body can be changed, and no damage makes it fail', async () => {
  const raw = await signed();
  const body = raw.indexOf('\r\n\r\n') + 4;
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: body, max: raw.length - 3 }), damages, async (at, damage) => {
      const one = Buffer.from(raw);
      one[at] = (one[at] ?? 0) === 0x78 ? 0x79 : 0x78;
      expect(await check(one)).toEqual(refused);
      expect((await check(damage(raw))).dmarc).not.toBe('temperror');
    }),
    { numRuns: 200 },
  );
});

describe('what is not known is not held against anybody', () => {
  it.each<[string, Buffer, object, string | null]>([
    ['SPF may speak for it', letter('raon.example'), { isSpfOut: false }, null],
    ['the domain asks for nothing', letter('lax.example'), {}, 'none'],
    ['the domain has no policy', letter('unruled.example'), {}, 'none'],
    ['DNS is down, and nothing is signed', letter('raon.example'), { resolve: down }, 'temperror'],
    ['there is no author', Buffer.from('From: nobody\r\n\r\nx'), {}, null],
  ])('%s', async (_, raw, how, dmarc) => {
    expect(await check(raw, how)).toEqual({ dkim: [], dmarc });
  });
  it('a signature that cannot be looked up', async () => {
    expect(await check(await signed(), { resolve: down })).toEqual({ dkim: [], dmarc: 'temperror' });
    expect(await check(await signed(), { resolve: down, isSpfOut: false })).toMatchObject({
      dmarc: 'temperror',
    });
  });
});

describe('takes no longer than a few seconds', () => {
  const inTime = async (raw: Buffer, expected: object) => {
    const before = process.cpuUsage();
    expect(await check(raw)).toEqual(expected);
    const { user, system } = process.cpuUsage(before);
    expect((user + system) / 1000).toBeLessThan(8_000);
  };
  it('for 25 MB', async () => {
    const body = 'QUJD'.repeat(19).concat('\r\n').repeat(320_000);
    await inTime(await clinic.sign(letter('raon.example', body)), passed);
  });
  it.each([
    ['a line of 25 MB', 'x'.repeat(25_000_000)],
    ['25 million lines', '\n'.repeat(25_000_000)],
  ])('for %s, which is not looked at', async (_, body) => {
    const signature = 'DKIM-Signature: v=1; a=rsa-sha256; d=raon.example; s=k1; h=from; bh=A; b=A\r\n';
    await inTime(Buffer.concat([Buffer.from(signature), letter('raon.example', body)]), refused);
  });
});
