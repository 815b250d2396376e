/** Uses told late, beside everything else that may happen to a voucher until its member answers. */
import fc from 'fast-check';
import { lateMs, stepMs } from './codes.ts';
import {
  afterLateUse,
  afterUse,
  answerMs,
  expired,
  giftMs,
  isAwaited,
  isOffered,
  mayBeGiven,
  resumed,
  sessionsFree,
  suspended,
  type VoucherFacts,
} from './voucher.ts';

const dayMs = 86_400_000;
const bought = (sessionsTotal: number): VoucherFacts => ({
  ...{ state: 'active', sessionsTotal, sessionsUsed: 0, sessionsReturned: 0, expiresAt: 30 * dayMs },
});

interface Claim {
  readonly shownAt: number;
  readonly holder: number;
  isOpen: boolean;
}

/** A voucher, its claims and whoever holds it, as the edges treat them. */
class World {
  now = 0;
  voucher: VoucherFacts;
  giftUntil: number | null = null;
  holder = 0;
  readonly claims: Claim[] = [];

  constructor(sessions: number) {
    this.voucher = bought(sessions);
  }

  awaited(except?: Claim): Claim[] {
    return this.claims.filter((one) => one.isOpen && one !== except && isAwaited(one.shownAt, this.now));
  }

  use(): void {
    if (isOffered(this.giftUntil, this.now)) return;
    this.voucher = afterUse(this.voucher, this.now, this.awaited().length) ?? this.voucher;
  }

  claim(age: number): void {
    const shownAt = Math.max(0, this.now - age);
    if (isOffered(this.giftUntil, shownAt)) return;
    if (!afterLateUse(this.voucher, shownAt, this.awaited().length)) return;
    this.claims.push({ shownAt, holder: this.holder, isOpen: true });
  }

  /** Whether agreeing would count. */
  counts(claim: Claim): VoucherFacts | null {
    if (claim.holder !== this.holder) return null;
    return afterLateUse(this.voucher, claim.shownAt, this.awaited(claim).length);
  }

  answer(index: number, agreed: boolean): void {
    const claim = this.claims[index % Math.max(1, this.claims.length)];
    if (!claim?.isOpen) return;
    const used = agreed ? this.counts(claim) : this.voucher;
    if (!used) return;
    if (agreed) this.giftUntil = null;
    claim.isOpen = false;
    this.voucher = used;
  }

  give(): void {
    if (mayBeGiven(this.voucher, this.now) && this.awaited().length === 0) this.giftUntil = this.now + giftMs;
  }

  take(): void {
    const isOpen = isOffered(this.giftUntil, this.now) && mayBeGiven(this.voucher, this.now);
    if (!isOpen || this.awaited().length > 0) return;
    this.holder += 1;
    this.giftUntil = null;
  }

  refund(sessions: number): void {
    const { state, sessionsReturned } = this.voucher;
    const isRefundable = state === 'active' || state === 'expired';
    if (!isRefundable || sessions > sessionsFree(this.voucher, this.awaited().length)) return;
    this.voucher = { ...this.voucher, sessionsReturned: sessionsReturned + sessions };
    if (sessionsFree(this.voucher, 0) === 0) this.voucher = { ...this.voucher, state: 'refunding' };
  }

  /** Time passes; the job ends what has come to its end. */
  advance(ms: number): void {
    this.now += ms;
    if (this.now >= this.voucher.expiresAt)
      this.voucher = { ...this.voucher, state: expired(this.voucher.state) };
  }

  check(): void {
    const { state, sessionsTotal, sessionsUsed, sessionsReturned } = this.voucher;
    expect(sessionsUsed + sessionsReturned + this.awaited().length).toBeLessThanOrEqual(sessionsTotal);
    if (state === 'suspended') return;
    for (const claim of this.awaited()) expect(this.counts(claim)).not.toBeNull();
  }
}

type Act = (world: World) => void;
const nth = fc.nat(9);
const act = fc.oneof(
  fc.constant<Act>((world) => world.use()),
  fc.integer({ min: stepMs, max: lateMs }).map(
    (age): Act =>
      (world) =>
        world.claim(age),
  ),
  fc.tuple(nth, fc.boolean()).map(
    ([n, agreed]): Act =>
      (world) =>
        world.answer(n, agreed),
  ),
  fc.constant<Act>((world) => world.give()),
  fc.constant<Act>((world) => world.take()),
  fc.integer({ min: 1, max: 4 }).map(
    (sessions): Act =>
      (world) =>
        world.refund(sessions),
  ),
  fc.integer({ min: stepMs, max: 12 * dayMs }).map(
    (ms): Act =>
      (world) =>
        world.advance(ms),
  ),
  fc.constantFrom(suspended, resumed).map(
    (change): Act =>
      (world) => {
        world.voucher = { ...world.voucher, state: change(world.voucher.state) };
      },
  ),
);

test('whatever happens meanwhile, a use that waits for an answer keeps its session and its holder', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 5 }),
      fc.array(act, { minLength: 3, maxLength: 40 }),
      (sessions, acts) => {
        const world = new World(sessions);
        for (const run of acts) {
          run(world);
          world.check();
        }
      },
    ),
    { numRuns: 3_000 },
  );
});

test('the member has a week at least to answer', () => {
  expect(answerMs - lateMs).toBeGreaterThanOrEqual(7 * dayMs);
});

test('a use of the last day counts when it is agreed to after the end; one of later does not', () => {
  const ended: VoucherFacts = { ...bought(2), state: 'expired' };
  const used = afterLateUse(ended, ended.expiresAt - 1, 0);
  expect(used).toMatchObject({ state: 'expired', sessionsUsed: 1 });
  expect(used && afterLateUse(used, ended.expiresAt - 1, 0)).toMatchObject({
    state: 'used',
    sessionsUsed: 2,
  });
  expect(afterLateUse(ended, ended.expiresAt, 0)).toBeNull();
  expect(afterUse(ended, ended.expiresAt - 1)).toBeNull();
});

test('what the bank has taken back does not become refundable by its end', () => {
  expect(expired('suspended')).toBe('suspended');
});
