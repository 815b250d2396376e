/**
 * Search on Firestore alone. A question asks for its rarest token, ordered by rank, and looks at no more than forty entries a
 * page; the other words are looked for in these.
 */
import { FieldPath, type QueryDocumentSnapshot } from 'firebase-admin/firestore';
import { z } from 'zod';
import { sameValue } from '../kernel/same.ts';
import { AppError } from '../platform/errors.ts';
import { db } from '../platform/firebase.ts';
import { log } from '../platform/log.ts';
import type { SearchEngine } from './engine.ts';
import { entryOf, type Source, sourceOf } from './entries.ts';
import { type Found, type Question, type SearchKind, searchEntrySchema } from './schema.ts';
import { planOf } from './tokens.ts';

export const candidatesPerPage = 40;

const index = () => db().collection('search');
const entryId = (kind: SearchKind, id: string) => `${kind}-${id}`;
const nothing: Found = { cards: [], cursor: null };

const cursorSchema = z.tuple([z.number(), z.string().regex(/^[^/]{1,200}$/)]);

function readCursor(cursor: string): z.infer<typeof cursorSchema> {
  try {
    return cursorSchema.parse(JSON.parse(Buffer.from(cursor, 'base64url').toString()));
  } catch {
    throw new AppError('INVALID_INPUT', { fields: [{ field: 'cursor', code: 'custom' }] });
  }
}
const writeCursor = (rank: number, id: string) =>
  Buffer.from(JSON.stringify([rank, id])).toString('base64url');

const candidateSchema = searchEntrySchema.omit({ tokens: true, kind: true });
type Candidate = z.infer<typeof candidateSchema>;

/** An entry that is not as it should be is left out, so that the others are found. */
function entryIn(candidate: QueryDocumentSnapshot): Candidate[] {
  const { data } = candidateSchema.safeParse(candidate.data());
  if (!data) log.error('search.spoilt', { entryId: candidate.id });
  return data ? [data] : [];
}

async function find({ kind, query, cursor }: Question, hidden: ReadonlySet<string>): Promise<Found> {
  const plan = planOf(query);
  if (!plan) return nothing;
  const meant = index()
    .where('kind', '==', kind)
    .where('tokens', 'array-contains', plan.token)
    .orderBy('rank', 'desc')
    .orderBy(FieldPath.documentId(), 'desc')
    .select('text', 'choseong', 'rank', 'authorKey', 'card')
    .limit(candidatesPerPage);
  const candidates = (await (cursor === null ? meant : meant.startAfter(...readCursor(cursor))).get()).docs;
  const cards = candidates
    .flatMap(entryIn)
    .filter((entry) => plan.matches(entry) && !hidden.has(entry.authorKey ?? ''))
    .map(({ card }) => card);
  const last = candidates.at(-1);
  const rank: unknown = last?.get('rank');
  const isLast = candidates.length < candidatesPerPage || !last || typeof rank !== 'number';
  return { cards, cursor: isLast ? null : writeCursor(rank, last.id) };
}

/** The document and its entry are read together, so that no older state can follow a newer one. */
async function follow(kind: SearchKind, id: string): Promise<void> {
  const [document, entry] = [db().doc(`${kind}/${id}`), index().doc(entryId(kind, id))];
  await db().runTransaction(async (tx) => {
    const [current, stored] = await tx.getAll(document, entry);
    const source = sourceOf(kind, id, current?.data());
    if (source === null) {
      if (stored?.exists) tx.delete(entry);
      return;
    }
    const meant = entryOf(source);
    if (!sameValue(stored?.data(), meant)) tx.set(entry, meant);
  });
}

async function put(kind: SearchKind, sources: ReadonlyMap<string, Source>): Promise<number> {
  if (sources.size === 0) return 0;
  const stored = await db().getAll(...[...sources.keys()].map((id) => index().doc(entryId(kind, id))));
  const stale = stored.flatMap((entry) => {
    const source = sources.get(entry.id.slice(kind.length + 1));
    return source && !sameValue(entry.data(), entryOf(source)) ? [entry.id.slice(kind.length + 1)] : [];
  });
  // One by one in a transaction: what is written meanwhile is not to be undone.
  for (const id of stale) await follow(kind, id);
  return stale.length;
}

async function idsAfter(kind: SearchKind, after: string, most: number): Promise<string[]> {
  const from = entryId(kind, after);
  const found = await index()
    .orderBy(FieldPath.documentId())
    .startAfter(from)
    .endBefore(`${kind}.`)
    .select()
    .limit(most)
    .get();
  return found.docs.map(({ id }) => id.slice(kind.length + 1));
}

const drop = async (kind: SearchKind, ids: readonly string[]) => {
  for (const id of ids) await follow(kind, id);
};

export const firestoreEngine: SearchEngine = { find, follow, put, idsAfter, drop };
