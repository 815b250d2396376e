/**
 * Judging what was just written. Most texts cost nothing: words are looked up in the event itself, copies and bursts in the
 * memory of the instance, the age of the account at Firebase Auth. Only young accounts are counted (one to four reads), and
 * only what is found costs a transaction (two reads, three writes).
 */
import type { Change, DocumentSnapshot } from 'firebase-functions/v2/firestore';
import { db, Timestamp, userOf } from '../platform/firebase.ts';
import { errorFields, log } from '../platform/log.ts';
import { raise } from './acts.ts';
import { authorOf, hasLeft } from './authors.ts';
import { explain, type Facts, judge, linksIn, newAccount, youngAccountMs } from './judge.ts';
import { likenessOf, nearlySame, signatureOf } from './likeness.ts';
import { remember } from './memory.ts';
import type { TargetType } from './schema.ts';
import { type Target, targetOf } from './targets.ts';
import { knownText, Pace } from './texts.ts';
import { wordsFound } from './words.ts';

const tenMinutesMs = 600_000;
const paces = {
  posts: new Pace(5, tenMinutesMs),
  replies: new Pace(20, tenMinutesMs),
  praise: new Pace(30, tenMinutesMs),
};

const mostAges = 5_000;
const joinedAt = new Map<string, number>();

/** When an account was made, ms; 0 (long ago) for those Auth does not know. Never changes, so it is asked once. */
async function joined(uid: string): Promise<number> {
  const known = joinedAt.get(uid);
  if (known !== undefined) return known;
  // While Auth is away nobody is taken for new: what is written waits for no other service.
  const user = await userOf(uid).catch((error: unknown) => {
    log.warn('moderation.ageUnknown', errorFields(error));
    return undefined;
  });
  if (user === undefined) return 0;
  const made = Date.parse(user?.metadata.creationTime ?? '') || 0;
  joinedAt.set(uid, made);
  const [oldest] = joinedAt.keys();
  if (joinedAt.size > mostAges && oldest !== undefined) joinedAt.delete(oldest);
  return made;
}

const countOf = async (query: FirebaseFirestore.Query) => (await query.count().get()).data().count;
const by = (type: TargetType, uid: string) => db().collection(type).where('authorUid', '==', uid);

/** The how manieth of its kind this is: the same for a late event as for a timely one. */
async function rankOf({ type, createdAt }: Target, uid: string): Promise<number> {
  const kinds: readonly TargetType[] = type === 'TempReplies' ? ['TempReplies'] : ['reviews', 'FreeTalks'];
  const until = Timestamp.fromMillis(createdAt + 1);
  const counts = await Promise.all(
    kinds.map((kind) => countOf(by(kind, uid).where('createdAt', '<', until))),
  );
  return counts.reduce((sum, count) => sum + count, 0);
}

async function praiseOf({ hospitalId, fiveStars }: Target, uid: string): Promise<Facts['praise']> {
  if (hospitalId === null || !fiveStars) return null;
  const [reviews, fiveStarsHere] = await Promise.all([
    countOf(by('reviews', uid)),
    countOf(by('reviews', uid).where('hospitalId', '==', hospitalId).where('rating', '==', 5)),
  ]);
  return { reviews, fiveStarsHere };
}

/** When a text came to say what it says: an edit that says nearly the same still says it since it was written. */
function saidSince(target: Target, was: Target | null, changedAt: number): number {
  if (was === null) return target.createdAt;
  const [before, after] = [signatureOf(was.text), signatureOf(target.text)];
  const isAlike = before && after && likenessOf(before.places, after.places) >= nearlySame;
  return isAlike ? target.createdAt : changedAt;
}

async function copiesOf(target: Target, uid: string, at: number, now: number): Promise<Facts['copies']> {
  const signature = signatureOf(target.text);
  if (!signature) return { byOthers: 0, byAuthor: 0 };
  return remember(knownText({ path: target.path, type: target.type, uid, at }, signature), now);
}

function burstsOf(target: Target, uid: string, now: number): Facts['bursts'] {
  const { type, path, hospitalId, fiveStars, evidenced } = target;
  const pace = type === 'TempReplies' ? paces.replies : paces.posts;
  const praises = hospitalId !== null && fiveStars && !evidenced;
  return {
    ofAuthor: pace.exceeds(uid, path, now),
    atHospital: praises && paces.praise.exceeds(hospitalId, path, now),
  };
}

async function factsOf(target: Target, was: Target | null, changedAt: number, now: number): Promise<Facts> {
  const uid = (await authorOf(target)) ?? '';
  const age = uid === '' ? youngAccountMs : target.createdAt - (await joined(uid));
  const isNew = was === null;
  // What is older than its author's account was brought in from elsewhere.
  const isYoung = age >= 0 && age < youngAccountMs;
  return {
    ...{ type: target.type, words: wordsFound(target.text) },
    ...{ images: target.images, links: linksIn(target.text) },
    newcomer: isNew && isYoung && age < newAccount.ms ? { rank: await rankOf(target, uid) } : null,
    copies: await copiesOf(target, uid, saidSince(target, was, changedAt), now),
    bursts: isNew ? burstsOf(target, uid, now) : { ofAuthor: false, atHospital: false },
    praise: isNew && isYoung ? await praiseOf(target, uid) : null,
  };
}

/** A review, post or reply was written: judged when it is shown and its text or pictures are new. */
export async function judgeWritten(
  type: TargetType,
  { before, after }: Change<DocumentSnapshot>,
  now = Date.now(),
): Promise<void> {
  if (!after.exists) return;
  const target = targetOf(type, after.id, after.data());
  const was = before.exists ? targetOf(type, after.id, before.data()) : null;
  // Taken back and put up again it may not have been judged: it may have been gone when its event came.
  const isKnown = was !== null && was.digest === target.digest && was.state !== 'gone';
  if (target.state !== 'shown' || isKnown || hasLeft(target)) return;
  const verdict = judge(await factsOf(target, was, after.updateTime?.toMillis() ?? now, now));
  if (verdict.action === 'publish') return;
  const reasons = verdict.findings.map(({ code }) => code);
  const done = await raise(target, { reasons, message: explain(verdict), hide: verdict.action === 'hold' });
  log.info('moderation.judged', { type, done, reasons: reasons.join(',') });
}
