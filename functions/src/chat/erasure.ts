/**
 * Chats of a member who leaves. A consultation is between the member and the hospital and goes wholly. In a group the
 * member’s words stay for the others, without the person; pictures go. What somebody wrote as staff of a hospital is the
 * hospital’s: it stays under the hospital’s name.
 */
import type { DocumentReference, DocumentSnapshot, QueryDocumentSnapshot } from 'firebase-admin/firestore';
import {
  type Change,
  deletion,
  deletionsBelow,
  type Eraser,
  type Leaver,
  leaverName,
  pageSize,
} from '../platform/erasing.ts';
import { deleteFiles, filesBelow, isFile } from '../platform/files.ts';
import { db, FieldValue } from '../platform/firebase.ts';

const roomsPerPage = 20;

const rooms = () => db().collection('Chatting');
const messagesOf = ({ uid }: Leaver) => db().collectionGroup('messages').where('senderUid', '==', uid);
const roomOf = (message: DocumentSnapshot): DocumentReference | null => message.ref.parent.parent;

const isOwnConsultation = (room: DocumentSnapshot, { uid }: Leaver) =>
  room.get('kind') === 'consult' && (room.get('createdBy') === uid || room.id.startsWith(`${uid}_`));

/** Of messages, those in consultations of others: written for a hospital. */
async function writtenAsStaff(messages: readonly DocumentSnapshot[]): Promise<Set<string>> {
  const refs = new Map(messages.map(roomOf).flatMap((room) => (room ? [[room.path, room] as const] : [])));
  const found = refs.size === 0 ? [] : await db().getAll(...refs.values());
  const consultations = new Set(
    found.filter((room) => room.get('kind') === 'consult').map((room) => room.ref.path),
  );
  return new Set(
    messages
      .filter((message) => consultations.has(roomOf(message)?.path ?? ''))
      .map((message) => message.ref.path),
  );
}

async function picturesAmong(messages: readonly QueryDocumentSnapshot[]): Promise<string[]> {
  const staffs = await writtenAsStaff(messages);
  const paths = messages
    .filter((message) => !staffs.has(message.ref.path))
    .map((message): unknown => message.get('imagePath'))
    .filter((path) => typeof path === 'string');
  const there = await Promise.all(paths.map(isFile));
  return paths.filter((_, index) => there[index]);
}

/** The messages name the pictures and are still there, so those without a file left are passed over. */
async function nextGroupPictures(leaver: Leaver): Promise<string[]> {
  const pictures = messagesOf(leaver).where('kind', '==', 'image').orderBy('__name__').limit(pageSize);
  let page = (await pictures.get()).docs;
  while (page.length > 0) {
    const paths = await picturesAmong(page);
    if (paths.length > 0) return paths;
    page = (await pictures.startAfter(page.at(-1)).get()).docs;
  }
  return [];
}

async function findPictures(leaver: Leaver): Promise<string[]> {
  const own = await filesBelow(`chats/${leaver.uid}_`, pageSize);
  return own.length > 0 ? own : nextGroupPictures(leaver);
}

async function emptied(room: QueryDocumentSnapshot): Promise<Change[]> {
  const below = await deletionsBelow(room.ref);
  return below.length > 0 ? below : [deletion(room.ref)];
}

function left(room: QueryDocumentSnapshot, { uid, alias }: Leaver): Change {
  const fields = {
    memberUids: FieldValue.arrayRemove(uid),
    ...(room.get('createdBy') === uid ? { createdBy: alias } : {}),
    ...(room.get('lastMessage.senderUid') === uid ? { 'lastMessage.senderUid': alias } : {}),
  };
  return {
    action: 'anonymised',
    path: room.ref.path,
    apply: (batch) =>
      batch
        .update(room.ref, fields, { lastUpdateTime: room.updateTime })
        .delete(room.ref.collection('members').doc(uid)),
  };
}

async function nextRooms(leaver: Leaver): Promise<Change[]> {
  const { uid } = leaver;
  const queries = [
    rooms().where('createdBy', '==', uid),
    rooms().where('memberUids', 'array-contains', uid),
    rooms().where('lastMessage.senderUid', '==', uid),
  ];
  for (const query of queries) {
    const found = (await query.limit(roomsPerPage).get()).docs;
    const own = found.find((room) => isOwnConsultation(room, leaver));
    if (own) return emptied(own);
    if (found.length > 0) return found.map((room) => left(room, leaver));
  }
  return [];
}

function anonymised(message: QueryDocumentSnapshot, asStaff: boolean, { uid, alias }: Leaver): Change {
  const withoutPicture =
    message.get('imagePath') === null ? {} : { kind: 'text', text: '(삭제된 사진)', imagePath: null };
  const fields = asStaff
    ? { senderUid: alias }
    : { senderUid: alias, senderName: leaverName, ...withoutPicture };
  const membership = roomOf(message)?.collection('members').doc(uid);
  return {
    action: 'anonymised',
    path: message.ref.path,
    apply: (batch) => {
      batch.update(message.ref, fields, { lastUpdateTime: message.updateTime });
      if (membership) batch.delete(membership);
    },
  };
}

async function nextMessages(leaver: Leaver): Promise<Change[]> {
  const found = (await messagesOf(leaver).limit(pageSize).get()).docs;
  const staffs = await writtenAsStaff(found);
  return found.map((message) => anonymised(message, staffs.has(message.ref.path), leaver));
}

async function nextPage(leaver: Leaver): Promise<Change[]> {
  const page = await nextRooms(leaver);
  return page.length > 0 ? page : nextMessages(leaver);
}

export const chatErasers: readonly Eraser[] = [
  {
    kind: 'outside',
    name: 'chatFiles',
    action: 'deleted',
    find: findPictures,
    erase: (_leaver, paths) => deleteFiles(paths),
  },
  { kind: 'documents', name: 'chat', after: ['chatFiles'], nextPage },
];
