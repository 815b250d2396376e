/**
 * How a domain says what becomes of what it keeps of a person who leaves. Erasers know nothing of withdrawals, leases
 * or reports: they name the next page of what is left, and are asked again until nothing is. What has been dealt with
 * must no longer be found, so a run that dies anywhere goes on where it stopped, without a cursor.
 */
import type { DocumentReference, Query, WriteBatch } from 'firebase-admin/firestore';
import { deleteFiles, filesBelow } from './files.ts';
import { db } from './firebase.ts';

export interface Leaver {
  readonly uid: string;
  readonly kakaoId: number | null;
  /** Takes the place of the uid where content stays: one per withdrawal, made from nothing. */
  readonly alias: string;
  /** When leaving was asked for, ms. */
  readonly leftAt: number;
}

/** Shown where content stays. Reserved: nobody can have it as a nickname. */
export const leaverName = '탈퇴한 회원';

export const erasureActions = ['deleted', 'anonymised', 'moved', 'unlinked'] as const;
export type ErasureAction = (typeof erasureActions)[number];

/** What happens to one document. */
export interface Change {
  readonly action: ErasureAction;
  /** As the report names it. */
  readonly path: string;
  /** Adds at most three writes. Those that rest on what was read carry its update time as precondition. */
  readonly apply: (batch: WriteBatch) => void;
}

interface Named {
  /** In camelCase, unique. */
  readonly name: string;
  /** Erasers that must have finished before, because this one destroys what they find their work by. */
  readonly after?: readonly string[];
}

/** Firestore: a page of changes is committed together with its page of the report. */
export interface DocumentEraser extends Named {
  readonly kind: 'documents';
  /** Empty when nothing is left. */
  readonly nextPage: (leaver: Leaver) => Promise<readonly Change[]>;
}

/** Anything else: a page is written down before it is erased. */
export interface OutsideEraser extends Named {
  readonly kind: 'outside';
  readonly action: ErasureAction;
  /** Asks somebody else, so it is not asked a second time when all the rest is done. */
  readonly once?: true;
  /** Empty when nothing is left. */
  readonly find: (leaver: Leaver) => Promise<readonly string[]>;
  /** Takes what is gone already for erased. */
  readonly erase: (leaver: Leaver, paths: readonly string[]) => Promise<void>;
}

export type Eraser = DocumentEraser | OutsideEraser;

export const pageSize = 100;

export function deletion(ref: DocumentReference, path = ref.path): Change {
  return { action: 'deleted', path, apply: (batch) => batch.delete(ref) };
}

export async function deletionsOf(query: Query): Promise<Change[]> {
  const found = await query.limit(pageSize).get();
  return found.docs.map(({ ref }) => deletion(ref));
}

/** Everything below a document, whatever subcollections it has, deepest first; empty when there is nothing. */
export async function deletionsBelow(ref: DocumentReference): Promise<Change[]> {
  for (const collection of await ref.listCollections()) {
    for (const child of (await collection.listDocuments()).slice(0, pageSize)) {
      const deeper = await deletionsBelow(child);
      if (deeper.length > 0) return deeper;
    }
    const page = await deletionsOf(collection);
    if (page.length > 0) return page;
  }
  return [];
}

/** Documents of a collection that belong to the person in `field`, and to nobody else. */
export function ownedDocuments(name: string, collection: string, field: string): DocumentEraser {
  const nextPage = ({ uid }: Leaver) => deletionsOf(db().collection(collection).where(field, '==', uid));
  return { kind: 'documents', name, nextPage };
}

/** Files below a folder of the person's. */
export function ownedFiles(name: string, folder: string): OutsideEraser {
  return {
    kind: 'outside',
    name,
    action: 'deleted',
    find: ({ uid }) => filesBelow(`${folder}/${uid}/`, pageSize),
    erase: (_leaver, paths) => deleteFiles(paths),
  };
}
