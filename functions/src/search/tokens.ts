/**
 * Searching by words and by initial consonants with no search engine: what an index document holds, which one of it a
 * query asks Firestore for, and which of the documents found are meant. Pure.
 *
 * A document carries every run of two and three letters of its text and of its initial consonants, and the groups of
 * synonyms it speaks of. A query asks for one of them, the rarest it has, and reads at most a page of candidates; all its
 * words are then looked for in what the candidates say.
 */
import { choseongOf } from '../kernel/korean.ts';
import { groupsIn, meaning } from './synonyms.ts';

/** Letters of a document that can be found. */
export const longestText = 160;
/** Firestore bills nothing for them, but each is an index entry to be written. */
export const mostTokens = 700;
const grams = [2, 3] as const;

/** Lower case, half width, letters and digits only. */
const compact = (text: string) =>
  text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]/gu, '');

/** Lone consonants as people type them, which NFKC would join. */
const isChoseong = (word: string) => /^[ㄱ-ㅎ]+$/.test(word);

export interface Indexed {
  /** What is said, compact. */
  readonly text: string;
  /** Its initial consonants, letter by letter. */
  readonly choseong: string;
  readonly tokens: readonly string[];
}

function runsOf(text: string, mark: string): string[] {
  return grams.flatMap((length) =>
    Array.from(
      { length: Math.max(0, text.length - length + 1) },
      (_, at) => mark + text.slice(at, at + length),
    ),
  );
}

/** What of a document is looked up. `text`: title, name, tags, in the order of weight; what is too long is left out. */
export function indexed(text: string): Indexed {
  const said = compact(text).slice(0, longestText);
  const choseong = choseongOf(said).replace(/\s/g, '');
  const groups = groupsIn(said).map((group) => `s:${group}`);
  const tokens = [...new Set([...groups, ...runsOf(said, 'w:'), ...runsOf(choseong, 'c:')])];
  return { text: said, choseong, tokens: tokens.slice(0, mostTokens) };
}

export interface Plan {
  /** The one token Firestore is asked for. */
  readonly token: string;
  /** Whether a document says every word of the query. */
  matches(document: Pick<Indexed, 'text' | 'choseong'>): boolean;
}

interface Word {
  readonly token: string;
  /** The rarer, the higher. */
  readonly weight: number;
  matches(document: Pick<Indexed, 'text' | 'choseong'>): boolean;
}

function readWord(word: string): Word | null {
  if (isChoseong(word)) {
    if (word.length < 2) return null;
    const token = `c:${word.slice(0, 3)}`;
    return { token, weight: word.length, matches: ({ choseong }) => choseong.includes(word) };
  }
  const said = compact(word);
  if (said.length < 2) return null;
  const same = meaning(said);
  if (same.length > 1)
    return {
      token: `s:${same[0]}`,
      weight: 20,
      matches: ({ text }) => same.some((each) => text.includes(each)),
    };
  const token = `w:${said.slice(0, 3)}`;
  return { token, weight: 10 + Math.min(3, said.length), matches: ({ text }) => text.includes(said) };
}

/** How a query is answered; null when it says too little (no word of two letters). */
export function planOf(query: string): Plan | null {
  const words = query
    .slice(0, 60)
    .split(/[\s,./]+/)
    .slice(0, 6)
    .flatMap((word) => readWord(word) ?? []);
  const [rarest] = words.toSorted((a, b) => b.weight - a.weight);
  if (!rarest) return null;
  return { token: rarest.token, matches: (document) => words.every((word) => word.matches(document)) };
}
