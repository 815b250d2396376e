/** Jobs that go through what is due, each document on its own. */
import type { Query, QueryDocumentSnapshot } from 'firebase-admin/firestore';
import { db, isStale, Timestamp } from './firebase.ts';
import { errorFields, log } from './log.ts';

/** When a service that is asked is down, each takes its time: the other jobs of the schedule must have theirs. */
const runMs = 120_000;
const putOffMs = 3_600_000;

/** Whoever has changed it since has said when it is due next. */
async function putOff<T>(stored: QueryDocumentSnapshot<T>, field: string): Promise<void> {
  await db()
    .doc(stored.ref.path)
    .update({ [field]: Timestamp.fromMillis(Date.now() + putOffMs) }, { lastUpdateTime: stored.updateTime })
    .catch((error: unknown) => {
      if (!isStale(error)) throw error;
    });
}

/**
 * Does `work` for what `due` finds. What fails, also because it cannot be read, is told as the event `failed` and put off by
 * an hour in `field`, by which `due` is ordered, so that what stands behind it has its turn. Resolves to how many were found.
 */
export async function eachDue<T>(
  due: Query<T>,
  { field, failed }: { readonly field: string; readonly failed: string },
  work: (stored: QueryDocumentSnapshot<T>) => Promise<unknown>,
): Promise<number> {
  const { docs, size } = await due.get();
  const endsAt = Date.now() + runMs;
  for (const stored of docs) {
    if (Date.now() > endsAt) break;
    try {
      await work(stored);
    } catch (error) {
      log.error(failed, { id: stored.id, ...errorFields(error) });
      await putOff(stored, field).catch((again: unknown) => log.error(failed, errorFields(again)));
    }
  }
  return size;
}
