/** Whom a reply is told to. Pure. */

export interface Addressed {
  /** Who wrote what is replied to; null where nobody is to be told. */
  readonly parentAuthor: string | null;
  /** Who wrote the reply that is answered. */
  readonly answeredAuthor: string | null;
  /** Those mentioned who have written in the thread. */
  readonly mentioned: readonly string[];
}

export type Told = Readonly<{ uid: string; kind: 'reply' | 'mention' }>;

/** The alias of somebody who has left: a withdrawal’s (withdrawal/withdrawal.ts). */
const hasLeft = (uid: string) => uid.startsWith('withdrawn-');

/** Everybody once, in what concerns them most; never who wrote the reply, and nobody who has left. */
export function toldOf(
  { parentAuthor, answeredAuthor, mentioned }: Addressed,
  writer: string | null,
): Told[] {
  const replied = [parentAuthor, answeredAuthor].filter((uid) => uid !== null);
  const told = new Map<string, Told>();
  for (const uid of mentioned) told.set(uid, { uid, kind: 'mention' });
  for (const uid of replied) told.set(uid, { uid, kind: 'reply' });
  return [...told.values()].filter(({ uid }) => uid !== writer && !hasLeft(uid));
}

/** Who is mentioned and not addressed anyway: only of these it must be asked whether they are of the thread. */
export function strangersIn(mentions: readonly string[], known: readonly (string | null)[]): string[] {
  return [...new Set(mentions)].filter((uid) => !known.includes(uid));
}
