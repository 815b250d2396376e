/** Receipts: handed in by members, decided by operators. The evidence of a review follows the decision. */
import { createHash } from 'node:crypto';
import { audit } from '../audit/audit.ts';
import { maskWithin } from '../kernel/mask.ts';
import { redact } from '../kernel/redact.ts';
import { notifyIn } from '../notifications/notify.ts';
import { AppError } from '../platform/errors.ts';
import { isFile } from '../platform/files.ts';
import { bucket, db, Timestamp, type Transaction } from '../platform/firebase.ts';
import { receiptHashRef, receiptRef, reviewRef } from './collections.ts';
import { setEvidence } from './evidence.ts';
import {
  type Receipt,
  type ReceiptDecision,
  type ReceiptState,
  receiptDecisions,
  type SubmitReceipt,
} from './receiptSchema.ts';
import type { Review } from './schema.ts';

const refuse = (...problems: string[]) => new AppError('RECEIPT_REFUSED', { problems });

/** What an operator should look at, in Korean. */
export function remarksOn(
  { amount, day }: Pick<Receipt, 'amount' | 'day'>,
  review: Pick<Review, 'visitDate' | 'paidPrice'>,
): string[] {
  const found: string[] = [];
  if (day !== review.visitDate)
    found.push(`영수증 날짜(${day})가 후기의 방문일(${review.visitDate})과 다릅니다.`);
  if (review.paidPrice !== null && amount !== review.paidPrice)
    found.push(`영수증 금액(${amount}원)이 후기의 결제 금액(${review.paidPrice}원)과 다릅니다.`);
  return found;
}

/** What a member typed, without numbers of people, cards and phones. */
export const maskedNote = (note: string): string => maskWithin(redact(note).text).slice(0, 200);

/**
 * Hands in a receipt. Handing in the same again changes nothing; after a refusal another picture may follow.
 * Errors: REVIEW_NOT_FOUND, RECEIPT_REFUSED.
 */
export async function submitReceipt(
  { reviewId, path, amount, day, note = '' }: SubmitReceipt,
  uid: string,
): Promise<ReceiptState> {
  if (path.split('/')[1] !== uid) throw refuse('본인이 올린 영수증 사진만 낼 수 있습니다.');
  if (!(await isFile(path))) throw refuse('영수증 사진을 찾을 수 없습니다. 다시 올려 주세요.');
  const [picture] = await bucket().file(path).download();
  const sha256 = createHash('sha256').update(picture).digest('hex');
  return db().runTransaction(async (tx) => {
    const review = (await tx.get(reviewRef(reviewId))).data();
    const former = (await tx.get(receiptRef(reviewId))).data();
    const isUsed = (await tx.get(receiptHashRef(sha256))).exists;
    if (review?.authorUid !== uid || review.status === 'deleted') throw new AppError('REVIEW_NOT_FOUND');
    if (former?.sha256 === sha256) return former.state;
    if (former?.state === 'ACCEPTED' || review.evidence === 'visit')
      throw refuse('이미 방문이 확인된 후기입니다.');
    if (isUsed) throw refuse('이미 제출된 영수증 사진입니다.');
    const at = Timestamp.now();
    tx.create(receiptHashRef(sha256), { at });
    tx.set(receiptRef(reviewId), {
      ...{ uid, hospitalId: review.hospitalId, path, sha256, amount, day, note: maskedNote(note) },
      ...{ remarks: remarksOn({ amount, day }, review), state: 'PENDING', decision: null, decisionNote: '' },
      ...{ decisionProblems: [], submittedAt: at, decidedAt: null, updatedAt: at },
    });
    return 'PENDING';
  });
}

/** What the member is told of a decision. */
function newsOf(reviewId: string, state: ReceiptState, note: string) {
  const accepted = state === 'ACCEPTED';
  const title = accepted ? '영수증이 확인되었습니다' : '영수증을 확인하지 못했습니다';
  const body = accepted ? '후기에 영수증 인증이 표시됩니다.' : `사유: ${note}`.slice(0, 200);
  return { kind: 'receipt', title, body, target: `receipts/${reviewId}` } as const;
}

const decided = { accept: 'ACCEPTED', refuse: 'REFUSED' } as const;

/** Why a decision cannot be carried out, in Korean. */
export function decisionProblems(
  decision: ReceiptDecision | undefined,
  note: string,
  review: Pick<Review, 'status'> | undefined,
): string[] {
  if (decision === undefined) return ['decision은 accept 또는 refuse여야 합니다.'];
  if (decision === 'refuse')
    return note.trim() === '' ? ['거절하려면 decisionNote에 사유를 적어 주세요. 회원에게 보입니다.'] : [];
  if (!review || review.status === 'deleted') return ['후기가 없거나 작성자가 삭제했습니다.'];
  return [];
}

/** Follows the decision in the evidence of the review: a receipt that turned out false proves nothing any more. */
function follow(tx: Transaction, reviewId: string, review: Review | undefined, state: ReceiptState): void {
  if (!review || review.status === 'deleted') return;
  if (state === 'ACCEPTED' && review.evidence !== 'visit') setEvidence(tx, reviewId, review, 'receipt');
  if (state === 'REFUSED' && review.evidence === 'receipt') setEvidence(tx, reviewId, review, 'none');
}

export interface Decision {
  /** Missing: what stands in the document. */
  readonly decision?: ReceiptDecision | undefined;
  readonly note?: string | undefined;
  readonly by: string;
  /** Identifies the audit entry, so that an event that comes again adds none. */
  readonly eventId?: string | undefined;
}

export interface Decided {
  readonly state: ReceiptState;
  readonly problems: readonly string[];
}

/** Carries out a decision; doing it again changes nothing. What stands in its way is told. Errors: RECEIPT_NOT_FOUND. */
export async function decideReceipt(reviewId: string, decision: Decision): Promise<Decided> {
  return db().runTransaction(async (tx) => {
    const receipt = (await tx.get(receiptRef(reviewId))).data();
    const review = (await tx.get(reviewRef(reviewId))).data();
    if (!receipt) throw new AppError('RECEIPT_NOT_FOUND');
    const word = receiptDecisions.find((each) => each === (decision.decision ?? receipt.decision));
    const note = maskedNote(decision.note ?? receipt.decisionNote);
    const problems = decisionProblems(word, note, review);
    const at = Timestamp.now();
    if (problems.length > 0 || word === undefined) {
      tx.update(receiptRef(reviewId), { decisionProblems: problems, updatedAt: at });
      return { state: receipt.state, problems };
    }
    const state = decided[word];
    if (state === receipt.state) return { state, problems: [] };
    follow(tx, reviewId, review, state);
    const settled = { state, decision: word, decisionNote: note, decisionProblems: [] };
    tx.update(receiptRef(reviewId), { ...settled, decidedAt: at, updatedAt: at });
    notifyIn(tx, receipt.uid, `receipt-${reviewId}-${at.toMillis()}`, newsOf(reviewId, state, note));
    const fact = {
      action: `receipt.${word}`,
      target: `receipts/${reviewId}`,
      by: decision.by,
      result: state,
    };
    audit(tx, { ...fact, note }, decision.eventId && `receipt-${decision.eventId}`);
    return { state, problems: [] };
  });
}
