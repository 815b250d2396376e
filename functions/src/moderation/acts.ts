/**
 * What is done to content: held back, released, removed, hidden for 30 days, objected to. Each is one transaction over the
 * content and its place in the operators' queue, looks at both as they are, and does nothing a second time. A finding is about
 * a text, known by its digest: what an operator has said of that text no later event undoes.
 */
import type { DocumentSnapshot } from 'firebase-admin/firestore';
import { audit } from '../audit/audit.ts';
import { AppError } from '../platform/errors.ts';
import { db, FieldValue, Timestamp, type Transaction } from '../platform/firebase.ts';
import { errorFields, log } from '../platform/log.ts';
import { collection } from '../platform/store.ts';
import { authorOf } from './authors.ts';
import { tell } from './notices.ts';
import { type Decision, type Moderated, type Moderation, type QueueItem, queueItemSchema } from './schema.ts';
import { hiding, pathOf, placeOf, queueIdOf, showing, type Target, targetOf } from './targets.ts';

const queue = () => collection('moderationQueue', queueItemSchema);
export const measureMs = 30 * 86_400_000;

const told = {
  removed:
    '운영자가 확인한 결과 운영 기준에 맞지 않아 보이지 않게 되었습니다. 이의가 있으면 이의 제기를 해 주세요.',
  measured:
    '권리 침해 주장에 따라 정보통신망법 제44조의2의 임시조치로 30일 동안 보이지 않습니다. 이의가 있으면 이의 제기를 해 주세요.',
} as const;

interface Seen {
  readonly target: Target;
  readonly item: QueueItem | undefined;
  readonly exists: boolean;
}

/** The entry; one that was spoilt by hand counts as none, and is made anew by what is done next. */
function itemIn(stored: DocumentSnapshot): QueueItem | undefined {
  const { data } = queueItemSchema.safeParse(stored.data());
  if (stored.exists && !data) log.error('moderation.spoilt', { path: stored.ref.path });
  return data;
}

async function look(tx: Transaction, type: Target['type'], id: string): Promise<Seen> {
  const [content, item] = await Promise.all([
    tx.get(db().doc(pathOf({ type, id }))),
    tx.get(db().doc(queue().doc(queueIdOf({ type, id })).path)),
  ]);
  return { target: targetOf(type, id, content.data()), item: itemIn(item), exists: content.exists };
}

async function lookAt(tx: Transaction, path: string): Promise<Seen> {
  const place = placeOf(path);
  const seen = place && (await look(tx, place.type, place.id));
  if (!seen?.exists) throw new AppError('CONTENT_NOT_FOUND');
  return seen;
}

const longestExcerpt = 300;

/** The queue's entry of a text that comes up now. What is counted for good goes on. */
function itemOf({ target, item }: Seen, authorUid: string | null, now: Timestamp): QueueItem {
  const { path, type, hospitalId, digest, text } = target;
  return {
    ...{ path, type, authorUid, hospitalId, digest, excerpt: text.slice(0, longestExcerpt) },
    ...{ reasons: [], message: told.removed, state: 'open', hidden: false, measureEndsAt: null },
    ...{ measures: item?.measures ?? 0, removed: item?.removed ?? 0, reportCount: item?.reportCount ?? 0 },
    reportsAsOf: item?.reportsAsOf ?? null,
    ...{ appeal: null, decision: null, decisionNote: null, decisionProblems: [], decidedBy: null },
    ...{ openedAt: now, decidedAt: null, updatedAt: now },
  };
}

/** Hides the content, and says in it why. */
function hide(
  tx: Transaction,
  target: Target,
  moderation: Omit<Moderation, 'at' | 'appealed'>,
  at: Timestamp,
) {
  const fields = {
    ...hiding(target.type, moderation.state),
    moderation: { ...moderation, at, appealed: false },
  };
  tx.update(db().doc(target.path), fields);
}

/** As it was before anything was noted. */
const show = (tx: Transaction, target: Target) =>
  tx.update(db().doc(target.path), { ...showing(target.type), moderation: FieldValue.delete() });

const isHeldBack = ({ state }: Target) => state !== 'shown' && state !== 'gone';

export interface Cause {
  readonly reasons: readonly string[];
  readonly message: string;
  /** Whether it is hidden until an operator has looked. */
  readonly hide: boolean;
}
export type Raised = 'held' | 'queued' | 'left';

/**
 * Brings a text up for the operators, and holds it back. Left alone is what has changed since, is hidden already, or has
 * been decided upon.
 */
export async function raise(judged: Target, { reasons, message, hide: holds }: Cause): Promise<Raised> {
  const authorUid = await authorOf(judged);
  return db().runTransaction(async (tx) => {
    const seen = await look(tx, judged.type, judged.id);
    const { target, item } = seen;
    if (!seen.exists || target.digest !== judged.digest || target.state !== 'shown') return 'left';
    const isKnown = item?.digest === target.digest;
    if (isKnown && (item.state !== 'open' || !holds)) return 'left';
    const now = Timestamp.now();
    const all = [...new Set([...(isKnown ? item.reasons : []), ...reasons])].slice(0, 20);
    const found = { reasons: all, message, hidden: holds, openedAt: isKnown ? item.openedAt : now };
    tx.set(queue().doc(queueIdOf(target)), { ...itemOf(seen, authorUid, now), ...found });
    if (!holds) return 'queued';
    hide(tx, target, { state: 'held', reasons: [...reasons], message, until: null }, now);
    tell(tx, authorUid, target, { title: '작성하신 글이 확인을 기다립니다', body: message }, now);
    return 'held';
  });
}

export interface Order {
  readonly path: string;
  readonly by: string;
  readonly note: string;
  /** Of the audit entry, where an order may come twice. */
  readonly entryId?: string;
}

function settle(
  tx: Transaction,
  { target, item }: Seen,
  change: Partial<QueueItem> & Pick<QueueItem, 'state' | 'hidden'>,
  { by, note, entryId }: Order,
  now: Timestamp,
  authorUid: string | null,
): void {
  const base = item?.digest === target.digest ? item : itemOf({ target, item, exists: true }, authorUid, now);
  const done = { decision: null, decisionNote: note || null, decisionProblems: [], appeal: null };
  tx.set(queue().doc(queueIdOf(target)), {
    ...{ ...base, ...done, measureEndsAt: null, decidedBy: by, decidedAt: now, updatedAt: now },
    ...change,
  });
  const action = change.measureEndsAt
    ? 'content.measure'
    : `content.${change.state === 'released' ? 'release' : 'remove'}`;
  const fact = { action, target: target.path, by, note, result: target.state };
  audit(tx, { ...fact, before: { appeal: item?.appeal ? '이의 제기 있음' : null } }, entryId);
}

/** A text that was changed while it was held back: the operator looks at it as it is now, then decides. */
export const changedSince = '글이 수정되었습니다. 지금 내용을 확인하고 다시 결정해 주세요.';

function release(
  tx: Transaction,
  seen: Seen,
  order: Order,
  now: Timestamp,
  authorUid: string | null,
): Moderated {
  const { target, item } = seen;
  if (!item && !isHeldBack(target)) throw new AppError('NOT_MODERATED');
  if (item?.state === 'released' && !isHeldBack(target)) return { path: target.path, state: 'shown' };
  if (item && item.digest !== target.digest && target.state !== 'gone') {
    const { path, digest, excerpt } = itemOf(seen, authorUid, now);
    tx.update(queue().doc(queueIdOf(target)), {
      ...{ path, digest, excerpt, decision: null, decisionProblems: [changedSince], updatedAt: now },
    });
    return { path, state: target.state === 'hidden' ? 'held' : target.state };
  }
  if (isHeldBack(target)) {
    show(tx, target);
    tell(
      tx,
      authorUid,
      target,
      { title: '작성하신 글이 다시 공개되었습니다', body: '확인을 마치고 글을 다시 공개했습니다.' },
      now,
    );
  }
  settle(tx, seen, { state: 'released', hidden: false, removed: 0 }, order, now, authorUid);
  return { path: target.path, state: target.state === 'gone' ? 'gone' : 'shown' };
}

function remove(
  tx: Transaction,
  seen: Seen,
  order: Order,
  now: Timestamp,
  authorUid: string | null,
): Moderated {
  const { target, item } = seen;
  if (item?.state === 'removed' && !item.appeal && target.state === 'removed')
    return { path: target.path, state: 'removed' };
  if (target.state !== 'gone') {
    const reasons = item && item.digest === target.digest ? item.reasons : ['OPERATOR'];
    hide(tx, target, { state: 'removed', reasons: [...reasons], message: told.removed, until: null }, now);
    tell(tx, authorUid, target, { title: '작성하신 글이 보이지 않게 되었습니다', body: told.removed }, now);
  }
  const removed = (item?.measures ?? 0) > 0 ? 1 : 0;
  settle(tx, seen, { state: 'removed', hidden: true, removed, message: told.removed }, order, now, authorUid);
  return { path: target.path, state: target.state === 'gone' ? 'gone' : 'removed' };
}

function measure(
  tx: Transaction,
  seen: Seen,
  order: Order,
  now: Timestamp,
  authorUid: string | null,
): Moderated {
  const { target, item } = seen;
  if (target.state === 'gone') throw new AppError('CONTENT_NOT_FOUND');
  if (target.state === 'measured' || target.state === 'removed') throw new AppError('MEASURE_RUNNING');
  const until = Timestamp.fromMillis(now.toMillis() + measureMs);
  hide(tx, target, { state: 'measured', reasons: ['RIGHTS_CLAIM'], message: told.measured, until }, now);
  tell(tx, authorUid, target, { title: '작성하신 글이 임시조치되었습니다', body: told.measured }, now);
  const taken = {
    state: 'open',
    hidden: true,
    measureEndsAt: until,
    measures: (item?.measures ?? 0) + 1,
  } as const;
  settle(tx, seen, { ...taken, reasons: ['RIGHTS_CLAIM'], message: told.measured }, order, now, authorUid);
  return { path: target.path, state: 'measured' };
}

const deeds = { release, remove, measure } as const satisfies Record<Decision, typeof release>;

/**
 * Carries out what an operator decides. The same again changes nothing. Errors: CONTENT_NOT_FOUND, NOT_MODERATED,
 * MEASURE_RUNNING.
 */
export async function carryOut(decision: Decision, order: Order, now = Date.now()): Promise<Moderated> {
  const place = placeOf(order.path);
  if (!place) throw new AppError('CONTENT_NOT_FOUND');
  return db().runTransaction(async (tx) => {
    const seen = await lookAt(tx, order.path);
    const authorUid = await authorOf(seen.target, tx);
    return deeds[decision](tx, seen, order, Timestamp.fromMillis(now), authorUid);
  });
}

/** An author objects, once to each decision. Errors: CONTENT_NOT_FOUND, NOT_MODERATED, APPEAL_USED. */
export async function appeal(path: string, text: string, uid: string): Promise<Moderated> {
  return db().runTransaction(async (tx) => {
    const { target, item } = await lookAt(tx, path);
    if ((await authorOf(target, tx)) !== uid || target.state === 'gone')
      throw new AppError('CONTENT_NOT_FOUND');
    const { state } = target;
    if (!item || state === 'shown' || state === 'hidden') throw new AppError('NOT_MODERATED');
    if (item.appeal) throw new AppError('APPEAL_USED');
    const at = Timestamp.now();
    tx.update(queue().doc(queueIdOf(target)), {
      state: 'open',
      appeal: { text, at },
      openedAt: at,
      updatedAt: at,
    });
    tx.update(db().doc(path), { 'moderation.appealed': true });
    return { path, state };
  });
}

async function endMeasure(id: string, now: number): Promise<void> {
  await db().runTransaction(async (tx) => {
    const item = (await tx.get(queue().doc(id))).data();
    if (!item?.measureEndsAt || item.measureEndsAt.toMillis() > now) return;
    const content = await tx.get(db().doc(item.path));
    const target = targetOf(item.type, placeOf(item.path)?.id ?? content.id, content.data());
    const at = Timestamp.fromMillis(now);
    const ended = { state: 'released', hidden: false, measureEndsAt: null, appeal: null } as const;
    tx.update(queue().doc(id), { ...ended, decidedBy: 'system', decidedAt: at, updatedAt: at });
    if (target.state === 'measured') {
      show(tx, target);
      const body = '임시조치 기간 30일이 끝나 글을 다시 공개했습니다.';
      tell(tx, item.authorUid, target, { title: '작성하신 글이 다시 공개되었습니다', body }, at);
    }
    audit(tx, { action: 'content.measureEnded', target: item.path, by: 'system', result: target.state });
  });
}

const measuresPerPage = 100;

/** One that cannot be ended keeps no other from its end. Resolves to how many were. */
async function endOrTell(id: string, now: number): Promise<0 | 1> {
  try {
    await endMeasure(id, now);
    return 1;
  } catch (error) {
    log.error('moderation.measureNotEnded', { id, ...errorFields(error) });
    return 0;
  }
}

/** Shows again what was hidden for 30 days that are over, unless an operator has decided meanwhile. */
export async function endMeasures(now: number): Promise<number> {
  const over = db()
    .collection(queue().path)
    .where('measureEndsAt', '<=', Timestamp.fromMillis(now))
    .orderBy('measureEndsAt')
    .select('measureEndsAt')
    .limit(measuresPerPage);
  let ended = 0;
  for (let page = await over.get(); ; page = await over.startAfter(page.docs.at(-1)).get()) {
    for (const { id } of page.docs) ended += await endOrTell(id, now);
    if (page.size < measuresPerPage) return ended;
  }
}
