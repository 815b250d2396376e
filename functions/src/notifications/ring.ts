/**
 * Lets the devices of a member ring for what they are told. A notification stands or falls with its cause, so its own
 * trigger is the outbox: whoever writes one has nothing else to do, and nothing rings for what did not happen.
 */
import { settingsOf } from './devices.ts';
import type { Notification } from './schema.ts';
import { sendAtOnce } from './sending.ts';

type Ringing = Pick<Notification, 'kind' | 'title' | 'body' | 'target' | 'readAt'>;

/** One read for members without devices, and nothing more. Ringing again for the same notification is nothing. */
export async function ring(uid: string, id: string, news: Ringing): Promise<void> {
  const { kind, title, body, target, readAt } = news;
  if (readAt !== null) return;
  const settings = (await settingsOf(uid).get()).data();
  if (!settings || Object.keys(settings.devices).length === 0 || settings.muted.includes(kind)) return;
  const cause = `${uid}~${id}`;
  await sendAtOnce({ cause, uids: [uid], kind, title, body, target, advertising: false }, settings);
}
