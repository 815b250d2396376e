/** Where notifications meet members, operators, the task queue and Firestore events. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { DocumentSnapshot, FirestoreEvent } from 'firebase-functions/v2/firestore';
import type { CallableRequest } from 'firebase-functions/v2/https';
import { requireLeaver, requireMember, requireOperator } from '../access/guard.ts';
import { answerCall } from '../platform/call.ts';
import { log } from '../platform/log.ts';
import { onConsentsSaid } from './adConsents.ts';
import { noteCampaign } from './campaigns.ts';
import * as devices from './devices.ts';
import * as retry from './retry.ts';
import { ring } from './ring.ts';
import {
  type Campaign,
  notificationSchema,
  registerDeviceInput,
  retryPushInput,
  sendCampaignInput,
  sendPushTask,
  unregisterDeviceInput,
} from './schema.ts';
import { sendPush as send } from './sending.ts';

type Call = CallableRequest<unknown>;
type Done = Promise<{ done: true }>;
const done = { done: true } as const;

/** The queue’s clock may be ahead of ours, and the emulator’s queue knows no times at all. */
const mostEarlyMs = 20_000;

/** Task queue: sends a push. What fails is the push’s to repeat, not the task’s. */
export async function sendPush({ data }: { readonly data: unknown }): Promise<void> {
  const task = sendPushTask.safeParse(data);
  if (!task.success) {
    log.error('sendPush.badTask');
    return;
  }
  const { pushId } = task.data;
  const began = performance.now();
  while ((await send(pushId)) === 'early' && performance.now() - began < mostEarlyMs) await sleep(1_000);
}

const ringing = notificationSchema.pick({
  ...{ kind: true, title: true, body: true, target: true, readAt: true },
});

/** `users/{uid}/notifications/{id}` created: rings. */
export async function onNotificationCreated(
  event: FirestoreEvent<DocumentSnapshot | undefined, Record<string, string>>,
): Promise<void> {
  const { uid = '', notificationId = '' } = event.params;
  const news = ringing.safeParse(event.data?.data());
  if (news.success) await ring(uid, notificationId, news.data);
  else log.error('notification.unreadable', { uid, notificationId });
}

/** `users/{uid}/consents/{entryId}` created: tells what became of what was said of advertising. */
export async function onConsentsRecorded(
  event: FirestoreEvent<DocumentSnapshot | undefined, Record<string, string>>,
): Promise<void> {
  const { uid = '', entryId = '' } = event.params;
  await onConsentsSaid(uid, entryId, event.data?.data());
}

/** Callable: this device is the caller’s, and no longer anybody else’s. */
export function registerDevice(request: Call): Done {
  return answerCall('registerDevice', registerDeviceInput, request, async (device) => {
    const { uid } = await requireMember(request);
    await devices.registerDevice(uid, device);
    return done;
  });
}

/** Callable: the caller signs out of this device. Also somebody who is suspended may. */
export function unregisterDevice(request: Call): Done {
  return answerCall('unregisterDevice', unregisterDeviceInput, request, async ({ token }) => {
    const { uid } = await requireLeaver(request);
    await devices.unregisterDevice(uid, token);
    return done;
  });
}

/** Callable, operators: sends a push that was given up again. */
export function retryPush(request: Call): Done {
  return answerCall('retryPush', retryPushInput, request, async ({ pushId }) => {
    const { uid } = await requireOperator(request);
    await retry.retryPush(pushId, uid);
    return done;
  });
}

/** Callable, operators: advertises to members who agreed to it. */
export function sendCampaign(request: Call): Promise<Pick<Campaign, 'state' | 'reached'>> {
  return answerCall('sendCampaign', sendCampaignInput, request, async (campaign) => {
    const { uid } = await requireOperator(request);
    const { state, reached } = await noteCampaign(campaign, uid);
    return { state, reached };
  });
}
