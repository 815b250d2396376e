/**
 * Advertising pushes of operators. A campaign goes through the members who agreed to advertising page by page; every page
 * is a push of its own, written together with the step of the cursor, so that a run that dies anywhere goes on where it
 * stopped. Whether a member may be sent it is looked at in the moment of sending, not here.
 */
import { FieldPath } from 'firebase-admin/firestore';
import { audit } from '../audit/audit.ts';
import { db, isAlreadyThere, isStale, Timestamp } from '../platform/firebase.ts';
import { errorFields, log } from '../platform/log.ts';
import { collection } from '../platform/store.ts';
import { newPush, pushes, queueSending } from './push.ts';
import { type Campaign, campaignSchema, type SendCampaign } from './schema.ts';

const campaigns = () => collection('campaigns', campaignSchema);
const pageSize = 200;
const runningMs = 60_000;

/** Notes a campaign for the next run; one known by its id already is left as it is. */
export async function noteCampaign(
  { campaignId, note, ...told }: SendCampaign,
  by: string,
): Promise<Campaign> {
  const at = Timestamp.now();
  const ref = campaigns().doc(campaignId);
  const campaign: Campaign = {
    ...told,
    state: 'RUNNING',
    ...{ reached: 0, pages: 0, cursor: null, by, createdAt: at, updatedAt: at },
  };
  const batch = db().batch();
  batch.create(ref, campaign);
  audit(batch, { action: 'campaign.send', target: ref.path, by, note });
  try {
    await batch.commit();
    return campaign;
  } catch (error) {
    const known = isAlreadyThere(error) ? (await ref.get()).data() : undefined;
    if (!known) throw error;
    return known;
  }
}

/** The next members who agreed to advertising, by their accounts’ paths. */
async function nextAccounts(cursor: string | null, most: number): Promise<string[]> {
  const agreed = db()
    .collectionGroup('private')
    .where('consents.adPush.granted', '==', true)
    .orderBy(FieldPath.documentId())
    .limit(most);
  const page = cursor === null ? agreed : agreed.startAfter(db().doc(cursor));
  return (await page.select().get()).docs.map(({ ref }) => ref.path);
}

const uidOf = (account: string) => account.split('/')[1] ?? '';

/** Queues the next page; false when there is none, or somebody else has moved the campaign on. */
async function nextPage(id: string): Promise<boolean> {
  const snapshot = await campaigns().doc(id).get();
  const campaign = snapshot.data();
  if (campaign?.state !== 'RUNNING' || !snapshot.updateTime) return false;
  const { title, body, target, mostReceivers, reached, pages, cursor } = campaign;
  const most = Math.min(pageSize, mostReceivers - reached);
  const taken = await nextAccounts(cursor, most);
  const now = Date.now();
  const isOver = taken.length < most || reached + taken.length >= mostReceivers;
  const batch = db().batch();
  const step = {
    ...{ reached: reached + taken.length, pages: pages + (taken.length > 0 ? 1 : 0) },
    ...{ cursor: taken.at(-1) ?? cursor, state: isOver ? 'DONE' : 'RUNNING' },
    updatedAt: Timestamp.fromMillis(now),
  } as const;
  batch.update(snapshot.ref, step, { lastUpdateTime: snapshot.updateTime });
  const cause = `campaign-${id}-${pages}`;
  const told = {
    kind: 'promotion',
    title,
    body,
    target,
    advertising: true,
    collapse: `campaigns/${id}`,
  } as const;
  if (taken.length > 0)
    batch.create(pushes().doc(cause), newPush({ cause, uids: taken.map(uidOf), ...told }, now));
  try {
    await batch.commit();
  } catch (error) {
    if (isStale(error) || isAlreadyThere(error)) return false;
    throw error;
  }
  if (taken.length > 0) await queueSending(cause, now);
  log.info('campaign.paged', { campaignId: id, page: pages, members: taken.length });
  return !isOver;
}

/** Moves every running campaign on, for a minute at most; the next run goes on. */
export async function sendCampaigns(): Promise<number> {
  const began = performance.now();
  const running = await campaigns().where('state', '==', 'RUNNING').limit(20).select().get();
  for (const { id } of running.docs) {
    try {
      let isLeft = true;
      while (isLeft && performance.now() - began < runningMs) isLeft = await nextPage(id);
    } catch (error) {
      log.error('campaign.broken', { campaignId: id, ...errorFields(error) });
    }
  }
  return running.size;
}
