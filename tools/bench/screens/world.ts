/** The world the screens are measured in: the full seed, with enough events for several pages of a list, and who acts in it. */
import { notificationOf } from '../../../functions/src/notifications/notify.ts';
import { db } from '../../../functions/src/platform/firebase.ts';
import { buildSeed, type SeedDocument } from '../../../seed/build.ts';
import { Dice } from '../../../seed/dice.ts';
import { nth, seedTime } from '../../../seed/frame.ts';

export interface Member {
  readonly uid: string;
  readonly nickname: string;
}

export interface World {
  readonly documents: readonly SeedDocument[];
  /** The hospital with the most published reviews. */
  readonly hospital: SeedDocument;
  /** A doctor and an event of it. */
  readonly doctor: SeedDocument;
  readonly event: SeedDocument;
  /** The post with the most visible replies, by somebody with a name. */
  readonly talk: SeedDocument;
  /** Posts somebody scrolls past. */
  readonly talkIds: readonly string[];
  /** What the name of a hospital begins with. */
  readonly word: string;
  readonly reviewsOfHospital: number;
  readonly repliesOfTalk: number;
  /** Who reads, and has been told things. */
  readonly reader: Member;
  /** Who write, each once; none of them has anything to do with the post or with another. */
  readonly writers: readonly Member[];
}

const batchSize = 400;
/** Each event of the seed stands so many times. */
const copies = 4;

export const idOf = ({ path }: SeedDocument): string => path.split('/').at(-1) ?? '';
const within = (documents: readonly SeedDocument[], collection: string) =>
  documents.filter(({ path }) => path.startsWith(`${collection}/`) && path.split('/').length === 2);

function copiedEvents(documents: readonly SeedDocument[]): SeedDocument[] {
  return within(documents, 'Events').flatMap(({ path, data }) =>
    Array.from({ length: copies - 1 }, (_, n) => ({ path: `${path}-${n + 2}`, data })),
  );
}

function toldTo(uid: string): SeedDocument[] {
  const news = { kind: 'reply', title: '새 댓글', body: '내 글에 댓글이 달렸습니다.' } as const;
  return Array.from({ length: 30 }, (_, n) => ({
    path: `users/${uid}/notifications/told-${n}`,
    data: { ...notificationOf({ ...news, target: `TempReplies/r${n}` }, seedTime) },
  }));
}

function most(items: readonly SeedDocument[], count: (item: SeedDocument) => number): SeedDocument {
  const [first] = [...items].sort((one, other) => count(other) - count(one));
  if (first === undefined) throw new Error('the seed has none');
  return first;
}

const published = ({ data }: SeedDocument) => data.published === true;

export function buildWorld(): World {
  const seed = buildSeed('full');
  const reviews = within(seed, 'reviews').filter(({ data }) => data.status === 'published');
  const replies = within(seed, 'TempReplies').filter(({ data }) => data.hidden === false);
  const doctors = within(seed, 'Doctors').filter(published);
  const events = within(seed, 'Events').filter(published);
  const reviewsOf = (id: string) => reviews.filter(({ data }) => data.hospitalId === id).length;
  const repliesOf = (id: string) => replies.filter(({ data }) => data.parentId === id).length;
  const ofHospital = (id: string) => (one: SeedDocument) => one.data.hospitalId === id;
  const complete = within(seed, 'Hospitals').filter(
    (one) => published(one) && [doctors, events].every((pages) => pages.some(ofHospital(idOf(one)))),
  );
  const hospital = most(complete, (one) => reviewsOf(idOf(one)));
  const talks = within(seed, 'FreeTalks').filter(
    ({ data }) => data.status === 'published' && data.anonymous === false,
  );
  const talk = most(talks, (one) => repliesOf(idOf(one)));
  const suspended = new Set(within(seed, 'standings').map(idOf));
  const members = within(seed, 'users')
    .map((one) => ({ uid: idOf(one), nickname: String(one.data.nickname) }))
    .filter(({ uid }) => uid.startsWith('kakao:') && !suspended.has(uid) && uid !== talk.data.authorUid);
  const reader = nth(members, 0);
  return {
    documents: [...seed, ...copiedEvents(seed), ...toldTo(reader.uid)],
    ...{ hospital, talk, reader },
    doctor: nth(doctors.filter(ofHospital(idOf(hospital))), 0),
    event: nth(events.filter(ofHospital(idOf(hospital))), 0),
    talkIds: talks.slice(0, 20).map(idOf),
    word: String(hospital.data.name).slice(0, 2),
    reviewsOfHospital: reviewsOf(idOf(hospital)),
    repliesOfTalk: repliesOf(idOf(talk)),
    writers: members.slice(1),
  };
}

export function inBatches<T>(items: readonly T[]): T[][] {
  const count = Math.ceil(items.length / batchSize);
  return Array.from({ length: count }, (_, n) => items.slice(n * batchSize, (n + 1) * batchSize));
}

/** Past meters and rules. */
export async function layWorld({ documents }: World): Promise<void> {
  await Promise.all(
    inBatches(documents).map(async (some) => {
      const batch = db().batch();
      for (const { path, data } of some) batch.set(db().doc(path), data);
      await batch.commit();
    }),
  );
}

const syllables = [...'가나다마바사아자차카타하거너더머버서어저커터허고노도모보소오조'];
/** Text like no other, in which no rule of moderation finds anything. */
export function textOf(seed: string): string {
  const dice = new Dice(seed);
  return Array.from({ length: 60 }, () => nth(syllables, dice.whole(0, syllables.length - 1))).join('');
}
