/**
 * Links to what was sent in a room, for ten minutes: whoever has one needs nothing else. A link is path and end with a keyed
 * digest over both; it works alike on a developer’s machine and in production, and needs no right to sign at Google.
 */
import { z } from 'zod';
import type { Caller } from '../access/guard.ts';
import { compareInstants } from '../kernel/fields.ts';
import { digest, sameSecret } from '../platform/digest.ts';
import { AppError } from '../platform/errors.ts';
import { bucket } from '../platform/firebase.ts';
import type { Link } from './calls.ts';
import { sideIn } from './consult.ts';
import { messagesOf, rooms } from './store.ts';

export const linkMs = 600_000;
const linkSchema = z.strictObject({ path: z.string().startsWith('chatMedia/'), end: z.number() });

export function tokenFor(path: string, end: number): string {
  const body = Buffer.from(JSON.stringify({ path, end })).toString('base64url');
  return `${body}.${digest('chatAttachment', body)}`;
}

/** The path a token is for; null for one that is none, or has ended. */
export function pathOfToken(token: string, now: number): string | null {
  const [body = '', signature = ''] = token.split('.');
  if (!sameSecret(signature, digest('chatAttachment', body))) return null;
  const { path, end } = linkSchema.parse(JSON.parse(Buffer.from(body, 'base64url').toString('utf8')));
  return now < end ? path : null;
}

/** Errors: ROOM_NOT_FOUND, ATTACHMENT_NOT_FOUND. */
export async function openAttachment(
  { roomId, messageId, size }: { roomId: string; messageId: string; size: 'full' | 'thumb' },
  caller: Caller,
  now = Date.now(),
): Promise<Link> {
  const [room, message] = await Promise.all([
    rooms().doc(roomId).get(),
    messagesOf(roomId).doc(messageId).get(),
  ]);
  const [at, said] = [room.data(), message.data()];
  if (!at) throw new AppError('ROOM_NOT_FOUND');
  sideIn(at, caller);
  const since = at.since[caller.uid];
  const isSeen = said && (!since || compareInstants(said.sentAt, since) >= 0);
  const isShown = isSeen && !said.deleted && (!said.hidden || said.senderUid === caller.uid);
  const path = isShown ? (size === 'full' ? said.attachment?.path : said.attachment?.thumbPath) : null;
  if (!path) throw new AppError('ATTACHMENT_NOT_FOUND');
  const end = now + linkMs;
  return { path: `/chatAttachment?token=${tokenFor(path, end)}`, endsAt: new Date(end).toISOString() };
}

const types: Readonly<Record<string, string>> = { webp: 'image/webp', pdf: 'application/pdf' };

export interface Served {
  readonly content: Buffer;
  readonly contentType: string;
  /** Whether it is to be stored, never shown by the browser. */
  readonly isDownload: boolean;
}

/** What a link leads to; null when it has ended, or what it led to is gone. */
export async function serve(token: string, now = Date.now()): Promise<Served | null> {
  const path = pathOfToken(token, now);
  if (path === null) return null;
  const file = bucket().file(path);
  const [exists] = await file.exists();
  if (!exists) return null;
  const [content] = await file.download();
  const contentType = types[path.split('.').at(-1) ?? ''] ?? 'application/octet-stream';
  return { content, contentType, isDownload: contentType !== 'image/webp' };
}
