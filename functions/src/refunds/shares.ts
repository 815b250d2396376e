/**
 * What each session of a voucher is worth: the contract’s unit price in whole won. Pure. Shares are cut from the running
 * total, so that those of all sessions are together exactly what was paid, in whatever portions they go.
 */
export interface Contract {
  /** Won. */
  readonly paid: number;
  readonly sessionsTotal: number;
}

const upTo = ({ paid, sessionsTotal }: Contract, sessions: number) =>
  Math.floor((paid * sessions) / sessionsTotal);

/** What the next `count` sessions are worth when `gone` have been used or returned. Throws when there are not so many. */
export function shareOf(contract: Contract, gone: number, count: number): number {
  const { sessionsTotal } = contract;
  if (![gone, count].every((n) => Number.isInteger(n) && n >= 0) || gone + count > sessionsTotal) {
    throw new RangeError(`no ${count} sessions after ${gone} of ${sessionsTotal}`);
  }
  return upTo(contract, gone + count) - upTo(contract, gone);
}
