/** Cloud Tasks: work that is done apart from the request that asks for it, by a task-queue function. */
import { getFunctions } from 'firebase-admin/functions';
import { ensureApp } from './firebase.ts';
import { region } from './region.ts';

const isKnown = (error: unknown) =>
  typeof error === 'object' &&
  error !== null &&
  'code' in error &&
  error.code === 'functions/task-already-exists';

function queueOf(functionName: string) {
  ensureApp();
  return getFunctions().taskQueue(`locations/${region}/functions/${functionName}`);
}

/**
 * Queues a task under an id of its cause, for `at` (epoch ms, at most 30 days ahead) or for now. One queued under that
 * id before is left alone, also when it is done.
 */
export async function queueTask(
  functionName: string,
  id: string,
  data: Record<string, string>,
  at?: number,
): Promise<void> {
  const options = at === undefined ? { id } : { id, scheduleTime: new Date(at) };
  await queueOf(functionName)
    .enqueue(data, options)
    .catch((error: unknown) => {
      if (!isKnown(error)) throw error;
    });
}

/** Takes a task from its queue. One that is done, or was never there, is as good. */
export async function dropTask(functionName: string, id: string): Promise<void> {
  await queueOf(functionName).delete(id);
}
