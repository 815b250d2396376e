import { aRegistration, paperOf } from '../../test/support/aRegistration.ts';
import { findingsOf, mergeProblems, problemsOf } from './checks.ts';
import { decide } from './decide.ts';
import { eventFrom } from './pages.ts';
import type { EventFields } from './schema.ts';

describe('what is wrong with a registration', () => {
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
    adReviewValidUntil: null,
    sideEffects: '',
  };
  const at = (ms: number) => ({
    seconds: ms / 1000,
    nanoseconds: 0,
    toMillis: () => ms,
    toDate: () => new Date(ms),
  });
  it('computes the discount, rounded down, and shows no business number', () => {
    const page = eventFrom(
      { ...fields, priceAfter: 990_001 },
      { id: 'h1', name: '라온의원', region: '서울' },
      [],
      { now: 0, at },
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
  const event = aRegistration({ kind: 'event', papers: [paperOf('main')], decision: 'approve' });
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
