/**
 * Hospitals are told once, a month before and once it has happened, that the review number of an event expires. The next
 * moment to tell stands in the event; it moves on in the transaction that queues the letter.
 */
import type { QueryDocumentSnapshot, Transaction } from 'firebase-admin/firestore';
import { letter } from '../outbox/letter.ts';
import { queueMail } from '../outbox/queue.ts';
import { type NewMail, outboxMailSchema } from '../outbox/schema.ts';
import { mailReplyAddress } from '../platform/config.ts';
import { db, Timestamp } from '../platform/firebase.ts';
import { log } from '../platform/log.ts';
import { forAllDue } from './due.ts';
import { millisOf } from './examine.ts';
import { type Event, eventSchema, hospitalPrivateSchema } from './schema.ts';
import { noticesOf } from './visibility.ts';

const told = eventSchema.pick({ title: true, hospitalId: true, hospitalName: true, hiddenBecause: true });
type Told = Pick<Event, 'title' | 'hospitalName'>;

/** The letter about an event. `isOver`: the review's last day has passed. */
export function expiryLetter(
  { title, hospitalName }: Told,
  validUntil: string,
  isOver: boolean,
): Pick<NewMail, 'subject' | 'text' | 'html'> {
  const paragraphs = isOver
    ? [
        `이벤트 "${title}"의 의료광고 심의 유효기간(${validUntil})이 지나 노출을 멈추었습니다.`,
        '다시 심의를 받으셨다면 새 심의번호와 유효기간을 등록 메일로 보내 주세요. 확인하는 대로 다시 노출합니다.',
      ]
    : [
        `이벤트 "${title}"의 의료광고 심의 유효기간이 ${validUntil}에 끝납니다. 그다음 날부터는 노출되지 않습니다.`,
        '계속 노출하시려면 다시 심의를 받으신 뒤 새 심의번호와 유효기간을 등록 메일로 보내 주세요.',
      ];
  const rendered = letter({
    greeting: `${hospitalName} 담당자님, 안녕하세요.`,
    paragraphs,
    footer: '의료광고 심의의 유효기간은 3년이며, 만료 6개월 전부터 다시 신청할 수 있습니다(의료법 제57조).',
    answerable: mailReplyAddress() !== null,
  });
  const what = isOver ? '심의 유효기간이 지났습니다' : '심의 유효기간이 곧 끝납니다';
  return { subject: `[닥터피치] ${what}: ${title}`, ...rendered };
}

/** Events nobody sees for other reasons are not worth a letter. */
const isWorthTelling = (because: Event['hiddenBecause']) =>
  because === null || because === 'NOT_YET' || because === 'REVIEW_EXPIRED';

async function contactOf(tx: Transaction, hospitalId: string): Promise<string | null> {
  const hidden = await tx.get(db().doc(`Hospitals/${hospitalId}/private/registration`));
  return hospitalPrivateSchema.shape.contactEmail.safeParse(hidden.get('contactEmail')).data ?? null;
}

async function tell({ ref, id }: QueryDocumentSnapshot, now: number): Promise<void> {
  await db().runTransaction(async (tx) => {
    const stored = await tx.get(ref);
    const planned = millisOf(stored.get('reviewNoticeAt'));
    const validUntil: unknown = stored.get('adReviewValidUntil');
    const event = told.safeParse(stored.data());
    if (planned === null || planned > now || typeof validUntil !== 'string') return;
    const { soonAt, overAt } = noticesOf(validUntil);
    const isOver = now >= overAt;
    const next = isOver ? null : Timestamp.fromMillis(planned === soonAt ? overAt : soonAt);
    const mailId = `adReview-${id}-${validUntil}-${isOver ? 'over' : 'soon'}`;
    const address = event.success ? await contactOf(tx, event.data.hospitalId) : null;
    const queued = await tx.get(db().doc(`outbox/${mailId}`));
    tx.update(ref, { reviewNoticeAt: next, updatedAt: Timestamp.now() });
    if (!event.success || address === null || queued.exists || !isWorthTelling(event.data.hiddenBecause))
      return;
    const to = outboxMailSchema.shape.to.safeParse(address).data;
    if (to === undefined) return;
    queueMail(tx, mailId, {
      kind: 'adReviewExpiry',
      uid: null,
      to,
      ...expiryLetter(event.data, validUntil, isOver),
    });
    log.info('directory.reviewExpiryTold', { eventId: id, isOver });
  });
}

/** Queues the letters that are due. Resolves to how many events were looked at. */
export function tellReviewExpiry(now: number): Promise<number> {
  const due = db()
    .collection('Events')
    .where('reviewNoticeAt', '<=', Timestamp.fromMillis(now))
    .orderBy('reviewNoticeAt');
  return forAllDue('tellReviewExpiry', due, (event) => tell(event, now));
}
