/** Cloud Tasks: work that is done apart from the request that asks for it, by a task-queue function. */
import { getFunctions } from 'firebase-admin/functions';
import { ensureApp } from './firebase.ts';
import { region } from './region.ts';

const isKnown = (error: unknown) =>
  typeof error === 'object' &&
  error !== null &&
  'code' in error &&
  error.code === 'functions/task-already-exists';

/** Queues a task under an id of its cause. One queued under that id before is left alone, also when it is done. */
export async function queueTask(
  functionName: string,
  id: string,
  data: Record<string, string>,
): Promise<void> {
  ensureApp();
  const queue = getFunctions().taskQueue(`locations/${region}/functions/${functionName}`);
  await queue.enqueue(data, { id }).catch((error: unknown) => {
    if (!isKnown(error)) throw error;
  });
}
