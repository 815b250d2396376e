/**
 * Using a voucher: the member shows a code, the hospital sends it. A fresh code is both consents at once; one that was
 * scanned without a network and comes late is put to the member first. A code counts once.
 */

import { koreanDayOf } from '../kernel/korean.ts';
import { useEntry } from '../ledger/movements.ts';
import { postEntry } from '../ledger/post.ts';
import { notificationOf } from '../notifications/notify.ts';
import { digest } from '../platform/digest.ts';
import { AppError } from '../platform/errors.ts';
import { db, Timestamp, type Transaction } from '../platform/firebase.ts';
import { shareOf } from '../refunds/shares.ts';
import { noteVisit } from '../reviews/evidence.ts';
import { awaitedIn } from './claims.ts';
import { ageOf, readCode, type ShownCode, stepMs } from './codes.ts';
import { sessionRef, voucherRef } from './collections.ts';
import type { Prepay, Session, UseOutput } from './schema.ts';
import { afterLateUse, afterUse, isOffered, sessionsLeft, type VoucherFacts } from './voucher.ts';

/** The key of the codes of a voucher while somebody holds it. */
export const codeSecret = (voucherId: string, ownerUid: string): string =>
  digest('voucherCode', `${voucherId}\n${ownerUid}`);

export const factsOf = (voucher: Prepay): VoucherFacts => ({
  ...voucher,
  expiresAt: voucher.expiresAt.toMillis(),
});

/** What the app needs to show codes without a network. Errors: VOUCHER_NOT_FOUND. */
export async function codeSecretFor(uid: string, voucherId: string): Promise<string> {
  const voucher = (await voucherRef(voucherId).get()).data();
  if (!voucher || voucher.ownerUid !== uid) throw new AppError('VOUCHER_NOT_FOUND');
  return codeSecret(voucherId, uid);
}

const isGiven = ({ giftUntil }: Prepay, at: number) => isOffered(giftUntil?.toMillis() ?? null, at);

const notUsable = ({ state }: Prepay) => new AppError('VOUCHER_NOT_USABLE', { state });

/** What cannot be used now, or only cannot before the member has answered for what is left. */
const refused = (voucher: Prepay, awaited: number) =>
  awaited > 0 && afterUse(factsOf(voucher), Date.now()) ? new AppError('USE_UNANSWERED') : notUsable(voucher);

const outputOf = (voucherId: string, voucher: Prepay, state: Session['state'], left: number): UseOutput => ({
  ...{ state, voucherId, eventTitle: voucher.eventTitle, optionName: voucher.optionName, sessionsLeft: left },
});

interface Use {
  readonly voucherId: string;
  readonly voucher: Prepay;
  readonly step: number;
  readonly staffUid: string;
}

function newSession({ voucherId, voucher, step, staffUid }: Use): Session {
  const shownAt = step * stepMs;
  const { ownerUid, hospitalId } = voucher;
  return {
    ...{ voucherId, ownerUid, hospitalId, step, state: 'CLAIMED', session: null, value: 0, staffUid },
    ...{ day: koreanDayOf(shownAt), shownAt: Timestamp.fromMillis(shownAt), usedAt: null },
  };
}

/** Counts a session: voucher, session and books in one transaction, whose writes have not begun. */
async function count(tx: Transaction, use: Use, used: VoucherFacts): Promise<UseOutput> {
  const { voucherId, voucher, step } = use;
  const { hospitalId, ownerUid, paid, sessionsTotal, sessionsUsed, sessionsReturned } = voucher;
  const session = newSession(use);
  await noteVisit(tx, { uid: ownerUid, hospitalId, day: session.day });
  const number = used.sessionsUsed;
  const value = shareOf({ paid, sessionsTotal }, sessionsUsed + sessionsReturned, 1);
  const now = Timestamp.now();
  tx.set(sessionRef(voucherId, step), { ...session, state: 'USED', session: number, value, usedAt: now });
  tx.update(voucherRef(voucherId), {
    ...{
      state: used.state,
      sessionsUsed: number,
      codeStep: Math.max(step, voucher.codeStep),
      // It was shown before it was offered as a gift: whole no more, it cannot be taken.
      giftUntil: null,
      updatedAt: now,
    },
    ...(used.state === 'used' ? { nextNoticeAt: null } : {}),
  });
  // A session that was given away for nothing is worth nothing to anybody.
  if (value > 0) postEntry(tx, useEntry({ voucherId, session: number, hospitalId, amount: value }));
  return outputOf(voucherId, voucher, 'USED', sessionsLeft(used));
}

/** The member is asked whether a session took place that the hospital tells of late. */
function claim(tx: Transaction, use: Use): UseOutput {
  const { voucherId, voucher, step } = use;
  tx.set(sessionRef(voucherId, step), newSession(use));
  const news = {
    kind: 'prepay',
    title: '시술권 사용을 확인해 주세요',
    body: `${voucher.hospitalName}에서 ${voucher.eventTitle} 1회 사용을 알려 왔습니다.`,
    target: `prepays/${voucherId}/sessions/${step}`,
  } as const;
  const ref = db().doc(`users/${voucher.ownerUid}/notifications/use-${voucherId}-${step}`);
  tx.set(ref, notificationOf(news, Timestamp.now()));
  return outputOf(voucherId, voucher, 'CLAIMED', sessionsLeft(factsOf(voucher)));
}

const refusedCode = (why: 'WRONG' | 'OLD' | 'AHEAD' | 'USED') =>
  new AppError('VOUCHER_CODE_REFUSED', { why });

/** A code that was sent before: its answer again to whoever sent it, a refusal to everybody else. */
function sentBefore(use: Use, known: Session): UseOutput {
  if (known.staffUid !== use.staffUid) throw refusedCode('USED');
  return outputOf(use.voucherId, use.voucher, known.state, sessionsLeft(factsOf(use.voucher)));
}

async function useShown(tx: Transaction, shown: ShownCode, staff: Staff, now: number): Promise<UseOutput> {
  const { voucherId, step } = shown;
  const voucher = (await tx.get(voucherRef(voucherId))).data();
  if (!voucher || voucher.hospitalId !== staff.hospitalId) throw new AppError('VOUCHER_NOT_FOUND');
  const age = ageOf(shown, codeSecret(voucherId, voucher.ownerUid), now);
  if (age === 'WRONG' || age === 'AHEAD' || age === 'OLD') throw refusedCode(age);
  const use = { voucherId, voucher, step, staffUid: staff.uid };
  const known = (await tx.get(sessionRef(voucherId, step))).data();
  if (known) return sentBefore(use, known);
  // Of two codes on the screen one after the other, only one may count.
  if (age === 'FRESH' && step <= voucher.codeStep) throw refusedCode('USED');
  const awaited = await awaitedIn(tx, voucherId, now);
  const at = age === 'FRESH' ? now : step * stepMs;
  const used = afterLateUse(factsOf(voucher), at, awaited);
  if (!used || isGiven(voucher, at)) throw refused(voucher, awaited);
  return age === 'FRESH' ? count(tx, use, used) : claim(tx, use);
}

export interface Staff {
  readonly uid: string;
  readonly hospitalId: string;
}

/**
 * The hospital sends a code it was shown. Errors: VOUCHER_CODE_REFUSED, VOUCHER_NOT_FOUND, VOUCHER_NOT_USABLE,
 * USE_UNANSWERED.
 */
export async function useVoucher(code: string, staff: Staff): Promise<UseOutput> {
  const shown = readCode(code);
  if (!shown) throw refusedCode('WRONG');
  return db().runTransaction((tx) => useShown(tx, shown, staff, Date.now()));
}

/** The member says whether a session that was told late took place. Saying it again changes nothing. */
export async function answerUse(
  uid: string,
  { voucherId, step, agreed }: { voucherId: string; step: number; agreed: boolean },
): Promise<Session['state']> {
  return db().runTransaction(async (tx) => {
    const session = (await tx.get(sessionRef(voucherId, step))).data();
    const voucher = (await tx.get(voucherRef(voucherId))).data();
    if (!session || !voucher || session.ownerUid !== uid || voucher.ownerUid !== uid)
      throw new AppError('VOUCHER_NOT_FOUND');
    if (session.state !== 'CLAIMED') return session.state;
    if (agreed) {
      const others = await awaitedIn(tx, voucherId, Date.now(), step);
      const used = afterLateUse(factsOf(voucher), step * stepMs, others);
      if (!used) throw refused(voucher, others);
      return (await count(tx, { voucherId, voucher, step, staffUid: session.staffUid }, used)).state;
    }
    tx.update(sessionRef(voucherId, step), { state: 'DENIED' });
    return 'DENIED';
  });
}
