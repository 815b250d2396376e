/**
 * What moderation keeps of a member who leaves: reports, blocks and what is known of them as a reporter go; an entry of the
 * operators' queue stays with the content it is about, under the alias, because take-downs are counted from it.
 */
import type { QueryDocumentSnapshot } from 'firebase-admin/firestore';
import {
  type Change,
  deletion,
  deletionsOf,
  type Eraser,
  type Leaver,
  pageSize,
} from '../platform/erasing.ts';
import { db, FieldValue } from '../platform/firebase.ts';

/** Content moves to an id with the alias where its own held the uid (reviews). */
function anonymised(entry: QueryDocumentSnapshot, { uid, alias }: Leaver): Change {
  const moved = entry.ref.parent.doc(entry.id.replace(`-${uid}_`, `-${alias}_`));
  const path = String(entry.get('path')).replace(`/${uid}_`, `/${alias}_`);
  const fields = { path, authorUid: alias, excerpt: '', appeal: null };
  const asRead = { lastUpdateTime: entry.updateTime };
  return {
    action: 'anonymised',
    path: entry.ref.path,
    apply: (batch) => {
      if (moved.path === entry.ref.path) batch.update(entry.ref, fields, asRead);
      else batch.create(moved, { ...entry.data(), ...fields }).delete(entry.ref, asRead);
    },
  };
}

async function nextEntries(leaver: Leaver): Promise<Change[]> {
  const own = db().collection('moderationQueue').where('authorUid', '==', leaver.uid).limit(pageSize);
  return (await own.get()).docs.map((entry) => anonymised(entry, leaver));
}

/** What was said in the member’s consultations, by whomever, went with them. */
async function nextOfConsultations({ uid }: Leaver): Promise<Change[]> {
  const begins = `Chatting/${uid}_`;
  const entries = db().collection('moderationQueue').where('path', '>=', begins);
  return deletionsOf(entries.where('path', '<', `${begins}\uf8ff`));
}

/** By the member, and by others about the member's reviews, whose ids begin with the uid. */
async function nextReports({ uid }: Leaver): Promise<Change[]> {
  const reports = db().collection('reports');
  const own = await deletionsOf(reports.where('reporterUid', '==', uid));
  if (own.length > 0) return own;
  return deletionsOf(reports.where('targetId', '>=', `${uid}_`).where('targetId', '<', `${uid}_\uf8ff`));
}

async function nextReporter({ uid }: Leaver): Promise<Change[]> {
  const ref = db().doc(`reporters/${uid}`);
  return (await ref.get()).exists ? [deletion(ref)] : [];
}

/** The pair, and the place in the other's list. The member's own list goes with the account. */
async function nextBlocks({ uid }: Leaver): Promise<Change[]> {
  const pairs = await db().collection('blocks').where('uids', 'array-contains', uid).limit(pageSize).get();
  return pairs.docs.map(({ ref }) => {
    const other = ref.id.split('~').find((one) => one !== uid) ?? uid;
    const less = { blocked: FieldValue.arrayRemove(uid), hidden: FieldValue.arrayRemove(uid) };
    return {
      action: 'deleted',
      path: ref.path,
      apply: (batch) =>
        batch.delete(ref).set(db().doc(`users/${other}/private/blocks`), less, { merge: true }),
    };
  });
}

async function nextPage(leaver: Leaver): Promise<Change[]> {
  for (const next of [nextOfConsultations, nextEntries, nextReports, nextReporter, nextBlocks]) {
    const page = await next(leaver);
    if (page.length > 0) return page;
  }
  return [];
}

export const moderationErasers: readonly Eraser[] = [{ kind: 'documents', name: 'moderation', nextPage }];
