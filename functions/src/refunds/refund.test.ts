import fc from 'fast-check';
import { daysAfter } from '../kernel/days.ts';
import { backPercentAt, coolingOff, packages, provisions, repayment, surgeryDeposit } from './law.ts';
import {
  coolingOffEndsOn,
  type DepositFacts,
  interestFrom,
  interestLine,
  isInTimeForMisdescription,
  lateInterestOf,
  type Refund,
  refundOf,
  refundReasons,
  type VoucherFacts,
} from './refund.ts';
import { shareOf } from './shares.ts';

const voucher = (facts: Partial<VoucherFacts> = {}): VoucherFacts => ({
  kind: 'voucher',
  ...{ paid: 500_000, sessionsTotal: 5, sessionsUsed: 0, sessionsReturned: 0, returning: 5 },
  ...{ boughtOn: '2026-06-01', requestedOn: '2026-12-01', because: 'changeOfMind', knownOn: null },
  ...{ firstUsedOn: null, penaltyPercent: 10 },
  ...facts,
});
const deposit = (facts: Partial<DepositFacts> = {}): DepositFacts => ({
  kind: 'deposit',
  ...{ paid: 200_000, price: 1_200_000, boughtOn: '2026-11-01', requestedOn: '2026-12-01' },
  ...{ appointmentOn: '2026-12-10', because: 'changeOfMind', knownOn: null },
  ...facts,
});

const sumOf = ({ lines }: Refund) => lines.reduce((sum, { amount }) => sum + amount, 0);
const labels = ({ lines }: Refund) =>
  lines.map(({ label, amount }) => `${label} ${amount.toLocaleString('ko-KR')}`);

describe('a voucher', () => {
  it('that was never used comes back in full, however late and whatever the contract says', () => {
    expect(refundOf(voucher())).toMatchObject({ refund: 500_000, kept: 0, compensation: 0 });
  });

  it('that was used in part counts what was used at the contract’s unit price, and at most ten percent of the rest', () => {
    const refund = refundOf(voucher({ sessionsUsed: 2, returning: 3, penaltyPercent: 30 }));
    expect(refund).toMatchObject({ refund: 270_000, kept: 30_000 });
    expect(labels(refund)).toEqual([
      '결제 금액 500,000',
      '사용한 2회 (계약 단가 100,000원) -200,000',
      '위약금 (환불할 300,000원의 10%) -30,000',
    ]);
    expect(refund.lines.map(({ basis }) => basis)).toEqual([packages.law, packages.law, packages.law]);
  });

  it.each<[string, Partial<VoucherFacts>]>([
    ['within seven days of buying', { requestedOn: '2026-06-08' }],
    ['because it is not as described', { because: 'misdescribed', firstUsedOn: '2026-11-20' }],
    ['at the hospital’s fault', { because: 'hospitalFault' }],
    ['because the hospital closes', { because: 'hospitalClosed' }],
  ])('used in part bears no penalty %s', (_, facts) => {
    const refund = refundOf(voucher({ sessionsUsed: 2, returning: 3, ...facts }));
    expect(refund).toMatchObject({ refund: 300_000, kept: 0 });
  });

  it('bears the penalty again on the eighth day', () =>
    expect(refundOf(voucher({ sessionsUsed: 1, returning: 4, requestedOn: '2026-06-09' })).kept).toBe(
      40_000,
    ));

  it('bears it when the finding of misdescription came too late', () => {
    const late = {
      because: 'misdescribed',
      sessionsUsed: 1,
      returning: 4,
      firstUsedOn: '2026-08-31',
    } as const;
    expect(refundOf(voucher(late)).kept).toBe(40_000);
    const known = { ...late, firstUsedOn: '2026-11-20', knownOn: '2026-10-31' };
    expect(refundOf(voucher(known)).kept).toBe(40_000);
    expect(refundOf(voucher({ ...known, knownOn: '2026-11-01' })).kept).toBe(0);
  });

  it('at the hospital’s fault is answered with a tenth more, which is no part of what was paid', () => {
    const refund = refundOf(voucher({ because: 'hospitalFault' }));
    expect(refund).toMatchObject({ refund: 500_000, compensation: 50_000 });
    expect(labels(refund)).toEqual(['결제 금액 500,000', '병원 귀책 배상 50,000']);
  });

  it('may be returned in parts', () => {
    const refund = refundOf(
      voucher({ sessionsUsed: 1, sessionsReturned: 1, returning: 2, penaltyPercent: 0 }),
    );
    expect(labels(refund)).toEqual([
      '결제 금액 500,000',
      '사용한 1회 (계약 단가 100,000원) -100,000',
      '이미 환불한 1회 -100,000',
      '계속 이용할 1회 -100,000',
    ]);
    expect(refund.refund).toBe(200_000);
  });

  it('of which more is to be returned than is left is refused', () =>
    expect(() => refundOf(voucher({ sessionsUsed: 3, returning: 3 }))).toThrow(RangeError));
});

describe('a deposit for surgery', () => {
  it('of 200,000 for 1,200,000 comes back as 80,000 + 108,000 when cancelled early', () => {
    const refund = refundOf(deposit());
    expect(refund).toMatchObject({ refund: 188_000, kept: 12_000 });
    expect(labels(refund)).toEqual([
      '시술비 1,200,000원의 10%를 넘는 예약금 80,000',
      '예약금 120,000원의 90% (예약 9일 전) 108,000',
    ]);
  });

  it.each<[string, string, number]>([
    ['three days before', '2026-12-07', 188_000],
    ['two days before', '2026-12-08', 140_000],
    ['one day before', '2026-12-09', 104_000],
    ['on the day', '2026-12-10', 80_000],
    ['after it', '2026-12-11', 80_000],
  ])('cancelled %s', (_, requestedOn, back) => expect(refundOf(deposit({ requestedOn })).refund).toBe(back));

  it('comes back in full within seven days of paying, until the day before', () => {
    expect(refundOf(deposit({ boughtOn: '2026-12-03', requestedOn: '2026-12-09' })).refund).toBe(200_000);
    expect(refundOf(deposit({ boughtOn: '2026-12-03', requestedOn: '2026-12-10' })).refund).toBe(80_000);
  });

  it('at the hospital’s fault comes back with what the member would have lost', () => {
    const atFault = (requestedOn: string) => refundOf(deposit({ because: 'hospitalFault', requestedOn }));
    expect(atFault('2026-12-01')).toMatchObject({ refund: 200_000, compensation: 12_000 });
    expect(atFault('2026-12-10')).toMatchObject({ refund: 200_000, compensation: 120_000 });
  });

  it('without an appointment comes back in full', () =>
    expect(refundOf(deposit({ appointmentOn: null }))).toMatchObject({ refund: 200_000, kept: 0 }));
});

describe('days', () => {
  it.each([
    ['2026-06-01', '2026-06-08', 'a Monday'],
    ['2026-05-30', '2026-06-08', 'the seventh is Memorial Day, a Saturday: Monday'],
    ['2026-12-18', '2026-12-28', 'the seventh is Christmas, a Friday: Monday'],
  ])('what was bought on %s may be withdrawn from until %s: %s', (bought, last) =>
    expect(coolingOffEndsOn(bought)).toBe(last),
  );

  it.each<[string, string | null, string | null, boolean]>([
    ['2026-05-31', '2026-02-28', null, true],
    ['2026-06-01', '2026-02-28', null, false],
    ['2026-02-28', '2026-01-29', '2026-01-29', true],
    ['2026-03-01', '2026-01-29', '2026-01-29', false],
    ['2026-03-01', null, '2026-01-29', false],
    ['2029-01-01', null, null, true],
  ])('on %s, supplied %s, known %s: %s', (requested, supplied, known, inTime) =>
    expect(isInTimeForMisdescription(requested, supplied, known)).toBe(inTime),
  );

  it('of delay cost fifteen percent a year', () => {
    expect(lateInterestOf(365_000, '2026-12-01', '2026-12-11')).toBe(1_500);
    expect(lateInterestOf(365_000, '2026-12-01', '2026-11-30')).toBe(0);
  });

  it('of carrying it out are three working days', () =>
    expect(refundOf(voucher({ requestedOn: '2026-12-24' })).dueOn).toBe('2026-12-30'));
});

const day = fc.integer({ min: 0, max: 900 }).map((days) => daysAfter('2026-01-01', days));
const maybeDay = fc.option(day);
const reason = fc.constantFrom(...refundReasons);
const paid = fc.integer({ min: 0, max: 100_000_000 });

const anyVoucher: fc.Arbitrary<VoucherFacts> = fc
  .record({
    sessionsTotal: fc.integer({ min: 1, max: 50 }),
    cuts: fc.tuple(fc.nat(50), fc.nat(50), fc.nat(50)),
  })
  .chain(({ sessionsTotal, cuts }) => {
    const sessionsUsed = Math.min(cuts[0], sessionsTotal);
    const sessionsReturned = Math.min(cuts[1], sessionsTotal - sessionsUsed);
    const returning = Math.min(cuts[2], sessionsTotal - sessionsUsed - sessionsReturned);
    return fc.record({
      kind: fc.constant('voucher' as const),
      ...{ paid, boughtOn: day, requestedOn: day, because: reason, knownOn: maybeDay, firstUsedOn: maybeDay },
      ...{ penaltyPercent: fc.integer({ min: 0, max: 100 }), sessionsTotal: fc.constant(sessionsTotal) },
      sessionsUsed: fc.constant(sessionsUsed),
      ...{ sessionsReturned: fc.constant(sessionsReturned), returning: fc.constant(returning) },
    });
  });
const anyDeposit: fc.Arbitrary<DepositFacts> = fc.record({
  kind: fc.constant('deposit' as const),
  ...{ paid, price: paid, boughtOn: day, requestedOn: day, because: reason, knownOn: maybeDay },
  appointmentOn: maybeDay,
});

/** All that is left of a voucher, after so many sessions have been used. */
const rest = (facts: VoucherFacts, sessionsUsed: number) =>
  refundOf({ ...facts, sessionsUsed, sessionsReturned: 0, returning: facts.sessionsTotal - sessionsUsed });

describe('every refund', () => {
  it('is whole won, never negative, never above what was paid; its lines sum to it', () =>
    fc.assert(
      fc.property(fc.oneof(anyVoucher, anyDeposit), (facts) => {
        const refund = refundOf(facts);
        for (const amount of [refund.refund, refund.kept, refund.compensation]) {
          expect(Number.isSafeInteger(amount) && amount >= 0).toBe(true);
        }
        expect(refund.refund + refund.kept).toBeLessThanOrEqual(facts.paid);
        expect(sumOf(refund)).toBe(refund.refund + refund.compensation);
        expect(refund.compensation === 0 || facts.because === 'hospitalFault').toBe(true);
      }),
      { numRuns: 2_000 },
    ));

  it('names a provision of the law, or our promise, in every line', () => {
    const known = [...provisions.map(({ law }) => law), '이전 환불', '신청하지 않은 회차'];
    fc.assert(
      fc.property(fc.oneof(anyVoucher, anyDeposit), (facts) => {
        for (const { label, basis } of refundOf(facts).lines) {
          expect(known).toContain(basis);
          expect(label).toMatch(/[가-힣]/);
        }
      }),
    );
  });

  it('of a voucher falls with the sessions that were used', () =>
    fc.assert(
      fc.property(anyVoucher, (facts) => {
        const backs = Array.from({ length: facts.sessionsTotal + 1 }, (_, used) => rest(facts, used).refund);
        for (const [used, back] of backs.entries())
          expect(back).toBeLessThanOrEqual(backs[used - 1] ?? facts.paid);
      }),
    ));

  it('of a voucher returned in parts, used sessions, and what is kept: together exactly what was paid', () =>
    fc.assert(
      fc.property(
        anyVoucher,
        fc.array(fc.record({ uses: fc.boolean(), count: fc.nat(5) })),
        (facts, steps) => {
          const moved = { used: 0, returned: 0, out: 0 };
          const left = () => facts.sessionsTotal - moved.used - moved.returned;
          for (const { uses, count } of [...steps, { uses: false, count: 50 }]) {
            const some = Math.min(count, left());
            if (uses) {
              moved.out += shareOf(facts, moved.used + moved.returned, some);
              moved.used += some;
            } else {
              const { refund, kept } = refundOf({
                ...facts,
                ...{ sessionsUsed: moved.used, sessionsReturned: moved.returned, returning: some },
              });
              moved.out += refund + kept;
              moved.returned += some;
            }
            expect(moved.out).toBeLessThanOrEqual(facts.paid);
          }
          expect(moved.out).toBe(facts.paid);
        },
      ),
      { numRuns: 1_000 },
    ));

  it('of a deposit falls the nearer the day comes, once the seven days are over', () =>
    fc.assert(
      fc.property(anyDeposit, day, (facts, appointmentOn) => {
        const at = (before: number) => {
          const requestedOn = daysAfter(appointmentOn, -before);
          const boughtOn = daysAfter(requestedOn, -60);
          return refundOf({ ...facts, because: 'changeOfMind', appointmentOn, requestedOn, boughtOn }).refund;
        };
        const backs = [9, 3, 2, 1, 0, -1].map(at);
        for (const [index, back] of backs.entries())
          expect(back).toBeLessThanOrEqual(backs[index - 1] ?? facts.paid);
      }),
    ));
});

describe('the floor of the law', () => {
  /** Written from the texts of the law anew, so that the engine is not its own witness. */
  function floorOf(facts: VoucherFacts): number {
    const done = (facts.paid * (facts.sessionsUsed + facts.sessionsReturned)) / facts.sessionsTotal;
    const notBegun = facts.returning === facts.sessionsTotal - facts.sessionsUsed - facts.sessionsReturned;
    const unbegun = notBegun ? facts.paid - done : (facts.paid * facts.returning) / facts.sessionsTotal - 1;
    const withdrawn = facts.requestedOn <= daysAfter(facts.boughtOn, coolingOff.days);
    const isTheirs = facts.because === 'hospitalClosed' || facts.because === 'hospitalFault';
    return withdrawn || isTheirs ? unbegun : unbegun - facts.paid * (packages.mostPenaltyPercent / 100);
  }

  it('holds for every voucher', () =>
    fc.assert(
      fc.property(anyVoucher, (facts) =>
        expect(refundOf(facts).refund).toBeGreaterThanOrEqual(floorOf(facts)),
      ),
      { numRuns: 2_000 },
    ));

  it('holds for every deposit: never less than the table, and the part above a tenth of the price in full', () =>
    fc.assert(
      fc.property(anyDeposit, (facts) => {
        const tenth = Math.min(facts.paid, facts.price / 10);
        const before = facts.appointmentOn
          ? (Date.parse(facts.appointmentOn) - Date.parse(facts.requestedOn)) / 86_400_000
          : 3;
        const floor = facts.paid - tenth + (tenth * backPercentAt(before)) / 100;
        expect(refundOf(facts).refund).toBeGreaterThanOrEqual(floor - 1e-6);
      }),
      { numRuns: 2_000 },
    ));

  it('is the table as it was published', () =>
    expect(surgeryDeposit.table.map(({ daysBefore, backPercent }) => [daysBefore, backPercent])).toEqual([
      [3, 90],
      [2, 50],
      [1, 20],
      [Number.NEGATIVE_INFINITY, 0],
    ]));
});

describe('interest on what comes back late', () => {
  const late = { refund: 365_000, dueOn: '2026-12-04', hinderedOn: null };

  it('runs from the day it was due, and not at all in time', () => {
    expect(interestLine(late, '2026-12-04')).toBeNull();
    expect(interestLine(late, '2026-12-05')).toMatchObject({
      ...{ amount: 150, label: '지연이자 (1일, 연 15%)', basis: repayment.law },
    });
  });

  it('does not run while the payer’s account or the deposit was missing, nor three working days after', () => {
    // 11 December 2026 is a Friday.
    const hindered = { ...late, hinderedOn: '2026-12-11' };
    expect(interestLine(hindered, '2026-12-16')).toBeNull();
    expect(interestLine(hindered, '2026-12-18')).toMatchObject({ amount: 300 });
    expect(interestFrom('2026-12-04', '2026-11-20')).toBe('2026-12-04');
  });
});
