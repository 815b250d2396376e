import { decide, eventFrom, mergeProblems, paperRole, problemsOf } from './registrations.ts';
import type { EventFields } from './schema.ts';

describe('papers', () => {
  it.each([
    ['사업자등록증.pdf', 'bizRegistration'],
    ['의료기관개설신고증명서.pdf', 'openingCertificate'],
    ['의사 면허증.jpg', 'medicalLicense'],
    ['전문의자격증.pdf', 'specialistCert'],
    ['이벤트_메인사진.png', 'main'],
    ['심의필증.pdf', 'adReview'],
    ['image001.png', 'other'],
  ])('%s is %s', (name, role) => expect(paperRole(name)).toBe(role));
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
});
