/** What our triggers are billed beyond the write that caused them: alone, in a burst, and for an event that comes again. */
import { emptyRating } from '../../functions/src/directory/schema.ts';
import { db } from '../../functions/src/platform/firebase.ts';
import { starsOf } from '../../functions/src/reviews/schema.ts';
import { table } from '../docs/markdown.ts';
import { runAtOnce } from './load.ts';
import { FUNCTIONS } from './mount.ts';
import { number } from './report.ts';
import { metered, onStage, type Stage } from './stage.ts';

const burst = 100;

interface Delivery {
  readonly trigger: 'onReviewWritten' | 'onReplyWritten';
  readonly path: string;
  readonly document: Record<string, unknown>;
}

const review = (id: string): Delivery => ({
  trigger: 'onReviewWritten',
  path: `reviews/${id}`,
  document: { hospitalId: 'h1', doctorId: 'd1', rating: 5, stars: starsOf(5), status: 'published' },
});

const reply = (id: string, replyTo: string | null): Delivery => ({
  trigger: 'onReplyWritten',
  path: `TempReplies/${id}`,
  document: { parentType: 'FreeTalks', parentId: 't1', replyTo, deleted: false, hidden: false },
});

async function layGround(): Promise<void> {
  const batch = db().batch();
  for (const path of ['Hospitals/h1', 'Doctors/d1']) batch.set(db().doc(path), { rating: emptyRating });
  batch.set(db().doc('FreeTalks/t1'), { replyCount: 0, replyCountAsOf: null });
  batch.set(db().doc('TempReplies/top'), {
    ...reply('top', null).document,
    replyCount: 0,
    replyCountAsOf: null,
  });
  await batch.commit();
}

async function deliver(
  { functions }: Stage,
  { trigger, document }: Delivery,
  before: Delivery['document'] | null = null,
): Promise<void> {
  const { status } = await functions.call(trigger, { before, after: document });
  if (status !== 204) throw new Error(`${trigger} did not settle`);
}

/** The client's own write is not metered: it goes to the emulator directly. */
async function written(stage: Stage, delivery: Delivery): Promise<void> {
  await db().doc(delivery.path).set(delivery.document);
  await deliver(stage, delivery);
}

async function rowOf(what: string, stage: Stage, works: readonly (() => Promise<void>)[]): Promise<string[]> {
  const { reads, writes, deletes } = await metered(stage.meter, () => runAtOnce(works.length, works));
  return [what, ...[reads, writes, deletes].map((total) => number(total / works.length))];
}

async function measureOn(stage: Stage): Promise<string[][]> {
  await layGround();
  const counted = { ...review('one'), document: { ...review('one').document, replyCount: 1 } };
  const many = Array.from({ length: burst }, (_, index) => review(`burst-${index}`));
  return [
    await rowOf('a review, with a doctor', stage, [() => written(stage, review('one'))]),
    await rowOf('its event again', stage, [() => deliver(stage, review('one'))]),
    await rowOf('a counter written on it', stage, [() => deliver(stage, counted, review('one').document)]),
    await rowOf(
      `each of ${burst} reviews of one doctor at once`,
      stage,
      many.map((each) => () => written(stage, each)),
    ),
    await rowOf('a reply to a post', stage, [() => written(stage, reply('first', null))]),
    await rowOf('an answer to a reply', stage, [() => written(stage, reply('second', 'top'))]),
  ];
}

export async function triggers(): Promise<string> {
  const rows = await onStage({ modules: [FUNCTIONS] }, measureOn);
  return table(['write', 'reads', 'writes', 'deletes'], rows);
}
