import { claimKey, decide, eventFrom, findingsOf, mergeProblems, problemsOf } from './registrations.ts';
import type { EventFields } from './schema.ts';
import { readLabels, understand } from './understand.ts';

describe('reading labels', () => {
  it('takes what stands under a label, over several lines', () => {
    expect(
      readLabels('▶병원명： 라온의원\n약력: 현) 원장\n전) 교수\n\n확인 부탁드립니다\n감사합니다'),
    ).toEqual([
      ['▶병원명', '라온의원'],
      ['약력', '현) 원장\n전) 교수'],
    ]);
  });
  it.each(['-----Original Message-----', '> 병원명: 옛날의원', '보낸사람: a@b.kr', '-- '])(
    'stops at %s',
    (line) => {
      expect(readLabels(`병원명: 새의원\n${line}\n병원명: 옛날의원`)).toEqual([['병원명', '새의원']]);
    },
  );
});

const hospitalLines = [
  '■ 병 원 명 : 라온뷰티샾의원',
  '■ 대표자 : 김라온',
  '■ 사업자 등록번호 : 120-81-47521',
  '■ 주소 : 서울 강남구 테헤란로 1',
  '■ T : 02)555-0101',
  '■ 진료과목 : 성형외과, 피부과',
];

describe('understanding a hospital', () => {
  it('takes label variants and decoration', () => {
    const said = understand('등록 요청', hospitalLines.join('\n'));
    expect(said).toMatchObject({
      kind: 'hospital',
      problems: [],
      fields: {
        name: '라온뷰티샾의원',
        type: '의원',
        businessNumber: '1208147521',
        region: '서울',
        district: '강남구',
        phone: '+8225550101',
        departments: ['08', '14'],
      },
    });
  });
  it('says which value cannot be read, and does not guess it', () => {
    const said = understand(
      '병원 등록',
      ['병원명: 라온의원', '사업자등록번호: 123-45-67890', '전화: 5550106'].join('\n'),
    );
    expect(said.fields).toMatchObject({ businessNumber: null, phone: null });
    expect(said.problems.map(({ field }) => field)).toEqual(['businessNumber', 'phone']);
  });
});

describe('understanding a doctor', () => {
  const doctor = (specialist: string) =>
    understand(
      '의사 등록',
      ['성명: 김라온 원장', '면허번호: 제 000123 호', `전문의: ${specialist}`, '사업자번호: 1208147521'].join(
        '\n',
      ),
    ).fields;
  it('takes a specialist with number', () => {
    expect(doctor('성형외과 전문의 (제4567호)')).toMatchObject({
      name: '김라온',
      licenceNumber: '123',
      isSpecialist: true,
      specialty: '08',
      specialistNumber: '4567',
    });
  });
  it.each(['전문의는 아니세요', '해당 없음', '일반의'])('takes "%s" at its word', (words) => {
    expect(doctor(words)).toMatchObject({ isSpecialist: false, specialty: null });
  });
});

describe('understanding an event', () => {
  const event = (lines: string[]) =>
    understand('이벤트 등록', ['이벤트명: 쌍꺼풀', '정상가: 132만원', ...lines].join('\n')).fields;
  it('takes price, VAT and period', () => {
    expect(event(['할인가: 99만원 (VAT 포함)', '기간: 2026.12.01 ~ 2027.01.31'])).toMatchObject({
      priceBefore: 1_320_000,
      priceAfter: 990_000,
      vatIncluded: true,
      startsOn: '2026-12-01',
      endsOn: '2027-01-31',
    });
  });
  it('knows VAT that comes on top, and does not guess when nothing is said', () => {
    expect(event(['할인가: 99만원', '부가세: 별도']).vatIncluded).toBe(false);
    expect(event(['할인가: 99만원']).vatIncluded).toBeNull();
  });
});

it('a mail of none of the kinds is of no kind', () => {
  expect(understand('안녕하세요', '잘 지내시죠?')).toEqual({ kind: null, fields: {}, problems: [] });
});

describe('deciding', () => {
  const registration = {
    kind: 'event',
    state: 'PENDING_REVIEW',
    decision: 'approve',
    fields: {},
    papers: [],
  } as const;
  it('does nothing without a decision, or once settled', () => {
    expect(decide({ ...registration, decision: null })).toEqual({ do: 'nothing' });
    expect(decide({ ...registration, state: 'APPROVED' })).toEqual({ do: 'nothing' });
    expect(decide({ ...registration, state: 'REJECTED' })).toEqual({ do: 'nothing' });
  });
  it('refuses an incomplete approval with Korean reasons, and any other word', () => {
    const refused = decide({ ...registration });
    expect(refused.do).toBe('refuse');
    expect(decide({ ...registration, decision: 'ok' })).toMatchObject({ do: 'refuse' });
  });
  it('rejects without asking for completeness', () =>
    expect(decide({ ...registration, decision: ' Reject ' })).toEqual({ do: 'reject' }));
  it('names an unknown kind', () => expect(problemsOf('unknown', {}, [])[0]?.reason).toBe('UNKNOWN_KIND'));
  it('says a thing once: unreadable, not also missing', () => {
    const unreadable = { field: 'phone', reason: 'UNREADABLE', message: 'a' };
    const missing = { field: 'phone', reason: 'MISSING', message: 'b' };
    expect(mergeProblems([unreadable], [missing])).toEqual([unreadable]);
  });
});

describe('an event page', () => {
  const fields: EventFields = {
    title: '쌍꺼풀',
    hospitalBusinessNumber: '1208147521',
    hospitalName: null,
    category: '',
    priceBefore: 1_320_000,
    priceAfter: 990_000,
    vatIncluded: true,
    startsOn: '2026-12-01',
    endsOn: '2026-12-31',
    target: '신규',
    adReviewNumber: null,
    sideEffects: '',
  };
  const now = { seconds: 0, nanoseconds: 0, toMillis: () => 0, toDate: () => new Date(0) };
  it('computes the discount, rounded down, and shows no business number', () => {
    const page = eventFrom(
      { ...fields, priceAfter: 990_001 },
      { id: 'h1', name: '라온의원', region: '서울' },
      null,
      now,
    );
    expect(page.discountPercent).toBe(24);
    expect(JSON.stringify(page)).not.toContain('1208147521');
  });
  it.each([
    [{ priceAfter: 1_320_000 }, 'priceAfter'],
    [{ endsOn: '2026-11-01' }, 'endsOn'],
    [{ vatIncluded: false }, 'vatIncluded'],
    [{ title: '' }, 'title'],
  ])('with %o is not published', (change, field) => {
    expect(
      problemsOf('event', { ...fields, ...change }, [{ role: 'main' }]).map((problem) => problem.field),
    ).toEqual([field]);
  });

  const half = { ...fields, priceAfter: 600_000 };
  const event = {
    kind: 'event',
    state: 'PENDING_REVIEW',
    papers: [{ role: 'main' }],
    decision: 'approve',
  } as const;
  it('against the law is not published, and the operator is told how to take it upon himself', () => {
    expect(problemsOf('event', half, event.papers)).toMatchObject([
      { field: 'priceAfter', reason: 'DISCOUNT_OVER_50' },
    ]);
    const refused = decide({ ...event, fields: half, decisionNote: '서류 확인' });
    expect(JSON.stringify(refused)).toContain('decisionNote에 \\"DISCOUNT_OVER_50: 사유\\"');
    expect(decide({ ...event, fields: half, decisionNote: 'DISCOUNT_OVER_50: 질의 회신 확인' })).toEqual({
      do: 'approve',
    });
  });
  it('that lacks what the law asks for cannot be overridden', () => {
    const endless = { ...fields, endsOn: null };
    expect(problemsOf('event', endless, event.papers)).toMatchObject([
      { field: 'endsOn', reason: 'NO_END_DATE' },
    ]);
    const refused = decide({ ...event, fields: endless, decisionNote: 'NO_END_DATE: 나중에 정함' });
    expect(refused.do).toBe('refuse');
    expect(JSON.stringify(refused)).not.toContain('decisionNote');
  });
  it('is checked with what was said under unknown labels', () => {
    const extra = [{ label: '비고', value: '선착순 30명' }];
    expect(problemsOf('event', fields, event.papers, { extra })).toMatchObject([
      { field: 'extra', reason: 'FIRST_COME_INDUCEMENT' },
    ]);
  });
  it('from an agency needs a mandate', () =>
    expect(problemsOf('event', fields, event.papers, { fromAgency: true })).toMatchObject([
      { field: 'mandate', reason: 'MISSING_PAPER', message: '위임장 첨부가 없습니다' },
    ]));
});

describe('a hospital name', () => {
  const papers = [{ role: 'bizRegistration' }, { role: 'openingCertificate' }] as const;
  const codes = (name: string, type: string) =>
    findingsOf('hospital', { name, type }, papers).map(({ code, severity }) => `${code} ${severity}`);
  it('agrees with the kind of institution', () => {
    expect(codes('라온의원', '의원')).toEqual([]);
    expect(codes('라온병원', '의원')).toEqual(['NAME_TYPE_MISMATCH block']);
  });
  it('with a department is looked at, not sent back: the doctors come later', () =>
    expect(codes('라온성형외과의원', '의원')).toEqual(['NAME_NEEDS_SPECIALIST warn']));
});

describe('what a registration claims to be', () => {
  const event = { hospitalBusinessNumber: '1208147521', startsOn: '2026-12-01', endsOn: '2026-12-31' };
  it('is the same however the title is spelt', () => {
    const key = claimKey('event', { ...event, title: '자연유착 쌍꺼풀!' });
    expect(key).toBe(claimKey('event', { ...event, title: ' 자연유착쌍꺼풀' }));
    expect(key).not.toBe(claimKey('event', { ...event, title: '자연유착 쌍꺼풀', endsOn: '2027-01-31' }));
  });
  it.each([
    ['hospital', { businessNumber: '1208147521' }, 'hospital-1208147521'],
    ['doctor', { licenceNumber: '123' }, 'doctor-123'],
    ['doctor', { licenceNumber: null }, null],
    ['event', { title: '쌍꺼풀' }, null],
    ['unknown', {}, null],
    [null, {}, null],
  ] as const)('of a %s %j is %s', (kind, fields, key) => expect(claimKey(kind, fields)).toBe(key));
});
