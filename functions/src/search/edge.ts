/** Where search meets its callers and events. */
import type { Change, DocumentSnapshot, FirestoreEvent } from 'firebase-functions/v2/firestore';
import type { CallableRequest } from 'firebase-functions/v2/https';
import { callerAddress, limitHere } from '../access/limits.ts';
import { sameValue } from '../kernel/same.ts';
import { blockListSchema } from '../moderation/schema.ts';
import { answerCall } from '../platform/call.ts';
import { db } from '../platform/firebase.ts';
import type { SearchEngine } from './engine.ts';
import { authorKeyOf, sourceOf } from './entries.ts';
import { firestoreEngine } from './firestoreEngine.ts';
import { type Found, type SearchKind, searchInput } from './schema.ts';

const engine: SearchEngine = firestoreEngine;

/** Part of what follows a page or post: costs nothing unless what is found by it has changed. */
export async function followInSearch(
  kind: SearchKind,
  { data }: FirestoreEvent<Change<DocumentSnapshot> | undefined>,
): Promise<void> {
  if (!data) return;
  const { id } = data.after;
  const [before, after] = [data.before, data.after].map((one) => sourceOf(kind, id, one.data()));
  if (!sameValue(before, after)) await engine.follow(kind, id);
}

async function hiddenFrom(uid: string): Promise<ReadonlySet<string>> {
  const list = await db().doc(`users/${uid}/private/blocks`).get();
  return new Set((blockListSchema.safeParse(list.data()).data?.hidden ?? []).map(authorKeyOf));
}

/** Callable (everybody): cards of what is found. Posts of blocked members are left out. */
export function search(request: CallableRequest<unknown>): Promise<Found> {
  return answerCall('search', searchInput, request, async (input) => {
    const uid = request.auth?.uid;
    if (uid === undefined) await limitHere('searchByAddress', callerAddress(request));
    else await limitHere('searchByPerson', uid);
    const hidden =
      uid !== undefined && input.kind === 'FreeTalks' ? await hiddenFrom(uid) : new Set<string>();
    return engine.find(input, hidden);
  });
}
