/** Uses a hospital has told late and the member has not answered (voucher.ts). */
import type { Transaction } from '../platform/firebase.ts';
import { sessionsOf } from './collections.ts';
import { isAwaited } from './voucher.ts';

/** More than there are sessions: what was never answered is among them. */
const most = 200;

/** How many wait for an answer, but for that of `except`. One read, and one for each after the first. */
export async function awaitedIn(
  tx: Transaction,
  voucherId: string,
  now: number,
  except: number | null = null,
): Promise<number> {
  const claimed = await tx.get(sessionsOf(voucherId).where('state', '==', 'CLAIMED').limit(most));
  const told = claimed.docs.map((session) => session.data());
  return told.filter(({ step, shownAt }) => step !== except && isAwaited(shownAt.toMillis(), now)).length;
}
