/** Paying a batch, and keeping back what is in dispute. Whoever calls is an operator: edge.ts has asked. */
import { AggregateField } from 'firebase-admin/firestore';
import { audit } from '../audit/audit.ts';
import { entryIdOf, reversalOf } from '../ledger/ledger.ts';
import { holdEntry, recoveryEntry, releaseEntry, settlementEntry } from '../ledger/movements.ts';
import { ledger, postEntry } from '../ledger/post.ts';
import type { LedgerEntry } from '../ledger/schema.ts';
import { AppError } from '../platform/errors.ts';
import { db, Timestamp, type Transaction } from '../platform/firebase.ts';
import { collection } from '../platform/store.ts';
import { prepareReturn } from '../refunds/usedSessions.ts';
import { adjusting, movedSince, payableNow, useOf } from './batch.ts';
import { type Hold, holdSchema, type Settlement } from './schema.ts';
import { settlements } from './weeks.ts';

const holds = () => collection('settlementHolds', holdSchema);

async function batchIn(tx: Transaction, batchId: string): Promise<Settlement> {
  const batch = (await tx.get(settlements().doc(batchId))).data();
  if (!batch) throw new AppError('SETTLEMENT_NOT_FOUND');
  return batch;
}

/** What a hospital is owed at this moment, by the sum of its entries. */
async function owedTo(tx: Transaction, hospitalId: string): Promise<number> {
  const ofHospital = ledger().where('hospitalId', '==', hospitalId);
  const summed = await tx.get(ofHospital.aggregate({ hospital: AggregateField.sum('amounts.hospital') }));
  return 0 - (summed.data().hospital ?? 0);
}

const perPage = 300;

/** Entries after the week of a batch that adjust what it holds. */
async function adjustments(tx: Transaction, hospitalId: string, week: string): Promise<LedgerEntry[]> {
  const ofHospital = ledger()
    .where('hospitalId', '==', hospitalId)
    .where('kind', 'in', [...adjusting]);
  const later = ofHospital.where('week', '>', week).orderBy('week').limit(perPage);
  const entries: LedgerEntry[] = [];
  for (let page = await tx.get(later); ; page = await tx.get(later.startAfter(page.docs.at(-1)))) {
    entries.push(...page.docs.map((doc) => doc.data()));
    if (page.size < perPage) return entries;
  }
}

/** What may be paid for a batch at this moment. */
async function payableIn(tx: Transaction, { hospitalId, week, due }: Settlement): Promise<number> {
  const entries = await adjustments(tx, hospitalId, week);
  const ids = [...new Set(entries.map(useOf).filter((use) => use !== null))];
  const uses = await Promise.all(ids.map((use) => tx.get(ledger().doc(use))));
  const later = new Set(uses.filter((use) => (use.data()?.week ?? '') > week).map(({ id }) => id));
  const since = movedSince(entries, (use) => later.has(use));
  return payableNow(due, since, await owedTo(tx, hospitalId));
}

export interface Payment {
  readonly batchId: string;
  readonly amount: number;
  readonly reference: string;
}

/**
 * Enters the payment of a batch. The amount must be what is payable at this moment. The same payment entered again is
 * answered as the first time; the books hold one payment of a batch, whatever else fails.
 */
export function paySettlement({ batchId, amount, reference }: Payment, by: string): Promise<number> {
  return db().runTransaction(async (tx) => {
    const batch = await batchIn(tx, batchId);
    const { hospitalId, state } = batch;
    if (state === 'paid' && batch.paid === amount && batch.reference === reference) return amount;
    const payable = state === 'due' ? await payableIn(tx, batch) : 0;
    if (amount !== payable) throw new AppError('SETTLEMENT_NOT_DUE', { state, payable });
    postEntry(tx, settlementEntry(batchId, hospitalId, amount));
    tx.update(settlements().doc(batchId), {
      state: 'paid',
      paid: amount,
      reference,
      paidAt: Timestamp.now(),
    });
    audit(tx, { action: 'settlement.pay', target: `settlements/${batchId}`, by, result: String(amount) });
    return amount;
  });
}

/** Keeps a batch from being paid, or lets it be paid again. */
export function stopSettlement(
  { batchId, stop, reason }: { readonly batchId: string; readonly stop: boolean; readonly reason: string },
  by: string,
): Promise<Settlement['state']> {
  return db().runTransaction(async (tx) => {
    const { state, due } = await batchIn(tx, batchId);
    const resumed = due > 0 ? ('due' as const) : ('nothing' as const);
    const [from, to] = stop ? (['due', 'stopped'] as const) : (['stopped', resumed] as const);
    if (state === to) return to;
    if (state !== from) throw new AppError('SETTLEMENT_NOT_DUE', { state, payable: 0 });
    tx.update(settlements().doc(batchId), { state: to });
    const action = stop ? 'settlement.stop' : 'settlement.resume';
    audit(tx, { action, target: `settlements/${batchId}`, by, note: reason });
    return to;
  });
}

interface Session {
  readonly voucherId: string;
  readonly session: number;
}
const idOf = ({ voucherId, session }: Session) => `${voucherId}~${session}`;

/** The entry of a used session that stands. */
async function useIn(tx: Transaction, one: Session): Promise<LedgerEntry & { hospitalId: string }> {
  const ref = ledger().doc(entryIdOf({ kind: 'use', of: idOf(one) }));
  const entry = (await tx.get(ref)).data();
  if (!entry || entry.hospitalId === null) throw new AppError('SESSION_NOT_USED');
  const undone = await tx.get(ledger().doc(entryIdOf(reversalOf(entry))));
  if (undone.exists) throw new AppError('SESSION_NOT_USED');
  return { ...entry, hospitalId: entry.hospitalId };
}

const holdIdOf = (one: Session, round: number) => `${idOf(one)}~${round}`;

/** A used session is said not to have been: its hospital is not paid for it until that is settled. */
export function holdSession(one: Session, reason: string, by: string): Promise<Hold['state']> {
  return db().runTransaction<Hold['state']>(async (tx) => {
    const ref = holds().doc(idOf(one));
    const before = (await tx.get(ref)).data();
    if (before?.state === 'held') return 'held';
    if (before?.state === 'recovered') throw new AppError('SESSION_NOT_USED');
    const { hospitalId, amounts } = await useIn(tx, one);
    const { voucherId, session } = one;
    const [amount, round] = [amounts.vouchers, (before?.round ?? 0) + 1];
    postEntry(tx, holdEntry(holdIdOf(one, round), hospitalId, amount));
    tx.set(ref, {
      ...{ hospitalId, voucherId, session, amount, round, state: 'held' },
      ...{ heldAt: Timestamp.now(), settledAt: null },
    });
    audit(tx, { action: 'settlement.hold', target: `settlementHolds/${ref.id}`, by, note: reason });
    return 'held';
  });
}

/** A dispute is over: the hospital is paid after all, or the session becomes a refund that is owed to the member. */
export function settleDispute(
  one: Session,
  inFavourOf: 'hospital' | 'member',
  reason: string,
  by: string,
): Promise<Hold['state']> {
  const state = inFavourOf === 'hospital' ? ('released' as const) : ('recovered' as const);
  return db().runTransaction(async (tx) => {
    const ref = holds().doc(idOf(one));
    const hold = (await tx.get(ref)).data();
    if (hold?.state === state) return state;
    if (hold?.state !== 'held') throw new AppError('SESSION_NOT_HELD');
    const { hospitalId, amount } = hold;
    const giveBack = state === 'recovered' ? await prepareReturn(tx, { ...one, hospitalId, amount }) : null;
    const entry = inFavourOf === 'hospital' ? releaseEntry : recoveryEntry;
    postEntry(tx, entry(holdIdOf(one, hold.round), hospitalId, amount));
    giveBack?.();
    tx.update(ref, { state, settledAt: Timestamp.now() });
    audit(tx, { action: `settlement.${state}`, target: `settlementHolds/${ref.id}`, by, note: reason });
    return state;
  });
}
