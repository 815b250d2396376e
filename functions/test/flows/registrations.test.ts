/** From a posted mail to a published page, through the functions emulator, with real MIME and Storage. */

import { randomInt, randomUUID } from 'node:crypto';
import { daysAfter } from '../../src/kernel/days.ts';
import { koreanDayOf } from '../../src/kernel/korean.ts';
import { db } from '../../src/platform/firebase.ts';
import { env, eventually, isStored, type MailReceipt, postMail, readAs, receiptOf } from '../support/app.ts';
import { hospitalMail, mailOf, newBusinessNumber, pdf } from '../support/mails.ts';
import { freshNumbers, seedMail } from '../support/seedMails.ts';

interface Sent extends MailReceipt {
  readonly registrationIds: readonly string[];
  readonly registrationId: string;
}

async function send(raw: Buffer): Promise<Sent> {
  const receipt = await receiptOf(await postMail(raw));
  const registrationIds = await readAs(receipt.mailId);
  return { ...receipt, registrationIds, registrationId: registrationIds[0] ?? '' };
}
const registration = async (id: string) => (await db().doc(`registrations/${id}`).get()).data() ?? {};

async function decide(id: string, decision: string) {
  await db().doc(`registrations/${id}`).update({ decision, decisionNote: '서류 확인' });
  return eventually(`decision of ${id}`, async () => {
    const now = await registration(id);
    return now.decidedAt !== null || now.decision === null ? now : null;
  });
}

async function publishedHospital(): Promise<{ businessNumber: string; path: string }> {
  const businessNumber = newBusinessNumber();
  const { registrationId } = await send(hospitalMail(businessNumber));
  const decided = await decide(registrationId, 'approve');
  return { businessNumber, path: String(decided.publishedPath) };
}

describe('a hospital', () => {
  it('becomes a page when an operator approves, and not before', async () => {
    const businessNumber = newBusinessNumber();
    const { mailId, registrationId } = await send(hospitalMail(businessNumber));
    const received = await registration(registrationId);
    expect(received).toMatchObject({
      kind: 'hospital',
      state: 'PENDING_REVIEW',
      problems: [],
      decision: null,
    });
    expect(received.ticket).toMatch(/^DP-\d{8}-\d{4,}$/);
    expect((await db().doc(`inboundMails/${mailId}`).get()).data()).toMatchObject({ state: 'READ' });
    expect(await isStored(`inbound/${mailId}.eml`)).toBe(true);
    expect((await db().doc(`identityKeys/hospital-${businessNumber}`).get()).exists).toBe(false);

    const decided = await decide(registrationId, 'approve');
    expect(decided).toMatchObject({ state: 'APPROVED', decisionProblems: [] });
    const page = (await db().doc(String(decided.publishedPath)).get()).data() ?? {};
    expect(page).toMatchObject({
      name: '흐름성형외과의원',
      region: '서울',
      district: '강남구',
      zip: '06236',
      phone: '+8225550101',
      departments: ['08', '14'],
      published: true,
    });
    expect(JSON.stringify(page)).not.toContain(businessNumber);
    expect((await db().doc(`auditLog/registration-${registrationId}-APPROVED`).get()).exists).toBe(true);
  });

  it('is taken in once, however often the mail is delivered, also at once', async () => {
    const raw = hospitalMail(newBusinessNumber());
    const receipts = await Promise.all([send(raw), send(raw), send(raw)]);
    const again = await send(raw);
    expect(new Set([...receipts, again].map(({ registrationId }) => registrationId)).size).toBe(1);
    expect(again.isNew).toBe(false);
    const all = await db().collection('registrations').where('mailId', '==', again.mailId).get();
    expect(all.size).toBe(1);
  });

  it('is not published twice under one business number', async () => {
    const { businessNumber, path } = await publishedHospital();
    const second = await send(hospitalMail(businessNumber, '같은번호의원'));
    expect(await registration(second.registrationId)).toMatchObject({
      ...{ intent: 'change', target: path, fields: { name: '같은번호의원' } },
    });
  });

  it('can be rejected, which settles it', async () => {
    const { registrationId } = await send(hospitalMail(newBusinessNumber()));
    expect(await decide(registrationId, 'reject')).toMatchObject({ state: 'REJECTED' });
  });

  it('is refused with every reason in Korean when something is missing, and can be approved once corrected', async () => {
    const raw = mailOf(
      '병원 등록',
      ['병원명: 빠진의원', '사업자등록번호: 123-45-67890', '전화: 5550101'],
      [pdf('사업자등록증.pdf')],
    );
    const { registrationId } = await send(raw);
    const received = await registration(registrationId);
    expect(received).toMatchObject({ kind: 'hospital', state: 'NEEDS_INFO' });
    expect(received.problems.map((problem: { field: string }) => problem.field)).toEqual(
      expect.arrayContaining([
        'businessNumber',
        'phone',
        'representative',
        'address',
        'departments',
        'openingCertificate',
      ]),
    );
    const refused = await decide(registrationId, 'approve');
    expect(refused).toMatchObject({ state: 'NEEDS_INFO', decision: null, publishedPath: null });
    expect(refused.decisionProblems.length).toBeGreaterThan(4);
    for (const reason of refused.decisionProblems) expect(reason).toMatch(/[가-힣]/);
    const misspelt = await decide(registrationId, 'aprove');
    expect(misspelt.decisionProblems[0]).toContain('approve');
  });
});

describe('a doctor and an event', () => {
  it('are published for a hospital that is, with their picture, without their licence', async () => {
    const { businessNumber, path } = await publishedHospital();
    const licence = String(randomInt(10_000, 999_999));
    const doctor = await send(
      mailOf(
        '의사 등록',
        [
          '성명: 김라온',
          `의사면허번호: 제 ${licence} 호`,
          '전문의: 성형외과 전문의 제4567호',
          `사업자등록번호: ${businessNumber}`,
          '주민등록번호: 800101-1234567',
          '약력: 현) 흐름성형외과 원장',
          '주진료: 쌍꺼풀, 눈매교정',
        ],
        [pdf('의사면허증.pdf'), pdf('전문의자격증.pdf'), { name: '프로필사진.jpg', type: 'image/jpeg' }],
      ),
    );
    const received = await registration(doctor.registrationId);
    expect(received).toMatchObject({
      kind: 'doctor',
      state: 'PENDING_REVIEW',
      warnings: ['NOT_AUTHENTICATED', 'RRN_REDACTED'],
    });
    expect(JSON.stringify(received)).not.toContain('1234567');
    const decided = await decide(doctor.registrationId, 'approve');
    const page = (await db().doc(String(decided.publishedPath)).get()).data() ?? {};
    expect(page).toMatchObject({
      name: '김라온',
      isSpecialist: true,
      specialty: '08',
      hospitalId: path.split('/')[1],
    });
    expect(JSON.stringify(page)).not.toContain(licence);

    const [starts, ends] = [1, 60].map((days) => daysAfter(koreanDayOf(Date.now()), days));
    const event = await send(
      mailOf(
        '이벤트 등록',
        [
          '이벤트명: 자연유착 쌍꺼풀',
          `사업자등록번호: ${businessNumber}`,
          '정상가: 1,320,000원',
          '할인가: 99만원 (VAT 포함)',
          `이벤트기간: ${starts} ~ ${ends}`,
          '할인대상/범위: 신규 고객, 수술비에 한함',
          '심의번호: 261101-중-000001',
        ],
        [{ name: '메인사진.png', type: 'image/png' }],
      ),
    );
    const eventDecided = await decide(event.registrationId, 'approve');
    const eventPage = (await db().doc(String(eventDecided.publishedPath)).get()).data() ?? {};
    expect(eventPage).toMatchObject({
      priceBefore: 1320000,
      priceAfter: 990000,
      discountPercent: 25,
      startsOn: starts,
      endsOn: ends,
    });
    expect(await isStored(String(eventPage.imagePath))).toBe(true);
  });

  it('wait for their hospital', async () => {
    const doctor = await send(
      mailOf(
        '의사 등록',
        [
          '의사명: 박기다림',
          `면허번호: ${randomInt(10_000, 999_999)}`,
          '전문의: 아니요',
          `사업자등록번호: ${newBusinessNumber()}`,
        ],
        [pdf('면허증.pdf')],
      ),
    );
    const refused = await decide(doctor.registrationId, 'approve');
    expect(refused.decisionProblems[0]).toContain('병원을 먼저');
  });
});

describe('a mail of several', () => {
  it('becomes one registration each, with its own ticket, however often it is delivered', async () => {
    const businessNumber = newBusinessNumber();
    const raw = mailOf(
      '병원·의료진 등록',
      [
        ...['[병원 정보]', '병원명: 여럿의원', '대표자: 김여럿', `사업자등록번호: ${businessNumber}`],
        ...['주소: 서울 강남구 테헤란로 1', '전화: 02-555-0101', '진료과목: 피부과', '주차: 가능'],
        ...['[의료진 1]', '성명: 김여럿', '면허번호: 제 000123 호', '전문의: 피부과 전문의'],
        ...['[의료진 2]', '성명: 이가람', '면허번호: 456', '전문의: 아니요'],
      ],
      [],
    );
    const receipts = await Promise.all([send(raw), send(raw)]);
    const again = await send(raw);
    const ids = again.registrationIds;
    expect(ids).toHaveLength(3);
    for (const receipt of receipts) expect(receipt.registrationIds).toEqual(ids);
    const [hospital, first, second] = await Promise.all(ids.map(registration));
    expect([hospital, first, second].map((one) => one?.kind)).toEqual(['hospital', 'doctor', 'doctor']);
    expect(new Set([hospital, first, second].map((one) => one?.ticket)).size).toBe(3);
    expect(hospital).toMatchObject({
      intent: 'register',
      row: null,
      extra: [{ label: '주차', value: '가능' }],
    });
    expect(first?.readings.licenceNumber).toEqual({
      ...{ value: '123', raw: '제 000123 호', label: '면허번호', source: 'body', confidence: 'high' },
    });
    expect(second?.fields).toMatchObject({ name: '이가람', hospitalBusinessNumber: businessNumber });
  });
});

describe('inboundMail', () => {
  it('refuses strangers, other shapes and emptiness, and keeps nothing of them', async () => {
    const raw = hospitalMail(newBusinessNumber());
    expect((await postMail(raw, 'wrong')).status).toBe(401);
    expect((await postMail(Buffer.alloc(0))).status).toBe(400);
    const url = `${env('FUNCTIONS_BASE_URL')}/inboundMail`;
    const headers = { authorization: 'Bearer local-inbound', 'content-type': 'message/rfc822' };
    expect((await fetch(`${url}/raw`, { headers })).status).toBe(405);
    expect((await fetch(`${url}/other`, { method: 'POST', headers, body: raw.toString() })).status).toBe(404);
    expect(
      (
        await fetch(`${url}/raw`, {
          method: 'POST',
          headers: { ...headers, 'content-type': 'text/plain' },
          body: 'x',
        })
      ).status,
    ).toBe(415);
  });

  it('keeps a message it cannot make sense of where an operator sees it', async () => {
    const { registrationId } = await send(
      Buffer.from([0xff, 0xfe, 0x00, 0x01, ...Buffer.from(randomUUID())]),
    );
    expect(await registration(registrationId)).toMatchObject({ kind: 'unknown', state: 'NEEDS_INFO' });
  });

  it('takes the seed mails', async () => {
    for (const kind of ['hospital', 'doctor', 'event']) {
      const { registrationId } = await send(seedMail(kind, freshNumbers()));
      expect(await registration(registrationId)).toMatchObject({ kind, problems: [] });
    }
  });
});
