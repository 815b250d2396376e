/** Every screen and action, in the order they are shown: how ours and the samples do it, and the least one could think of. */
import { consentsAsked } from '../../../functions/src/accounts/consents.ts';
import type { Phone } from '../phones.ts';
import * as app from './app.ts';
import type { perDay, Spent } from './money.ts';
import * as naive from './naive.ts';
import { meanAtOnce, meanOf, measured, naiveAtOnce, ofNaive, type Screens } from './stage.ts';
import { idOf, type Member } from './world.ts';

const alone = 5;
const burst = { members: 100, visits: 4 } as const;
/** Of transactions on one document: more of them would mostly wait for each other. */
const naiveBurst = 20;

interface Least {
  readonly reads: number;
  readonly writes?: number;
  readonly why: string;
}

export interface Row {
  readonly what: string;
  readonly least: Least;
  /** What the issue asks for; of the functions behind a write where it says so. */
  readonly target?: {
    readonly reads?: number;
    readonly writes?: number;
    readonly of?: 'functions';
    readonly says: string;
  };
  /** How often a day: its key in `perDay`. */
  readonly daily?: keyof typeof perDay;
  ours(screens: Screens): Promise<Spent>;
  naive(screens: Screens): Promise<Spent>;
}

const reading =
  (act: (screens: Screens) => Promise<unknown>) =>
  (screens: Screens): Promise<Spent> =>
    measured(screens, () => act(screens));
const naively =
  (act: (screens: Screens) => Promise<unknown>) =>
  (screens: Screens): Promise<Spent> =>
    ofNaive(screens, () => act(screens));

/** Once without being measured, so that the instance knows what it writes. */
async function warm(screens: Screens, act: Parameters<typeof meanOf>[2], times = alone): Promise<Spent> {
  await meanOf(screens, screens.nextWriters(1), act);
  return meanOf(screens, screens.nextWriters(times), act);
}

const review =
  ({ world: { hospital } }: Screens) =>
  (phone: Phone, member: Member) =>
    app.writeReview(phone, member, { hospital });

const oneWriter = ({ nextWriters }: Screens): Member => {
  const [member] = nextWriters(1);
  if (member === undefined) throw new Error('nobody is left');
  return member;
};

const consents = consentsAsked.map(({ type, version }) => ({ type, version, granted: true }));
const kakaoId = 8_900_000_001;

async function knownToKakao({ kakaoUrl }: Screens): Promise<string> {
  const token = 'bench-screens';
  const people = [{ id: kakaoId, kakao_account: { profile: { nickname: '화면' } } }];
  const body = JSON.stringify({ people, tokens: [{ token, id: kakaoId }] });
  const response = await fetch(`${kakaoUrl}/__control/seed`, { method: 'POST', body });
  if (!response.ok) throw new Error('the Kakao stand-in refused its seed');
  return token;
}

async function returning(screens: Screens, flow: 'kakaoSignIn' | 'naiveSignIn'): Promise<Spent> {
  const accessToken = await knownToKakao(screens);
  const join = { birthDate: '1999-01-31', consents, channel: 'app' };
  const come = (data: unknown) => screens.callables.call(flow, data);
  await come({ accessToken, join });
  const spent = await measured(screens, () => come({ accessToken }));
  // The samples have no function that follows a profile.
  return { ...spent, calls: screens.callables.calls() };
}

const oneDocument = 'one document: fewer is a cache';
const rowsInOne =
  'all rows in one document, as events are: it would be written with every post, reply and like, and a write costs three reads';

export const rows: readonly Row[] = [
  {
    what: 'home',
    daily: 'home',
    least: { reads: 1, why: oneDocument },
    target: { reads: 1, says: '1 read' },
    ours: reading(({ reader }) => app.openHome(reader)),
    naive: naively(({ naiveReader }) => naive.openHome(naiveReader)),
  },
  {
    what: 'a hospital’s page',
    daily: 'hospital',
    least: { reads: 1, why: oneDocument },
    target: { reads: 1, says: '1 read' },
    ours: reading(({ reader, world }) => app.openHospital(reader, idOf(world.hospital))),
    naive: naively(({ naiveReader, world }) => naive.openHospital(naiveReader, idOf(world.hospital))),
  },
  {
    what: 'events, the first 100 cards',
    daily: 'events',
    least: { reads: 1, why: oneDocument },
    target: { reads: 1, says: '1 read' },
    ours: reading(({ reader }) => app.openEvents(reader, 1)),
    naive: naively(({ naiveReader }) => naive.scrollEvents(naiveReader, 1, 4)),
  },
  {
    what: 'events, the third page of 30',
    least: { reads: 0, why: 'it stands in the first 100' },
    ours: reading(async () => undefined),
    naive: naively(({ naiveReader }) => naive.thirdPageOfEvents(naiveReader)),
  },
  {
    what: 'events, the second 100',
    daily: 'nextEvents',
    least: { reads: 1, why: oneDocument },
    target: { reads: 1, says: '1 read' },
    ours: reading(({ reader }) => app.openEvents(reader, 2)),
    naive: naively(({ naiveReader }) => naive.scrollEvents(naiveReader, 5, 8)),
  },
  {
    what: 'returning log-in',
    daily: 'signIn',
    least: { reads: 1, why: 'who it is, and whether they may come in' },
    target: { reads: 1, writes: 0, says: '1 read, 0 writes' },
    ours: (screens) => returning(screens, 'kakaoSignIn'),
    naive: (screens) => returning(screens, 'naiveSignIn'),
  },
  {
    what: 'own likes, once the app is opened',
    daily: 'ownLikes',
    least: { reads: 1, why: 'another phone of the member may have liked meanwhile' },
    ours: reading(({ reader }) => app.ownLikes(reader)),
    naive: naively(async () => undefined),
  },
  {
    what: 'board, a page of 20',
    daily: 'board',
    least: { reads: 1, why: rowsInOne },
    target: { reads: 20, says: 'its 20 rows' },
    ours: reading(({ reader }) => app.boardPage(reader)),
    naive: naively(({ naiveReader }) => naive.boardPage(naiveReader)),
  },
  {
    what: 'board, the second page',
    daily: 'nextBoard',
    least: { reads: 1, why: rowsInOne },
    target: { reads: 20, says: 'its 20 rows' },
    ours: async (screens) => measured(screens, await app.secondBoardPage(screens.reader)),
    naive: naively(({ naiveReader }) => naive.secondBoardPage(naiveReader)),
  },
  {
    what: 'a thread, from the board',
    daily: 'thread',
    least: { reads: 1, why: rowsInOne },
    ours: reading(({ reader, world }) => app.thread(reader, idOf(world.talk))),
    naive: naively(({ naiveReader, world }) => naive.thread(naiveReader, idOf(world.talk))),
  },
  {
    what: 'a post, by a link',
    daily: 'postByLink',
    least: { reads: 1, why: oneDocument },
    ours: reading(({ reader, world }) => app.openPost(reader, idOf(world.talk))),
    naive: naively(({ naiveReader, world }) => naive.openPost(naiveReader, idOf(world.talk))),
  },
  {
    what: 'views of 20 posts, told in one call',
    daily: 'views',
    least: { reads: 0, why: 'a counter that may lag' },
    ours: reading(({ callables, world }) =>
      callables.call('countViews', { talkIds: world.talkIds }, world.reader.uid),
    ),
    naive: naively(async () => undefined),
  },
  {
    what: 'reviews of a hospital, a page of 10',
    daily: 'reviewPage',
    least: { reads: 1, why: rowsInOne },
    target: { reads: 10, says: 'its 10 rows' },
    ours: reading(({ reader, world }) => app.reviewPage(reader, idOf(world.hospital))),
    naive: naively(({ naiveReader, world }) => naive.reviewPage(naiveReader, idOf(world.hospital))),
  },
  {
    what: 'notifications, a page of 20',
    daily: 'notifications',
    least: { reads: 1, why: 'an inbox document; it would be read and written anew with each notification' },
    ours: reading(({ reader }) => app.notifications(reader)),
    naive: naively(({ naiveReader }) => naive.notifications(naiveReader)),
  },
  {
    what: 'search',
    daily: 'search',
    least: { reads: 1, why: 'a query that finds nothing is billed one' },
    ours: reading(({ callables, world }) =>
      callables.call('search', { kind: 'Hospitals', query: world.word, cursor: null }, world.reader.uid),
    ),
    naive: naively(({ naiveReader, world }) => naive.search(naiveReader, world.word)),
  },
  {
    what: 'write a review, alone',
    daily: 'review',
    least: { reads: 2, writes: 2, why: 'that the hospital is there; a recount; the review and the score' },
    target: { reads: 1, writes: 1, of: 'functions', says: 'functions: ≤ 1 read, ≤ 1 write' },
    ours: (screens) => warm(screens, review(screens)),
    naive: (screens) =>
      ofNaive(screens, () =>
        naive.writeReview(screens.naiveReader, oneWriter(screens), [screens.world.hospital.path]),
      ),
  },
  {
    what: 'write a review, with doctor and event',
    daily: 'fullReview',
    least: { reads: 6, writes: 4, why: 'as above, of three pages' },
    ours: (screens) => warm(screens, (phone, member) => app.writeReview(phone, member, screens.world)),
    naive: (screens) => {
      const { hospital, doctor, event } = screens.world;
      const pages = [hospital.path, doctor.path, event.path];
      return ofNaive(screens, () => naive.writeReview(screens.naiveReader, oneWriter(screens), pages));
    },
  },
  {
    what: `write a review, each of ${burst.members * burst.visits} of one hospital at once`,
    least: { reads: 1, writes: 1, why: 'that the hospital is there; the review' },
    target: { reads: 0.02, writes: 0.02, of: 'functions', says: 'functions: ≤ 0.02 of either' },
    ours: async (screens) => {
      const one = await meanOf(screens, screens.nextWriters(1), review(screens));
      const crowd = { members: screens.nextWriters(burst.members), times: burst.visits };
      return meanAtOnce(screens, crowd, one, (phone, member) =>
        Promise.all(
          Array.from({ length: burst.visits }, (_, visit) =>
            app.writeReview(phone, member, { hospital: screens.world.hospital, daysAgo: 10 + visit }),
          ),
        ),
      );
    },
    naive: (screens) =>
      naiveAtOnce(screens, screens.nextWriters(naiveBurst), (phone, member) =>
        naive.writeReview(phone, member, [screens.world.hospital.path]),
      ),
  },
  {
    what: 'write a post',
    daily: 'post',
    least: { reads: 0, writes: 1, why: 'the post' },
    ours: (screens) => warm(screens, app.writePost),
    naive: naively(({ naiveReader, world }) => naive.writePost(naiveReader, world.reader)),
  },
  {
    what: 'write a reply, alone',
    daily: 'reply',
    least: {
      reads: 3,
      writes: 3,
      why: 'that the post is there; a recount; whose phones ring; reply, counter, what its author is told',
    },
    target: {
      ...{ reads: 2, writes: 2, of: 'functions' },
      says: 'functions: ≤ 1 read, 2 writes, and 1 read to ring its author',
    },
    ours: (screens) => warm(screens, (phone, member) => app.writeReply(phone, member, screens.world.talk)),
    naive: (screens) =>
      ofNaive(screens, () => naive.writeReply(screens.naiveReader, oneWriter(screens), screens.world)),
  },
  {
    what: 'like a post, alone',
    daily: 'like',
    least: { reads: 2, writes: 3, why: 'that the post is there; a recount; like, flag, counter' },
    ours: (screens) => warm(screens, (phone) => app.like(phone, idOf(screens.world.talk))),
    naive: naively(({ naiveReader, world }) => naive.like(naiveReader, idOf(world.talk))),
  },
];
