/**
 * A crowd: 2,000 phones open home and the page of one hospital within ten seconds, while 200 members write there: reviews of
 * the hospital, replies to a post, likes of it. Then every counter is compared with what there is.
 *
 * Readers are light (lightReader.ts): a connection, a member and a Listen stream each, as the client SDK has them, in two
 * processes. Writers are the client SDK itself. All are under rules and go through the meter; functions run in three
 * instances and get every event. Everything stays on this machine and ends by itself.
 */
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { z } from 'zod';
import { db } from '../../functions/src/platform/firebase.ts';
import { recounted, shownRating } from '../../functions/test/support/reviews.ts';
import { table } from '../docs/markdown.ts';
import { openBus } from './eventBus.ts';
import { startMeter } from './meter.ts';
import { FUNCTIONS } from './mount.ts';
import { type Phone, phoneOf } from './phones.ts';
import { latencyOf, machine, number, whole } from './report.ts';
import * as app from './screens/app.ts';
import { buildWorld, idOf, layWorld, type Member, type World } from './screens/world.ts';
import { onStage } from './stage.ts';

const run = promisify(execFile);
const readers = 2_000;
const processes = 2;
const writers = { reviews: 80, replies: 60, likes: 60 } as const;
const seconds = 10;
const instances = 3;

const readShape = z.object({ took: z.array(z.array(z.number())), errors: z.array(z.string()) });
type Read = z.infer<typeof readShape>;

async function readAll(host: string, paths: readonly string[]): Promise<Read> {
  const flags = ['--disable-warning=ExperimentalWarning', 'tools/bench/lightReader.ts'];
  const args = [...flags, host, String(readers / processes), String(seconds), ...paths];
  const parts = await Promise.all(
    Array.from({ length: processes }, async () => {
      const { stdout } = await run(process.execPath, args, { maxBuffer: 2 ** 26 });
      return readShape.parse(JSON.parse(stdout));
    }),
  );
  return { took: parts.flatMap(({ took }) => took), errors: parts.flatMap(({ errors }) => errors) };
}

interface Wrote {
  readonly took: readonly number[];
  readonly errors: readonly string[];
}

async function writeAll(host: string, { hospital, talk, writers: members }: World): Promise<Wrote> {
  const [took, errors]: [number[], string[]] = [[], []];
  const count = writers.reviews + writers.replies + writers.likes;
  const act = (n: number, phone: Phone, member: Member): Promise<unknown> => {
    if (n < writers.reviews) return app.writeReview(phone, member, { hospital });
    if (n < writers.reviews + writers.replies) return app.writeReply(phone, member, talk);
    return app.like(phone, idOf(talk));
  };
  const one = async (member: Member, n: number) => {
    // Reviews, replies and likes mixed: 7 and 200 have no common divisor.
    await sleep((((n * 7) % count) / count) * seconds * 1_000);
    const phone = phoneOf(member.uid, host);
    const begun = performance.now();
    try {
      await act(n, phone, member);
      took.push(performance.now() - begun);
    } catch (error) {
      errors.push(error instanceof Error ? error.message : String(error));
    } finally {
      await phone.close();
    }
  };
  await Promise.all(members.slice(0, count).map(one));
  return { took, errors };
}

const countOf = async (query: FirebaseFirestore.Query) => (await query.get()).size;

type Rated = Awaited<ReturnType<typeof shownRating>>;
const inWords = (rated: Rated): string =>
  rated === null ? 'none' : `${rated.all}; ${rated.count}, ${rated.sum}, ${rated.stars.join('·')}`;

/** Each counter as it is shown, and as it ought to be by reading everything. */
async function counters({ hospital, talk }: World): Promise<[what: string, shown: string, is: string][]> {
  const id = idOf(hospital);
  const shown = (await db().doc(talk.path).get()).data() ?? {};
  const visible = db()
    .collection('TempReplies')
    .where('parentId', '==', idOf(talk))
    .where('parentType', '==', 'FreeTalks')
    .where('hidden', '==', false)
    .where('deleted', '==', false);
  const told = db()
    .collection(`users/${String(talk.data.authorUid)}/notifications`)
    .where('kind', '==', 'reply');
  return [
    [
      'rating of the hospital: all; with evidence: count, sum, stars',
      inWords(await shownRating('Hospitals', id)),
      inWords(await recounted('Hospitals', id)),
    ],
    ['replies of the post', String(shown.replyCount), String(await countOf(visible))],
    [
      'likes of the post',
      String(shown.likeCount),
      String(await countOf(db().collection(`${talk.path}/likes`))),
    ],
    ['replies its author was told of', String(await countOf(told)), String(writers.replies)],
  ];
}

/** Most writes of one document within any second, and all of them; one that was refused and tried again counts twice. */
class Beat {
  readonly #times = new Map<string, number[]>();

  note(paths: readonly string[]): void {
    const now = performance.now();
    for (const path of paths) this.#times.set(path, [...(this.#times.get(path) ?? []), now]);
  }

  of(path: string): { most: number; all: number } {
    const times = this.#times.get(path) ?? [];
    const within = times.map((from) => times.filter((at) => at >= from && at < from + 1_000).length);
    return { most: Math.max(0, ...within), all: times.length };
  }

  /** Created or changed in a collection, a second. */
  inCollection(collection: string, overMs: number): number {
    const paths = [...this.#times.keys()].filter(
      (path) => path.startsWith(`${collection}/`) && path.split('/').length === 2,
    );
    const writes = paths.reduce((sum, path) => sum + (this.#times.get(path)?.length ?? 0), 0);
    return writes / (overMs / 1_000);
  }
}

const placesShape = z.object({
  onReviewWritten: z.custom<object>().transform((written) => ({ ...written })),
});
const endpointShape = z.object({
  __endpoint: z.object({ concurrency: z.number(), maxInstances: z.number() }),
});

/** How many instances of onReviewWritten there may be, and how many events each takes at once. */
async function placesForReviews(): Promise<{ concurrency: number; maxInstances: number }> {
  const index: unknown = await import(join(process.cwd(), FUNCTIONS));
  return endpointShape.parse(placesShape.parse(Object.assign({}, index)).onReviewWritten).__endpoint;
}

interface Limits {
  readonly places: Awaited<ReturnType<typeof placesForReviews>>;
  readonly beat: Beat;
  readonly world: World;
  readonly spanMs: number;
  readonly calls: number;
}

/** What production would refuse first: what was measured, what is allowed, and how far apart they are. */
function throttles({ beat, world, spanMs, calls, places }: Limits): string {
  const hospital = beat.of(world.hospital.path);
  const talk = beat.of(world.talk.path);
  const perSecond = beat.inCollection('reviews', seconds * 1_000);
  const slots = places.maxInstances * places.concurrency;
  const longestWait = 20;
  const row = (what: string, measured: string, allowed: string, times: number, how: string) => [
    ...[what, measured, allowed, `${number(times)} ×`, how],
  ];
  const waiting = writers.reviews / seconds;
  return table(
    ['what', 'here', 'allowed', 'room', 'how'],
    [
      row(
        'the hospital’s document',
        `${hospital.all} writes and tries in ${whole(spanMs / 1_000)} s, at most ${hospital.most} in one`,
        '1/s sustained',
        spanMs / 1_000 / Math.max(1, hospital.all),
        'a crowd is gathered: more reviews, not more writes',
      ),
      row(
        'the post’s document',
        `${talk.all} writes and tries, at most ${talk.most} in one second`,
        '1/s sustained',
        spanMs / 1_000 / Math.max(1, talk.all),
        'likes and replies are two counters of it, written by two functions',
      ),
      row(
        'the index of `reviews.createdAt`',
        `${number(perSecond)} writes/s`,
        '500/s',
        500 / Math.max(perSecond, 0.01),
        'new reviews are neighbours in it; beyond 500/s it would be exempted or sharded',
      ),
      row(
        'reads of rules for one write',
        '5 of the largest (a review with doctor and event)',
        '10',
        2,
        'they grow with what a write names, not with the crowd',
      ),
      row(
        'places in `onReviewWritten`',
        `${number(waiting)} events/s, each up to ${longestWait} s: ${whole(waiting * longestWait)}`,
        `${places.maxInstances} instances × ${places.concurrency} = ${slots}`,
        slots / (waiting * longestWait),
        `full at ${whole(slots / longestWait)} reviews a second; what comes beyond waits at Eventarc and is delivered later, not lost`,
      ),
      row(
        'starts of instances',
        `${calls} calls, none of them by those who read`,
        '20 instances',
        20 / instances,
        'a screen that is read calls no function: nobody waits for a start',
      ),
    ],
  );
}

export async function burst(): Promise<string> {
  const world = buildWorld();
  const phones = await startMeter(process.env.FIRESTORE_EMULATOR_HOST ?? '');
  const server = { modules: [FUNCTIONS], instances };
  try {
    return await onStage(server, async ({ meter, functions }) => {
      await layWorld(world);
      const bus = await openBus(functions, [phones, meter]);
      const beat = new Beat();
      for (const each of [phones, meter]) each.onWrite((paths) => beat.note(paths));
      const begun = performance.now();
      const [read, wrote] = await Promise.all([
        readAll(phones.host, ['feeds/home', world.hospital.path]),
        writeAll(phones.host, world),
      ]);
      const cameMs = performance.now() - begun;
      await bus.settled();
      const spanMs = performance.now() - begun;
      const exact = await counters(world);
      const { listening, unlimited } = phones.streams();
      const [client, behind] = [phones.snapshot(), meter.snapshot()];
      const line = (what: string, samples: readonly number[], errors: readonly string[]) => {
        const { p50, p95, p99 } = latencyOf(samples);
        const failed = [String(errors.length), ...new Set(errors)].join(' ');
        return [what, String(samples.length), failed, whole(p50), whole(p95), whole(p99)];
      };
      return [
        `${readers.toLocaleString('en')} phones within ${seconds} s, ${machine()}; all were served after ${whole(cameMs / 1_000)} s, the last event was handled after ${whole(spanMs / 1_000)} s.`,
        table(
          ['', 'done', 'errors', 'p50 ms', 'p95 ms', 'p99 ms'],
          [
            line(
              'home',
              read.took.map(([home = 0]) => home),
              read.errors,
            ),
            line(
              'the hospital’s page',
              read.took.map(([, page = 0]) => page),
              [],
            ),
            line('a review, reply or like', wrote.took, wrote.errors),
          ],
        ),
        table(
          ['afterwards', 'shown', 'recounted', 'equal'],
          exact.map(([what, shown, is]) => [what, shown, is, shown === is ? 'yes' : '**no**']),
        ),
        table(
          ['', 'value'],
          [
            ['listeners left open', String(listening)],
            ['queries without a limit', String(unlimited)],
            ['billed for phones: reads / writes', `${client.reads} / ${client.writes}`],
            ['billed behind them: reads / writes', `${behind.reads} / ${behind.writes}`],
            ['calls of functions', String(bus.calls())],
          ],
        ),
        'What would give way first in production:',
        throttles({ beat, world, spanMs, calls: bus.calls(), places: await placesForReviews() }),
      ].join('\n\n');
    });
  } finally {
    await phones.close();
  }
}
