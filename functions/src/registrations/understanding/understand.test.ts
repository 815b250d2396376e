import fc from 'fast-check';
import { mailCorpus } from '../../../test/support/mailCorpus.ts';
import { readBusinessNumber } from '../../kernel/korean.ts';
import type { Block, Source } from '../../mail/message.ts';
import { doctorFields, eventFields, hospitalFields } from '../schema.ts';
import { type Item, understand } from './understand.ts';

const sentAt = Date.parse('2026-11-21T00:00:00Z');
const text = (words: string, source: Source = 'body'): Block => ({ kind: 'text', source, text: words });
const read = (subject: string, lines: string | string[], more: Block[] = []) =>
  understand({ subject, blocks: [text([lines].flat().join('\n')), ...more], forwardedFrom: null, sentAt });

function only(items: readonly Item[]): Item {
  expect(items).toHaveLength(1);
  const [item] = items;
  if (!item) throw new Error('nothing understood');
  return item;
}
const reasons = (item: Item) => item.problems.map(({ field, reason }) => `${field} ${reason}`);
const confidenceOf = (item: Item, field: string) => item.readings[field]?.confidence ?? null;
const saidIn = (item: Item, field: string) =>
  item.readings[field] ? item.readings[field].value : (item.fields[field] ?? undefined);

describe('mails as clinics write them', () => {
  test.each(mailCorpus.map((mail) => [mail.name, mail] as const))('%s', (_, { message, expected }) => {
    const items = understand(message);
    expect(items.map(({ kind, intent }) => [kind, intent])).toEqual(
      expected.map(({ kind, intent }) => [kind, intent ?? 'register']),
    );
    for (const [at, want] of expected.entries()) {
      const item = items[at];
      if (!item) throw new Error('missing item');
      const names = Object.keys(want.fields);
      expect(Object.fromEntries(names.map((field) => [field, saidIn(item, field)]))).toEqual(want.fields);
      expect((want.low ?? []).filter((field) => confidenceOf(item, field) !== 'low')).toEqual([]);
      if (want.row !== undefined) expect(item.row).toBe(want.row);
      if (want.problems) expect(reasons(item).sort()).toEqual([...want.problems].sort());
      expect(item.extra.map(({ label }) => label)).toEqual(expect.arrayContaining([...(want.extra ?? [])]));
    }
  });
});

const complete = {
  hospital: [
    '병원명: 라온의원',
    '대표자: 김라온',
    '사업자등록번호: 120-81-47521',
    '종별: 의원',
    '주소: 서울 강남구 테헤란로 1',
    '전화: 02-555-0101',
    '진료과목: 성형외과',
  ],
  doctor: [
    '성명: 김라온 원장',
    '면허번호: 제 000123 호',
    '전문의: 성형외과 전문의 (제4567호)',
    '사업자번호: 1208147521',
  ],
  event: [
    '이벤트명: 쌍꺼풀',
    '병원명: 라온의원',
    '정상가: 132만원',
    '할인가: 99만원 (VAT 포함)',
    '기간: 2026.12.01 ~ 2027.01.31',
    '대상: 신규 고객',
  ],
};
const subjects = { hospital: '병원 등록', doctor: '의사 등록', event: '이벤트 등록' };
const shapes = { hospital: hospitalFields, doctor: doctorFields, event: eventFields };
const kinds = ['hospital', 'doctor', 'event'] as const;

describe('a complete mail', () => {
  it.each(kinds)('of a %s gives fields that may be published', (kind) => {
    const item = only(read(subjects[kind], complete[kind]));
    expect(item).toMatchObject({ kind, intent: 'register', problems: [], extra: [], row: null });
    expect(shapes[kind].safeParse(item.fields).error).toBeUndefined();
  });
  it.each(kinds)('of a %s reads the same in whatever order its lines stand', (kind) => {
    const usual = only(read(subjects[kind], complete[kind]));
    fc.assert(
      fc.property(fc.shuffledSubarray(complete[kind], { minLength: complete[kind].length }), (lines) => {
        expect(only(read(subjects[kind], lines)).fields).toEqual(usual.fields);
      }),
    );
  });
  it('says of every field how it was written, where and under which label', () => {
    const item = only(read('의사 등록', complete.doctor));
    expect(item.readings.licenceNumber).toEqual({
      value: '123',
      raw: '제 000123 호',
      label: '면허번호',
      source: 'body',
      confidence: 'high',
    });
  });
  it('derives region and district from the address', () => {
    expect(only(read('병원 등록', complete.hospital)).fields).toMatchObject({
      region: '서울',
      district: '강남구',
    });
  });
});

describe('a label and its value', () => {
  it.each([
    '병원명: 라온의원',
    '병 원 명 : 라온의원',
    '■ 병원명 : 라온의원',
    '▶병원명：라온의원',
    '1. 병원명: 라온의원',
    '① 병원명 : 라온의원',
    '병원명(필수): 라온의원',
    '*병원명 (필수) : 라온의원',
    '병원명 - 라온의원',
    '병원명 = 라온의원',
    '병원명\t라온의원',
    '병원명 | 라온의원',
    '[병원명] 라온의원',
    '<병원명> 라온의원',
    '【병원명】 : 라온의원',
    '병원명은 라온의원입니다.',
    '■ 병원명 라온의원',
    '병원명\n라온의원',
    '병원명:\n라온의원',
    '상호(병원명): 라온의원',
    '법인명(단체명): 라온의원',
    '저희 병원 이름: 라온의원',
    '의료기관 명칭 : 라온의원',
  ])('%j', (line) => {
    const item = only(read('병원 등록', [line, '대표자: 김라온', '전화: 02-555-0101']));
    expect(item.readings.name).toMatchObject({ value: '라온의원', confidence: 'high' });
    expect(item.fields).toMatchObject({ representative: '김라온', phone: '+8225550101' });
  });
  it.each([
    '대표자: 김라온 / 사업자번호: 120-81-47521 / 전화: 02-555-0101',
    '대표자: 김라온, 사업자번호: 120-81-47521, 전화: 02-555-0101',
    '대표자: 김라온 | 사업자번호: 120-81-47521 | 전화: 02-555-0101',
    '대표자: 김라온   사업자번호: 120-81-47521   전화: 02-555-0101',
    '대표자\t김라온\t사업자번호\t120-81-47521\t전화\t02-555-0101',
  ])('several on one line: %s', (line) => {
    expect(only(read('병원 등록', ['병원명: 라온의원', line])).fields).toMatchObject({
      ...{ representative: '김라온', businessNumber: '1208147521', phone: '+8225550101' },
    });
  });
  it('that we do not know is kept for the operator', () => {
    const item = only(read('병원 등록', [...complete.hospital, '주차: 2시간 무료', '승인상태: 승인완료']));
    expect(item.extra).toEqual([
      { label: '주차', value: '2시간 무료' },
      { label: '승인상태', value: '승인완료' },
    ]);
  });
  it('of a resident number is not kept at all', () => {
    const item = only(read('의사 등록', [...complete.doctor, '주민등록번호: ******-*******']));
    expect(JSON.stringify(item)).not.toMatch(/주민|\*\*\*/);
  });
  it.each(['-', '추후 제출', '미정', '(예: 02-000-0000)', '○○○', 'N/A', ''])(
    'with %j says nothing',
    (value) => {
      const item = only(read('병원 등록', ['병원명: 라온의원', '대표자: 김라온', `전화: ${value}`]));
      expect(item.readings.phone).toBeUndefined();
      expect(item.problems).toEqual([]);
    },
  );
  it('of a contact is no number of the hospital', () => {
    const item = only(
      read('병원 등록', ['병원명: 라온의원', '대표자: 김라온', '담당자: 박실장 / 연락처: 010-1234-5678']),
    );
    expect(item.readings.phone).toBeUndefined();
    expect(item.extra).toContainEqual({ label: '담당자 연락처', value: '010-1234-5678' });
  });
});

describe('what cannot be believed', () => {
  const hospital = (...lines: string[]) =>
    only(read('병원 등록', ['병원명: 라온의원', '대표자: 김라온', ...lines]));
  it.each([
    ['사업자등록번호: 123-45-67890', 'businessNumber', 'BIZNO_CHECKSUM'],
    ['사업자등록번호: 120-81-4752', 'businessNumber', 'UNREADABLE'],
    ['요양기관기호: 1234', 'careInstitutionNumber', 'UNREADABLE'],
    ['전화: 5550106', 'phone', 'PHONE_NO_AREA_CODE'],
    ['전화: 555-0106', 'phone', 'PHONE_NO_AREA_CODE'],
    ['주소: 강남역 3번 출구 근처', 'address', 'UNREADABLE'],
    ['주소: 서울 강남구 강남역 3번 출구', 'address', 'UNREADABLE'],
    ['주소: 강남구 테헤란로 123', 'address', 'UNREADABLE'],
    ['진료과목: 관상', 'departments', 'UNREADABLE'],
    ['종별: 약국', 'type', 'UNREADABLE'],
  ])('%s', (line, field, reason) => {
    const item = hospital(line);
    expect(item.readings[field]).toMatchObject({ value: null, confidence: 'low' });
    expect(item.fields[field]).toBeNull();
    expect(reasons(item)).toContain(`${field} ${reason}`);
    expect(item.problems[0]?.message).toMatch(/[가-힣]/);
  });
  it('two different values are low and named both', () => {
    const item = hospital('전화: 02-555-0101', '대표전화: 02-555-0102');
    expect(confidenceOf(item, 'phone')).toBe('low');
    expect(item.problems).toEqual([
      {
        field: 'phone',
        reason: 'CONFLICT',
        message: '전화번호: 서로 다른 값이 적혀 있습니다: "02-555-0101", "02-555-0102"',
      },
    ]);
  });
  it('one value written twice is no contradiction', () => {
    expect(hospital('전화: 02-555-0101', '대표전화: 02)555.0101').problems).toEqual([]);
  });
  it('a contact number beside the main one is no contradiction', () => {
    const item = hospital('대표전화: 02-555-0101', '연락처: 010-1234-5678');
    expect(item.readings.phone).toMatchObject({ value: '+8225550101', confidence: 'high' });
    expect(item.problems).toEqual([]);
    expect(item.extra).toContainEqual({ label: '연락처', value: '010-1234-5678' });
  });
  it('quotes at most 60 characters of what was written', () => {
    const item = hospital(`주소: ${'강남역 어딘가 '.repeat(40)}`);
    const quoted = /"(.*)"$/.exec(item.problems[0]?.message ?? '')?.[1] ?? '';
    expect(quoted.length).toBeLessThanOrEqual(60);
    expect(item.readings.address?.raw.length).toBeLessThanOrEqual(200);
  });
  it.each([
    ['성형외과, 마취통증의학과', ['08']],
    ['피부과 등 다수', ['14']],
  ])('departments %s are read in part, so not surely', (value, codes) => {
    const item = hospital(`진료과목: ${value}`);
    expect(item.readings.departments).toMatchObject({ value: codes, confidence: 'low' });
  });
});

describe('whether a doctor is a specialist', () => {
  it.each([
    ['전문의: 성형외과 전문의', true, '08', 'high'],
    ['전문의: 성형외과', true, '08', 'high'],
    ['전문의: 해당 없음', false, undefined, 'high'],
    ['전문의: 일반의', false, undefined, 'high'],
    ['전문의: X', false, undefined, 'high'],
    ['전문의 여부: ■ 예 □ 아니오\n전문과목: 피부과', true, '14', 'high'],
    ['전문의 여부: 아니오\n전문과목: 피부과', false, undefined, 'high'],
    ['전문의는 아니세요', false, undefined, 'low'],
    ['비전문의입니다', false, undefined, 'low'],
    ['성형외과 전문의이시고 경력이 많으세요', true, '08', 'low'],
    ['전공: 피부과', true, '14', 'low'],
    ['전문의: 피부과 전문의 취득 예정', null, undefined, 'low'],
    ['전문의: 전공의 3년차', null, undefined, 'low'],
  ])('%s', (line, is, specialty, confidence) => {
    const item = only(read('의사 등록', ['성명: 김라온', '면허번호: 123', line]));
    expect(item.readings.isSpecialist).toMatchObject({ value: is, confidence });
    expect(item.readings.specialty?.value).toBe(specialty);
  });
  it('is not guessed when nobody says it', () => {
    const item = only(
      read('의사 등록', [
        '성명: 김라온',
        '면허번호: 123',
        '경력: 가나병원 성형외과 전공의 수료',
        '감사합니다',
      ]),
    );
    expect(item.readings.isSpecialist).toBeUndefined();
    expect(item.fields).toMatchObject({ isSpecialist: null, specialty: null });
  });
  it('a yes and a no contradict each other', () => {
    const item = only(
      read('의사 등록', ['성명: 김라온', '면허번호: 1', '전문의: 아니오', '전문과목: 피부과 전문의']),
    );
    expect(reasons(item)).toEqual(['isSpecialist CONFLICT']);
  });
});

describe('an event', () => {
  const event = (...lines: string[]) =>
    only(read('이벤트 등록', ['이벤트명: 쌍꺼풀', '병원명: 라온의원', '정상가: 132만원', ...lines]));
  it.each([
    ['할인가: 99만원 (VAT 포함)', true],
    ['할인가: 99만원 (부가세 별도)', false],
    ['할인가: 99만원\nVAT: 별도', false],
    ['할인가: 99만원\nVAT 포함 여부: O', true],
    ['할인가: 99만원 (마취비 별도)', undefined],
    ['할인가(VAT포함): 99만원', true],
    ['할인가: 99만원\n모든 금액은 부가세 포함입니다.', true],
    ['할인가: 99만원', undefined],
  ])('VAT of %j: %s', (lines, vat) => {
    const item = event(lines);
    expect(item.readings.vatIncluded?.value).toBe(vat);
    expect(reasons(item)).toEqual(vat === false ? ['vatIncluded VAT_EXCLUDED'] : []);
  });
  it.each([
    ['할인가: 99만원 (25% 할인)', 'high', []],
    ['할인가: 99만원\n할인율: 25%', 'high', []],
    ['할인가: 99만원\n할인율: 30%', 'low', ['priceAfter DISCOUNT_MISMATCH']],
  ])('a stated discount is compared: %j', (lines, confidence, problems) => {
    const item = event(lines);
    expect(confidenceOf(item, 'priceAfter')).toBe(confidence);
    expect(reasons(item)).toEqual(problems);
  });
  it.each([
    ['기간: 2026.12.01 ~ 2027.01.31', '2026-12-01', '2027-01-31', 'high'],
    ['기간: 2026-12-20 ~ 1/10', '2026-12-20', '2027-01-10', 'high'],
    ['기간: 12/1~2026/12/31', '2026-12-01', '2026-12-31', 'high'],
    ['기간: 12월 1일부터 12월 31일까지', '2026-12-01', '2026-12-31', 'low'],
    ['기간: 1/5~1/31', '2027-01-05', '2027-01-31', 'low'],
    ['기간: 12월 한 달간', '2026-12-01', '2026-12-31', 'low'],
    ['기간: 2027년 2월 한 달', '2027-02-01', '2027-02-28', 'high'],
    ['시작일: 46357\n종료일: 46418', '2026-12-01', '2027-01-31', 'high'],
    ['시작일: 20261201\n마감일: 26.12.31까지', '2026-12-01', '2026-12-31', 'high'],
  ])('%j', (lines, start, end, confidence) => {
    const item = event(lines);
    expect(item.readings).toMatchObject({
      startsOn: { value: start, confidence },
      endsOn: { value: end, confidence },
    });
    expect(item.problems).toEqual([]);
  });
  it.each(['기간: 상시', '기간: 2026.12.01 ~', '기간: 2026.12.1 ~ 소진시까지', '종료일: 별도 공지시까지'])(
    '%s has no end',
    (line) => expect(reasons(event(line))).toEqual(['endsOn NO_END_DATE']),
  );
  it('a range of prices is read low and asked about', () => {
    const item = event('할인가: 79만원~99만원');
    expect(item.readings.priceAfter).toMatchObject({ value: 790_000, confidence: 'low' });
    expect(reasons(item)).toEqual(['priceAfter PRICE_RANGE']);
  });
  it('a price without unit that cannot be won is not read', () => {
    expect(reasons(event('할인가: 99'))).toEqual(['priceAfter UNREADABLE']);
  });
  it('takes a price of 만원 from its label', () => {
    expect(event('할인가(만원): 99').fields.priceAfter).toBe(990_000);
  });
});

describe('a change', () => {
  it.each([
    ['[DP-20261121-0001] 보완', '전화번호만 02-555-0199로 바꿔주세요', { phone: '+8225550199' }],
    ['Re: [DP-20261121-0001]', '면허번호: 제 00123호', { licenceNumber: '123' }],
    ['병원 정보 변경 요청', '대표자를 김라온에서 이가람으로 변경해 주세요', { representative: '이가람' }],
    ['정보 수정', '할인가는 89만원으로 수정 부탁드립니다', { priceAfter: 890_000 }],
  ])('%s: %s', (subject, words, fields) => {
    const item = only(read(subject, ['안녕하세요.', words, '감사합니다.']));
    expect(item).toMatchObject({ intent: 'change', problems: [] });
    expect(item.fields).toEqual(fields);
  });
  it('that names nothing is still an answer to the ticket', () => {
    expect(only(read('Re: [DP-20261121-0001]', '면허증 다시 첨부드립니다.'))).toMatchObject({
      ...{ kind: null, intent: 'change', fields: {} },
    });
  });
  it('with a value that cannot be read says so', () => {
    expect(reasons(only(read('[DP-20261121-0001]', '전화번호를 5550199로 바꿔주세요')))).toEqual([
      'phone PHONE_NO_AREA_CODE',
    ]);
  });
});

describe('several of a kind', () => {
  const doctor = (name: string, number: number) => [`성명: ${name}`, `면허번호: ${number}`, '전문의: 없음'];
  const names = ['김라온', '이가람', '박하늘', '최소망'];
  it('are as many as there are names, however they are parted', () => {
    const parted = fc.constantFrom(
      (at: number) => [`--- 의사 ${at} ---`],
      (at: number) => [`[의사 ${at}]`],
      (at: number) => ['', `${at}. 의료진 정보`],
      () => [''],
      () => ['---------'],
    );
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 4 }), parted, fc.boolean(), (count, part, reversed) => {
        const lines = names.slice(0, count).flatMap((name, at) => {
          const own = doctor(name, 100 + at);
          return [...part(at + 1), ...(reversed ? own.toReversed() : own)];
        });
        const items = read('의사 등록', [...lines, '소속: 라온의원']);
        expect(items.map(({ fields }) => [fields.name, fields.licenceNumber, fields.hospitalName])).toEqual(
          names.slice(0, count).map((name, at) => [name, String(100 + at), '라온의원']),
        );
      }),
    );
  });
  it.each([
    ['등록양식_예시.xlsx / 의료진', 1],
    ['의료진.xlsx / 작성예시', 0],
  ])('of a sheet named %s are %d', (name, count) => {
    const rows = [
      ['성명', '면허번호'],
      ['김라온', '123'],
    ];
    expect(read('의사 등록', '', [{ kind: 'table', source: 'sheet', name, rows }])).toHaveLength(count);
  });
  it('stop at two hundred, and say so', () => {
    const rows = Array.from({ length: 230 }, (_, at) => [`의사${at}`, String(at + 1)]);
    const sheet: Block = {
      kind: 'table',
      source: 'sheet',
      name: '의사',
      rows: [['성명', '면허번호'], ...rows],
    };
    const items = read('의사 등록', '', [sheet]);
    expect(items).toHaveLength(200);
    expect(items.at(-1)?.problems).toContainEqual(expect.objectContaining({ reason: 'TOO_MANY_ITEMS' }));
  });
});

const validNumbers = fc.integer({ min: 100_000_000, max: 999_999_999 }).map((stem) => {
  const all = Array.from({ length: 10 }, (_, digit) => `${stem}${digit}`);
  return all.find((number) => readBusinessNumber(number)) ?? '1208147521';
});
const fullWidth = (value: string) =>
  value.replace(/\d/g, (digit) => String.fromCharCode(digit.charCodeAt(0) + 0xfee0));

describe('whatever the spelling', () => {
  it('a business number is read back', () => {
    const spelling = fc.constantFrom<(n: string) => string>(
      (n) => n,
      (n) => n.replace(/(...)(..)(.....)/, '$1-$2-$3'),
      (n) => n.replace(/(...)(..)(.....)/, '$1 $2 $3'),
      (n) => n.replace(/(...)(..)(.....)/, '$1 - $2 - $3'),
      (n) => fullWidth(n.replace(/(...)(..)(.....)/, '$1-$2-$3')),
      (n) => `${n.replace(/(...)(..)(.....)/, '$1-$2-$3')} (본점)`,
    );
    fc.assert(
      fc.property(validNumbers, spelling, (number, spell) => {
        const item = only(
          read('병원 등록', ['병원명: 라온의원', '대표자: 김라온', `사업자번호: ${spell(number)}`]),
        );
        expect(item.readings.businessNumber).toMatchObject({ value: number, confidence: 'high' });
      }),
    );
  });
  it('a phone number is read back', () => {
    const area = fc.constantFrom('02', '031', '051', '064', '070', '010');
    const digits = (length: number) => fc.stringMatching(new RegExp(`^[2-9][0-9]{${length - 1}}$`));
    const spelling = fc.constantFrom<(parts: string[]) => string>(
      (parts) => parts.join('-'),
      (parts) => parts.join('.'),
      (parts) => parts.join(' '),
      (parts) => parts.join(''),
      (parts) => parts.join(' - '),
      ([a, b, c]) => `${a})${b}-${c}`,
      ([a, b, c]) => `(${a}) ${b}-${c}`,
      ([a, b, c]) => `+82-${a?.slice(1)}-${b}-${c}`,
      ([a, b, c]) => `+82 (0)${a?.slice(1)} ${b} ${c}`,
      (parts) => fullWidth(parts.join('-')),
      (parts) => `${parts.join('-')} (내선 1)`,
      (parts) => `${parts.join('-')}~5`,
    );
    fc.assert(
      fc.property(area, digits(4), digits(4), spelling, (code, middle, last, spell) => {
        const item = only(
          read('병원 등록', [
            '병원명: 라온의원',
            '대표자: 김라온',
            `대표전화: ${spell([code, middle, last])}`,
          ]),
        );
        expect(item.readings.phone?.value).toBe(`+82${code.slice(1)}${middle}${last}`);
      }),
    );
  });
  it('a price is read back', () => {
    const spelling = fc.constantFrom<(thousands: number) => string>(
      (n) => `${(n * 1000).toLocaleString('ko-KR')}원`,
      (n) => `${n * 1000}`,
      (n) => `₩${(n * 1000).toLocaleString('ko-KR')}`,
      (n) => `${n / 10}만원`,
      (n) => `${n / 10} 만 원`,
      (n) => `${n / 1000}백만원`,
      (n) => (n >= 10 && n % 10 > 0 ? `${Math.floor(n / 10)}만 ${n % 10}천원` : `${n / 10}만원`),
      (n) => `${(n * 1000).toLocaleString('ko-KR')}원 (VAT 포함)`,
      (n) => fullWidth(`${n * 1000}원`),
    );
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 99_999 }), spelling, (thousands, spell) => {
        const item = only(
          read('이벤트 등록', ['이벤트명: A', '병원명: 라온의원', `정상가: ${spell(thousands)}`]),
        );
        expect(item.readings.priceBefore).toMatchObject({ value: thousands * 1000, confidence: 'high' });
      }),
    );
  });
});

describe('anything at all', () => {
  const words = fc.oneof(
    fc.constantFrom(...complete.hospital, ...complete.doctor, ...complete.event),
    fc.constantFrom(
      '--- 의사 2 ---',
      '[이벤트]',
      '\t',
      '성명\t면허번호',
      '전문의는 아니세요',
      '99만원 → 79만원',
    ),
    fc.constantFrom('전화번호만 02-1로 바꿔주세요', '(', '□ 예', ':', '=', '※', '12월', '~', '/'),
    fc.string({ unit: 'binary', maxLength: 40 }),
  );
  const lines = fc.array(words, { maxLength: 30 }).map((all) => all.join('\n'));
  const source = fc.constantFrom<Source>('body', 'forwarded', 'sheet', 'attachedText');
  const block = fc.oneof(
    fc.record({ kind: fc.constant('text' as const), source, text: lines }),
    fc.record({
      ...{ kind: fc.constant('table' as const), source, name: fc.string({ maxLength: 10 }) },
      rows: fc.array(fc.array(words, { maxLength: 6 }), { maxLength: 8 }),
    }),
  );
  it('is read without falling over, low or null wherever it is not sure', () => {
    fc.assert(
      fc.property(words, fc.array(block, { maxLength: 4 }), (subject, blocks) => {
        for (const item of understand({ subject, blocks, forwardedFrom: null, sentAt: null })) {
          for (const reading of Object.values(item.readings)) {
            if (reading.label === null || reading.value === null) expect(reading.confidence).toBe('low');
            expect(reading.raw.length).toBeLessThanOrEqual(200);
          }
          for (const { message } of item.problems) expect(message).toMatch(/[가-힣]/);
        }
      }),
      { numRuns: 300 },
    );
  });
  const long = (unit: string) => unit.repeat(Math.ceil(200_000 / unit.length)).slice(0, 200_000);
  it.each([
    ...[
      ':',
      ' ',
      '0',
      '가',
      '과 ',
      '(',
      '[',
      '\t',
      '\n',
      '- ',
      '1 ',
      '10,000',
      '전화:',
      '사업자번호 ',
      '~1',
      'a.b',
    ],
    ...[
      '병원명: 라온의원\n',
      '병원명: 라온의원 / ',
      '병원명\n',
      '성명: 김라온\n면허번호: 12\n성명: 이가람\n',
    ],
    ...[
      '성명\t면허번호\n김라온\t123\n',
      '의사 1\n',
      '1. 보톡스 10만원 → 5만원\n',
      '서울 강남구 ',
      '현직: 근무\n',
    ],
    ...['사업자번호는 999-88-00015 이고 원장님 성함은 정새봄이에요 ', '월~금 10:00~19:00 ', '병원명은 '],
  ])('200,000 characters of %j are read within two seconds of computing', (unit) => {
    const before = process.cpuUsage();
    read('병원 의사 이벤트 등록', long(unit));
    expect(process.cpuUsage(before).user / 1_000_000).toBeLessThan(2);
  });
});
