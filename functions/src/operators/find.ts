/** Finding members by e-mail, phone or uid. At most 20, with what an operator has to know about each. */
import type { DocumentSnapshot } from 'firebase-admin/firestore';
import { suspendedUntil } from '../access/access.ts';
import { heldIn } from '../access/granting.ts';
import { standingSchema } from '../access/schema.ts';
import { accountSchema, userSchema } from '../accounts/schema.ts';
import { auditAlone } from '../audit/audit.ts';
import { db } from '../platform/firebase.ts';
import { type Query, readQuery } from './operators.ts';
import { type FoundUser, mostFound } from './schema.ts';

const profileShown = userSchema.pick({ nickname: true, createdAt: true });
const accountShown = accountSchema.pick({ email: true, phone: true, provider: true, kakaoId: true });
const suspensionShown = standingSchema.pick({ suspendedUntil: true });

/** Other documents called `private` have neither field today; a path says for certain. */
const memberPath = /^users\/([^/]+)\/private\/account$/;

async function uidsOf(query: Query): Promise<string[]> {
  if (query.kind === 'uid') return [query.uid];
  const value = query.kind === 'email' ? query.email : query.phone;
  const found = await db().collectionGroup('private').where(query.kind, '==', value).limit(mostFound).get();
  return found.docs.flatMap(({ ref }) => memberPath.exec(ref.path)?.[1] ?? []);
}

const pathsOf = (uid: string) => [
  `users/${uid}`,
  `users/${uid}/private/account`,
  `standings/${uid}`,
  `roles/${uid}`,
];

/** Null where there is no such member. */
function shown(uid: string, [user, account, standing, role]: readonly DocumentSnapshot[]): FoundUser | null {
  const profile = profileShown.safeParse(user?.data());
  const contact = accountShown.safeParse(account?.data());
  if (!profile.success || !contact.success) return null;
  const suspension = suspensionShown.safeParse(standing?.data());
  const until = suspension.success ? suspendedUntil(suspension.data, Date.now()) : null;
  return {
    uid,
    nickname: profile.data.nickname,
    ...contact.data,
    suspendedUntil: until === null ? null : new Date(until).toISOString(),
    role: heldIn(role?.get('holds'))?.role ?? null,
    createdAt: profile.data.createdAt.toDate().toISOString(),
  };
}

async function look(query: Query | null): Promise<FoundUser[]> {
  const uids = query === null ? [] : await uidsOf(query);
  if (uids.length === 0) return [];
  const documents = await db().getAll(...uids.flatMap(pathsOf).map((path) => db().doc(path)));
  const size = pathsOf('').length;
  return uids.flatMap((uid, index) => shown(uid, documents.slice(index * size, (index + 1) * size)) ?? []);
}

/** Looks, and writes down that somebody looked: for what kind of thing and whom it showed, never the words. */
export async function findUsers(text: string, by: string): Promise<FoundUser[]> {
  const query = readQuery(text);
  const found = await look(query);
  await auditAlone({
    action: 'user.find',
    target: 'users',
    by,
    result: `found ${found.length}`,
    after: { kind: query?.kind ?? 'none', uids: found.map(({ uid }) => uid).join(', ') },
  });
  return found;
}
