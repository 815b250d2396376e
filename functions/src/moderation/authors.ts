/** Who wrote something. What is written anonymously does not say so itself. */
import { db, type Transaction } from '../platform/firebase.ts';
import type { Target } from './targets.ts';

/** Null where nobody knows: the author has left, or never was. One read when it is anonymous, else none. */
export async function authorOf(target: Target, tx?: Transaction): Promise<string | null> {
  if (target.authorUid !== null) return target.authorUid;
  if (!target.isAnonymous) return null;
  const ref = db().doc(`bylines/${target.type}-${target.id}`);
  const byline = await (tx ? tx.get(ref) : ref.get());
  const uid: unknown = byline.get('uid');
  return typeof uid === 'string' ? uid : null;
}

/** Stands for somebody who has left. */
export const hasLeft = ({ authorUid }: Target): boolean => authorUid?.startsWith('withdrawn-') ?? false;
