/** Going through a whole collection in nightly stages, page by page, so that no night costs more than it may. */
import { FieldPath, type QueryDocumentSnapshot } from 'firebase-admin/firestore';
import { db } from './firebase.ts';

const pageSize = 100;

/**
 * Shows `visit` at most about `most` documents, in the order of their ids, from behind `from` ('' for the first). Resolves to
 * how many were shown and where the next stage goes on: '' when the round is complete. A read for each document.
 */
export async function goRound(
  collection: string,
  { from, most }: { readonly from: string; readonly most: number },
  visit: (document: QueryDocumentSnapshot) => Promise<void>,
): Promise<{ readonly visited: number; readonly next: string }> {
  let [visited, next] = [0, from];
  while (visited < most) {
    const ordered = db().collection(collection).orderBy(FieldPath.documentId()).limit(pageSize);
    const { docs } = await (next === '' ? ordered : ordered.startAfter(next)).get();
    for (const document of docs) await visit(document);
    visited += docs.length;
    next = docs.length < pageSize ? '' : (docs.at(-1)?.id ?? '');
    if (next === '') break;
  }
  return { visited, next };
}
