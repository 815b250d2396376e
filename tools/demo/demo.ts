/**
 * `npm run demo`: the main job against the running suite, step by step. A hospital, its doctor and its event
 * register by e-mail; an operator approves; a Kakao member signs in and writes a review as the app would; the
 * hospital's rating follows. Two attempts that must fail are shown as well. Can be run again and again.
 */
import { doc, getDoc, serverTimestamp, setDoc, updateDoc } from 'firebase/firestore';
import { db, Timestamp } from '../../functions/src/platform/firebase.ts';
import { newReviewFields } from '../../functions/src/reviews/schema.ts';
import {
  eventually,
  newPhone,
  type Phone,
  postMail,
  readAs,
  receiptOf,
  signInWithKakao,
} from '../../functions/test/support/app.ts';
import { freshNumbers, type Numbers, seedMail } from '../../functions/test/support/seedMails.ts';

const say = (line = '') => console.log(line);
let stepNumber = 0;
const step = (title: string) => {
  stepNumber += 1;
  say(`\n${stepNumber}. ${title}`);
};
const show = (name: string, value: unknown) =>
  say(`   ${name.padEnd(14)} ${typeof value === 'string' ? value : JSON.stringify(value)}`);

async function register(kind: string, numbers: Numbers): Promise<string> {
  const { mailId } = await receiptOf(await postMail(seedMail(kind, numbers)));
  const [id = ''] = await readAs(mailId);
  const registration = db().doc(`registrations/${id}`);
  const parsed = (await registration.get()).data() ?? {};
  show('ticket', parsed.ticket);
  show('understood', parsed.fields);
  show('problems', parsed.problems);
  await registration.update({ decision: 'approve', decisionNote: '데모 승인' });
  const settled = await eventually(`approval of ${kind}`, async () => {
    const now = (await registration.get()).data();
    if (now?.decision === null) throw new Error(`refused: ${JSON.stringify(now.decisionProblems)}`);
    return now?.state === 'APPROVED' ? now : null;
  });
  show('published as', settled.publishedPath);
  return String(settled.publishedPath).split('/')[1] ?? '';
}

async function review(phone: Phone, uid: string, hospitalId: string, doctorId: string): Promise<void> {
  const profile = await getDoc(doc(phone.firestore, `users/${uid}`));
  const hospital = await getDoc(doc(phone.firestore, `Hospitals/${hospitalId}`));
  const visitDate = new Date(Date.now() + 9 * 3600_000).toISOString().slice(0, 10);
  await setDoc(doc(phone.firestore, `reviews/${uid}_${hospitalId}_${visitDate}`), {
    authorUid: uid,
    authorNickname: profile.get('nickname'),
    hospitalId,
    hospitalName: hospital.get('name'),
    visitDate,
    doctorId,
    ...{ eventId: null, advertisedPrice: null, consulted: false, rating: 5 },
    aspects: { explanation: 5, result: 5, kindness: 4, waiting: null, price: 5 },
    text: '상담이 꼼꼼했고 붓기도 금방 빠졌어요. 가격도 안내받은 그대로였습니다.',
    sideEffects: '이틀 동안 멍이 있었어요.',
    treatments: ['쌍꺼풀'],
    paidPrice: 990000,
    ...{ photoPaths: [], beforeAfterPaths: [], beforeAfterPublic: false },
    ...newReviewFields,
    createdAt: serverTimestamp(),
    updatedAt: serverTimestamp(),
  });
}

async function refused(what: string, attempt: Promise<unknown>): Promise<void> {
  const error = await attempt.then(
    () => null,
    (caught: unknown) => caught,
  );
  if (!error) throw new Error(`${what} was not refused`);
  show(
    'refused',
    `${what}: ${error instanceof Error && 'code' in error ? String(error.code) : String(error)}`,
  );
}

async function demo(phone: Phone): Promise<void> {
  const numbers = freshNumbers();
  step('A hospital registers itself by e-mail (seed/mail/hospital.eml), an operator approves');
  const hospitalId = await register('hospital', numbers);
  step('Its doctor (seed/mail/doctor.eml)');
  const doctorId = await register('doctor', numbers);
  step('Its event (seed/mail/event.eml)');
  await register('event', numbers);

  step('A member signs in with Kakao: access token → kakaoSignIn → custom token → Firebase');
  const uid = await signInWithKakao(phone, 'kakao-token-minji');
  show('signed in as', uid);

  step('The member writes a review with the client SDK, under the rules');
  const hospital = doc(phone.firestore, `Hospitals/${hospitalId}`);
  show('rating before', (await getDoc(hospital)).get('rating'));
  await review(phone, uid, hospitalId, doctorId);
  const rated = await eventually('the new rating', async () => {
    const seen = await getDoc(hospital);
    return seen.get('rating.all') === 1 ? seen : null;
  });
  show('rating after', rated.get('rating'));

  step('What must not work');
  await refused(
    'the member forging the rating',
    updateDoc(hospital, { 'rating.average': 5, 'rating.count': 999 }),
  );
  const until = Timestamp.fromMillis(Date.now() + 3_600_000);
  await db()
    .doc(`standings/${uid}`)
    .set({ reason: '데모', suspendedUntil: until, rolesEndedAt: null, by: 'operator-1' });
  const profileEdit = { introduction: '정지된 사람', updatedAt: serverTimestamp() };
  await refused(
    'the member writing right after being suspended',
    updateDoc(doc(phone.firestore, `users/${uid}`), profileEdit),
  );
  await db().doc(`standings/${uid}`).delete();
}

const phone = newPhone();
try {
  await demo(phone);
  say('\nThe main job works: from an e-mail to a rated hospital.');
} finally {
  await phone.close();
}
