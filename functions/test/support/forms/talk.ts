/** What people write from a phone, and answer, without any form. */
import { departmentNames } from '../../../src/directory/schema.ts';
import { text } from '../../mail/build.ts';
import type { Chance } from './chance.ts';
import { mailOf } from './letters.ts';
import type { FormMail } from './mails.ts';
import { businessNumberWritten, dayWritten, phoneWritten, priceWritten } from './notations.ts';
import { doctorTruth, hospitalTruth } from './truths.ts';

interface Clause {
  /** `진료과목은 피부과`, without its verb. */
  readonly words: string;
  readonly fields: Readonly<Record<string, unknown>>;
}

/** Clauses joined the way people talk: by verbs that go on, or as sentences. */
function joined(chance: Chance, clauses: readonly Clause[]): string {
  const isChatty = chance.happens(0.5);
  return clauses
    .map(({ words }, at) => {
      const isLast = at === clauses.length - 1;
      if (isLast || chance.happens(0.5))
        return `${words}${isChatty ? '이에요' : '입니다'}.${chance.pick([' ', '\n'])}`;
      return `${words}${chance.pick(['이고', '이며', '이고요', '이구요'])} `;
    })
    .join('');
}

const subject = ['등록문의', '병원 등록 문의드립니다', '등록 부탁드려요', '문의드립니다'];

export function told(chance: Chance): FormMail {
  const clinic = hospitalTruth(chance);
  const isDoctor = chance.happens(0.5);
  const number: Clause = {
    words: `${chance.pick(['사업자번호는', '사업자등록번호는'])} ${chance.pick([businessNumberWritten(chance, clinic.businessNumber)])}`,
    fields: isDoctor
      ? { hospitalBusinessNumber: clinic.businessNumber }
      : { businessNumber: clinic.businessNumber },
  };
  const phone: Clause = {
    words: `${chance.pick(['전화는', '전화번호는', '대표번호는'])} ${clinic.phone.parts.join('-')}`,
    fields: { phone: clinic.phone.e164 },
  };
  const opening = chance.pick([
    `안녕하세요 ${clinic.name}인데요 `,
    `안녕하세요. ${clinic.name}입니다. `,
    `안녕하세요~ 저희는 ${clinic.name}이에요. `,
  ]);
  const closing = chance.pick([
    '빠른 등록 부탁드려요!',
    '감사합니다.',
    '연락 기다릴게요^^',
    '잘 부탁드립니다~',
  ]);
  const footer = chance.pick([
    '',
    '\n\n나의 iPhone에서 보냄\n',
    '\n\nSent from my iPhone',
    '\n\n내 Galaxy에서 보냄',
  ]);
  if (isDoctor) {
    const doctor = doctorTruth(chance);
    const isSpecialist = doctor.specialty !== null;
    const name = Object.entries(departmentNames).find(([code]) => code === doctor.specialty)?.[1] ?? '';
    const clauses: Clause[] = [
      {
        words: `${chance.pick(['원장님 성함은', '성함은', '이름은'])} ${doctor.name}`,
        fields: { name: doctor.name },
      },
      { words: `면허번호는 ${doctor.licenceNumber}`, fields: { licenceNumber: doctor.licenceNumber } },
      number,
    ];
    const answer = isSpecialist
      ? `${name} 전문의입니다.`
      : chance.pick(['전문의는 아니에요.', '전문의는 아니세요.', '전문의는 아닙니다.']);
    const letter = `${opening}원장님 등록하고 싶어요. ${joined(chance, chance.shuffled(clauses))}${answer} ${closing}${footer}`;
    const fields = {
      ...Object.assign({}, ...clauses.map((clause) => clause.fields)),
      ...(isSpecialist ? { isSpecialist: true, specialty: doctor.specialty } : { isSpecialist: false }),
      hospitalName: clinic.name,
    };
    const raw = mailOf(chance, chance.pick(['의사 등록 문의', '등록문의', '원장님 등록']), text(letter));
    return { raw, wanted: [{ kind: 'doctor', fields }], intent: 'register' };
  }
  const clauses: Clause[] = [
    number,
    phone,
    { words: `대표자는 ${clinic.representative}`, fields: { representative: clinic.representative } },
    {
      words: `주소는 ${clinic.address}`,
      fields: { address: clinic.address, region: clinic.region, district: clinic.district },
    },
  ];
  const letter = `${opening}병원 등록하고 싶어요. ${joined(chance, chance.shuffled(clauses))}${closing}${footer}`;
  const fields = {
    name: clinic.name,
    ...(clinic.type ? { type: clinic.type } : {}),
    ...Object.assign({}, ...clauses.map((one) => one.fields)),
  };
  const raw = mailOf(chance, chance.pick(subject), text(letter));
  return { raw, wanted: [{ kind: 'hospital', fields }], intent: 'register' };
}

/** One or two fields corrected in an answer, above the history they stood in before. */
export function answered(chance: Chance): FormMail {
  const clinic = hospitalTruth(chance);
  const old = hospitalTruth(chance);
  const doctor = doctorTruth(chance);
  const price = chance.int(10, 90) * 10_000;
  const day = `2027-0${chance.int(1, 6)}-${chance.int(10, 28)}`;
  const corrections = [
    {
      kind: 'hospital',
      label: '전화번호',
      value: phoneWritten(chance, clinic.phone),
      field: { phone: clinic.phone.e164 },
      was: old.phone.parts.join('-'),
    },
    {
      kind: 'hospital',
      label: '대표자',
      value: clinic.representative,
      field: { representative: clinic.representative },
      was: old.representative,
    },
    {
      kind: 'doctor',
      label: '면허번호',
      value: doctor.licenceNumber,
      field: { licenceNumber: doctor.licenceNumber },
      was: '999999',
    },
    {
      kind: 'event',
      label: '할인가',
      value: priceWritten(chance, price),
      field: { priceAfter: price },
      was: '1,990,000원',
    },
    {
      kind: 'event',
      label: '종료일',
      value: dayWritten(chance, day),
      field: { endsOn: day },
      was: '2026-12-31',
    },
    {
      kind: 'hospital',
      label: '주소',
      value: clinic.address,
      field: { address: clinic.address, region: clinic.region, district: clinic.district },
      was: old.address,
    },
  ] as const;
  const { kind, label, value, field, was } = chance.pick(corrections);
  const says = chance.pick([
    `${label}만 ${value}로 바꿔주세요.`,
    `${label}를 ${value}(으)로 수정 부탁드립니다.`.replace('(으)', ''),
    `${label}: ${value}`,
    `${label} : ${value} 로 정정 부탁드립니다`,
    `${label}는 ${value}입니다.`,
    `${label}가 잘못되었습니다.\n${label} - ${value}`,
    `■ ${label} : ${was} → ${value}`,
    `${label} ${was}에서 ${value}로 변경해주세요.`,
  ]);
  const history = chance.pick([
    `2026년 11월 16일 (월) 오후 1:10, 닥터피치 <regist@drpitch.example>님이 작성:\n> ${label}: ${was}\n> 병원명: ${old.name}\n`,
    `-----Original Message-----\nFrom: 닥터피치 <regist@drpitch.example>\nSent: Monday, November 16, 2026 1:10 PM\nTo: desk@raon.example\nSubject: [DP-20261116-0002] 보완 요청\n\n${label}: ${was}\n병원명: ${old.name}\n`,
    `On Mon, Nov 16, 2026 at 1:10 PM 닥터피치 <regist@drpitch.example> wrote:\n\n> ${label}: ${was}\n`,
    `----- 원본 메시지 -----\n보낸사람: 닥터피치 <regist@drpitch.example>\n받는사람: desk@raon.example\n날짜: 2026-11-16 13:10:00\n제목: [DP-20261116-0002] 보완 요청\n\n${label}: ${was}\n`,
    '',
  ]);
  const letter = `${chance.pick(['', '안녕하세요.\n', '안녕하세요, 회신드립니다.\n'])}${says}\n\n${chance.pick(['', '감사합니다.\n', '감사합니다.\n--\n박실장 드림\nT. 02-999-8888 | M. 010-1234-5678\n'])}\n${history}`;
  const headers = { 'In-Reply-To': '<answer-1@drpitch.example>', References: '<answer-1@drpitch.example>' };
  const prefix = chance.pick(['Re: ', 'RE: ', '답장: ', 'Re: Re: ']);
  const title = `${prefix}[DP-20261116-0002] ${{ hospital: '병원', doctor: '의사', event: '이벤트' }[kind]} 등록 보완 요청`;
  return {
    raw: mailOf(chance, title, text(letter), headers),
    wanted: [{ kind, fields: field }],
    intent: 'change',
  };
}
