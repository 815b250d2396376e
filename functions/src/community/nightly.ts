/**
 * Every night the counters of some posts, replies and reviews are counted again, from where the last night ended. One that was
 * wrong is put right and told of: exactness is checked, not believed.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Query } from 'firebase-admin/firestore';
import { auditAlone } from '../audit/audit.ts';
import { db, Timestamp } from '../platform/firebase.ts';
import { log } from '../platform/log.ts';
import { goRound } from '../platform/round.ts';
import { collection } from '../platform/store.ts';
import { answersTo, type Counter, likesOf, recountInto, repliesTo } from './counters.ts';
import { boardRoundSchema } from './schema.ts';

const perNight = 500;
const settlingMs = 5_000;
const kinds = ['FreeTalks', 'TempReplies', 'reviews'] as const;
type Kind = (typeof kinds)[number];

const round = () => collection('boardRounds', boardRoundSchema).doc('current');

/** What is counted of a document of each kind. Helpful votes and ratings of reviews are counted elsewhere. */
function countersOf(kind: Kind, id: string): readonly (readonly [Counter, Query])[] {
  const path = `${kind}/${id}`;
  if (kind === 'TempReplies')
    return [
      ['replyCount', answersTo(id)],
      ['likeCount', likesOf(path)],
    ];
  const replies = ['replyCount', repliesTo(kind, id)] as const;
  return kind === 'reviews' ? [replies] : [replies, ['likeCount', likesOf(path)]];
}

const isRight = async (shown: unknown, counted: Query) =>
  (await counted.count().get()).data().count === shown;

/** Whether a counter is wrong, and stays so: what was written this moment may still be on its way. */
async function hasDrifted(path: string, counter: Counter, shown: unknown, counted: Query): Promise<boolean> {
  if (await isRight(shown ?? 0, counted)) return false;
  await sleep(settlingMs);
  return !(await isRight((await db().doc(path).get()).get(counter) ?? 0, counted));
}

interface Night {
  readonly checked: number;
  readonly repaired: number;
}

async function recountKind(kind: Kind, from: string): Promise<Night & { readonly next: string }> {
  let repaired = 0;
  const { visited, next } = await goRound(kind, { from, most: perNight }, async (stored) => {
    const { path } = stored.ref;
    for (const [counter, counted] of countersOf(kind, stored.id)) {
      if (!(await hasDrifted(path, counter, stored.get(counter), counted))) continue;
      await recountInto(path, counter, counted, undefined);
      repaired += 1;
      log.warn('board.drift', { kind, counter });
    }
  });
  return { checked: visited, repaired, next };
}

/** The nightly job: at most 500 documents of each kind, a read for each and one for each counter. Audited when one was wrong. */
export async function recountBoard(now: number): Promise<Night> {
  const known = (await round().get()).data();
  const next = { FreeTalks: '', TempReplies: '', reviews: '', ...known?.next };
  let night: Night = { checked: 0, repaired: 0 };
  for (const kind of kinds) {
    const done = await recountKind(kind, next[kind]);
    next[kind] = done.next;
    night = { checked: night.checked + done.checked, repaired: night.repaired + done.repaired };
  }
  await round().set({ next, asOf: Timestamp.fromMillis(now) });
  log.info('board.recounted', { checked: night.checked, repaired: night.repaired });
  if (night.repaired > 0) {
    const result = `repaired ${night.repaired} of ${night.checked}`;
    await auditAlone({ action: 'board.repair', target: 'boardRounds/current', by: 'system', result });
  }
  return night;
}
