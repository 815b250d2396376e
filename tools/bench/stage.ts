/** Where a bench plays: an empty database, a meter before it, and functions that see only the meter. */
import { type Counts, type Meter, startMeter } from './meter.ts';
import { type Mounted, type MountOptions, mount } from './mount.ts';

export interface Stage {
  readonly meter: Meter;
  readonly functions: Mounted;
}

async function clearFirestore(host: string): Promise<void> {
  const database = `projects/${process.env.GCLOUD_PROJECT}/databases/(default)/documents`;
  const response = await fetch(`http://${host}/emulator/v1/${database}`, { method: 'DELETE' });
  if (!response.ok) throw new Error('the Firestore emulator could not be cleared');
}

/** An empty database with a meter before it. What `play` does with `db()` itself is not metered. */
export async function onEmulators<T>(play: (meter: Meter) => Promise<T>): Promise<T> {
  const emulator = process.env.FIRESTORE_EMULATOR_HOST ?? '';
  await clearFirestore(emulator);
  const meter = await startMeter(emulator);
  try {
    return await play(meter);
  } finally {
    await meter.close();
  }
}

/** Sets the stage, lets `play` have it, and clears it away. */
export function onStage<T>(
  options: Omit<MountOptions, 'firestoreHost'>,
  play: (stage: Stage) => Promise<T>,
): Promise<T> {
  return onEmulators(async (meter) => {
    const functions = await mount({ ...options, firestoreHost: meter.host });
    try {
      return await play({ meter, functions });
    } finally {
      await functions.close();
    }
  });
}

/** What `work` is billed. */
export async function metered(meter: Meter, work: () => Promise<unknown>): Promise<Counts> {
  meter.reset();
  await work();
  await meter.settled();
  return meter.snapshot();
}
