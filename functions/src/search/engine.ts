/** What finds. Another engine takes the place of Firestore’s by being one of these: see firestoreEngine.ts and edge.ts. */
import type { Source } from './entries.ts';
import type { Found, Question, SearchKind } from './schema.ts';

export interface SearchEngine {
  /** A page of what a question means. Bounded in what it reads; posts of authors in `hidden` (keys) are left out. */
  find(question: Question, hidden: ReadonlySet<string>): Promise<Found>;
  /** Makes the index say of one document what the document says now. May run any number of times, in any order. */
  follow(kind: SearchKind, id: string): Promise<void>;
  /** Makes the index say of some documents of a kind what is given, and tells which it had otherwise. */
  put(kind: SearchKind, sources: ReadonlyMap<string, Source>): Promise<number>;
  /** Ids of a kind in the index, in order, after some id. */
  idsAfter(kind: SearchKind, after: string, most: number): Promise<readonly string[]>;
  drop(kind: SearchKind, ids: readonly string[]): Promise<void>;
}
