/** Where what Kakao tells meets Firestore: the trigger on stored events, and the nightly asking. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Change, DocumentSnapshot, FirestoreEvent } from 'firebase-functions/v2/firestore';
import { isKakaoLinked } from '../accounts/kakao.ts';
import { logins } from '../accounts/members.ts';
import { AppError } from '../platform/errors.ts';
import { db, isStale, Timestamp } from '../platform/firebase.ts';
import { log } from '../platform/log.ts';
import { type EventOutcome, followEvent, followUnlink, stateAfter } from './kakaoEvents.ts';
import { webhookEventSchema } from './schema.ts';
import { webhookEvents } from './webhook.ts';

/** Acts on what was told, and forgets whom it was about. Errors: KAKAO_UNAVAILABLE, KAKAO_BUSY. */
async function actUpon(stored: DocumentSnapshot): Promise<void> {
  const told = webhookEventSchema.safeParse(stored.data());
  if (!told.success || told.data.state !== 'RECEIVED') return;
  const outcome = await followEvent(told.data);
  log.info('kakaoWebhook.followed', { kind: told.data.kind, outcome });
  await db()
    .doc(stored.ref.path)
    .update(
      { state: stateAfter(outcome), outcome, kakaoId: null },
      stored.updateTime ? { lastUpdateTime: stored.updateTime } : {},
    )
    .catch((error: unknown) => {
      if (!isStale(error)) throw error;
    });
}

/** `webhookEvents/{digest}` was written. Throws, and is delivered again, unless it was acted upon. */
export async function onWebhookStored(
  event: FirestoreEvent<Change<DocumentSnapshot> | undefined>,
): Promise<void> {
  if (event.data?.after.exists) await actUpon(event.data.after);
}

const deliveredAgainForMs = 600_000;

/** Acts on what no delivery has managed to (Kakao was down). Returns how many were waiting. */
export async function resumeKakaoEvents(now: number): Promise<number> {
  const waiting = await webhookEvents().where('state', '==', 'RECEIVED').limit(50).get();
  const old = waiting.docs.filter((event) => event.data().receivedAt.toMillis() < now - deliveredAgainForMs);
  for (const event of old) await actUpon(event);
  return old.length;
}

export interface Reconciliation {
  asked: number;
  unlinked: number;
  /** Kakao would not tell: sanctioned or dormant accounts. */
  untold: number;
}

const mostPerNight = 2_000;
const perPage = 100;
const spacingMs = 20;

type Answer = EventOutcome | 'LINKED' | 'UNTOLD';

async function askAbout(kakaoId: number, now: number): Promise<Answer> {
  try {
    return (await isKakaoLinked(kakaoId)) ? 'LINKED' : await followUnlink(kakaoId, now);
  } catch (error) {
    if (error instanceof AppError && error.reason === 'KAKAO_REFUSED') return 'UNTOLD';
    throw error;
  }
}

async function reconcileOne(loginId: string, now: number, sum: Reconciliation): Promise<void> {
  const kakaoId = Number(/^kakao:([1-9]\d{0,15})$/.exec(loginId)?.[1] ?? Number.NaN);
  const answer = Number.isNaN(kakaoId) ? 'UNTOLD' : await askAbout(kakaoId, now);
  sum.asked += 1;
  if (answer === 'UNTOLD') sum.untold += 1;
  if (answer === 'WITHDRAWAL' || answer === 'LINK_REMOVED') sum.unlinked += 1;
  await logins()
    .doc(loginId)
    .update({ checkedAt: Timestamp.fromMillis(now) })
    .catch((error: unknown) => {
      if (!isStale(error)) throw error;
    });
}

async function askKakao(now: number, sum: Reconciliation): Promise<void> {
  while (sum.asked < mostPerNight) {
    const page = await logins().orderBy('checkedAt').limit(perPage).get();
    const waiting = page.docs.filter((card) => (card.data().checkedAt?.toMillis() ?? 0) < now);
    if (waiting.length === 0) return;
    for (const { id } of waiting) {
      await reconcileOne(id, now, sum);
      await sleep(spacingMs);
    }
  }
}

/**
 * Asks Kakao about those asked about longest ago whether they are still linked: a webhook is told at most once. Ends
 * early when Kakao is down or its quota is used up; the next night goes on from there.
 */
export async function reconcileKakao(now: number): Promise<Reconciliation> {
  const sum: Reconciliation = { asked: 0, unlinked: 0, untold: 0 };
  try {
    await askKakao(now, sum);
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    log.warn('reconcileKakao.endedEarly', { reason: error.reason });
  }
  log.info('reconcileKakao.done', { ...sum });
  return sum;
}
