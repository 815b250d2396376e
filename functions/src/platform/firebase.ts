/** Lazy handles to Firebase, one of each per instance, and the only source of Timestamp and FieldValue. */
import { getApps, initializeApp } from 'firebase-admin/app';
import { type Auth, getAuth, type UserRecord } from 'firebase-admin/auth';
import { type Firestore, getFirestore } from 'firebase-admin/firestore';
import { getStorage } from 'firebase-admin/storage';

export type { Transaction } from 'firebase-admin/firestore';
export { FieldValue, Timestamp } from 'firebase-admin/firestore';

/** Makes the default app, once. */
export function ensureApp(): void {
  // Others may have apps of their own in this process (firebase-functions does): ours is the default one.
  if (!getApps().some((app) => app.name === '[DEFAULT]')) initializeApp();
}

export function db(): Firestore {
  ensureApp();
  return getFirestore();
}

export function auth(): Auth {
  ensureApp();
  return getAuth();
}

export function bucket() {
  ensureApp();
  return getStorage().bucket();
}

/** Whether a `create` was refused because the document is there already (gRPC ALREADY_EXISTS). */
export function isAlreadyThere(error: unknown): boolean {
  return typeof error === 'object' && error !== null && 'code' in error && error.code === 6;
}

/** Whether a write was refused because its document has changed or gone since it was read (FAILED_PRECONDITION). */
export function isStale(error: unknown): boolean {
  return (
    typeof error === 'object' && error !== null && 'code' in error && (error.code === 9 || error.code === 5)
  );
}

/** Whether a write gave way to another of the same moment (ABORTED). */
export function isContended(error: unknown): boolean {
  return typeof error === 'object' && error !== null && 'code' in error && error.code === 10;
}

/** Whether an error of Firebase Auth has a code, such as `auth/user-not-found`. */
export function hasAuthCode(error: unknown, code: string): boolean {
  return typeof error === 'object' && error !== null && 'code' in error && error.code === code;
}

/** Nobody there is as good as nothing known. */
async function orNull(user: Promise<UserRecord>): Promise<UserRecord | null> {
  return user.catch((error: unknown) => {
    if (hasAuthCode(error, 'auth/user-not-found')) return null;
    throw error;
  });
}

/** The Auth user of a uid or an address, or null. */
export const userOf = (uid: string): Promise<UserRecord | null> => orNull(auth().getUser(uid));
export const userByEmail = (email: string): Promise<UserRecord | null> =>
  orNull(auth().getUserByEmail(email));

/** Deletes an Auth user; one that is gone already is as good. */
export async function deleteAuthUser(uid: string): Promise<void> {
  await auth()
    .deleteUser(uid)
    .catch((error: unknown) => {
      if (!hasAuthCode(error, 'auth/user-not-found')) throw error;
    });
}
