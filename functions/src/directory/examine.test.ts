import fc from 'fast-check';
import { type Clinic, type Clock, examine, toleratedIn } from './examine.ts';
import { doctorSchema, eventSchema, hospitalSchema } from './schema.ts';
import type { PageKind, Typed } from './typed.ts';

const at = (millis: number) => ({
  ...{ seconds: Math.floor(millis / 1000), nanoseconds: 0 },
  ...{ toMillis: () => millis, toDate: () => new Date(millis) },
});
const clock: Clock = { now: Date.parse('2026-12-10T12:00:00+09:00'), at };
const clinic: Clinic = { name: '라온의원', region: '서울', published: true };
const judge = (kind: PageKind, page: Typed, more: Partial<Parameters<typeof examine>[2]> = {}) =>
  examine(kind, page, { clinic, clock, ...more });
const fieldsOf = (examined: ReturnType<typeof judge>) => examined.problems.map(({ field }) => field);

const hospital = {
  name: '라온의원',
  type: '의원',
  representative: '김라온',
  address: '(06236) 서울특별시 강남구 테헤란로 123, 4층',
  phone: '02-555-0101',
  departments: '성형외과, 피부과',
  published: true,
};
const doctor = {
  name: '김라온',
  hospitalId: 'h1',
  isSpecialist: '예',
  specialty: '성형외과',
  published: true,
};
const event = {
  title: '자연유착 쌍꺼풀',
  hospitalId: 'h1',
  priceBefore: '132만원',
  priceAfter: '99만원',
  startsOn: '2026.12.1',
  endsOn: '2027. 1. 31',
  target: '신규 고객, 수술비에 한함',
  adReviewNumber: '261101-중-000001',
  sideEffects: '붓기, 멍이 있을 수 있습니다.',
  published: true,
};

describe('a page typed by hand', () => {
  it('of a hospital is completed from little', () => {
    const { page, problems } = judge('hospital', hospital, { clinic: null });
    expect(problems).toEqual([]);
    expect(hospitalSchema.parse({ ...page, updatedAt: at(0) })).toMatchObject({
      ...{ nameChoseong: 'ㄹㅇㅇㅇ', region: '서울', district: '강남구', zip: '06236', phone: '+8225550101' },
      ...{ departments: ['08', '14'], hours: '', imagePaths: [], thumbPath: null, homepage: null },
      ...{ published: true, hiddenBecause: null, rating: { count: 0 } },
    });
  });

  it('of a doctor takes name and region from the hospital', () => {
    const { page } = judge('doctor', {
      ...doctor,
      career: '한빛대 졸업\n현 원장',
      imagePath: 'public/x-full.webp',
    });
    expect(doctorSchema.parse({ ...page, updatedAt: at(0) })).toMatchObject({
      ...{ hospitalName: '라온의원', region: '서울', isSpecialist: true, specialty: '08' },
      ...{ career: ['한빛대 졸업', '현 원장'], focus: [], thumbPath: 'public/x-thumb.webp', published: true },
    });
  });

  it('of an event has its prices, days, discount and moments computed', () => {
    const { page } = judge('event', { ...event, endsOn: at(Date.parse('2027-01-30T15:00:00Z')) });
    expect(eventSchema.parse({ ...page, updatedAt: at(0) })).toMatchObject({
      ...{ priceBefore: 1_320_000, priceAfter: 990_000, discountPercent: 25, published: true },
      ...{ startsOn: '2026-12-01', endsOn: '2027-01-31', hospitalName: '라온의원', detailPaths: [] },
    });
  });

  it.each<[string, PageKind, Typed, string[]]>([
    [
      'nothing',
      'hospital',
      { published: true },
      ['name', 'type', 'representative', 'region', 'district', 'address', 'phone', 'departments'],
    ],
    ['a phone without its area code', 'hospital', { ...hospital, phone: '5550101' }, ['phone']],
    ['a department nobody knows', 'hospital', { ...hospital, departments: ['미용과'] }, ['departments']],
    ['a name of another kind', 'hospital', { ...hospital, name: '라온병원' }, ['name']],
    [
      'a paper for a picture',
      'hospital',
      { ...hospital, imagePaths: ['registrations/x/0-a.jpg'] },
      ['imagePaths'],
    ],
    ['a specialist of nothing', 'doctor', { ...doctor, specialty: '' }, ['specialty']],
    [
      'a title that is not his',
      'doctor',
      { ...doctor, isSpecialist: false, specialty: '', career: '피부과 전문의' },
      ['career'],
    ],
    ['a day that is none', 'event', { ...event, endsOn: '2027-02-30' }, ['endsOn']],
    ['an end before its start', 'event', { ...event, endsOn: '2026-11-30' }, ['endsOn']],
    ['no discount', 'event', { ...event, priceAfter: '132만원' }, ['priceAfter']],
    ['a discount the law forbids', 'event', { ...event, priceAfter: '60만원' }, ['priceAfter']],
    ['a word the law forbids', 'event', { ...event, title: '국내 최고 쌍꺼풀' }, ['title']],
  ])('with %s is hidden and says why in Korean', (_what, kind, page, fields) => {
    const examined = judge(kind, page);
    expect(fieldsOf(examined).sort()).toEqual([...fields].sort());
    expect(examined.page).toMatchObject({ published: false, hiddenBecause: 'INVALID' });
    for (const { message } of examined.problems) expect(message).toMatch(/[가-힣]/);
  });

  it('of a hospital that is not there is hidden, of one that is hidden too, for its own reason', () => {
    expect(judge('doctor', doctor, { clinic: null })).toMatchObject({
      hiddenBecause: 'INVALID',
      problems: [{ field: 'hospitalId' }],
    });
    const hidden = { ...clinic, published: false };
    expect(judge('doctor', doctor, { clinic: hidden })).toMatchObject({
      hiddenBecause: 'HOSPITAL_HIDDEN',
      problems: [],
    });
  });

  it('is not shown unless somebody says so', () => {
    const { published: _published, ...quiet } = hospital;
    expect(judge('hospital', quiet)).toMatchObject({ hiddenBecause: 'WITHDRAWN', problems: [] });
  });

  it('with a field nobody knows is shown, and told of it', () => {
    const examined = judge('hospital', { ...hospital, hompage: 'https://raon.example' });
    expect(examined).toMatchObject({ hiddenBecause: null, problems: [{ field: 'hompage' }], blocking: [] });
  });

  it('cannot bring a rating of its own', () => {
    const rating = {
      count: 9,
      sum: 45,
      average: 5,
      stars: { s1: 0, s2: 0, s3: 0, s4: 0, s5: 9 },
      ...{ all: 9, bayes: 4.5, honesty: { asAdvertised: 0, above: 0, below: 0 } },
      asOf: null,
    };
    expect(judge('hospital', { ...hospital, rating }).page).toMatchObject({ rating: { count: 0 } });
    const counted = { ...rating, asOf: at(1) };
    expect(judge('hospital', { ...hospital, rating: counted }).page).toMatchObject({ rating: { count: 9 } });
  });

  it('is the same when it is judged again', () => {
    for (const [kind, page] of [
      ['hospital', hospital],
      ['doctor', doctor],
      ['event', event],
    ] as const) {
      const once = judge(kind, page).page;
      expect(JSON.stringify(judge(kind, once).page)).toBe(JSON.stringify(once));
    }
  });

  it('never breaks the judge, whatever is typed', () => {
    const value = fc.oneof(
      fc.string(),
      fc.integer(),
      fc.boolean(),
      fc.constant(null),
      fc.array(fc.anything()),
      fc.object(),
    );
    const fields = fc.constantFrom(
      ...Object.keys({ ...hospital, ...doctor, ...event }),
      'rating',
      'createdAt',
      'zip',
      'location',
    );
    fc.assert(
      fc.property(
        fc.constantFrom('hospital', 'doctor', 'event'),
        fc.dictionary(fields, value),
        (kind, change) => {
          const base = { hospital, doctor, event }[kind];
          const examined = judge(kind, { ...base, ...change });
          const shape = { hospital: hospitalSchema, doctor: doctorSchema, event: eventSchema }[kind];
          // What is shown has the shape its schema promises.
          if (examined.hiddenBecause === null)
            expect(shape.safeParse({ ...examined.page, updatedAt: at(0) }).error?.issues ?? []).toEqual([]);
        },
      ),
      { numRuns: 300 },
    );
  });
});

describe('what the law forbids and an operator lets pass', () => {
  const half = { ...event, priceAfter: 600_000 };
  const overrides = [{ code: 'DISCOUNT_OVER_50', reason: '협회 질의 회신' }];
  it('is shown with a reason, and stays so when something else is edited', () => {
    const accepted = judge('event', half, { overrides }).page;
    expect(accepted).toMatchObject({ published: true, problems: [] });
    const tolerated = toleratedIn('event', accepted);
    expect(judge('event', { ...accepted, sideEffects: '멍, 붓기' }, { tolerated })).toMatchObject({
      blocking: [],
    });
    expect(judge('event', { ...accepted, priceAfter: 500_000 }, { tolerated })).toMatchObject({
      hiddenBecause: 'INVALID',
    });
  });
  it('is not let pass by a page that had problems', () => {
    expect(toleratedIn('event', judge('event', half).page).size).toBe(0);
  });
});

describe('what was reviewed', () => {
  const reviewed = judge('event', event).page;
  it.each(['title', 'priceBefore', 'priceAfter', 'target', 'imagePath', 'detailPaths'])(
    'is no more when %s is another',
    (field) => {
      const changes: Typed = {
        title: '눈매교정',
        priceBefore: 1_400_000,
        priceAfter: 980_000,
        target: '재방문 고객, 수술비',
        imagePath: 'public/y-full.webp',
        detailPaths: ['public/y-full.webp'],
      };
      const examined = judge('event', { ...reviewed, [field]: changes[field] });
      expect(examined).toMatchObject({ hiddenBecause: 'INVALID', problems: [{ field: 'adReviewNumber' }] });
      const back = { ...examined.page, [field]: reviewed[field] };
      expect(judge('event', back)).toMatchObject({ hiddenBecause: null, problems: [] });
    },
  );
  it('is anew under a new number, and by an operator’s word', () => {
    const changed = { ...reviewed, title: '눈매교정' };
    expect(judge('event', { ...changed, adReviewNumber: '261201-중-000009' }).hiddenBecause).toBeNull();
    const overrides = [{ code: 'REVIEWED_TEXT_CHANGED', reason: '오탈자 수정' }];
    const accepted = judge('event', changed, { overrides });
    expect(accepted.hiddenBecause).toBeNull();
    expect(judge('event', accepted.page).hiddenBecause).toBeNull();
  });
  it('says nothing where there is no number, or of what was not said', () => {
    const unreviewed = judge('event', { ...event, adReviewNumber: '' }).page;
    expect(judge('event', { ...unreviewed, title: '눈매교정' }).hiddenBecause).toBeNull();
    expect(judge('event', { ...reviewed, sideEffects: '멍' }).hiddenBecause).toBeNull();
  });
});
