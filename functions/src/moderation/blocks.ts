/**
 * Blocking another member: one blocks, and both are hidden from each other. The pair has one document, which the rules ask
 * for; each of the two has a list, by which the app leaves content out. The three change together.
 */
import { AppError } from '../platform/errors.ts';
import { db, Timestamp, type Transaction } from '../platform/firebase.ts';
import { collection } from '../platform/store.ts';
import { blockListSchema, blockSchema, mostBlocks } from './schema.ts';

export const pairOf = (one: string, other: string): string => [one, other].sort().join('~');

const pairs = () => collection('blocks', blockSchema);
const listOf = (uid: string) => collection(`users/${uid}/private`, blockListSchema).doc('blocks');

const without = (uids: readonly string[], uid: string) => uids.filter((one) => one !== uid);

async function read(tx: Transaction, uid: string, other: string) {
  const [pair, own, theirs] = await Promise.all([
    tx.get(pairs().doc(pairOf(uid, other))),
    tx.get(listOf(uid)),
    tx.get(listOf(other)),
  ]);
  const empty = { blocked: [], hidden: [] };
  return { pair: pair.data(), own: own.data() ?? empty, theirs: theirs.data() ?? empty };
}

/** Doing it again changes nothing. Errors: BLOCK_REFUSED, USER_NOT_FOUND. */
export async function block(uid: string, other: string): Promise<void> {
  if (uid === other) throw new AppError('BLOCK_REFUSED');
  await db().runTransaction(async (tx) => {
    const { pair, own, theirs } = await read(tx, uid, other);
    if (pair?.by.includes(uid)) return;
    if (own.blocked.length >= mostBlocks) throw new AppError('BLOCK_REFUSED');
    if (!(await tx.get(db().doc(`users/${other}`))).exists) throw new AppError('USER_NOT_FOUND');
    const updatedAt = Timestamp.now();
    const [by, createdAt] = [[...(pair?.by ?? []), uid], pair?.createdAt ?? updatedAt];
    tx.set(pairs().doc(pairOf(uid, other)), { uids: [uid, other].sort(), by, createdAt });
    const hidden = [...without(own.hidden, other), other];
    tx.set(listOf(uid), { blocked: [...without(own.blocked, other), other], hidden, updatedAt });
    tx.set(listOf(other), { ...theirs, hidden: [...without(theirs.hidden, uid), uid], updatedAt });
  });
}

/** The two stay hidden from each other while the other blocks too. Unblocking whom one does not block changes nothing. */
export async function unblock(uid: string, other: string): Promise<void> {
  await db().runTransaction(async (tx) => {
    const { pair, own, theirs } = await read(tx, uid, other);
    if (!pair?.by.includes(uid)) return;
    const by = without(pair.by, uid);
    const updatedAt = Timestamp.now();
    const isOver = by.length === 0;
    const ref = pairs().doc(pairOf(uid, other));
    if (isOver) tx.delete(ref);
    else tx.update(ref, { by });
    const hidden = isOver ? without(own.hidden, other) : own.hidden;
    tx.set(listOf(uid), { blocked: without(own.blocked, other), hidden, updatedAt });
    if (isOver) tx.set(listOf(other), { ...theirs, hidden: without(theirs.hidden, uid), updatedAt });
  });
}
