/** What counts come to in won: prices, the rate, how people use the app in a day. Change the numbers here; the rest follows. */

/** US dollars. */
export const prices = {
  /** Per 100,000 documents in Seoul. */
  reads: 0.038,
  writes: 0.115,
  deletes: 0.013,
  /** Per million calls of functions of the 2nd generation. */
  calls: 0.4,
  /** Per second of a vCPU, and of a GiB of memory, in Seoul (Tier 2). */
  vcpuSecond: 0.0000336,
  gibSecond: 0.0000035,
  /** Per GiB that leaves Google. */
  egressGib: 0.12,
} as const;

/** How long an instance is kept busy by one call, and what it has. An assumption: a call shares its instance with others in a rush, and waits alone at night. */
export const assumedCall = { seconds: 0.1, vcpu: 1, gib: 0.25 } as const;

/** Won for a dollar. A parameter, not a quotation. */
export const wonPerDollar = 1_450;

/** Not billed: Firestore per day, calls and egress per month. */
export const free = {
  reads: 50_000,
  writes: 20_000,
  deletes: 20_000,
  callsPerMonth: 2_000_000,
  vcpuSecondsPerMonth: 180_000,
  gibSecondsPerMonth: 360_000,
  egressGibPerMonth: 10,
} as const;

export interface Spent {
  readonly reads: number;
  /** Of the reads, those the rules made. */
  readonly ruleReads: number;
  readonly writes: number;
  readonly deletes: number;
  readonly calls: number;
  /** Bytes sent to phones. */
  readonly bytes: number;
  /** Of the reads and writes, those of functions. */
  readonly serverReads: number;
  readonly serverWrites: number;
}

export const spentNothing: Spent = {
  ...{ reads: 0, ruleReads: 0, writes: 0, deletes: 0, calls: 0, bytes: 0 },
  ...{ serverReads: 0, serverWrites: 0 },
};

export const scaled = (spent: Spent, by: number): Spent => ({
  reads: spent.reads * by,
  ruleReads: spent.ruleReads * by,
  writes: spent.writes * by,
  deletes: spent.deletes * by,
  calls: spent.calls * by,
  bytes: spent.bytes * by,
  serverReads: spent.serverReads * by,
  serverWrites: spent.serverWrites * by,
});

export const summed = (one: Spent, other: Spent): Spent => ({
  reads: one.reads + other.reads,
  ruleReads: one.ruleReads + other.ruleReads,
  writes: one.writes + other.writes,
  deletes: one.deletes + other.deletes,
  calls: one.calls + other.calls,
  bytes: one.bytes + other.bytes,
  serverReads: one.serverReads + other.serverReads,
  serverWrites: one.serverWrites + other.serverWrites,
});

const gib = 2 ** 30;

/** US dollars by what they are paid for. */
export interface Bill {
  readonly reads: number;
  readonly writes: number;
  readonly deletes: number;
  readonly calls: number;
  readonly egress: number;
}

const perCall = () =>
  prices.calls / 1e6 +
  assumedCall.seconds * (assumedCall.vcpu * prices.vcpuSecond + assumedCall.gib * prices.gibSecond);

export const billOf = (spent: Spent): Bill => ({
  reads: (spent.reads / 1e5) * prices.reads,
  writes: (spent.writes / 1e5) * prices.writes,
  deletes: (spent.deletes / 1e5) * prices.deletes,
  calls: spent.calls * perCall(),
  egress: (spent.bytes / gib) * prices.egressGib,
});

export const dollarsOf = (bill: Bill): number =>
  bill.reads + bill.writes + bill.deletes + bill.calls + bill.egress;

const beyond = (used: number, quota: number) => Math.max(0, used - quota);

/** What is left to pay for thirty such days, US dollars. */
export function dueAfterFree(day: Spent): Bill {
  const calls = day.calls * 30;
  const seconds = calls * assumedCall.seconds;
  return {
    reads: ((beyond(day.reads, free.reads) * 30) / 1e5) * prices.reads,
    writes: ((beyond(day.writes, free.writes) * 30) / 1e5) * prices.writes,
    deletes: ((beyond(day.deletes, free.deletes) * 30) / 1e5) * prices.deletes,
    calls:
      (beyond(calls, free.callsPerMonth) / 1e6) * prices.calls +
      beyond(seconds * assumedCall.vcpu, free.vcpuSecondsPerMonth) * prices.vcpuSecond +
      beyond(seconds * assumedCall.gib, free.gibSecondsPerMonth) * prices.gibSecond,
    egress: beyond((day.bytes * 30) / gib, free.egressGibPerMonth) * prices.egressGib,
  };
}

/** How often somebody does something in a day; what is rare as a share of one. */
export const perDay = {
  home: 4,
  hospital: 6,
  events: 2,
  nextEvents: 0.3,
  ownLikes: 3,
  board: 3,
  nextBoard: 2,
  thread: 5,
  postByLink: 0.3,
  reviewPage: 5,
  notifications: 1,
  search: 1.5,
  signIn: 0.1,
  review: 0.004,
  fullReview: 0.006,
  post: 0.03,
  reply: 0.15,
  like: 0.8,
  views: 0.25,
} as const;
