/** Mails of the eight natures of which clinics' mails are, each with what a person would write down of it. */
import type { WantedItem } from '../../../../tools/bench/extraction.ts';
import { file, multipart, text, xlsx } from '../../mail/build.ts';
import { Chance } from './chance.ts';
import { asHtml, asText } from './layouts.ts';
import { anyCharset, ending, greeting, htmlPart, mailOf, page, plainPart } from './letters.ts';
import { doctorForm, eventForm, type Form, hospitalForm } from './pairs.ts';
import { sheetOfEvents } from './sheets.ts';
import { answered, told } from './talk.ts';
import { doctorTruth, eventTruth, hospitalTruth } from './truths.ts';

export interface FormMail {
  readonly raw: Buffer;
  readonly wanted: readonly WantedItem[];
  readonly intent: 'register' | 'change';
}

const korean = ['ks_c_5601-1987', 'euc-kr', 'cp949'];
const wantedOf = ({ kind, fields }: Form): WantedItem => ({ kind, fields });

const subjects = {
  hospital: [
    '병원 등록 신청',
    '[병원등록] 입점 신청드립니다',
    '입점 문의',
    '신규 병원 등록 요청의 건',
    '병원정보 등록',
  ],
  doctor: [
    '의사 등록',
    '의료진 등록 요청',
    '[의료진 등록] 신청',
    '원장님 등록 부탁드립니다',
    '의사 신규 등록 신청의 건',
  ],
  event: [
    '이벤트 등록 요청',
    '[이벤트] 등록 신청',
    '12월 이벤트 신청',
    '이벤트 신규 등록의 건',
    '프로모션 등록 요청드립니다',
  ],
} as const;

function anyForm(chance: Chance): { form: Form; clinic: string } {
  const clinic = hospitalTruth(chance);
  const kind = chance.pick(['hospital', 'doctor', 'event'] as const);
  const form = {
    hospital: () => hospitalForm(chance, clinic),
    doctor: () => doctorForm(chance, doctorTruth(chance), clinic),
    event: () => eventForm(chance, eventTruth(chance), clinic),
  }[kind]();
  return { form, clinic: clinic.name };
}

function subjectOf(chance: Chance, kind: Form['kind'], clinic: string): string {
  const subject = chance.pick(subjects[kind]);
  return chance.pick([subject, subject, `${subject} - ${clinic}`, `${subject} (${clinic})`]);
}

function textMail(
  chance: Chance,
  { form, clinic }: { form: Form; clinic: string },
  charsets = anyCharset,
): FormMail {
  const letter = `${greeting(chance, clinic)}\n${asText(chance, form.pairs)}\n\n${ending(chance, clinic)}`;
  const raw = mailOf(chance, subjectOf(chance, form.kind, clinic), plainPart(chance, letter, charsets));
  return { raw, wanted: [wantedOf(form)], intent: 'register' };
}

function htmlMail(
  chance: Chance,
  { form, clinic }: { form: Form; clinic: string },
  charsets = anyCharset,
): FormMail {
  const [before, after] = [greeting(chance, clinic), ending(chance, clinic)];
  const letter = page(before, asHtml(chance, form.pairs), after);
  const plain = chance.happens(0.5)
    ? `${before}\n표를 확인해 주세요.\n${after}`
    : `${before}\n${form.pairs.map(({ label, value }) => `${label}\n${value.join('\n')}`).join('\n')}\n${after}`;
  const raw = mailOf(chance, subjectOf(chance, form.kind, clinic), htmlPart(chance, letter, plain, charsets));
  return { raw, wanted: [wantedOf(form)], intent: 'register' };
}

/** An agency hands on a clinic's mail with its hospital and two doctors, or two doctors only. */
function forwarded(chance: Chance): FormMail {
  const clinic = hospitalTruth(chance);
  const doctors = [doctorTruth(chance), doctorTruth(chance)];
  const belongs = `병원명: ${clinic.name}\n사업자등록번호: ${clinic.businessNumber}`;
  const heading = chance.pick<(at: number) => string>([
    (at) => `[의사 ${at + 1}]\n`,
    (at) => `--- 의료진 ${at + 1} ---\n`,
    (at) => `${at + 1}. 의료진\n`,
    () => '',
    (at) => `■ 원장 ${at + 1}\n`,
  ]);
  // Both are written in one way, as one person writes them.
  const seed = chance.int(1, 1_000_000);
  const forms = doctors.map((doctor) => doctorForm(chance, doctor, null, new Chance(seed)));
  const bodies = forms.map(({ pairs }, at) => `${heading(at)}${asText(new Chance(seed), pairs)}`);
  const inner = chance.pick([
    `-----Original Message-----\nFrom: ${clinic.name} <desk@raon.example>\nSent: Monday, November 16, 2026 1:10 PM\nTo: 광고대행 <ads@bridge.example>\nSubject: 의료진 등록 자료\n`,
    `---------- Forwarded message ---------\n보낸사람: ${clinic.name} <desk@raon.example>\nDate: 2026년 11월 16일 (월) 오후 1:10\nSubject: 의료진 2명 등록\nTo: <ads@bridge.example>\n`,
    `-------- 전달된 메시지 --------\n보낸사람 : ${clinic.name} <desk@raon.example>\n받는사람 : <ads@bridge.example>\n날짜 : 2026-11-16 13:10:00\n제목 : 의사 등록 요청\n`,
  ]);
  const letter = `안녕하세요. ${chance.pick(['브릿지애드', '온미디어'])}입니다.\n아래 병원 의료진 2명 등록 대행 요청드립니다.\n연락처 010-1111-2222\n\n${inner}\n안녕하세요.\n\n${belongs}\n\n${bodies.join('\n\n')}\n\n감사합니다.\n`;
  const from = { From: '"Bridge Ads" <ads@bridge.example>' };
  const raw = mailOf(chance, 'FW: 의료진 등록 요청', plainPart(chance, letter, korean), from);
  const of = { hospitalName: clinic.name, hospitalBusinessNumber: clinic.businessNumber };
  return {
    raw,
    wanted: forms.map((form) => ({ kind: 'doctor', fields: { ...form.fields, ...of } })),
    intent: 'register',
  };
}

function sheet(chance: Chance): FormMail {
  const clinic = hospitalTruth(chance);
  const type = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
  const letter = chance.pick([
    '첨부 엑셀 확인 부탁드립니다.',
    `안녕하세요 ${clinic.name}입니다.\n이벤트 등록 요청드립니다.\n첨부파일 확인 부탁드려요.`,
    '엑셀로 정리해서 보내드립니다.\n감사합니다.',
  ]);
  const { content, fields } = sheetOfEvents(chance, clinic, letter.includes(clinic.name));
  const naming = chance.pick(['rfc2231', 'rfc2047', 'rawCp949', 'nfd', 'rfc2231Cp949'] as const);
  const part = multipart(
    'mixed',
    text(letter),
    file(`${chance.pick(['12월이벤트', '이벤트 목록', '신청서_최종'])}.xlsx`, xlsx(content), {
      type,
      naming,
    }),
  );
  return {
    raw: mailOf(chance, chance.pick(['12월 이벤트 등록 요청', '이벤트 등록', '이벤트 신청드립니다']), part),
    wanted: fields.map((one) => ({ kind: 'event', fields: one })),
    intent: 'register',
  };
}

/** Every nature by its name. */
export const natures: Readonly<Record<string, (chance: Chance) => FormMail>> = {
  'Outlook, a table, CP949': (chance) => htmlMail(chance, anyForm(chance), korean),
  'HTML of any program': (chance) => htmlMail(chance, anyForm(chance)),
  'Naver, lines of text': (chance) => textMail(chance, anyForm(chance), ['utf-8']),
  'Gmail, decorated lines': (chance) => textMail(chance, anyForm(chance)),
  'an agency forwards two doctors': forwarded,
  'a sheet of events': sheet,
  'a few words from a phone': told,
  'an answer to our letter': answered,
};
