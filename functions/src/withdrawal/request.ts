/**
 * Asking for a withdrawal. One transaction notes it, bars writing and signing in, and remembers by digests that the
 * person was here; everything else is the worker’s. Asked for several times at once, there is one withdrawal.
 */
import type { DocumentReference, DocumentSnapshot, Transaction } from 'firebase-admin/firestore';
import type { z } from 'zod';
import { suspendedUntil } from '../access/access.ts';
import type { Standing } from '../access/schema.ts';
import { tidyEmail } from '../accounts/accounts.ts';
import { formerMemberId, formerMembers } from '../accounts/members.ts';
import { accountSchema, type FormerMember, formerMemberSchema } from '../accounts/schema.ts';
import { audit } from '../audit/audit.ts';
import { koreanDayOf } from '../kernel/korean.ts';
import { AppError } from '../platform/errors.ts';
import { db, Timestamp, userOf } from '../platform/firebase.ts';
import { collection } from '../platform/store.ts';
import { retain } from '../retention/retain.ts';
import { purgeOn } from '../retention/retention.ts';
import { type Requester, type Withdrawal, type WithdrawalOutput, withdrawalSchema } from './schema.ts';
import { aliasOf, barredMs, isOpen, patienceMs } from './withdrawal.ts';

export const withdrawals = () => collection('withdrawals', withdrawalSchema);

export interface Leaving {
  readonly uid: string;
  readonly requestedBy: Requester;
  readonly by: string;
  readonly reason: string | null;
}

/** Read as it is: an account with a fault in it can be left, too. */
const accountFacts = accountSchema.pick({ provider: true, email: true, kakaoId: true }).partial();

/** The address, if the person has proven that it is theirs; another’s must not be remembered as theirs. */
async function provenEmail(uid: string): Promise<string | null> {
  const user = await userOf(uid);
  return user?.email && user.emailVerified ? tidyEmail(user.email) : null;
}

interface Known {
  readonly profile: DocumentSnapshot;
  readonly account: z.infer<typeof accountFacts>;
  readonly role: DocumentSnapshot;
  readonly standing: DocumentSnapshot;
  readonly cards: readonly DocumentSnapshot[];
  readonly open: readonly DocumentSnapshot[];
}

async function look(tx: Transaction, uid: string, own: DocumentReference): Promise<Known> {
  const [profile, account, role, standing, cards, orders] = await Promise.all([
    tx.get(db().doc(`users/${uid}`)),
    tx.get(db().doc(`users/${uid}/private/account`)),
    tx.get(db().doc(`roles/${uid}`)),
    tx.get(db().doc(`standings/${uid}`)),
    tx.get(db().collection('logins').where('uid', '==', uid).limit(5)),
    tx.get(db().collection('withdrawals').where('uid', '==', uid).limit(10)),
  ]);
  const isOpenOrder = (order: DocumentSnapshot) => {
    const state = withdrawalSchema.shape.state.safeParse(order.get('state'));
    return order.id !== own.id && state.success && isOpen(state.data);
  };
  const facts = accountFacts.safeParse(account.data() ?? {});
  return {
    profile,
    account: facts.success ? facts.data : {},
    role,
    standing,
    cards: cards.docs,
    open: orders.docs.filter(isOpenOrder),
  };
}

function kakaoIdOf({ account, cards }: Known): number | null {
  const fromCard = cards.map(({ id }) => /^kakao:([1-9]\d{0,15})$/.exec(id)?.[1]).find((found) => found);
  return account.kakaoId ?? (fromCard === undefined ? null : Number(fromCard));
}

/** The suspension that runs now, if one does: it outlives the account. */
function runningSuspension(standing: DocumentSnapshot, now: number): number | null {
  const until: unknown = standing.get('suspendedUntil');
  if (standing.get('by') === 'withdrawal' || !(until instanceof Timestamp)) return null;
  return suspendedUntil({ suspendedUntil: until }, now);
}

interface Memory {
  readonly refs: readonly DocumentReference<FormerMember>[];
  readonly known: readonly (FormerMember | undefined)[];
}

/** What is remembered of earlier times: a suspension of then may still run. */
async function recall(tx: Transaction, known: Known, proven: string | null): Promise<Memory> {
  const atKakao = known.account.provider === 'kakao' ? (known.account.email ?? null) : null;
  const keys = [...known.cards.map(({ id }) => id), atKakao, proven].filter((key) => key !== null);
  const refs = [...new Set(keys)].map((key) => formerMembers().doc(formerMemberId(key)));
  const snapshots = await Promise.all(refs.map((ref) => tx.get(db().doc(ref.path))));
  return { refs, known: snapshots.map((found) => formerMemberSchema.safeParse(found.data()).data) };
}

/** A year after leaving, and not before a suspension has ended; never later than a day can be written. */
function forgottenOn(millis: number): string {
  const day = purgeOn('formerMember', koreanDayOf(millis));
  return day < '2099-12-31' ? day : '2099-12-31';
}

function remember(tx: Transaction, memory: Memory, until: number | null, now: Timestamp): void {
  for (const [index, ref] of memory.refs.entries()) {
    const end = Math.max(until ?? 0, memory.known[index]?.suspendedUntil?.toMillis() ?? 0);
    tx.set(ref, {
      withdrawnAt: now,
      suspendedUntil: end === 0 ? null : Timestamp.fromMillis(end),
      purgeOn: forgottenOn(Math.max(now.toMillis(), end)),
    });
  }
}

/** The standing of somebody who leaves. `by` tells suspensions apart from it. */
export const barUntil = (millis: number): Standing => ({
  suspendedUntil: Timestamp.fromMillis(millis),
  reason: '탈퇴 처리',
  rolesEndedAt: null,
  by: 'withdrawal',
  problems: [],
  updatedAt: Timestamp.now(),
});

/** From here on every rule and callable refuses the tokens that are still out. */
function bar(tx: Transaction, { standing, cards }: Known, until: number | null, now: Timestamp): void {
  const day = koreanDayOf(now.toMillis());
  if (until !== null) {
    retain(tx, { kind: 'dispute', path: standing.ref.path, data: standing.data() ?? {}, day });
  }
  tx.set(standing.ref, barUntil(now.toMillis() + barredMs));
  for (const card of cards) tx.update(card.ref, { withdrawing: true });
}

function order(leaving: Leaving, id: string, kakaoId: number | null, now: Timestamp): Withdrawal {
  return {
    ...leaving,
    kakaoId,
    state: 'REQUESTED',
    alias: aliasOf(id),
    steps: {},
    attempts: 0,
    nextAttemptAt: now,
    parkAt: Timestamp.fromMillis(now.toMillis() + patienceMs),
    failure: null,
    problems: [],
    requestedAt: now,
    updatedAt: now,
    finishedAt: null,
    purgeOn: null,
  };
}

const outputOf = ({ state, requestedAt }: Withdrawal): WithdrawalOutput => ({
  state,
  requestedAt: requestedAt.toDate().toISOString(),
});

/** A withdrawal that gave up begins again when it is asked for again. */
function resumed(tx: Transaction, found: DocumentSnapshot): WithdrawalOutput {
  const running = withdrawalSchema.parse(found.data());
  if (running.state !== 'PARKED') return outputOf(running);
  const now = Timestamp.now();
  const again = order({ ...running, uid: running.uid ?? '' }, found.id, running.kakaoId, now);
  const { state, attempts, nextAttemptAt, parkAt, failure, problems, updatedAt } = again;
  tx.update(found.ref, { state, attempts, nextAttemptAt, parkAt, failure, problems, updatedAt });
  return { ...outputOf(running), state };
}

/** Whether a document is still what somebody typed: what has been answered is not answered again. */
export async function isAsTyped(tx: Transaction, typed: DocumentSnapshot): Promise<boolean> {
  const { updateTime } = await tx.get(db().doc(typed.ref.path));
  return updateTime !== undefined && typed.updateTime?.isEqual(updateTime) === true;
}

/**
 * Notes that somebody leaves. `typed`: the document an operator has added by hand, to be made the order. Errors:
 * USER_NOT_FOUND, ROLE_HOLDER; with `typed` WITHDRAWAL_RUNNING, without it the one that runs is answered.
 */
export async function requestWithdrawal(
  leaving: Leaving,
  typed?: DocumentSnapshot,
): Promise<WithdrawalOutput | null> {
  const proven = await provenEmail(leaving.uid);
  return db().runTransaction(async (tx) => {
    if (typed && !(await isAsTyped(tx, typed))) return null;
    const own = db().doc(typed?.ref.path ?? withdrawals().doc().path);
    const known = await look(tx, leaving.uid, own);
    const [running] = known.open;
    if (running && typed) throw new AppError('WITHDRAWAL_RUNNING');
    if (running) return resumed(tx, running);
    if (!known.profile.exists) throw new AppError('USER_NOT_FOUND');
    if (known.role.exists) throw new AppError('ROLE_HOLDER');
    const memory = await recall(tx, known, proven);
    const now = Timestamp.now();
    const until = runningSuspension(known.standing, now.toMillis());
    remember(tx, memory, until, now);
    bar(tx, known, until, now);
    const noted = order(leaving, own.id, kakaoIdOf(known), now);
    tx.set(own, noted);
    // Not the withdrawal’s id: who reads the log must not be led from the uid to what stays under the alias.
    audit(tx, {
      action: 'user.withdraw',
      target: `users/${leaving.uid}`,
      by: leaving.by,
      result: 'requested',
      note: leaving.requestedBy === 'member' ? null : leaving.reason,
    });
    return outputOf(noted);
  });
}
