/** Sweeps that write one letter to each sender. */
import type { Query } from 'firebase-admin/firestore';
import { errorFields, log } from '../platform/log.ts';

/** Of what is due, taken up in one sweep. */
const sweepLimit = 50;

/** How many senders came to which end; `broken`: left for the next sweep. */
export type SenderSweep<End extends string> = Readonly<Record<End | 'broken', number>>;

/**
 * Lets `work` serve each sender of the first 50 documents of `due`, whose field `sender` says whose they are. One that breaks
 * keeps no other from being served. `name` is that of the log's events.
 */
export async function eachSender<End extends string>(
  name: string,
  { due, sender }: { readonly due: Query; readonly sender: string },
  none: SenderSweep<End>,
  work: (sender: string) => Promise<End>,
): Promise<SenderSweep<End>> {
  const found = await due.limit(sweepLimit).select(sender).get();
  const senders = new Set(found.docs.map((doc): unknown => doc.get(sender)));
  const report: Record<End | 'broken', number> = { ...none };
  for (const each of senders) {
    if (typeof each !== 'string') continue;
    const end = await work(each).catch((error: unknown) => {
      log.error(`${name}.broken`, errorFields(error));
      return 'broken' as const;
    });
    report[end] += 1;
  }
  log.info(`${name}.swept`, report);
  return report;
}
