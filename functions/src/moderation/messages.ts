/**
 * Judging what members say to each other: only what brokers leave behind and threats. What else is said between people is
 * theirs, until one of them reports it. Costs nothing but where something is found.
 */
import type { Change, DocumentSnapshot } from 'firebase-functions/v2/firestore';
import { maskMessage } from '../kernel/maskNumbers.ts';
import { db } from '../platform/firebase.ts';
import { log } from '../platform/log.ts';
import { raise } from './acts.ts';
import { explain } from './judge.ts';
import { targetOf } from './targets.ts';
import { type Found, type WordCode, wordsFound } from './words.ts';

const held: readonly WordCode[] = [
  ...(['PHONE_NUMBER', 'MESSENGER_CONTACT', 'OPEN_CHAT', 'SHORT_LINK', 'BROKER', 'THREAT'] as const),
];

const wordsOf = (message: DocumentSnapshot): string =>
  [message.get('text'), message.get('fileName'), message.get('place.name')]
    .filter((part) => typeof part === 'string' && part !== '')
    .join('\n');

/** Whether the numbers in a text are its writer’s own. One read. */
async function isOwnNumber(text: string, uid: string): Promise<boolean> {
  const phone: unknown = (await db().doc(`users/${uid}/private/account`).get()).get('phone');
  if (typeof phone !== 'string') return false;
  const rest = maskMessage(text, null).text;
  return maskMessage(text, phone).text === text && rest !== text;
}

async function offending(text: string, uid: string): Promise<Found[]> {
  const found = wordsFound(text).filter(({ code }) => held.includes(code));
  const isAsked = found.some(({ code }) => code === 'PHONE_NUMBER') && (await isOwnNumber(text, uid));
  return isAsked ? found.filter(({ code }) => code !== 'PHONE_NUMBER') : found;
}

/** A message was written: judged when a member said something new. `id`: `{roomId}~{messageId}`. */
export async function judgeMessageWritten(
  id: string,
  { before, after }: Change<DocumentSnapshot>,
): Promise<void> {
  if (!after.exists || after.get('senderRole') !== 'member') return;
  const text = wordsOf(after);
  const target = targetOf('messages', id, after.data());
  if (text === '' || target.state !== 'shown' || target.authorUid === null) return;
  if (before.exists && before.get('deleted') === false && wordsOf(before) === text) return;
  const found = await offending(text, target.authorUid);
  if (found.length === 0) return;
  const findings = found.map(({ code }) => ({ code, severity: 'hold' as const }));
  const message = explain({ action: 'hold', findings });
  const done = await raise(target, { reasons: findings.map(({ code }) => code), message, hide: true });
  log.info('moderation.judged', {
    type: 'messages',
    done,
    reasons: findings.map(({ code }) => code).join(','),
  });
}
