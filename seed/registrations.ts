/**
 * Registrations in several states, with the mails they came from. The files themselves are not in Storage, so
 * what still waits for a decision needs no picture to be published.
 */
import { createHash } from 'node:crypto';
import type { InboundMail } from '../functions/src/inbound/schema.ts';
import { koreanDayOf } from '../functions/src/kernel/korean.ts';
import { problemsOf } from '../functions/src/registrations/checks.ts';
import { paperRole } from '../functions/src/registrations/papers.ts';
import type {
  DoctorFields,
  EventFields,
  HospitalFields,
  Paper,
  Registration,
} from '../functions/src/registrations/schema.ts';
import { readOpeningHours } from '../functions/src/registrations/understanding/hours.ts';
import { type Directory, e164, inventedBusinessNumber } from './directory.ts';
import { atMillis, dayMs, nth, type SeedDocument, seedMillis } from './frame.ts';

interface Story {
  readonly id: string;
  readonly kind: Registration['kind'];
  readonly daysAgo: number;
  readonly sender: string;
  readonly subject: string;
  readonly fields: Record<string, unknown>;
  readonly files: readonly string[];
  readonly decision?: 'approve' | 'reject';
  readonly note?: string;
  readonly publishedPath?: string;
  /** Kept apart: the sender is not who they say. */
  readonly forged?: true;
}

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');
const mailIdOf = (story: Story) => sha256(`mail of ${story.id}`).slice(0, 40);

const newHospital: HospitalFields = {
  name: '봄내솔의원',
  representative: '한가람',
  businessNumber: inventedBusinessNumber(201),
  careInstitutionNumber: null,
  type: '의원',
  region: '강원',
  district: '춘천시',
  address: '강원특별자치도 춘천시 중앙로 88, 3층',
  zip: '24270',
  phone: e164('033-000-0101'),
  homepage: null,
  departments: ['14', '23'],
  hours: '평일 10:00-19:00, 토 10:00-15:00',
  openingHours: readOpeningHours('평일 10:00-19:00, 토 10:00-15:00')?.hours ?? null,
};

function published({ hospitals, doctors }: Directory): Story[] {
  const hospital = nth(hospitals, 0);
  const doctor = nth(doctors, 0);
  const { name, representative, type, region, district, address, zip, phone } = hospital.data;
  const { homepage, departments, hours, openingHours } = hospital.data;
  const { businessNumber, careInstitutionNumber, contactEmail } = hospital.hidden;
  const place = { region, district, address, zip };
  const hospitalFields: HospitalFields = {
    ...{ name, representative, businessNumber, careInstitutionNumber, type, ...place },
    ...{ phone, homepage, departments, hours, openingHours },
  };
  const { isSpecialist, specialty, career, focus } = doctor.data;
  const { licenceNumber, specialistNumber } = doctor.hidden;
  const doctorFields: DoctorFields = {
    ...{ name: doctor.data.name, licenceNumber, isSpecialist, specialty, specialistNumber, career, focus },
    hospitalBusinessNumber: businessNumber,
  };
  const approved = { daysAgo: 560, sender: contactEmail, decision: 'approve', note: '서류 확인함' } as const;
  return [
    {
      ...approved,
      ...{ id: hospital.hidden.registrationId, kind: 'hospital', fields: hospitalFields },
      subject: `[병원 등록] ${name}`,
      files: ['사업자등록증.pdf', '의료기관개설신고증명서.pdf'],
      publishedPath: `Hospitals/${hospital.id}`,
    },
    {
      ...approved,
      ...{
        id: doctor.hidden.registrationId,
        kind: 'doctor',
        fields: { ...doctorFields, hospitalName: name },
      },
      subject: `[의사 등록] ${doctor.data.name} 원장`,
      files: ['면허증.pdf', '전문의자격증.pdf'],
      publishedPath: `Doctors/${doctor.id}`,
    },
  ];
}

function rejectedEvent({ hospitals }: Directory): EventFields {
  const { data, hidden } = nth(hospitals, 0);
  return {
    title: '연말 쌍꺼풀 이벤트',
    hospitalBusinessNumber: hidden.businessNumber,
    hospitalName: data.name,
    category: '눈성형 > 쌍꺼풀',
    priceBefore: 1_980_000,
    priceAfter: 890_000,
    vatIncluded: true,
    startsOn: '2026-12-01',
    endsOn: '2026-12-31',
    target: '신규 고객',
    adReviewNumber: null,
    adReviewValidUntil: null,
    sideEffects: '붓기, 멍',
  };
}

function newDoctor({ hospitals }: Directory): DoctorFields & { hospitalName: string } {
  const { data, hidden } = nth(hospitals, 0);
  return {
    name: '문해솔',
    licenceNumber: '999101',
    isSpecialist: true,
    specialty: '08',
    specialistNumber: '99011',
    hospitalBusinessNumber: hidden.businessNumber,
    hospitalName: data.name,
    career: ['한빛대학교 의과대학 졸업', '한빛대학교병원 성형외과 전공의 수료'],
    focus: ['쌍꺼풀', '눈매교정'],
  };
}

function waiting(directory: Directory): Story[] {
  return [
    {
      ...{ id: 'waiting-hospital', kind: 'hospital', daysAgo: 2, sender: 'desk@bomnae.example' },
      subject: '[병원 등록] 봄내솔의원 입점 신청',
      fields: newHospital,
      files: ['사업자등록증.pdf', '의료기관개설신고증명서.pdf'],
    },
    {
      ...{ id: 'waiting-doctor', kind: 'doctor', daysAgo: 1 },
      sender: nth(directory.hospitals, 0).hidden.contactEmail,
      subject: '의료진 추가 등록 부탁드립니다',
      fields: newDoctor(directory),
      files: ['면허증.pdf', '전문의자격증.pdf'],
    },
  ];
}

function unfinished(directory: Directory): Story[] {
  const businessNumber = inventedBusinessNumber(202);
  return [
    {
      ...{ id: 'incomplete-hospital', kind: 'hospital', daysAgo: 3, sender: 'hello@dasan.example' },
      subject: '병원 등록 문의드립니다',
      fields: { ...newHospital, name: '다산솔빛의원', businessNumber, phone: null, hours: '' },
      files: ['사업자등록증.pdf'],
    },
    {
      ...{ id: 'rejected-event', kind: 'event', daysAgo: 6 },
      sender: nth(directory.hospitals, 0).hidden.contactEmail,
      subject: '[이벤트 등록] 연말 쌍꺼풀',
      fields: rejectedEvent(directory),
      files: ['메인사진.png'],
      ...{ decision: 'reject', note: '할인율이 50%를 넘어 반려' },
    },
    {
      ...{ id: 'forged-mail', kind: 'unknown', daysAgo: 5, sender: 'desk@bomnae.example.top', forged: true },
      ...{ subject: '정산 계좌 변경', fields: {}, files: [] },
    },
    {
      ...{ id: 'unknown-mail', kind: 'unknown', daysAgo: 4, sender: 'sales@somewhere.example' },
      ...{ subject: '제휴 제안드립니다', fields: {}, files: [] },
    },
  ];
}

function papersOf({ id, files }: Story): Paper[] {
  return files.map((fileName, index) => {
    const role = paperRole(fileName);
    const isPdf = fileName.endsWith('.pdf');
    return {
      path: `registrations/${id}/${index}-${role}.${isPdf ? 'pdf' : 'png'}`,
      fileName,
      role,
      contentType: isPdf ? 'application/pdf' : 'image/png',
      size: 48_211 + index * 1_777,
      sha256: sha256(`${id}/${fileName}`),
    };
  });
}

function stateOf({ decision, forged }: Story, problems: number): Registration['state'] {
  if (forged) return 'QUARANTINED';
  if (decision) return decision === 'approve' ? 'APPROVED' : 'REJECTED';
  return problems > 0 ? 'NEEDS_INFO' : 'PENDING_REVIEW';
}

function registrationOf(story: Story, number: number): Registration {
  const received = seedMillis - story.daysAgo * dayMs + 3_600_000;
  const papers = papersOf(story);
  const problems = problemsOf(story.kind, story.fields, papers);
  const decidedAt = story.decision ? atMillis(received + 20 * 3_600_000) : null;
  return {
    ticket: `DP-${koreanDayOf(received).replaceAll('-', '')}-${String(number).padStart(4, '0')}`,
    mailId: mailIdOf(story),
    kind: story.kind,
    state: stateOf(story, problems.length),
    fields: story.fields,
    readings: {},
    extra: [],
    row: null,
    intent: 'register',
    problems,
    warnings: story.forged ? ['FORGED_SENDER'] : [],
    confirmationsNeeded: story.forged ? ['money'] : [],
    papers,
    senderAddress: story.sender,
    subject: story.subject,
    decision: story.decision ?? null,
    decisionNote: story.note ?? null,
    decidedAt,
    target: null,
    corrections: [],
    confirmed: {},
    decisionProblems: [],
    publishedPath: story.publishedPath ?? null,
    receivedAt: atMillis(received),
    updatedAt: decidedAt ?? atMillis(received),
  };
}

function documentsOf(story: Story, number: number): SeedDocument[] {
  const registration = registrationOf(story, number);
  const { mailId, receivedAt, state, publishedPath, decisionNote, decidedAt } = registration;
  const mail: InboundMail = {
    state: 'READ',
    provider: 'raw',
    providerMessageId: null,
    rfcMessageId: `<${story.id}@seed.example>`,
    envelopeFrom: story.sender,
    envelopeTo: ['regist@doctorpitch.example'],
    spf: null,
    dkim: [],
    spamScore: null,
    rawPath: `inbound/${mailId}.eml`,
    size: 2_000 + registration.papers.reduce((sum, paper) => sum + paper.size, 0),
    registrationIds: [story.id],
    failure: null,
    attempts: 1,
    nextAttemptAt: null,
    parkedAt: null,
    receivedAt,
    updatedAt: receivedAt,
  };
  const audit: SeedDocument = {
    path: `auditLog/registration-${story.id}-${state}`,
    data: {
      action: story.decision === 'approve' ? 'registration.approve' : 'registration.reject',
      target: `registrations/${story.id}`,
      by: 'console',
      result: publishedPath ?? state,
      note: decisionNote,
      before: {},
      after: {},
      at: decidedAt,
    },
  };
  return [
    { path: `registrations/${story.id}`, data: { ...registration } },
    { path: `inboundMails/${mailId}`, data: { ...mail } },
    {
      path: `tickets/${registration.ticket}`,
      data: { registrationId: story.id, createdAt: registration.receivedAt },
    },
    ...(story.decision ? [audit] : []),
  ];
}

/** Numbers run per day, as people would make them up; each ticket is taken. */
export function registrationDocuments(directory: Directory): SeedDocument[] {
  const last = new Map<string, number>();
  return [...published(directory), ...waiting(directory), ...unfinished(directory)].flatMap((story) => {
    const day = koreanDayOf(seedMillis - story.daysAgo * dayMs + 3_600_000).replaceAll('-', '');
    const number = (last.get(day) ?? 0) + 1;
    last.set(day, number);
    return documentsOf(story, number);
  });
}
