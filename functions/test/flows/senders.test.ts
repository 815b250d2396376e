/** Whose mail a mail is: clinics that sign, forgers, and DNS that is away; through the functions emulator. */
import { randomInt, randomUUID } from 'node:crypto';
import { post } from '../../../standins/inbound.ts';
import { proveSender } from '../../src/inbound/senderProof.ts';
import { db } from '../../src/platform/firebase.ts';
import { judgeSender } from '../../src/registrations/trust.ts';
import { env, eventually, readAs, receiptOf } from '../support/app.ts';
import { hospitalMail, mailOf, newBusinessNumber, pdf } from '../support/mails.ts';
import { newSigner, type Signer } from '../support/signing.ts';

const control = (path: string, body: unknown, method = 'POST') =>
  fetch(`${env('STANDIN_DNS_URL')}/__control/${path}`, { method, body: JSON.stringify(body) });

interface Clinic {
  readonly signer: Signer;
  readonly address: string;
  readonly businessNumber: string;
}

const from = (raw: Buffer, address: string): Buffer =>
  Buffer.from(raw.toString('latin1').replace('desk@clinic.example', address), 'latin1');

async function send(raw: Buffer, envelopeFrom: string) {
  const posting = { provider: 'raw', raw, from: envelopeFrom } as const;
  const { mailId } = await receiptOf(await post(`${env('FUNCTIONS_BASE_URL')}/inboundMail`, posting));
  const [id = ''] = await readAs(mailId);
  return { mailId, raw, id, registration: (await db().doc(`registrations/${id}`).get()).data() ?? {} };
}

/** A clinic whose domain is on file: published from a mail it signed. Nothing of its DNS may be kept by whoever asks. */
async function clinicOnFile(policy: 'none' | 'reject'): Promise<Clinic> {
  const signer = newSigner(`c-${randomUUID().slice(0, 8)}.example`, policy);
  await control('seed', { records: signer.records.map((record) => ({ ...record, ttl: 0 })) });
  const address = `desk@${signer.domain}`;
  const businessNumber = newBusinessNumber();
  const { id } = await send(await signer.sign(from(hospitalMail(businessNumber), address)), address);
  await db().doc(`registrations/${id}`).update({ decision: 'approve' });
  await eventually(`publication of ${id}`, async () => {
    const { publishedPath } = (await db().doc(`registrations/${id}`).get()).data() ?? {};
    return typeof publishedPath === 'string' ? publishedPath : null;
  });
  return { signer, address, businessNumber };
}

const doctorMail = ({ address, businessNumber }: Clinic): Buffer =>
  from(
    mailOf(
      '의사 등록',
      [
        '성명: 김라온',
        `의사면허번호: 제 ${randomInt(10_000, 999_999)} 호`,
        '전문의: 성형외과 전문의 제4567호',
        `사업자등록번호: ${businessNumber}`,
        '약력: 현) 흐름성형외과 원장',
        '주진료: 쌍꺼풀',
      ],
      [pdf('의사면허증.pdf'), pdf('전문의자격증.pdf'), { name: '프로필사진.jpg', type: 'image/jpeg' }],
    ),
    address,
  );

beforeAll(() => {
  process.env.FUNCTIONS_EMULATOR = 'true';
  process.env.DNS_API_BASE = env('STANDIN_DNS_URL');
});

it('a mail signed by the domain on file is from whom it says', async () => {
  const clinic = await clinicOnFile('reject');
  const raw = await clinic.signer.sign(doctorMail(clinic));
  const { mailId, registration } = await send(raw, 'bounce@mailer.example');
  expect(registration).toMatchObject({ state: 'PENDING_REVIEW', warnings: [] });
  const { domain } = clinic.signer;
  const authentication = await proveSender(mailId, raw, Date.now());
  expect(authentication).toEqual({ server: 'self', spf: null, dkim: [domain], dmarc: 'pass' });
  const facts = { replyTo: null, authentication, forwardedFrom: null, isTicketReply: false };
  const onFile = { emails: [clinic.address], domains: [domain] };
  expect(judgeSender({ ...facts, from: { address: clinic.address, name: '' }, onFile }).level).toBe('onFile');
});

it('a forger who writes his own findings gets nowhere', async () => {
  const clinic = await clinicOnFile('reject');
  const { domain } = clinic.signer;
  const claims = `Authentication-Results: mx.drpitch.example; spf=pass; dkim=pass header.d=${domain}; dmarc=pass\r\n`;
  const forged = Buffer.concat([Buffer.from(`${claims}Received-SPF: Pass\r\n`), doctorMail(clinic)]);
  const { registration } = await send(forged, 'kim@evil.example');
  expect(registration.state).toBe('QUARANTINED');
  expect(registration.warnings).toEqual(
    expect.arrayContaining(['FORGED_SENDER', 'DMARC_FAIL', 'ON_FILE_BUT_NOT_ALIGNED']),
  );
  const signed = (await clinic.signer.sign(doctorMail(clinic))).toString('latin1');
  const spoilt = Buffer.from(signed.replace(/\r\n--b-/, '\r\nx\r\n--b-'), 'latin1');
  expect((await send(spoilt, 'kim@evil.example')).registration.state).toBe('QUARANTINED');
});

it('a domain that asks for nothing is not proven, and nothing is held against it', async () => {
  const clinic = await clinicOnFile('none');
  const { registration } = await send(doctorMail(clinic), 'kim@evil.example');
  expect(registration).toMatchObject({ state: 'PENDING_REVIEW', warnings: ['NOT_AUTHENTICATED'] });
});

it('while DNS is away mail is read, believed by nobody and held against nobody', async () => {
  const clinic = await clinicOnFile('reject');
  const raw = await clinic.signer.sign(doctorMail(clinic));
  await control('fault', { match: { path: '/resolve' }, kind: 'reset' });
  try {
    const { registration } = await send(raw, 'bounce@mailer.example');
    expect(registration).toMatchObject({ state: 'PENDING_REVIEW', warnings: ['NOT_AUTHENTICATED'] });
  } finally {
    await control('faults', {}, 'DELETE');
  }
});
