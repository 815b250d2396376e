/** People who chat, each with a phone that does what the app does: inbox and message in one batch, listeners, marks. */
import { randomUUID } from 'node:crypto';
import { signInWithCustomToken } from 'firebase/auth';
import {
  Timestamp as ClientTimestamp,
  collection,
  doc,
  type FirestoreError,
  getDoc,
  limit,
  onSnapshot,
  orderBy,
  query,
  serverTimestamp,
  setDoc,
  updateDoc,
  where,
  writeBatch,
} from 'firebase/firestore';
import { emptyRoom, type Inbox, inboxSchema, pace, type Room, roomSchema } from '../../src/chat/schema.ts';
import { othersIn, unreadIn } from '../../src/chat/unread.ts';
import { auth, db, Timestamp } from '../../src/platform/firebase.ts';
import { eventually, newPhone, type Phone, signInWithGoogle } from './app.ts';
import { makeAccount } from './people.ts';

type Sample = Record<string, unknown>;

export interface Line {
  readonly id: string;
  readonly text: string;
  readonly kind: string;
  readonly senderName: string;
  readonly data: Sample;
}
export interface Listening {
  /** The newest state of the list, oldest first. */
  lines(): readonly Line[];
  /** What ended it: the code of the refusal. */
  ended(): string | null;
  stop(): void;
}

const later = (ms: number) => new Promise((resolve) => setTimeout(resolve, Math.max(0, ms)));

export class Chatter {
  readonly phone: Phone;
  readonly uid: string;
  readonly name: string;
  readonly as: Sample;
  #inbox: Inbox | undefined;
  #last: Promise<unknown> = Promise.resolve();

  constructor(phone: Phone, uid: string, name: string, as: Sample = {}) {
    this.phone = phone;
    this.uid = uid;
    this.name = name;
    this.as = { senderRole: 'member', senderTitle: '', ...as };
  }

  #inboxRef() {
    return doc(this.phone.firestore, `users/${this.uid}/private/inbox`);
  }

  async readInbox(): Promise<Inbox | undefined> {
    const found = await getDoc(this.#inboxRef());
    this.#inbox = found.exists() ? inboxSchema.parse(found.data()) : undefined;
    return this.#inbox;
  }

  async #write(roomId: string, message: Sample): Promise<string> {
    const inbox = await this.readInbox();
    const isOver = inbox === undefined || inbox.inWindow >= pace.most;
    if (inbox && isOver) await later(inbox.windowAt.toMillis() + pace.windowMs + 100 - Date.now());
    const { sent, seen } = inbox?.rooms[roomId] ?? { sent: 0, seen: 0 };
    const { firestore } = this.phone;
    const ref = doc(collection(firestore, `Chatting/${roomId}/messages`));
    const stamp = {
      ...{ rooms: { [roomId]: { sent: sent + 1, seen } }, roomId, messageId: ref.id },
      inWindow: isOver ? 1 : inbox.inWindow + 1,
      ...(isOver ? { windowAt: serverTimestamp() } : {}),
      updatedAt: serverTimestamp(),
    };
    await writeBatch(firestore)
      .set(ref, {
        ...{ senderUid: this.uid, senderName: this.name, ...this.as, aboutUid: null, kind: 'text', text: '' },
        ...{ uploadPath: null, fileName: null, place: null, nth: sent + 1, deleted: false, hidden: false },
        ...{ attachment: null, editedAt: null, sentAt: serverTimestamp(), ...message },
      })
      .set(this.#inboxRef(), stamp, { merge: true })
      .commit();
    return ref.id;
  }

  /** Writes a message, one after another; returns its id. */
  say(roomId: string, text: string, message: Sample = {}): Promise<string> {
    const written = this.#last.catch(() => undefined).then(() => this.#write(roomId, { text, ...message }));
    this.#last = written;
    return written;
  }

  /** Opens a consultation; returns its id. */
  async consult(hospitalId: string, hospitalName: string): Promise<string> {
    const roomId = `${this.uid}_${hospitalId}`;
    await setDoc(doc(this.phone.firestore, `Chatting/${roomId}`), {
      ...emptyRoom,
      ...{ kind: 'consult', hospitalId, hospitalName, title: `${hospitalName} 상담` },
      ...{ memberUids: [this.uid], names: { [this.uid]: this.name }, peopleUids: [this.uid] },
      ...{ createdBy: this.uid, lastMessageAt: serverTimestamp(), createdAt: serverTimestamp() },
    });
    return roomId;
  }

  async room(roomId: string): Promise<Room> {
    return roomSchema.parse((await getDoc(doc(this.phone.firestore, `Chatting/${roomId}`))).data());
  }

  /** As the room list shows it. */
  async unread(roomId: string): Promise<number> {
    const [room, inbox] = [await this.room(roomId), await this.readInbox()];
    return unreadIn(room, this.uid, inbox?.rooms[roomId]?.seen ?? 0);
  }

  /** Has read everything the room counts. */
  async markRead(roomId: string): Promise<void> {
    const [room, inbox] = [await this.room(roomId), await this.readInbox()];
    const first = { inWindow: 0, windowAt: serverTimestamp() };
    const mark = { sent: inbox?.rooms[roomId]?.sent ?? 0, seen: othersIn(room, this.uid) };
    const change = { rooms: { [roomId]: mark }, roomId, messageId: '', updatedAt: serverTimestamp() };
    await setDoc(this.#inboxRef(), { ...(inbox ? {} : first), ...change }, { merge: true });
  }

  edit(roomId: string, id: string, text: string): Promise<void> {
    const ref = doc(this.phone.firestore, `Chatting/${roomId}/messages/${id}`);
    return updateDoc(ref, { text, editedAt: serverTimestamp() });
  }

  takeBack(roomId: string, id: string): Promise<void> {
    const ref = doc(this.phone.firestore, `Chatting/${roomId}/messages/${id}`);
    const empty = { text: '', uploadPath: null, fileName: null, place: null, attachment: null };
    return updateDoc(ref, { ...empty, deleted: true, editedAt: serverTimestamp() });
  }

  /** Listens to the newest messages, from when the person joined. */
  async listen(roomId: string, most = 50): Promise<Listening> {
    const since = (await this.room(roomId)).since[this.uid];
    const from = since ? [where('sentAt', '>=', new ClientTimestamp(since.seconds, since.nanoseconds))] : [];
    let lines: readonly Line[] = [];
    let ended: string | null = null;
    const newest = query(
      collection(this.phone.firestore, `Chatting/${roomId}/messages`),
      ...[where('hidden', '==', false), ...from, orderBy('sentAt', 'desc'), limit(most)],
    );
    const stop = onSnapshot(
      newest,
      ({ docs }) => {
        lines = docs
          .map((one) => ({
            ...{ id: one.id, data: one.data(), text: String(one.get('text')), kind: String(one.get('kind')) },
            senderName: String(one.get('senderName')),
          }))
          .reverse();
      },
      (error: FirestoreError) => {
        ended = error.code;
      },
    );
    return { lines: () => lines, ended: () => ended, stop };
  }
}

const phones: Phone[] = [];

/** A phone that is put away with all others. */
export function aPhone(): Phone {
  const phone = newPhone();
  phones.push(phone);
  return phone;
}
export const putPhonesAway = () => Promise.all(phones.splice(0).map((phone) => phone.close()));

let nextName = 0;

/** A member of long standing, signed in. */
export async function aMember(phoneNumber: string | null = null): Promise<Chatter> {
  nextName += 1;
  const [uid, name] = [`m-${randomUUID()}`, `회원${process.pid % 1_000}번${nextName}`];
  await makeAccount(uid, { nickname: name, email: null, phone: phoneNumber });
  const joinedAt = Timestamp.fromMillis(Date.now() - 30 * 86_400_000);
  await db().doc(`users/${uid}`).update({ createdAt: joinedAt });
  const phone = aPhone();
  await signInWithCustomToken(phone.auth, await auth().createCustomToken(uid));
  return new Chatter(phone, uid, name);
}

/** Somebody of a hospital, or an operator, signed in with Google. */
export async function withClaims(claims: Sample, name = '김실장', title = '상담실장'): Promise<Chatter> {
  const phone = aPhone();
  const email = `${randomUUID()}@chat.example`;
  const uid = await signInWithGoogle(phone, email);
  await auth().setCustomUserClaims(uid, claims);
  await signInWithGoogle(phone, email);
  await phone.auth.currentUser?.getIdToken(true);
  return new Chatter(phone, uid, name, { senderRole: 'staff', senderTitle: title });
}

const hours = { mon: null, tue: null, wed: null, thu: null, fri: null, sat: null, sun: null };

/** A published hospital, open around the clock unless said otherwise. */
export async function aHospital(openingHours: Sample | null = null): Promise<{ id: string; name: string }> {
  const [id, name] = [`h-${randomUUID()}`, '라온뷰티의원'];
  await db()
    .doc(`Hospitals/${id}`)
    .set({
      ...{ name, published: true, updatedAt: Timestamp.now() },
      openingHours: openingHours && { ...hours, holiday: null, lunch: null, ...openingHours },
    });
  return { id, name };
}

/** A group whose members have all joined. */
export async function aGroup(owner: Chatter, ...others: readonly Chatter[]): Promise<string> {
  const roomId = `g-${randomUUID()}`;
  const uids = others.map(({ uid }) => uid);
  await owner.phone.call('createGroup', { roomId, title: '가을 모임', uids });
  for (const { phone } of others) await phone.call('answerInvitation', { roomId, accept: true });
  return roomId;
}

export const stored = async (path: string): Promise<Sample | undefined> =>
  (await db().doc(path).get()).data();

/** Waits until the room counts so many messages. */
export function counted(roomId: string, count: number): Promise<unknown> {
  return eventually(
    `${roomId} counts ${count}`,
    async () => (await stored(`Chatting/${roomId}`))?.count === count,
  );
}
