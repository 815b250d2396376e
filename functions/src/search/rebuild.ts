/** The index made anew from what it is an index of: what is missing or stale is written, what is there for nothing goes. */
import { FieldPath } from 'firebase-admin/firestore';
import { db } from '../platform/firebase.ts';
import type { SearchEngine } from './engine.ts';
import { type Source, sourceOf } from './entries.ts';
import { type SearchKind, searchKinds } from './schema.ts';

const perPage = 200;

export interface Rebuilt {
  /** Documents looked at. */
  looked: number;
  /** Entries that were missing or said something else. */
  mended: number;
  /** Entries of what is not shown. */
  dropped: number;
}

async function putAll(engine: SearchEngine, kind: SearchKind, done: Rebuilt): Promise<void> {
  const all = db().collection(kind).orderBy(FieldPath.documentId()).limit(perPage);
  for (let page = await all.get(); !page.empty; page = await all.startAfter(page.docs.at(-1)?.id).get()) {
    const sources = page.docs.flatMap((document): [string, Source][] => {
      const source = sourceOf(kind, document.id, document.data());
      return source ? [[document.id, source]] : [];
    });
    done.looked += page.size;
    done.mended += await engine.put(kind, new Map(sources));
    if (page.size < perPage) return;
  }
}

async function dropAll(engine: SearchEngine, kind: SearchKind, done: Rebuilt): Promise<void> {
  for (let after = ''; ; ) {
    const ids = await engine.idsAfter(kind, after, perPage);
    const last = ids.at(-1);
    if (last === undefined) return;
    const documents = await db().getAll(...ids.map((id) => db().doc(`${kind}/${id}`)));
    const gone = documents.filter((one) => sourceOf(kind, one.id, one.data()) === null).map(({ id }) => id);
    await engine.drop(kind, gone);
    done.dropped += gone.length;
    after = last;
  }
}

export async function rebuildSearch(engine: SearchEngine): Promise<Rebuilt> {
  const done: Rebuilt = { looked: 0, mended: 0, dropped: 0 };
  for (const kind of searchKinds) {
    await putAll(engine, kind, done);
    await dropAll(engine, kind, done);
  }
  return done;
}
