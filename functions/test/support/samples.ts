/**
 * Valid documents of what clients write, one per operation, from the same schemas the rules are held to.
 * `now` stands where the client must send `serverTimestamp()`.
 */
import { serverTimestamp, Timestamp } from 'firebase/firestore';
import { emptyRoom } from '../../src/chat/schema.ts';
import { daysAfter } from '../../src/kernel/days.ts';
import { koreanDayOf } from '../../src/kernel/korean.ts';
import { newReviewFields } from '../../src/reviews/schema.ts';

export const me = 'kakao:1001';
export const other = 'kakao:1002';
export const suspended = 'kakao:1003';
/** Somebody who has blocked `me`. */
export const blocker = 'kakao:0999';
export const staff = 'staff-1';
export const hospitalId = 'h1';
export const hospitalName = '라온뷰티의원';
export const nickname = '민지';
export const today = koreanDayOf(Date.now());
/** Ten days ago: reviews are written within 180 days. */
export const visitDate = daysAfter(today, -10);

/** Placeholder of a server timestamp; see `toFirestore` and `toZod`. */
export const now = Symbol('now');
type Sample = Record<string, unknown>;

function replaceNow(value: unknown, replacement: unknown): unknown {
  if (value === now) return replacement;
  if (Array.isArray(value)) return value.map((item) => replaceNow(item, replacement));
  if (typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype) {
    return Object.fromEntries(
      Object.entries(value).map(([key, item]) => [key, replaceNow(item, replacement)]),
    );
  }
  return value;
}

export const toFirestore = (sample: Sample): Sample => replaceNow(sample, serverTimestamp()) as Sample;
export const toZod = (sample: Sample): Sample => replaceNow(sample, Timestamp.now()) as Sample;

const liked = { likeCount: 0, likeCountAsOf: null };
const counters = { replyCount: 0, replyCountAsOf: null, createdAt: now, updatedAt: now };

export const review = (uid = me): Sample => ({
  authorUid: uid,
  authorNickname: nickname,
  hospitalId,
  hospitalName,
  visitDate,
  eventId: 'e1',
  advertisedPrice: 990000,
  consulted: false,
  doctorId: 'd1',
  rating: 5,
  aspects: { explanation: 5, result: 4, kindness: 5, waiting: 3, price: null },
  text: '상담부터 수술까지 친절하게 설명해 주셨어요.',
  sideEffects: '이틀 동안 멍이 있었어요.',
  treatments: ['쌍꺼풀', '눈매교정'],
  paidPrice: 990000,
  photoPaths: [`reviews/${uid}/one.jpg`],
  beforeAfterPaths: [`reviews/${uid}/before.jpg`],
  beforeAfterPublic: false,
  ...newReviewFields,
  createdAt: now,
  updatedAt: now,
});
export const reviewId = (uid = me): string => `${uid}_${hospitalId}_${visitDate}`;
export const reviewEdit = (): Sample => ({
  doctorId: null,
  rating: 3,
  aspects: { explanation: null, result: 2, kindness: 3, waiting: 1, price: 5 },
  text: '시간이 지나니 조금 아쉬운 점이 보이네요.',
  sideEffects: '',
  treatments: [],
  paidPrice: null,
  photoPaths: [],
  beforeAfterPaths: [],
  beforeAfterPublic: true,
  updatedAt: now,
});
export const reviewPicturesEdit = (): Sample => ({ beforeAfterPublic: true, updatedAt: now });
export const reviewTombstone = (): Sample => ({
  status: 'deleted',
  aspects: { explanation: null, result: null, kindness: null, waiting: null, price: null },
  text: '',
  sideEffects: '',
  treatments: [],
  paidPrice: null,
  photoPaths: [],
  beforeAfterPaths: [],
  beforeAfterPublic: false,
  updatedAt: now,
});
export const followUp = (uid = me): Sample => ({
  authorUid: uid,
  text: '일주일째, 붓기가 거의 빠졌어요.',
  sideEffects: '',
  createdAt: now,
});
export const helpful = (uid = me): Sample => ({ uid, at: now });

export const talk = (uid = me): Sample => ({
  authorUid: uid,
  authorNickname: nickname,
  category: 'question',
  title: '쌍수 3주차 붓기',
  body: '아침마다 더 붓는 것 같아요.',
  anonymous: false,
  imagePaths: [`freetalks/${uid}/a.png`],
  images: [],
  status: 'published',
  pinned: false,
  acceptedReplyId: null,
  viewCount: 0,
  hotScore: 0,
  ...liked,
  ...counters,
});
export const talkEdit = (): Sample => ({
  category: 'free',
  title: '제목을 고쳤어요',
  body: '내용도 고쳤어요',
  imagePaths: [],
  status: 'published',
  acceptedReplyId: null,
  updatedAt: now,
});

export const reply = (uid = me): Sample => ({
  authorUid: uid,
  authorNickname: nickname,
  anonymous: false,
  parentType: 'FreeTalks',
  parentId: 't1',
  replyTo: null,
  parentAuthorUid: other,
  answeredUid: null,
  mentions: [other],
  ...liked,
  text: '저도 그랬어요!',
  deleted: false,
  hidden: false,
  ...counters,
});
export const replyEdit = (): Sample => ({ text: '고쳐 씁니다', updatedAt: now });

export const report = (uid = me): Sample => ({
  targetType: 'FreeTalks',
  targetId: 't9',
  reporterUid: uid,
  reason: '광고',
  text: '병원 직원이 쓴 글 같아요.',
  upheld: 0,
  dismissed: 0,
  answer: null,
  createdAt: now,
});
export const reportId = (uid = me): string => `FreeTalks_t9_${uid}`;
export const like = (uid = me): Sample => ({ uid, createdAt: now });
export const likeFlags = (): Sample => ({
  talks: ['t1'],
  replies: ['top', 'r2'],
  reviews: [],
  updatedAt: now,
});

export const room = (uid = me): Sample => ({
  kind: 'consult',
  hospitalId,
  hospitalName,
  title: '라온뷰티의원 상담',
  memberUids: [uid],
  names: { [uid]: nickname },
  peopleUids: [uid],
  createdBy: uid,
  ...emptyRoom,
  lastMessageAt: now,
  createdAt: now,
});
export const roomId = (uid = me): string => `${uid}_${hospitalId}`;
/** As somebody of the hospital appears in its rooms. */
export const deskPerson = { name: '김실장', title: '상담실장', role: 'staff' };
export const groupRoom = (memberUids: readonly string[], change: Sample = {}): Sample => ({
  ...room(),
  ...{ kind: 'group', hospitalId: null, hospitalName: null, title: '가을 모임', createdBy: memberUids[0] },
  ...{ memberUids, peopleUids: memberUids },
  names: Object.fromEntries(memberUids.map((uid) => [uid, nickname])),
  ...change,
});

export const message = (uid = me): Sample => ({
  senderUid: uid,
  senderName: nickname,
  senderRole: 'member',
  senderTitle: '',
  aboutUid: null,
  kind: 'text',
  text: '상담 가능한가요?',
  uploadPath: null,
  fileName: null,
  place: null,
  nth: 1,
  deleted: false,
  hidden: false,
  attachment: null,
  editedAt: null,
  sentAt: now,
});
export const staffMessage = (uid = staff): Sample => ({
  ...message(uid),
  ...{ senderName: deskPerson.name, senderTitle: deskPerson.title, senderRole: deskPerson.role },
});
export const imageMessage = (uid = me): Sample => ({
  ...message(uid),
  ...{ kind: 'image', text: '', uploadPath: `chats/${roomId()}/${uid}/a.jpg` },
});
export const fileMessage = (uid = me): Sample => ({
  ...message(uid),
  ...{ kind: 'file', text: '', uploadPath: `chats/${roomId()}/${uid}/a.pdf`, fileName: '동의서.pdf' },
});
export const placeMessage = (uid = me): Sample => ({
  ...message(uid),
  ...{ kind: 'place', text: '', place: { name: '강남역 3번 출구', lat: 37.4979, lng: 127.0276 } },
});
export const messageEdit = (): Sample => ({ text: '상담 가능할까요?', editedAt: now });
export const messageTombstone = (): Sample => ({
  ...{ text: '', uploadPath: null, fileName: null, place: null, attachment: null },
  ...{ deleted: true, editedAt: now },
});
/** The inbox of somebody whose message of a room is the first anywhere. */
export const firstStamp = (room: string, messageId: string): Sample => ({
  ...{ rooms: { [room]: { sent: 1, seen: 0 } }, roomId: room, messageId, inWindow: 1 },
  ...{ windowAt: now, updatedAt: now },
});
export const firstMark = (room = roomId()): Sample => ({
  ...{ rooms: { [room]: { sent: 0, seen: 4 } }, roomId: room, messageId: '', inWindow: 0 },
  ...{ windowAt: now, updatedAt: now },
});

export const profileEdit = (uid = me): Sample => ({
  photoPath: `profiles/${uid}/me.jpg`,
  introduction: '안녕하세요',
  updatedAt: now,
});

export const pushSettings = () => ({ muted: ['reply', 'promotion'], readUpTo: null, updatedAt: now });
