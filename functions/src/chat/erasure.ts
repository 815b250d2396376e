/**
 * Chats of a member who leaves. A consultation is between the member and the hospital and goes wholly. In a group the
 * member’s words stay for the others, without the person; pictures and files go. What somebody wrote as staff of a hospital
 * is the hospital’s: it stays under the name shown then.
 */
import type { DocumentReference, DocumentSnapshot, QueryDocumentSnapshot } from 'firebase-admin/firestore';
import {
  type Change,
  deletion,
  deletionsBelow,
  deletionsOf,
  type Eraser,
  type Leaver,
  leaverName,
  pageSize,
} from '../platform/erasing.ts';
import { deleteFiles, filesBelow } from '../platform/files.ts';
import { db } from '../platform/firebase.ts';
import { mediaFolder } from './media.ts';
import { roomSchema } from './schema.ts';
import { without } from './store.ts';

const roomsPerPage = 20;

const roomsOf = ({ uid }: Leaver) => db().collection('Chatting').where('peopleUids', 'array-contains', uid);
const messagesOf = ({ uid }: Leaver) => db().collectionGroup('messages').where('senderUid', '==', uid);
const linesAbout = ({ uid }: Leaver) => db().collectionGroup('messages').where('aboutUid', '==', uid);
const roomOf = (message: DocumentSnapshot): DocumentReference | null => message.ref.parent.parent;

const isOwnConsultation = (room: DocumentSnapshot, { uid }: Leaver) =>
  room.get('kind') === 'consult' && room.id.startsWith(`${uid}_`);

const isAsStaff = (message: DocumentSnapshot) => ['staff', 'doctor'].includes(message.get('senderRole'));

async function filesIn(folders: readonly string[]): Promise<string[]> {
  const found = await Promise.all(folders.map((folder) => filesBelow(folder, pageSize)));
  return found.flat().slice(0, pageSize);
}

/** What was uploaded and never sent, or not yet made into what is shown. Rooms know the member until all files are gone. */
async function nextUploads(leaver: Leaver): Promise<string[]> {
  const all = roomsOf(leaver).orderBy('__name__').limit(roomsPerPage);
  let page = (await all.get()).docs;
  while (page.length > 0) {
    const paths = await filesIn(page.map(({ id }) => `chats/${id}/${leaver.uid}/`));
    if (paths.length > 0) return paths;
    page = (await all.startAfter(page.at(-1)).get()).docs;
  }
  return [];
}

/** The messages name what they show and are still there, so those without a file left are passed over. */
async function nextShown(leaver: Leaver, kind: 'image' | 'file'): Promise<string[]> {
  const sent = messagesOf(leaver).where('kind', '==', kind).orderBy('__name__').limit(roomsPerPage);
  let page = (await sent.get()).docs;
  while (page.length > 0) {
    const own = page.filter((message) => !isAsStaff(message));
    const paths = await filesIn(own.map((message) => mediaFolder(roomOf(message)?.id ?? '', message.id)));
    if (paths.length > 0) return paths;
    page = (await sent.startAfter(page.at(-1)).get()).docs;
  }
  return [];
}

async function findFiles(leaver: Leaver): Promise<string[]> {
  const { uid } = leaver;
  for (const next of [
    () => filesBelow(`chats/${uid}_`, pageSize),
    () => filesBelow(`chatMedia/${uid}_`, pageSize),
    () => nextUploads(leaver),
    () => nextShown(leaver, 'image'),
    () => nextShown(leaver, 'file'),
  ]) {
    const page = await next();
    if (page.length > 0) return page;
  }
  return [];
}

async function emptied(room: QueryDocumentSnapshot): Promise<Change[]> {
  const below = await deletionsBelow(room.ref);
  return below.length > 0 ? below : [deletion(room.ref)];
}

/** A map in which the alias stands where the uid stood. */
function aliased<T>(map: Readonly<Record<string, T>>, { uid, alias }: Leaver): Record<string, T> {
  const value = map[uid];
  return value === undefined ? { ...map } : { ...without(map, uid), [alias]: value };
}

/** A room that knows the person no more, and counts what they wrote as before. */
function left(room: QueryDocumentSnapshot, leaver: Leaver): Change {
  const { uid, alias } = leaver;
  const known = roomSchema.parse(room.data());
  const rest = (uids: readonly string[]) => uids.filter((one) => one !== uid);
  const memberUids = rest(known.memberUids);
  const heir = memberUids[0] ?? alias;
  const { lastMessage } = known;
  const fields = {
    ...{ memberUids, invitedUids: rest(known.invitedUids), peopleUids: rest(known.peopleUids) },
    ...{ names: without(known.names, uid), since: without(known.since, uid) },
    ...{ sent: aliased(known.sent, leaver), staff: aliased(known.staff, leaver) },
    createdBy: known.createdBy === uid ? heir : known.createdBy,
    assignedTo: known.assignedTo === uid ? null : known.assignedTo,
    ...(lastMessage?.senderUid === uid ? { lastMessage: { ...lastMessage, senderUid: null } } : {}),
  };
  return {
    action: 'anonymised',
    path: room.ref.path,
    apply: (batch) => batch.update(room.ref, fields, { lastUpdateTime: room.updateTime }),
  };
}

async function nextRooms(leaver: Leaver): Promise<Change[]> {
  const found = (await roomsOf(leaver).limit(roomsPerPage).get()).docs;
  const own = found.find((room) => isOwnConsultation(room, leaver));
  return own ? emptied(own) : found.map((room) => left(room, leaver));
}

const gone: Readonly<Record<string, string>> = {
  image: '(삭제된 사진)',
  file: '(삭제된 파일)',
};

function anonymised(message: QueryDocumentSnapshot, { alias }: Leaver): Change {
  const text = gone[String(message.get('kind'))];
  const withoutFile =
    text === undefined ? {} : { kind: 'text', text, uploadPath: null, fileName: null, attachment: null };
  const fields = isAsStaff(message)
    ? { senderUid: alias }
    : { senderUid: alias, senderName: leaverName, ...withoutFile };
  return {
    action: 'anonymised',
    path: message.ref.path,
    apply: (batch) => batch.update(message.ref, fields, { lastUpdateTime: message.updateTime }),
  };
}

/** `민지님이 들어왔습니다.` Of the hospital’s staff the name shown stays. */
function unnamed(line: QueryDocumentSnapshot, { alias }: Leaver, isGroup: boolean): Change {
  const text = String(line.get('text'));
  const begins = text.lastIndexOf('님이 ');
  const fields = isGroup && begins >= 0 ? { text: `${leaverName}${text.slice(begins)}` } : {};
  return {
    action: 'anonymised',
    path: line.ref.path,
    apply: (batch) =>
      batch.update(line.ref, { ...fields, aboutUid: alias }, { lastUpdateTime: line.updateTime }),
  };
}

async function nextMessages(leaver: Leaver): Promise<Change[]> {
  return (await messagesOf(leaver).limit(pageSize).get()).docs.map((message) => anonymised(message, leaver));
}

async function nextLines(leaver: Leaver): Promise<Change[]> {
  const found = (await linesAbout(leaver).limit(pageSize).get()).docs;
  const refs = new Map(found.map(roomOf).flatMap((room) => (room ? [[room.path, room] as const] : [])));
  const rooms = refs.size === 0 ? [] : await db().getAll(...refs.values());
  const groups = new Set(rooms.filter((room) => room.get('kind') === 'group').map(({ ref }) => ref.path));
  return found.map((line) => unnamed(line, leaver, groups.has(roomOf(line)?.path ?? '')));
}

async function nextPage(leaver: Leaver): Promise<Change[]> {
  for (const next of [nextRooms, nextMessages, nextLines, nextPushes]) {
    const page = await next(leaver);
    if (page.length > 0) return page;
  }
  return [];
}

/** Pushes to a hospital about the member’s consultations: where they lead names the member. */
function nextPushes({ uid }: Leaver): Promise<Change[]> {
  const begins = `Chatting/${uid}_`;
  const about = db().collection('pushes').where('target', '>=', begins);
  return deletionsOf(about.where('target', '<', `${begins}\uf8ff`));
}

export const chatErasers: readonly Eraser[] = [
  {
    kind: 'outside',
    name: 'chatFiles',
    action: 'deleted',
    find: findFiles,
    erase: (_leaver, paths) => deleteFiles(paths),
  },
  { kind: 'documents', name: 'chat', after: ['chatFiles'], nextPage },
];
