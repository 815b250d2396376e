/** Changing a member's nickname, e-mail, phone or introduction on their behalf: at once or not at all. */
import { accountOf, users } from '../accounts/members.ts';
import { readRenaming } from '../accounts/rename.ts';
import { audit } from '../audit/audit.ts';
import { AppError } from '../platform/errors.ts';
import { db, Timestamp, userOf } from '../platform/firebase.ts';
import { followEmail, isTaken, signsInByEmail } from './email.ts';
import { maskedValue, readContact, withProblems } from './operators.ts';
import type { Changes, EditUser } from './schema.ts';

type Values = Readonly<Record<string, string | null>>;
const fieldOrder = ['nickname', 'introduction', 'email', 'phone'] as const;

const refused = (field: string, code: string) =>
  new AppError('INVALID_INPUT', { fields: [{ field: `changes.${field}`, code }] });

function contactOf(field: 'email' | 'phone', value: string | null): string | null {
  const read = readContact(field, value);
  if (read === undefined) throw refused(field, 'unreadable');
  return read;
}

/** The values asked for, in the form they are kept in. */
function wanted({ nickname, introduction, email, phone }: Changes): Values {
  return {
    ...(nickname === undefined ? {} : { nickname }),
    ...(introduction === undefined ? {} : { introduction }),
    ...(email === undefined ? {} : { email: contactOf('email', email) }),
    ...(phone === undefined ? {} : { phone: contactOf('phone', phone) }),
  };
}

async function requireFree(uid: string, email: string | null | undefined): Promise<void> {
  if (email === undefined || !signsInByEmail(await userOf(uid))) return;
  if (email === null) throw refused('email', 'needed_to_sign_in');
  if (await isTaken(email, uid)) throw new AppError('EMAIL_TAKEN');
}

const masked = (values: Values, fields: readonly string[]) =>
  Object.fromEntries(fields.map((field) => [field, maskedValue(field, values[field])]));
const some = (values: Values, fields: readonly string[]) =>
  Object.fromEntries(fields.filter((field) => field in values).map((field) => [field, values[field]]));

async function write(uid: string, after: Values, reason: string, by: string): Promise<string[]> {
  return db().runTransaction(async (tx) => {
    const [user, account] = await Promise.all([tx.get(users().doc(uid)), tx.get(accountOf(uid))]);
    const profile = user.data();
    const known = account.data();
    if (!profile || !known) throw new AppError('USER_NOT_FOUND');
    const { nickname, introduction } = profile;
    const before: Values = { nickname, introduction, email: known.email, phone: known.phone };
    const changed = fieldOrder.filter((field) => field in after && after[field] !== before[field]);
    if (changed.length === 0) return [];
    const wish = changed.includes('nickname') ? after.nickname : null;
    const rename = wish ? await readRenaming(tx, uid, nickname, wish) : null;
    const updatedAt = Timestamp.now();
    rename?.();
    tx.update(user.ref, { ...some(after, ['nickname', 'introduction']), updatedAt });
    const problems = withProblems(known.problems, changed, []);
    tx.update(account.ref, { ...some(after, ['email', 'phone']), problems, updatedAt });
    const fact = { action: 'user.edit', target: `users/${uid}`, by, note: reason };
    audit(tx, { ...fact, before: masked(before, changed), after: masked(after, changed) });
    return changed;
  });
}

/**
 * Edits a member; returns the fields that are different now. Errors: USER_NOT_FOUND, INVALID_INPUT, EMAIL_TAKEN,
 * NICKNAME_RESERVED, NICKNAME_TAKEN.
 */
export async function editUser({ uid, changes, reason }: EditUser, by: string): Promise<string[]> {
  const after = wanted(changes);
  await requireFree(uid, after.email);
  const changed = await write(uid, after, reason, by);
  if (changed.includes('email') && !(await followEmail(uid))) throw new AppError('EMAIL_TAKEN');
  return changed;
}
