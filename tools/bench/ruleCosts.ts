/** What the rules read for each kind of client write, and how much of it is the look at standings. */
import { randomUUID } from 'node:crypto';
import { doc, type Firestore, setDoc, updateDoc, writeBatch } from 'firebase/firestore';
import type { World } from '../../functions/test/support/rulesWorld.ts';
import * as sample from '../../functions/test/support/samples.ts';
import { code, table } from '../docs/markdown.ts';
import { ruleReadsOf } from './ruleReads.ts';

type Write = (member: Firestore) => Promise<unknown>;

const create =
  (path: string, data: Record<string, unknown>): Write =>
  (member) =>
    setDoc(doc(member, path), sample.toFirestore(data));
const edit =
  (path: string, data: Record<string, unknown>): Write =>
  (member) =>
    updateDoc(doc(member, path), sample.toFirestore(data));

const newRoom = { ...sample.room(), hospitalId: 'h2', hospitalName: '다른의원' };
const inbox = `users/${sample.me}/private/inbox`;
const say =
  (room: string): Write =>
  (member) =>
    writeBatch(member)
      .set(doc(member, `Chatting/${room}/messages/new`), sample.toFirestore(sample.message()))
      .set(doc(member, inbox), sample.toFirestore(sample.firstStamp(room, 'new')))
      .commit();

const writes: readonly (readonly [action: string, write: Write])[] = [
  ['edit a profile', edit(`users/${sample.me}`, sample.profileEdit())],
  ['write a review, with a doctor', create(`reviews/${sample.reviewId()}`, sample.review())],
  [
    'write a review, without one',
    create(`reviews/${sample.reviewId()}`, { ...sample.review(), doctorId: null }),
  ],
  ['edit a review', edit('reviews/mine', sample.reviewEdit())],
  ['write a post', create('FreeTalks/new', sample.talk())],
  ['edit a post', edit('FreeTalks/mine', sample.talkEdit())],
  ['reply to a post', create('TempReplies/new', sample.reply())],
  [
    'answer a reply',
    create('TempReplies/new', { ...sample.reply(), replyTo: 'top', answeredUid: sample.other }),
  ],
  ['like a post', create(`FreeTalks/t2/likes/${sample.me}`, sample.like())],
  ['note a like among the own', create(`users/${sample.me}/private/likes`, sample.likeFlags())],
  [
    'accept an answer',
    edit('FreeTalks/mine', { ...sample.talkEdit(), category: 'question', acceptedReplyId: 'answer' }),
  ],
  ['open a consultation', create(`Chatting/${sample.me}_h2`, newRoom)],
  ['send a message to a consultation', say(sample.roomId())],
  ['send a message to a group', say('group')],
  ['change a message', edit(`Chatting/${sample.roomId()}/messages/fresh`, sample.messageEdit())],
  ['move a read mark', create(inbox, sample.firstMark())],
];

const asMember = (write: Write) => (world: World) => world.granted(write(world.as('member')));

/** `standings/kakao:1` is shown as `standings`: whose it is does not matter. */
const collectionOf = (path: string) => path.split('/').slice(0, -1).join('/');

async function rowOf(action: string, write: Write): Promise<string[]> {
  const read = await ruleReadsOf(`demo-bench-${randomUUID().slice(0, 8)}`, asMember(write));
  const collections = read.map(collectionOf);
  const suspension = collections.filter((name) => name === 'standings').length;
  return [action, String(read.length), String(suspension), collections.map(code).join(', ')];
}

export async function ruleCosts(): Promise<string> {
  const rows: string[][] = [];
  for (const [action, write] of writes) rows.push(await rowOf(action, write));
  return table(['client write', 'rule reads', 'of them suspension', 'documents of'], rows);
}
