/**
 * The same screens as the samples of Firebase write them, to measure beside ours: FriendlyEats (lists asked for anew with
 * `limit`, all ratings of a place below it, the average kept by the client in a transaction) and FlutterFire (a list as
 * `FirestoreListView` pages it: one query whose limit grows by a page, and one row more to see whether there is another;
 * likes in a transaction; what belongs to a tile fetched by the tile). They are spared what often comes on top: names
 * and pictures of authors stand in their texts, no rule reads anything, and nobody searches but for beginnings of words.
 */
import {
  collection,
  doc,
  type Firestore,
  getDocFromServer,
  getDocsFromServer,
  increment,
  limit,
  orderBy,
  type QueryConstraint,
  type QueryDocumentSnapshot,
  query,
  runTransaction,
  serverTimestamp,
  setDoc,
  updateDoc,
  where,
  writeBatch,
} from 'firebase/firestore';
import { mostOnHome } from '../../../functions/src/feeds/schema.ts';
import { type Phone, phoneOf } from '../phones.ts';
import { idOf, inBatches, type Member, type World } from './world.ts';

export const naiveProject = 'demo-naive';

export const naivePhone = (uid: string, host: string): Phone =>
  phoneOf(uid, host, { projectId: naiveProject, pastRules: true });

const copied = ['Hospitals', 'Doctors', 'Events', 'reviews', 'FreeTalks', 'TempReplies', 'users'];

/** The documents of our world that a sample would have too, plain: times are what they are ordered by. */
export async function layNaive({ documents }: World, emulator: string): Promise<void> {
  const { firestore, close } = naivePhone('owner', emulator);
  const chosen = documents.filter(({ path }) => {
    const [name = '', , below] = path.split('/');
    return copied.includes(name) && (below === undefined || below === 'notifications');
  });
  const isPlain = (value: unknown): boolean =>
    Array.isArray(value) ? value.every(isPlain) : typeof value !== 'object';
  const plain = (data: Record<string, unknown>) =>
    Object.fromEntries(Object.entries(data).filter(([, value]) => isPlain(value)));
  for (const some of inBatches(chosen)) {
    const batch = writeBatch(firestore);
    for (const [n, { path, data }] of some.entries()) {
      batch.set(doc(firestore, path), { ...plain(data), createdAt: n, avgRating: 4, numRatings: 1 });
    }
    await batch.commit();
  }
  await close();
}

const newest = orderBy('createdAt', 'desc');

async function rows(store: Firestore, name: string, ...asked: QueryConstraint[]) {
  return (await getDocsFromServer(query(collection(store, name), ...asked))).docs;
}

/** So many pages of a list as FirestoreListView asks for them one after the other; the rows of the last answer. */
async function scrolled(
  store: Firestore,
  name: string,
  { perPage, pages = 1 }: { perPage: number; pages?: number },
  ...asked: QueryConstraint[]
): Promise<QueryDocumentSnapshot[]> {
  let found: QueryDocumentSnapshot[] = [];
  for (let page = 1; page <= pages; page += 1) {
    found = await rows(store, name, ...asked, limit(perPage * page + 1));
  }
  return found;
}

/** Each tile asks whether its own heart is red. */
async function ownLikes({ firestore, uid }: Phone, tiles: readonly QueryDocumentSnapshot[]) {
  await Promise.all(tiles.map(({ ref }) => getDocFromServer(doc(firestore, `${ref.path}/likes/${uid}`))));
}

/** As many cards of each kind as our home holds. */
export async function openHome({ firestore }: Phone): Promise<void> {
  await Promise.all([
    rows(firestore, 'Hospitals', orderBy('avgRating', 'desc'), limit(mostOnHome.hospitals)),
    rows(firestore, 'Events', newest, limit(mostOnHome.events)),
    rows(firestore, 'FreeTalks', orderBy('hotScore', 'desc'), limit(mostOnHome.talks)),
    rows(firestore, 'FreeTalks', where('pinned', '==', true), limit(mostOnHome.notices)),
  ]);
}

export async function openHospital({ firestore }: Phone, id: string): Promise<void> {
  const ofHospital = where('hospitalId', '==', id);
  await Promise.all([
    getDocFromServer(doc(firestore, `Hospitals/${id}`)),
    rows(firestore, 'Doctors', ofHospital),
    rows(firestore, 'Events', ofHospital),
    rows(firestore, 'reviews', ofHospital, newest),
  ]);
}

/** The pages from one to another, of 25 cards, scrolled through one after the other. */
export async function scrollEvents({ firestore }: Phone, from: number, to: number): Promise<void> {
  for (let page = from; page <= to; page += 1) await rows(firestore, 'Events', newest, limit(25 * page + 1));
}

export async function thirdPageOfEvents({ firestore }: Phone): Promise<void> {
  await rows(firestore, 'Events', newest, limit(3 * 30 + 1));
}

export async function boardPage(phone: Phone): Promise<void> {
  const posts = await scrolled(phone.firestore, 'FreeTalks', { perPage: 20 }, newest);
  await ownLikes(phone, posts.slice(0, 20));
}

export async function secondBoardPage(phone: Phone): Promise<void> {
  const posts = await rows(phone.firestore, 'FreeTalks', newest, limit(41));
  await ownLikes(phone, posts.slice(20, 40));
}

export async function thread(phone: Phone, talkId: string): Promise<void> {
  const talk = doc(phone.firestore, `FreeTalks/${talkId}`);
  await updateDoc(talk, { viewCount: increment(1) });
  const [, replies] = await Promise.all([
    getDocFromServer(talk),
    rows(phone.firestore, 'TempReplies', where('parentId', '==', talkId), orderBy('createdAt')),
  ]);
  await ownLikes(phone, replies);
}

export async function openPost(phone: Phone, talkId: string): Promise<void> {
  await getDocFromServer(doc(phone.firestore, `FreeTalks/${talkId}`));
  await getDocFromServer(doc(phone.firestore, `FreeTalks/${talkId}/likes/${phone.uid}`));
}

export async function reviewPage({ firestore }: Phone, hospitalId: string): Promise<void> {
  await scrolled(firestore, 'reviews', { perPage: 10 }, where('hospitalId', '==', hospitalId), newest);
}

export async function notifications({ firestore, uid }: Phone): Promise<void> {
  await scrolled(firestore, `users/${uid}/notifications`, { perPage: 20 }, newest);
}

/** As FriendlyEats: in one transaction the average of each page it is about, and the rating. */
export async function writeReview(
  { firestore }: Phone,
  { uid, nickname }: Member,
  pages: readonly string[],
): Promise<void> {
  const refs = pages.map((path) => doc(firestore, path));
  await runTransaction(firestore, async (tx) => {
    const found = await Promise.all(refs.map((ref) => tx.get(ref)));
    for (const page of found) {
      const count = Number(page.get('numRatings') ?? 0);
      const average = (Number(page.get('avgRating') ?? 0) * count + 4) / (count + 1);
      tx.update(page.ref, { numRatings: count + 1, avgRating: average });
    }
    const review = { rating: 4, text: '좋았어요', userId: uid, userName: nickname, hospitalId: refs[0]?.id };
    tx.set(doc(collection(firestore, 'reviews')), { ...review, createdAt: serverTimestamp() });
  });
}

export async function writePost({ firestore }: Phone, { uid, nickname }: Member): Promise<void> {
  const post = { userId: uid, userName: nickname, title: '제목', body: '글', likeCount: 0, replyCount: 0 };
  await setDoc(doc(collection(firestore, 'FreeTalks')), { ...post, createdAt: serverTimestamp() });
}

/** The reply, the counter of the post, and what its author is told: their token has to be looked up. */
export async function writeReply(
  { firestore }: Phone,
  { uid, nickname }: Member,
  { talk }: World,
): Promise<void> {
  const author = String(talk.data.authorUid);
  const at = { createdAt: serverTimestamp() };
  const reply = { parentId: idOf(talk), userId: uid, userName: nickname, text: '저도요', ...at };
  await setDoc(doc(collection(firestore, 'TempReplies')), reply);
  await updateDoc(doc(firestore, talk.path), { replyCount: increment(1) });
  await getDocFromServer(doc(firestore, `users/${author}`));
  await setDoc(doc(collection(firestore, `users/${author}/notifications`)), { text: '새 댓글', ...at });
}

/** As the movies of FlutterFire: the counter in a transaction; and the mark by which one’s own heart is red. */
export async function like({ firestore, uid }: Phone, talkId: string): Promise<void> {
  const talk = doc(firestore, `FreeTalks/${talkId}`);
  await runTransaction(firestore, async (tx) => {
    const count = Number((await tx.get(talk)).get('likeCount') ?? 0);
    tx.update(talk, { likeCount: count + 1 });
    tx.set(doc(firestore, `${talk.path}/likes/${uid}`), { at: serverTimestamp() });
  });
}

/** Everything whose name begins with the word. */
export async function search({ firestore }: Phone, word: string): Promise<void> {
  await rows(firestore, 'Hospitals', where('name', '>=', word), where('name', '<=', `${word}\uf8ff`));
}
