/**
 * Custom claims follow `roles/{uid}`. Called by whatever changes a role and by the trigger again: a run only brings
 * Firebase Auth to what the document says when the run ends, so it may be repeated, late or interrupted.
 *
 * Whoever signs in between the end of a role and the clearing of the claims gets a token that still has the role,
 * of a sign-in later than that end. So the end is moved to after the clearing, once: the refresh tokens, revoked
 * last, tell that it has been done.
 */
import type { UserRecord } from 'firebase-admin/auth';
import { auth, db, Timestamp, userOf } from '../platform/firebase.ts';
import { claimsWith, heldIn, isNarrowed } from './granting.ts';
import type { Held } from './schema.ts';

const attempts = 8;

/** The verified address of the Google account somebody signs in with, in small letters, or null. */
export function googleEmailOf(user: UserRecord | null): string | null {
  const google = user?.providerData.find(({ providerId }) => providerId === 'google.com');
  const email = google?.email?.toLowerCase();
  return user?.emailVerified && email !== undefined && email === user.email?.toLowerCase() ? email : null;
}

/** What the claims are to say: what was accepted, as long as it is what the document asks for and the account may. */
async function heldBy(user: UserRecord, role: FirebaseFirestore.DocumentSnapshot): Promise<Held | null> {
  const held = heldIn(role.get('holds'));
  const email = googleEmailOf(user);
  if (held === null || email === null || role.get('email') !== email) return null;
  return (await db().doc(`allowedOperators/${email}`).get()).exists ? held : null;
}

const canonical = (claims: Readonly<Record<string, unknown>>) =>
  JSON.stringify(Object.entries(claims).sort(([a], [b]) => a.localeCompare(b)));

async function endTokens(user: UserRecord, narrowed: boolean): Promise<void> {
  const standing = db().doc(`standings/${user.uid}`);
  const ended: unknown = (await standing.get()).get('rolesEndedAt');
  if (!(ended instanceof Timestamp)) return;
  const revoked = Date.parse(user.tokensValidAfterTime ?? '') || 0;
  // Auth keeps whole seconds.
  if (!narrowed && revoked >= ended.seconds * 1000) return;
  await standing.update({ rolesEndedAt: Timestamp.now(), updatedAt: Timestamp.now() });
  await auth().revokeRefreshTokens(user.uid);
}

async function followOnce(uid: string, role: FirebaseFirestore.DocumentSnapshot): Promise<void> {
  const user = await userOf(uid);
  if (!user) return;
  const claims = user.customClaims ?? {};
  const held = await heldBy(user, role);
  const wanted = claimsWith(claims, held);
  if (canonical(wanted) !== canonical(claims)) await auth().setCustomUserClaims(uid, wanted);
  await endTokens(user, isNarrowed(heldIn(claims), held));
}

const isSame = (one: FirebaseFirestore.DocumentSnapshot, other: FirebaseFirestore.DocumentSnapshot) =>
  one.exists === other.exists && (one.updateTime?.isEqual(other.updateTime ?? Timestamp.now()) ?? true);

/** Makes the custom claims of a person what their role document says. Keeps their other claims. */
export async function followRole(uid: string): Promise<void> {
  const ref = db().doc(`roles/${uid}`);
  let role = await ref.get();
  for (let attempt = 0; attempt < attempts; attempt++) {
    await followOnce(uid, role);
    // A slower run must not leave older claims behind than a faster one: it looks again after writing.
    const now = await ref.get();
    if (isSame(role, now)) return;
    role = now;
  }
  throw new Error('the claims of a role did not settle');
}
