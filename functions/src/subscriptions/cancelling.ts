/** What another domain may end: the plan of a hospital. Asks Toss nothing, so it needs none of its keys. */
import { koreanDayOf } from '../kernel/korean.ts';
import { apply, subscriptions } from './applying.ts';

/** Cancels the plan of a hospital, if one is running that is not cancelled. The job forgets its card when it ends. */
export async function cancelPlanOf(hospitalId: string): Promise<void> {
  const known = (await subscriptions().doc(hospitalId).get()).data();
  if (!known || known.phase === 'ended' || known.cancelledOn !== null) return;
  await apply(hospitalId, { kind: 'cancelled', on: koreanDayOf(Date.now()) });
}
