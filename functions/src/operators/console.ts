/**
 * What operators typed into a member's profile and account in the Firebase console: checked like `editUser`'s input,
 * tidied or put back, explained in `problems` of the account, audited once per event. Ordinary writes cost nothing:
 * the event itself tells that there is nothing to do.
 */
import type { DocumentData, Transaction } from 'firebase-admin/firestore';
import type { Change, DocumentSnapshot } from 'firebase-functions/v2/firestore';
import { nicknameFault, nicknameKey } from '../accounts/nicknames.ts';
import { userSchema } from '../accounts/schema.ts';
import { audit } from '../audit/audit.ts';
import type { Problem } from '../kernel/fields.ts';
import { db, isAlreadyThere, Timestamp, userOf } from '../platform/firebase.ts';
import { changedFields, isHandEdit } from '../platform/handEdit.ts';
import { followEmail, isTaken, signsInByEmail, takenProblem } from './email.ts';
import { maskedValue, readContact, withProblems } from './operators.ts';

const by = 'console';
const userRef = (uid: string) => db().doc(`users/${uid}`);
const accountRef = (uid: string) => db().doc(`users/${uid}/private/account`);
const entryRef = (id: string) => db().doc(`auditLog/${id}`);

/** A second delivery at the same moment has written the same entry. */
async function once(work: Promise<void>): Promise<void> {
  await work.catch((error: unknown) => {
    if (!isAlreadyThere(error)) throw error;
  });
}

const nicknameProblems = {
  shape: '닉네임은 2~20자여야 합니다. 이전 닉네임으로 되돌렸습니다.',
  reserved: '사용할 수 없는 닉네임이어서 되돌렸습니다.',
  taken: '다른 회원이 사용 중인 닉네임이어서 되돌렸습니다.',
} as const;

interface Held {
  /** Keys of nicknames that are the member's. */
  readonly keys: readonly string[];
  /** Whether the one typed is somebody else's. */
  readonly taken: boolean;
}

async function readHeld(tx: Transaction, uid: string, typed: unknown): Promise<Held> {
  const all = db().collection('nicknames');
  const own = await tx.get(all.where('uid', '==', uid).limit(10));
  const key = typeof typed === 'string' ? nicknameKey(typed) : '';
  const holder = isUsableKey(key) ? await tx.get(all.doc(key)) : null;
  return { keys: own.docs.map(({ id }) => id), taken: holder?.exists === true && holder.get('uid') !== uid };
}

const isUsableKey = (key: string) => key !== '' && !key.includes('/') && !/^\.\.?$/.test(key);

function nicknameProblem(typed: unknown, { taken }: Held): Problem | null {
  const at = (message: string) => ({ field: 'nickname', message });
  const nickname = userSchema.shape.nickname.safeParse(typed);
  if (!nickname.success || !isUsableKey(nicknameKey(nickname.data))) return at(nicknameProblems.shape);
  if (nicknameFault(nickname.data)) return at(nicknameProblems.reserved);
  return taken ? at(nicknameProblems.taken) : null;
}

/** The nickname to put back: as it was written, when it is still the member's; else the one that is. */
function formerNickname(before: unknown, { keys }: Held): string | null {
  if (typeof before === 'string' && (keys.length === 0 || keys.includes(nicknameKey(before)))) return before;
  return keys[0] ?? null;
}

async function settleNickname(eventId: string, uid: string, before: unknown): Promise<void> {
  await db().runTransaction(async (tx) => {
    const entryId = `nickname-${eventId}`;
    const [user, account, told] = await tx.getAll(userRef(uid), accountRef(uid), entryRef(entryId));
    if (!user?.exists || told?.exists) return;
    const typed: unknown = user.get('nickname');
    const held = await readHeld(tx, uid, typed);
    const problem = nicknameProblem(typed, held);
    const nickname = problem === null ? String(typed) : formerNickname(before, held);
    if (nickname === null) return;
    const key = nicknameKey(nickname);
    const all = db().collection('nicknames');
    for (const old of held.keys.filter((one) => one !== key)) tx.delete(all.doc(old));
    tx.set(all.doc(key), { uid });
    const updatedAt = Timestamp.now();
    tx.update(userRef(uid), { nickname, updatedAt });
    const problems = withProblems(account?.get('problems'), ['nickname'], problem === null ? [] : [problem]);
    if (account?.exists) tx.update(accountRef(uid), { problems, updatedAt });
    const result = problem === null ? 'done' : 'refused';
    const masked = (value: unknown) => ({ nickname: maskedValue('nickname', value) });
    const fact = { action: 'user.edited', target: `users/${uid}`, by, result };
    audit(tx, { ...fact, before: masked(before), after: masked(typed) }, entryId);
  });
}

/** A profile was changed. Only a nickname typed by hand is of interest. */
export async function answerUser(
  eventId: string,
  uid: string,
  { before, after }: Change<DocumentSnapshot>,
): Promise<void> {
  if (!before.exists || !isHandEdit(before, after, ['nickname'])) return;
  await once(settleNickname(eventId, uid, before.get('nickname')));
}

const contacts = ['email', 'phone'] as const;
type Contact = (typeof contacts)[number];

const contactProblems: Readonly<Record<Contact, string>> = {
  email: '이메일 주소가 아니어서 되돌렸습니다.',
  phone: '한국 전화번호가 아니어서 되돌렸습니다.',
};
const neededProblem = '이메일로 로그인하는 회원은 이메일이 있어야 하므로 되돌렸습니다.';

interface Known {
  /** The address somebody signs in with; null for who signs in otherwise. */
  readonly signInEmail: string | null;
  /** Whether the address typed belongs to another account. */
  readonly taken: boolean;
}

async function knownOf(uid: string, typed: unknown): Promise<Known> {
  const user = await userOf(uid);
  if (!signsInByEmail(user)) return { signInEmail: null, taken: false };
  const email = readContact('email', typed);
  return { signInEmail: user?.email ?? null, taken: email ? await isTaken(email, uid) : false };
}

/** A contact as it is to be kept, or what is wrong with it. */
function judge(
  field: Contact,
  typed: unknown,
  known: Known,
): { value: string | null } | { problem: Problem } {
  const value = readContact(field, typed);
  if (value === undefined) return { problem: { field, message: contactProblems[field] } };
  if (field === 'phone' || known.signInEmail === null) return { value };
  if (value === null) return { problem: { field, message: neededProblem } };
  return known.taken ? { problem: takenProblem } : { value };
}

function formerContact(field: Contact, before: DocumentData, known: Known): string | null {
  if (field === 'email' && known.signInEmail !== null) return known.signInEmail;
  return readContact(field, before[field]) ?? null;
}

async function settleAccount(eventId: string, uid: string, before: DocumentData, after: DocumentData) {
  const known = await knownOf(uid, after.email);
  await db().runTransaction(async (tx) => {
    const entryId = `account-${eventId}`;
    const [account, told] = await tx.getAll(accountRef(uid), entryRef(entryId));
    if (!account?.exists || told?.exists) return;
    // What has been changed since has an event of its own.
    const fields = contacts.filter(
      (field) => before[field] !== after[field] && account.get(field) === after[field],
    );
    const judged = fields.map((field) => ({ field, verdict: judge(field, after[field], known) }));
    const kept = judged.map(({ field, verdict }) => [
      field,
      'value' in verdict ? verdict.value : formerContact(field, before, known),
    ]);
    const found = judged.flatMap(({ verdict }) => ('problem' in verdict ? [verdict.problem] : []));
    const problems = withProblems(account.get('problems'), fields, found);
    tx.update(accountRef(uid), { ...Object.fromEntries(kept), problems, updatedAt: Timestamp.now() });
    const masked = (data: DocumentData) =>
      Object.fromEntries(fields.map((field) => [field, maskedValue(field, data[field])]));
    const result = found.length === 0 ? 'done' : 'refused';
    const fact = { action: 'user.edited', target: `users/${uid}`, by, result };
    audit(tx, { ...fact, before: masked(before), after: masked(after) }, entryId);
  });
}

/** An account was changed: contacts typed by hand are looked at, and Auth follows the address whoever changed it. */
export async function answerAccount(
  eventId: string,
  uid: string,
  { before, after }: Change<DocumentSnapshot>,
): Promise<void> {
  if (!before.exists || !after.exists) return;
  if (isHandEdit(before, after, contacts)) {
    await once(settleAccount(eventId, uid, before.data() ?? {}, after.data() ?? {}));
    await followEmail(uid);
  } else if (changedFields(before, after, ['email']).length > 0) {
    await followEmail(uid);
  }
}
