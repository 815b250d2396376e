/** Giving a member another nickname inside a transaction: who has it is one document per nickname. */
import type { Transaction } from 'firebase-admin/firestore';
import { AppError } from '../platform/errors.ts';
import { nicknames } from './members.ts';
import { nicknameFault, nicknameKey } from './nicknames.ts';

/**
 * Reads what stands against a nickname; the answer, called among the transaction's writes, reserves it and frees the
 * former one. The profile is the caller's to write. Errors: NICKNAME_RESERVED, NICKNAME_TAKEN.
 */
export async function readRenaming(
  tx: Transaction,
  uid: string,
  former: string,
  nickname: string,
): Promise<() => void> {
  if (nicknameFault(nickname)) throw new AppError('NICKNAME_RESERVED');
  const wanted = nicknames().doc(nicknameKey(nickname));
  const held = nicknames().doc(nicknameKey(former));
  const [holder, before] = await Promise.all([tx.get(wanted), tx.get(held)]);
  if (holder.exists && holder.data()?.uid !== uid) throw new AppError('NICKNAME_TAKEN');
  return () => {
    // A former nickname typed by hand may be somebody else's.
    if (held.id !== wanted.id && before.data()?.uid === uid) tx.delete(held);
    tx.set(wanted, { uid });
  };
}
