/** Withdrawals an operator has added or set going again in the Firebase console: checked, explained, carried out. */
import type { Change, DocumentSnapshot } from 'firebase-functions/v2/firestore';
import { z } from 'zod';
import { koreanDayOf } from '../kernel/korean.ts';
import { AppError } from '../platform/errors.ts';
import { db, isStale, Timestamp } from '../platform/firebase.ts';
import { isHandEdit } from '../platform/handEdit.ts';
import type { Reason } from '../platform/reasons.ts';
import { purgeOn } from '../retention/retention.ts';
import { isAsTyped, requestWithdrawal, withdrawals } from './request.ts';
import { type Withdrawal, withdrawalSchema } from './schema.ts';
import { aliasOf, patienceMs } from './withdrawal.ts';

const typedSchema = withdrawalSchema
  .pick({ uid: true, reason: true })
  .extend({ uid: z.string().min(1).max(128) });

const explanations: Readonly<Partial<Record<Reason, string>>> = {
  INVALID_INPUT: 'uid(회원 uid)와 reason(사유, 500자 이내)을 적어 주세요.',
  USER_NOT_FOUND: '이 uid의 회원이 없습니다.',
  ROLE_HOLDER: '운영 권한이 있는 계정입니다. 먼저 권한을 해제해 주세요.',
  WITHDRAWAL_RUNNING: '이 회원의 탈퇴가 이미 진행 중입니다.',
};

/** What became of it stays to be read; of the person it keeps nothing. */
async function refuse(typed: DocumentSnapshot, reason: Reason): Promise<void> {
  const now = Timestamp.now();
  const refused: Withdrawal = {
    ...{ uid: null, kakaoId: null, requestedBy: 'console', by: 'console', reason: null, state: 'REFUSED' },
    ...{ alias: aliasOf(typed.id), steps: {}, attempts: 0, nextAttemptAt: null, parkAt: null },
    ...{ failure: reason, problems: [{ field: 'uid', message: explanations[reason] ?? '' }] },
    ...{ requestedAt: now, updatedAt: now, finishedAt: now },
    purgeOn: purgeOn('withdrawal', koreanDayOf(now.toMillis())),
  };
  await db().runTransaction(async (tx) => {
    if (await isAsTyped(tx, typed)) tx.set(withdrawals().doc(typed.id), refused);
  });
}

async function takeOrder(typed: DocumentSnapshot): Promise<void> {
  const order = typedSchema.safeParse({ reason: null, ...typed.data() });
  if (!order.success || order.data.reason === null) return refuse(typed, 'INVALID_INPUT');
  const { uid, reason } = order.data;
  try {
    await requestWithdrawal({ uid, reason, requestedBy: 'console', by: 'console' }, typed);
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    await refuse(typed, error.reason);
  }
}

/** Set back to REQUESTED after it gave up: a new day of patience. */
async function setGoing(snapshot: DocumentSnapshot): Promise<void> {
  const now = Timestamp.now();
  const fields = {
    ...{ attempts: 0, nextAttemptAt: now, failure: null, problems: [], updatedAt: now },
    parkAt: Timestamp.fromMillis(now.toMillis() + patienceMs),
  };
  await db()
    .doc(snapshot.ref.path)
    .update(fields, snapshot.updateTime ? { lastUpdateTime: snapshot.updateTime } : {})
    .catch((error: unknown) => {
      if (!isStale(error)) throw error;
    });
}

/** Undoes what has no meaning, and says so. */
async function undo({ before, after }: Change<DocumentSnapshot>): Promise<void> {
  const message = '끝났거나 진행 중인 탈퇴의 상태와 회원은 바꿀 수 없습니다. 되돌렸습니다.';
  const fields = {
    ...{ uid: before.get('uid') ?? null, state: before.get('state') ?? 'REFUSED' },
    ...{ problems: [{ field: 'state', message }], updatedAt: Timestamp.now() },
  };
  await db()
    .doc(after.ref.path)
    .update(fields, after.updateTime ? { lastUpdateTime: after.updateTime } : {})
    .catch((error: unknown) => {
      if (!isStale(error)) throw error;
    });
}

/** Answers an edit by hand in the document itself; false when it was none. */
export async function answerHandEdit(change: Change<DocumentSnapshot>): Promise<boolean> {
  const { before, after } = change;
  if (!isHandEdit(before, after, ['state', 'uid'])) return false;
  const isSetGoing = after.get('state') === 'REQUESTED' && after.get('uid') === before.get('uid');
  if (!before.exists || before.get('state') === undefined) await takeOrder(after);
  else if (before.get('state') === 'REFUSED' && after.get('uid') != null) await takeOrder(after);
  else if (isSetGoing && before.get('state') === 'PARKED') await setGoing(after);
  else await undo(change);
  return true;
}
