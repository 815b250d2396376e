/**
 * How much comes back, and why, as lines a person can read. Pure. Days are Korean calendar days; amounts are won, rounded
 * in the member’s favour. Nothing here knows a price before the discount: used sessions count at what was paid for them.
 */
import { correspondingDay, daysAfter, daysBetween, workdayFrom, workdaysAfter } from '../kernel/days.ts';
import {
  backPercentAt,
  coolingOff,
  hospitalFault,
  misdescription,
  packages,
  promise,
  repayment,
  surgeryDeposit,
} from './law.ts';
import { shareOf } from './shares.ts';

export const refundReasons = ['changeOfMind', 'misdescribed', 'hospitalFault', 'hospitalClosed'] as const;
export type RefundReason = (typeof refundReasons)[number];

interface Common {
  /** What the member paid. */
  readonly paid: number;
  readonly boughtOn: string;
  readonly requestedOn: string;
  /** Anything but a change of mind is an operator’s finding. */
  readonly because: RefundReason;
  /** The day the member learned that it is not as described; null when not told: the day of the request. */
  readonly knownOn: string | null;
}

/** A voucher of one or more sessions. */
export interface VoucherFacts extends Common {
  readonly kind: 'voucher';
  readonly sessionsTotal: number;
  readonly sessionsUsed: number;
  /** Returned before, by themselves. */
  readonly sessionsReturned: number;
  /** How many of those left are returned now. */
  readonly returning: number;
  readonly firstUsedOn: string | null;
  /** What the contract says, of what is returned. More than the law allows counts as what it allows. */
  readonly penaltyPercent: number;
}

/** A deposit for an appointment. */
export interface DepositFacts extends Common {
  readonly kind: 'deposit';
  /** The price of the treatment. */
  readonly price: number;
  /** Null when no day has been agreed. */
  readonly appointmentOn: string | null;
}

export type RefundFacts = VoucherFacts | DepositFacts;

export interface RefundLine {
  readonly label: string;
  /** Won; what is taken off is negative. */
  readonly amount: number;
  readonly basis: string;
}

export interface Refund {
  /** They sum to `refund` and `compensation` together. */
  readonly lines: readonly RefundLine[];
  /** What goes back through Toss; never more than is left of what was paid. */
  readonly refund: number;
  /** What the hospital keeps of what is returned. */
  readonly kept: number;
  /** What a hospital at fault adds, by bank transfer. */
  readonly compensation: number;
  /** By when it must be carried out. */
  readonly dueOn: string;
}

const won = (amount: number) => `${amount.toLocaleString('ko-KR')}원`;
const percentOf = (amount: number, percent: number) => Math.floor((amount * percent) / 100);

/** The last day on which a purchase may be withdrawn from: the seventh after it, or the working day behind that. */
export const coolingOffEndsOn = (boughtOn: string): string =>
  workdayFrom(daysAfter(boughtOn, coolingOff.days));

const isCoolingOff = ({ boughtOn, requestedOn }: Common) => requestedOn <= coolingOffEndsOn(boughtOn);

/** Whether a finding of misdescription came in time: both terms must be kept, and neither runs before it has begun. */
export function isInTimeForMisdescription(
  requestedOn: string,
  suppliedOn: string | null,
  knownOn: string | null,
): boolean {
  const threeMonths =
    suppliedOn === null || requestedOn < correspondingDay(daysAfter(suppliedOn, 1), misdescription.months);
  return threeMonths && (knownOn === null || requestedOn <= daysAfter(knownOn, misdescription.days));
}

interface Penalty {
  readonly percent: number;
  readonly basis: string;
}
const none = (basis: string): Penalty => ({ percent: 0, basis });

/** What may be taken off what a voucher returns, and by what right. */
function voucherPenalty(facts: VoucherFacts): Penalty {
  const { because, requestedOn, firstUsedOn, knownOn } = facts;
  if (because === 'hospitalClosed') return none(promise.law);
  if (because === 'hospitalFault') return none(hospitalFault.law);
  if (because === 'misdescribed' && isInTimeForMisdescription(requestedOn, firstUsedOn, knownOn)) {
    return none(misdescription.law);
  }
  if (facts.sessionsUsed === 0) return none(promise.law);
  if (isCoolingOff(facts)) return none(coolingOff.law);
  return {
    percent: Math.min(Math.max(facts.penaltyPercent, 0), packages.mostPenaltyPercent),
    basis: packages.law,
  };
}

function goneLines(facts: VoucherFacts): RefundLine[] {
  const { paid, sessionsTotal, sessionsUsed, sessionsReturned, returning } = facts;
  const gone = sessionsUsed + sessionsReturned;
  const unit = won(Math.floor(paid / sessionsTotal));
  const used = shareOf(facts, 0, sessionsUsed);
  const back = shareOf(facts, sessionsUsed, sessionsReturned);
  const left = shareOf(facts, gone + returning, sessionsTotal - gone - returning);
  const rest = sessionsTotal - gone - returning;
  const lines: RefundLine[] = [
    { label: `사용한 ${sessionsUsed}회 (계약 단가 ${unit})`, amount: -used, basis: packages.law },
    { label: `이미 환불한 ${sessionsReturned}회`, amount: -back, basis: '이전 환불' },
    { label: `계속 이용할 ${rest}회`, amount: -left, basis: '신청하지 않은 회차' },
  ];
  return lines.filter(({ amount }) => amount !== 0);
}

/** At the hospital’s fault it owes what the table lets it keep at the member’s. */
const faultLine = (amount: number): RefundLine[] =>
  amount === 0 ? [] : [{ label: '병원 귀책 배상', amount, basis: hospitalFault.law }];

function voucherRefund(facts: VoucherFacts): Refund {
  const { paid, sessionsUsed, sessionsReturned, returning } = facts;
  const share = shareOf(facts, sessionsUsed + sessionsReturned, returning);
  const { percent, basis } = voucherPenalty(facts);
  const kept = percentOf(share, percent);
  const compensation = facts.because === 'hospitalFault' ? percentOf(share, packages.faultPercent) : 0;
  const penalty = { label: `위약금 (환불할 ${won(share)}의 ${percent}%)`, amount: -kept, basis };
  const lines = [
    { label: '결제 금액', amount: paid, basis },
    ...goneLines(facts),
    ...(kept === 0 ? [] : [penalty]),
    ...faultLine(compensation),
  ];
  return { lines, refund: share - kept, kept, compensation, dueOn: dueOn(facts) };
}

/** What of a deposit may be kept at all, and what is above it. */
function countedOf({ paid, price }: DepositFacts): number {
  return Math.min(paid, percentOf(price, surgeryDeposit.countedPercent));
}

const daysLeft = ({ appointmentOn, requestedOn }: DepositFacts) =>
  appointmentOn === null ? Number.POSITIVE_INFINITY : daysBetween(requestedOn, appointmentOn);

function depositBack(facts: DepositFacts): { readonly percent: number; readonly basis: string } {
  const { because, requestedOn, appointmentOn, knownOn } = facts;
  const before = daysLeft(facts);
  const suppliedOn = before > 0 ? null : appointmentOn;
  if (because === 'hospitalClosed') return { percent: 100, basis: promise.law };
  if (because === 'hospitalFault') return { percent: 100, basis: hospitalFault.law };
  if (because === 'misdescribed' && isInTimeForMisdescription(requestedOn, suppliedOn, knownOn)) {
    return { percent: 100, basis: misdescription.law };
  }
  if (appointmentOn === null) return { percent: 100, basis: promise.law };
  // On the day the service begins; before it nothing has, and withdrawing is the stronger right.
  if (isCoolingOff(facts) && before > 0) return { percent: 100, basis: coolingOff.law };
  return { percent: backPercentAt(before), basis: surgeryDeposit.law };
}

const whenOf = (before: number): string => {
  if (before < 0) return '예약일 이후';
  return before === 0 ? '예약 당일' : `예약 ${before}일 전`;
};

function depositRefund(facts: DepositFacts): Refund {
  const { paid, price, because } = facts;
  const counted = countedOf(facts);
  const { percent, basis } = depositBack(facts);
  const kept = percentOf(counted, 100 - percent);
  const before = daysLeft(facts);
  const mirrored = because === 'hospitalFault' ? percentOf(counted, 100 - backPercentAt(before)) : 0;
  const excess = paid - counted;
  const tenth = `시술비 ${won(price)}의 ${surgeryDeposit.countedPercent}%`;
  const isAllBack = percent === 100;
  const lines: RefundLine[] = isAllBack
    ? [{ label: '예약금 전액', amount: paid, basis }]
    : [
        { label: `${tenth}를 넘는 예약금`, amount: excess, basis: surgeryDeposit.law },
        { label: `예약금 ${won(counted)}의 ${percent}% (${whenOf(before)})`, amount: counted - kept, basis },
      ];
  return {
    lines: [...lines.filter(({ amount }) => amount !== 0 || isAllBack), ...faultLine(mirrored)],
    ...{ refund: paid - kept, kept, compensation: mirrored, dueOn: dueOn(facts) },
  };
}

const dueOn = ({ requestedOn }: Common) => workdaysAfter(requestedOn, repayment.workdays);

/** Computes a refund. Throws RangeError when the facts contradict themselves (more sessions than there are). */
export function refundOf(facts: RefundFacts): Refund {
  return facts.kind === 'voucher' ? voucherRefund(facts) : depositRefund(facts);
}

/**
 * The day from which interest runs: that by which it was due, or three working days after it could not go back for want of
 * the payer’s account or of the deposit, which is no delay of ours.
 */
export const interestFrom = (due: string, hinderedOn: string | null): string => {
  const later = hinderedOn === null ? due : workdaysAfter(hinderedOn, repayment.workdays);
  return later > due ? later : due;
};

/** What a refund that was carried out on a day owes its member more, as a line; null when it was in time. */
export function interestLine(
  { refund, dueOn: due, hinderedOn }: { refund: number; dueOn: string; hinderedOn: string | null },
  paidOn: string,
): RefundLine | null {
  const from = interestFrom(due, hinderedOn);
  const amount = lateInterestOf(refund, from, paidOn);
  const label = `지연이자 (${daysBetween(from, paidOn)}일, 연 ${repayment.interestPercent}%)`;
  return amount > 0 ? { label, amount, basis: repayment.law } : null;
}

/** What a refund carried out late costs more: simple interest by days, rounded up. */
export function lateInterestOf(refund: number, due: string, paidOn: string): number {
  const late = Math.max(0, daysBetween(due, paidOn));
  return Math.ceil((refund * repayment.interestPercent * late) / (100 * 365));
}
