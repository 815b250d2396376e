/** What is kept of a member for telling them: pushes queued for them, their devices, when to ask them about advertising. */
import type { QueryDocumentSnapshot } from 'firebase-admin/firestore';
import {
  type Change,
  deletion,
  type Eraser,
  type Leaver,
  ownedDocuments,
  pageSize,
} from '../platform/erasing.ts';
import { db, FieldValue } from '../platform/firebase.ts';

function takenOff(push: QueryDocumentSnapshot, uid: string): Change {
  const uids: unknown = push.get('uids');
  if (Array.isArray(uids) && uids.length === 1) return deletion(push.ref);
  const gone = FieldValue.arrayRemove(uid);
  return {
    action: 'anonymised',
    path: push.ref.path,
    apply: (batch) =>
      batch.update(push.ref, { uids: gone, waiting: gone }, { lastUpdateTime: push.updateTime }),
  };
}

async function nextPushes({ uid }: Leaver): Promise<Change[]> {
  const found = await db().collection('pushes').where('uids', 'array-contains', uid).limit(pageSize).get();
  return found.docs.map((push) => takenOff(push, uid));
}

async function nextAdConsent({ uid }: Leaver): Promise<Change[]> {
  const found = await db().doc(`adConsents/${uid}`).get();
  return found.exists ? [deletion(found.ref)] : [];
}

export const notificationErasers: readonly Eraser[] = [
  { kind: 'documents', name: 'pushes', nextPage: nextPushes },
  ownedDocuments('devices', 'devices', 'uid'),
  { kind: 'documents', name: 'adConsents', nextPage: nextAdConsent },
];
