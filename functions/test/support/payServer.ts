/**
 * The server’s payments in a process of its own, any number of pieces of work at once, with a clock that can be set, and
 * that is killed at a moment of its own. Forked by payServers.ts as `node payServer.ts <killAt>`.
 *
 * A moment stands before and after each transaction, each write and read of one document, and each question to Toss. From
 * the last one on nothing new is begun; transactions that are open come to their end first, because the emulator holds
 * on to a dead client’s locks for half a minute. All else that is under way is cut.
 */
import axios from 'axios';
import { z } from 'zod';
import { closeDays } from '../../src/ledger/closing.ts';
import { AppError } from '../../src/platform/errors.ts';
import { db } from '../../src/platform/firebase.ts';
import { tossHints } from '../../src/prepays/collections.ts';
import { createOrder } from '../../src/prepays/ordering.ts';
import { abandonOrder, confirmOrder, issueAccount } from '../../src/prepays/paying.ts';
import { reconcileOrders } from '../../src/prepays/reconciling.ts';
import { setRefundAccount } from '../../src/prepays/refundAccounts.ts';
import { carryOutReversals } from '../../src/prepays/reversing.ts';
import { answerUse, useVoucher } from '../../src/prepays/using.ts';
import { onTossHintWritten, resumeTossHints, tossWebhook } from '../../src/prepays/webhook.ts';
import { carryOutRefunds, refundNow } from '../../src/refunds/carrying.ts';
import { decide } from '../../src/refunds/deciding.ts';
import { closeWeeks } from '../../src/settlement/weeks.ts';

const killAt = Number(process.argv[2] ?? 0);
let moments = 0;
let open = 0;
let isDying = false;

/** A transaction that has failed is rolled back behind its caller’s back. */
const rollbackMs = 50;
const die = () => process.kill(process.pid, 'SIGKILL');

async function moment(): Promise<void> {
  moments += 1;
  if (moments === killAt) isDying = true;
  if (!isDying) return;
  if (open === 0) setTimeout(die, rollbackMs);
  await new Promise(() => undefined);
}

function makeMortal(): void {
  const firestore = db();
  const run = firestore.runTransaction.bind(firestore);
  firestore.runTransaction = async (update, options) => {
    await moment();
    open += 1;
    try {
      return await run(update, options);
    } finally {
      open -= 1;
      await moment();
    }
  };
  const prototype: unknown = Object.getPrototypeOf(firestore.doc('any/one'));
  for (const verb of ['get', 'create', 'set', 'update'] as const) {
    const original: unknown = Reflect.get(Object(prototype), verb);
    if (typeof original !== 'function') throw new Error(`no ${verb} on documents`);
    Reflect.set(Object(prototype), verb, async function (this: unknown, ...given: unknown[]) {
      await moment();
      const result: unknown = await Reflect.apply(original, this, given);
      await moment();
      return result;
    });
  }
  axios.interceptors.request.use(async (request) => {
    await moment();
    return request;
  });
  axios.interceptors.response.use(async (response) => {
    await moment();
    return response;
  });
}

let aheadMs = 0;
const RealDate = Date;
// Wholly: gRPC compares moments of both kinds.
globalThis.Date = class extends RealDate {
  constructor(...given: [] | [number | string | Date]) {
    super(given.length === 0 ? RealDate.now() + aheadMs : given[0]);
  }
  static override now(): number {
    return RealDate.now() + aheadMs;
  }
} as DateConstructor;

/** What the trigger is given of each hint that waits. One that fails would be delivered again: it still waits. */
async function deliverHints(): Promise<number> {
  const waiting = await tossHints().where('state', '==', 'RECEIVED').get();
  for (const after of waiting.docs) {
    // Only `data.after` is read by the handler.
    const event = { data: { after } } as unknown as Parameters<typeof onTossHintWritten>[0];
    await onTossHintWritten(event).catch(() => undefined);
  }
  return waiting.size;
}

/** The answer to what Toss tells. */
async function webhook(body: unknown): Promise<number> {
  let answered = 0;
  const response = {
    status: (status: number) => {
      answered = status;
      return response;
    },
    json: () => response,
    end: () => response,
  };
  const request = { method: 'POST', body, get: () => undefined };
  // Only these are used by the handler.
  const [asked, answer] = [request, response] as unknown as Parameters<typeof tossWebhook>;
  await tossWebhook(asked, answer);
  return answered;
}

/**
 * Decided, and carried out as far as it goes. Not quoted before: a reading transaction that refuses is never ended by the
 * SDK, and the emulator keeps its locks.
 */
async function refund(uid: string, voucherId: string, sessions: number | null): Promise<number> {
  const wish = { voucherId, sessions, because: 'changeOfMind', knownOn: null } as const;
  const decider = { holder: uid, expected: null, by: uid, reason: null };
  const { refundId, record } = await decide(wish, decider);
  if (record.state === 'DUE') await refundNow(refundId, record);
  return record.refund;
}

async function jobs(): Promise<void> {
  for (const job of [reconcileOrders, carryOutReversals, resumeTossHints, carryOutRefunds])
    await job(Date.now());
}

const of = z.object({ uid: z.string(), orderId: z.string() });
const account = { bank: '20', accountNumber: '1', holderName: '김민지' };

/** Each piece of work with the shape of what it is told. */
const works = {
  order: (told: unknown) => {
    const wish = { eventId: z.string(), optionId: z.string(), price: z.number(), requestId: z.string() };
    const { uid, ...given } = z.object({ uid: z.string(), ...wish }).parse(told);
    return createOrder(uid, given);
  },
  confirm: (told: unknown) => {
    const { uid, ...payment } = of.extend({ paymentKey: z.string(), amount: z.number() }).parse(told);
    return confirmOrder(uid, payment);
  },
  issue: (told: unknown) => {
    const { uid, orderId } = of.parse(told);
    return issueAccount(uid, { orderId, bank: '20', payerName: '김민지' });
  },
  abandon: (told: unknown) => {
    const { uid, orderId } = of.parse(told);
    return abandonOrder(uid, orderId);
  },
  account: (told: unknown) => {
    const { uid, orderId } = of.parse(told);
    return setRefundAccount(uid, orderId, account);
  },
  use: (told: unknown) => {
    const { code, hospitalId } = z.object({ code: z.string(), hospitalId: z.string() }).parse(told);
    return useVoucher(code, { uid: 'staff', hospitalId });
  },
  answer: (told: unknown) => {
    const { uid, ...answer } = z
      .object({ uid: z.string(), voucherId: z.string(), step: z.number(), agreed: z.boolean() })
      .parse(told);
    return answerUse(uid, answer);
  },
  refund: (told: unknown) => {
    const { uid, orderId, sessions } = of.extend({ sessions: z.number().nullable() }).parse(told);
    return refund(uid, orderId, sessions);
  },
  webhook: (told: unknown) => webhook(told),
  hints: () => deliverHints(),
  jobs: () => jobs(),
  closeBooks: async () => {
    await closeDays(Date.now());
    await closeWeeks(Date.now());
  },
} satisfies Record<string, (told: unknown) => Promise<unknown>>;

const isWork = (name: string): name is keyof typeof works => name in works;

const askedShape = z.object({ id: z.number(), name: z.string(), told: z.unknown(), aheadMs: z.number() });

async function serve(asked: z.infer<typeof askedShape>): Promise<void> {
  aheadMs = asked.aheadMs;
  if (!isWork(asked.name)) throw new Error(`no work ${asked.name}`);
  try {
    const value: unknown = await works[asked.name](asked.told);
    process.send?.({ id: asked.id, value: value ?? null });
  } catch (error) {
    const refused = error instanceof AppError ? error.reason : null;
    process.send?.({ id: asked.id, refused, failed: refused === null ? String(error) : null });
  }
}

makeMortal();
process.on('message', (message) => void serve(askedShape.parse(message)));
process.on('disconnect', () => process.exit(0));
process.send?.({ isReady: true });
