/**
 * Texts an instance knows by their signatures, and how many of one kind came within some minutes: memories that cost no
 * read. What is kept of them in Firestore names nobody. Pure.
 */
import { createHash } from 'node:crypto';
import { z } from 'zod';
import { bandsOf, likenessOf, nearlySame, type Signature } from './likeness.ts';
import { type TargetType, targetTypes } from './schema.ts';

export interface KnownText {
  readonly type: TargetType;
  /** Content of one kind: the same for every state of it. 32 bits of a hash. */
  readonly key: string;
  /** 24 bits of a hash of the uid: enough to tell authors apart, too few to find one. */
  readonly author: string;
  /** When it came to say that, ms: of two alike the later one is the copy. */
  readonly at: number;
  readonly places: readonly number[];
}

const hashed = (value: string, hexDigits: number) =>
  createHash('sha256').update(value).digest('hex').slice(0, hexDigits);

/** What is kept of where something stood and whose it was: enough to tell two apart, too little to find one. */
export const unnamed = (path: string, uid: string) => ({ key: hashed(path, 8), author: hashed(uid, 6) });

export function knownText(
  { path, type, uid, at }: { path: string; type: TargetType; uid: string; at: number },
  { places }: Signature,
): KnownText {
  return { type, ...unnamed(path, uid), at, places };
}

const packedSchema = z.array(z.tuple([z.enum(targetTypes), z.string(), z.string(), z.number(), z.string()]));

const packPlaces = (places: readonly number[]) =>
  Buffer.from(Uint32Array.from(places).buffer).toString('base64url');
function unpackPlaces(packed: string): number[] {
  const bytes = Buffer.from(packed, 'base64url');
  return Array.from({ length: Math.floor(bytes.length / 4) }, (_, at) => bytes.readUInt32LE(at * 4));
}

export const pack = (texts: readonly KnownText[]): string =>
  JSON.stringify(
    texts.map(({ type, key, author, at, places }) => [type, key, author, at, packPlaces(places)]),
  );

export const unpack = (packed: string): KnownText[] =>
  packedSchema
    .parse(JSON.parse(packed))
    .map(([type, key, author, at, places]) => ({ type, key, author, at, places: unpackPlaces(places) }));

export interface Copies {
  readonly byOthers: number;
  readonly byAuthor: number;
}

const mostTexts = 5_000;

/** The texts known, the oldest of which are forgotten. A content has one: an edit takes the place of what it was. */
export class Texts {
  readonly #most: number;
  readonly #byKey = new Map<string, KnownText>();
  readonly #byBand = new Map<string, Set<string>>();

  constructor(most = mostTexts) {
    this.#most = most;
  }

  get size(): number {
    return this.#byKey.size;
  }

  #forget(key: string): void {
    const known = this.#byKey.get(key);
    if (!known) return;
    this.#byKey.delete(key);
    for (const band of bandsOf(known.places)) {
      const keys = this.#byBand.get(band);
      keys?.delete(key);
      if (keys?.size === 0) this.#byBand.delete(band);
    }
  }

  add(text: KnownText): void {
    this.#forget(text.key);
    this.#byKey.set(text.key, text);
    for (const band of bandsOf(text.places)) {
      const keys = this.#byBand.get(band) ?? new Set();
      this.#byBand.set(band, keys.add(text.key));
    }
    const [oldest] = this.#byKey.keys();
    if (this.#byKey.size > this.#most && oldest !== undefined) this.#forget(oldest);
  }

  /** Other contents of the same kind that said nearly the same before. */
  copiesOf(text: KnownText): Copies {
    const keys = new Set(bandsOf(text.places).flatMap((band) => [...(this.#byBand.get(band) ?? [])]));
    keys.delete(text.key);
    const alike = [...keys]
      .flatMap((key) => this.#byKey.get(key) ?? [])
      .filter(({ type, at }) => type === text.type && at <= text.at)
      .filter(({ places }) => likenessOf(places, text.places) >= nearlySame);
    const byAuthor = alike.filter(({ author }) => author === text.author).length;
    return { byOthers: alike.length - byAuthor, byAuthor };
  }
}

const mostKeys = 5_000;

/** Notices when something happens more often than `most` times in `windowMs`. */
export class Pace {
  readonly #most: number;
  readonly #windowMs: number;
  readonly #seen = new Map<string, Map<string, number>>();
  readonly #told = new Map<string, { readonly id: string; readonly at: number }>();

  constructor(most: number, windowMs: number) {
    this.#most = most;
    this.#windowMs = windowMs;
  }

  /** Whether this occurrence is the one that made it too many; the same one again is answered the same. */
  exceeds(key: string, id: string, now: number): boolean {
    const told = this.#told.get(key);
    if (told && now - told.at < this.#windowMs) return told.id === id;
    const seen = this.#seen.get(key) ?? new Map<string, number>();
    this.#seen.delete(key);
    this.#seen.set(key, seen.set(id, now));
    for (const [other, at] of seen) if (now - at >= this.#windowMs) seen.delete(other);
    const [oldest] = this.#seen.keys();
    if (this.#seen.size > mostKeys && oldest !== undefined) this.#seen.delete(oldest);
    if (seen.size <= this.#most) return false;
    this.#seen.delete(key);
    this.#told.delete(key);
    this.#told.set(key, { id, at: now });
    const [first] = this.#told.keys();
    if (this.#told.size > mostKeys && first !== undefined) this.#told.delete(first);
    return true;
  }
}
