/** A push as FCM takes it for one device (contracts sheet §5.1). Pure. */
import { createHash } from 'node:crypto';
import { isNight, msUntilNight } from './adHours.ts';
import type { Device, Push } from './schema.ts';

const hour = 3_600_000;

/** Anything known to be good, to ask whether it is the token that is refused. */
export const probe = (token: string) => ({ token, data: { kind: 'probe' } });

type Told = Pick<Push, 'kind' | 'title' | 'body' | 'target' | 'collapse' | 'advertising' | 'dataOnly'>;

/**
 * How long FCM keeps it for a device that is off (ms). Advertising taken by day must not ring by night: it is kept until
 * 21:00:00 at most; what is sent by night goes to those who agreed to that. A reminder is of no use hours later.
 */
export function keptForMs({ kind, advertising }: Told, now: number): number {
  const kept = kind === 'reminder' ? 2 * hour : 24 * hour;
  return advertising && !isNight(now) ? Math.min(kept, msUntilNight(now)) : kept;
}

/** 40 characters, as `apns-collapse-id` takes at most 64 bytes. */
const short = (value: string) => createHash('sha256').update(value).digest('hex').slice(0, 40);

export interface Shown {
  readonly pushId: string;
  readonly push: Told;
  /** As it must read: of advertising, with what the law wants. */
  readonly text: { readonly title: string; readonly body: string };
  /** Unread notifications; null where nobody shows the number. */
  readonly badge: number | null;
  readonly now: number;
}

/**
 * The message for a device. Pushes with the same `collapse` replace each other there, and a push that is sent again
 * replaces itself: it is seen once.
 */
export function messageFor({ token }: Pick<Device, 'token'>, { pushId, push, badge, now, ...shown }: Shown) {
  const text = { title: shown.text.title, body: shown.text.body };
  const place = short(push.collapse ?? pushId);
  const keptForSeconds = Math.floor(keptForMs(push, now) / 1000);
  const expires = String(Math.floor(now / 1000) + keptForSeconds);
  const data = { kind: push.kind, target: push.target, pushId: short(pushId) };
  const count = badge === null ? {} : { badge };
  return {
    token,
    data: push.dataOnly ? { ...data, ...text } : data,
    ...(push.dataOnly ? {} : { notification: text }),
    android: {
      // FCM keeps four such keys for a device that is off: only what really replaces each other gets one.
      ...(push.collapse === null ? {} : { collapse_key: place }),
      ttl: `${keptForSeconds}s`,
      priority: push.advertising ? 'NORMAL' : 'HIGH',
      ...(push.dataOnly ? {} : { notification: { tag: place, channel_id: push.kind } }),
    },
    apns: {
      headers: {
        'apns-collapse-id': place,
        'apns-expiration': expires,
        'apns-priority': push.dataOnly || push.advertising ? '5' : '10',
        'apns-push-type': push.dataOnly ? 'background' : 'alert',
      },
      payload: {
        aps: push.dataOnly
          ? { 'content-available': 1, ...count }
          : { sound: 'default', 'thread-id': place, ...count },
      },
    },
    webpush: { headers: { TTL: String(keptForSeconds), Topic: place.slice(0, 32) } },
  };
}
export type FcmMessage = ReturnType<typeof messageFor> | ReturnType<typeof probe>;
