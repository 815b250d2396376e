/** What our app asks for on each screen, and what it writes: with the client SDK, as docs/api.md tells its makers. */
import {
  collection,
  doc,
  getDocFromServer,
  getDocsFromServer,
  limit,
  orderBy,
  type Query,
  type QueryDocumentSnapshot,
  query,
  serverTimestamp,
  setDoc,
  startAfter,
  where,
  writeBatch,
} from 'firebase/firestore';
import { daysAfter } from '../../../functions/src/kernel/days.ts';
import { koreanDayOf } from '../../../functions/src/kernel/korean.ts';
import * as sample from '../../../functions/test/support/samples.ts';
import type { SeedDocument } from '../../../seed/build.ts';
import type { Phone } from '../phones.ts';
import { idOf, type Member, textOf } from './world.ts';

async function need(path: string, { firestore }: Phone): Promise<void> {
  const snapshot = await getDocFromServer(doc(firestore, path));
  if (!snapshot.exists()) throw new Error(`there is no ${path}`);
}

/** The rows of a page; throws when there are none, which would measure nothing. */
async function pageOf(page: Query): Promise<readonly QueryDocumentSnapshot[]> {
  const { docs } = await getDocsFromServer(page);
  if (docs.length === 0) throw new Error('a page without rows');
  return docs;
}
const rowsOf = async (page: Query): Promise<number> => (await pageOf(page)).length;

export const openHome = (phone: Phone): Promise<void> => need('feeds/home', phone);
export const openHospital = (phone: Phone, id: string): Promise<void> => need(`Hospitals/${id}`, phone);
export const openEvents = (phone: Phone, n = 1): Promise<void> => need(`feeds/events_all_${n}`, phone);
export const openPost = (phone: Phone, id: string): Promise<void> => need(`FreeTalks/${id}`, phone);

/** Once after the app has started: every list takes its flags from it. */
export async function ownLikes({ firestore, uid }: Phone): Promise<void> {
  await getDocFromServer(doc(firestore, `users/${uid}/private/likes`));
}

const newest = orderBy('createdAt', 'desc');

const board = ({ firestore }: Phone): Query =>
  query(collection(firestore, 'FreeTalks'), where('status', '==', 'published'), newest, limit(20));

export const boardPage = (phone: Phone): Promise<number> => rowsOf(board(phone));

/** Asks for the first page, and gives what asks for the second. */
export async function secondBoardPage(phone: Phone): Promise<() => Promise<number>> {
  const last = (await pageOf(board(phone))).at(-1);
  return () => rowsOf(query(board(phone), startAfter(last)));
}

export const thread = ({ firestore }: Phone, talkId: string): Promise<number> =>
  rowsOf(
    query(
      collection(firestore, 'TempReplies'),
      ...[where('hidden', '==', false), where('parentType', '==', 'FreeTalks')],
      ...[where('parentId', '==', talkId), orderBy('createdAt', 'asc'), limit(50)],
    ),
  );

export const reviewPage = ({ firestore }: Phone, hospitalId: string): Promise<number> =>
  rowsOf(
    query(
      collection(firestore, 'reviews'),
      ...[where('status', '==', 'published'), where('hospitalId', '==', hospitalId), newest, limit(10)],
    ),
  );

export const notifications = ({ firestore, uid }: Phone): Promise<number> =>
  rowsOf(query(collection(firestore, `users/${uid}/notifications`), newest, limit(20)));

export interface ReviewedPlace {
  readonly hospital: SeedDocument;
  readonly doctor?: SeedDocument;
  readonly event?: SeedDocument;
  readonly daysAgo?: number;
}

/** Four stars: a burst of five from nowhere would be held back. Answers the path. */
export async function writeReview(
  { firestore }: Phone,
  { uid, nickname }: Member,
  { hospital, doctor, event, daysAgo = 10 }: ReviewedPlace,
): Promise<string> {
  const visitDate = daysAfter(koreanDayOf(Date.now()), -daysAgo);
  const hospitalId = idOf(hospital);
  const review = {
    ...sample.review(uid),
    ...{ authorNickname: nickname, hospitalId, hospitalName: hospital.data.name, visitDate, rating: 4 },
    ...{ doctorId: doctor ? idOf(doctor) : null, eventId: event ? idOf(event) : null },
    ...{ advertisedPrice: event ? event.data.priceAfter : null, text: textOf(`review-${uid}-${daysAgo}`) },
    ...{ photoPaths: [], beforeAfterPaths: [] },
  };
  const path = `reviews/${uid}_${hospitalId}_${visitDate}`;
  await setDoc(doc(firestore, path), sample.toFirestore(review));
  return path;
}

export async function writePost({ firestore }: Phone, { uid, nickname }: Member): Promise<void> {
  const written = { authorNickname: nickname, imagePaths: [], body: textOf(`post-${uid}`) };
  const talk = { ...sample.talk(uid), ...written, category: 'free' };
  await setDoc(doc(collection(firestore, 'FreeTalks')), sample.toFirestore(talk));
}

export async function writeReply(
  { firestore }: Phone,
  { uid, nickname }: Member,
  talk: SeedDocument,
): Promise<string> {
  const reply = {
    ...sample.reply(uid),
    ...{ authorNickname: nickname, parentId: idOf(talk), parentAuthorUid: talk.data.authorUid, mentions: [] },
    text: textOf(`reply-${uid}`),
  };
  const ref = doc(collection(firestore, 'TempReplies'));
  await setDoc(ref, sample.toFirestore(reply));
  return ref.path;
}

/** The like and its flag, in one batch. */
export async function like({ firestore, uid }: Phone, talkId: string): Promise<void> {
  const flags = { talks: [talkId], replies: [], reviews: [], updatedAt: serverTimestamp() };
  await writeBatch(firestore)
    .set(doc(firestore, `FreeTalks/${talkId}/likes/${uid}`), { uid, createdAt: serverTimestamp() })
    .set(doc(firestore, `users/${uid}/private/likes`), flags)
    .commit();
}
