/**
 * Giving and ending roles, and the allow-list of those who may have one. `roles/{uid}` decides; custom claims follow
 * it (claims.ts). What takes something away also writes `rolesEndedAt` in the same transaction, by which rules and
 * callables refuse tokens given before it. All reads of a transaction come before its writes.
 */
import type { DocumentData, Transaction } from 'firebase-admin/firestore';
import { audit } from '../audit/audit.ts';
import { maskEmail } from '../kernel/mask.ts';
import { AppError } from '../platform/errors.ts';
import { db, Timestamp, userByEmail } from '../platform/firebase.ts';
import { suspendedUntil } from './access.ts';
import { followRole, googleEmailOf } from './claims.ts';
import {
  type GrantFacts,
  type GrantFault,
  grantFaults,
  heldIn,
  isNarrowed,
  sameHeld,
  type Wish,
} from './granting.ts';
import { type AllowedOperator, type Held, type RoleHolder, roleSchema, standingSchema } from './schema.ts';

/** Who decided, and why. */
export interface Decision {
  readonly by: string;
  readonly note: string | null;
}

/** A role document as it stands, whatever was typed into it. */
export interface RoleState {
  readonly uid: string;
  readonly data: DocumentData | undefined;
  readonly held: Held | null;
  readonly standing: DocumentData | undefined;
}

const roleRef = (uid: string) => db().doc(`roles/${uid}`);
const standingRef = (uid: string) => db().doc(`standings/${uid}`);
export const allowedRef = (email: string) => db().doc(`allowedOperators/${email}`);

/** When the server last wrote a document, ms; tells one life of a role from another. */
const millisOf = (value: unknown): number => (value instanceof Timestamp ? value.toMillis() : 0);

/** The audit entry of the end of a role: whoever writes it has ended the role, and nobody ends it again. */
export const endId = (uid: string, data: DocumentData | undefined): string =>
  `role-ended-${uid}-${millisOf(data?.updatedAt)}`;
/** The same of an entry of the allow-list. */
export const disallowId = (email: string, data: DocumentData | undefined): string =>
  `disallowed-${maskEmail(email)}-${millisOf(data?.addedAt)}`;

const shown = (held: Held | null, email: unknown): Record<string, string | null> => ({
  role: held?.role ?? null,
  hospitalIds: held === null ? null : held.hospitalIds.join(', '),
  email: typeof email === 'string' ? maskEmail(email) : null,
});

export async function readRole(tx: Transaction, uid: string): Promise<RoleState> {
  const [role, standing] = await tx.getAll(roleRef(uid), standingRef(uid));
  const data = role?.data();
  return { uid, data, held: heldIn(data?.holds), standing: standing?.data() };
}

/** Whether somebody else than these is an owner. */
export async function isOwnerLeft(tx: Transaction, without: readonly string[]): Promise<boolean> {
  const owners = await tx.get(db().collection('roles').where('holds.role', '==', 'owner').limit(2));
  return owners.docs.some(({ id }) => !without.includes(id));
}

/** A standing that cannot be read stops whoever it is about, so it counts as a suspension. */
function isSuspended(standing: DocumentData | undefined): boolean {
  if (!standing) return false;
  const parsed = standingSchema
    .pick({ suspendedUntil: true })
    .safeParse({ suspendedUntil: null, ...standing });
  return !parsed.success || suspendedUntil(parsed.data, Date.now()) !== null;
}

export async function readFacts(
  tx: Transaction,
  { standing }: RoleState,
  hospitalIds: readonly string[],
  googleEmail: string | null,
): Promise<GrantFacts> {
  const hospitals = hospitalIds.map((hospitalId) => db().doc(`Hospitals/${hospitalId}`));
  const allowed = googleEmail === null ? [] : [allowedRef(googleEmail)];
  const refs = [...hospitals, ...allowed];
  const found = refs.length === 0 ? [] : await tx.getAll(...refs);
  const there = new Set(found.filter(({ exists }) => exists).map(({ ref }) => ref.path));
  return {
    googleEmail,
    allowed: allowed.some(({ path }) => there.has(path)),
    suspended: isSuspended(standing),
    knownHospitals: new Set(hospitals.filter(({ path }) => there.has(path)).map(({ id }) => id)),
  };
}

function endTokens(tx: Transaction, { uid, standing }: RoleState, by: string): void {
  const untold = { suspendedUntil: null, reason: null, problems: [] };
  const now = Timestamp.now();
  tx.set(standingRef(uid), { ...untold, ...standing, rolesEndedAt: now, by, updatedAt: now });
}

export interface Settlement {
  readonly fields: Pick<RoleHolder, 'grantedBy' | 'problems' | 'holds'> & Readonly<Record<string, unknown>>;
  readonly action: string;
  readonly result?: string;
  /** Of the audit entry; without it each settlement has one of its own. */
  readonly entryId?: string;
}

/** Writes a role document and what goes with it. */
export function settle(
  tx: Transaction,
  state: RoleState,
  settlement: Settlement,
  { by, note }: Decision,
): void {
  const { fields, action, result = 'done', entryId } = settlement;
  tx.set(roleRef(state.uid), { ...fields, updatedAt: Timestamp.now() });
  if (isNarrowed(state.held, fields.holds)) endTokens(tx, state, by);
  const before = shown(state.held, state.data?.email);
  const fact = { action, target: `roles/${state.uid}`, by, note, result, before };
  audit(tx, { ...fact, after: shown(fields.holds, fields.email) }, entryId);
}

/** Ends a role: the document goes, tokens given before hold no longer. */
export function endRole(tx: Transaction, state: RoleState, decision: Decision): void {
  tx.delete(roleRef(state.uid));
  tellEnd(tx, state, decision);
}

/** What goes with the end of a role whose document is gone. */
export function tellEnd(tx: Transaction, state: RoleState, { by, note }: Decision): void {
  endTokens(tx, state, by);
  const before = shown(state.held, state.data?.email);
  const fact = { action: 'role.revoke', target: `roles/${state.uid}`, by, note, before };
  // A document that was never accepted may come and go any number of times.
  const entryId = state.held === null ? undefined : endId(state.uid, state.data);
  audit(tx, { ...fact, after: shown(null, null) }, entryId);
}

/** Of two owners who end each other's role at once, the second is none any more when it comes to writing. */
async function requireStillOwner(tx: Transaction, uid: string): Promise<void> {
  const { held } = await readRole(tx, uid);
  if (held?.role !== 'owner') throw new AppError('NOT_ALLOWED');
}

function refuse([first]: readonly GrantFault[]): void {
  if (!first) return;
  const fields = [{ field: first.field, code: first.code }];
  throw new AppError(first.reason, first.reason === 'INVALID_INPUT' ? { fields } : {});
}

/**
 * Gives a role to whoever signs in with a Google account, in place of one held; returns the uid. Giving what is held
 * changes nothing. Errors: NOT_ALLOWED, NOT_ALLOW_LISTED, TARGET_SUSPENDED, LAST_OWNER, INVALID_INPUT (hospitals).
 */
export async function grantRole(wish: Wish, decision: Decision): Promise<string> {
  const user = await userByEmail(wish.email);
  const googleEmail = googleEmailOf(user);
  if (!user || googleEmail === null) throw new AppError('NOT_ALLOW_LISTED');
  const { uid } = user;
  await db().runTransaction(async (tx) => {
    await requireStillOwner(tx, decision.by);
    const state = await readRole(tx, uid);
    const held = { role: wish.role, hospitalIds: [...wish.hospitalIds] };
    refuse(grantFaults(wish, await readFacts(tx, state, wish.hospitalIds, googleEmail)));
    if (sameHeld(state.held, held) && roleSchema.safeParse(state.data).success) return;
    const steppingDown = state.held?.role === 'owner' && held.role !== 'owner';
    if (steppingDown && !(await isOwnerLeft(tx, [uid]))) throw new AppError('LAST_OWNER');
    const fields = { ...held, email: wish.email, holds: held, grantedBy: decision.by, problems: [] };
    settle(tx, state, { fields, action: 'role.grant' }, decision);
  });
  await followRole(uid);
  return uid;
}

/** Ends a role. Ending what is not held changes nothing. Errors: NOT_ALLOWED, LAST_OWNER. */
export async function revokeRole(uid: string, decision: Decision): Promise<void> {
  await db().runTransaction(async (tx) => {
    await requireStillOwner(tx, decision.by);
    const state = await readRole(tx, uid);
    if (!state.data) return;
    if (state.held?.role === 'owner' && !(await isOwnerLeft(tx, [uid]))) throw new AppError('LAST_OWNER');
    endRole(tx, state, decision);
  });
  await followRole(uid);
}

/** Roles that somebody holds who signs in with a Google account. */
export async function readRolesOf(tx: Transaction, email: string): Promise<RoleState[]> {
  const found = await tx.get(db().collection('roles').where('email', '==', email).limit(5));
  const states: RoleState[] = [];
  for (const { id } of found.docs) states.push(await readRole(tx, id));
  return states.filter(({ held }) => held !== null);
}

/** Whether an owner would be left without these roles. */
export async function leavesOwner(tx: Transaction, ended: readonly RoleState[]): Promise<boolean> {
  if (!ended.some(({ held }) => held?.role === 'owner')) return true;
  return isOwnerLeft(
    tx,
    ended.map(({ uid }) => uid),
  );
}

/** Takes an account off the allow-list, with the roles it has. */
export function disallow(
  tx: Transaction,
  email: string,
  entry: DocumentData | undefined,
  ended: readonly RoleState[],
  decision: Decision,
): void {
  tx.delete(allowedRef(email));
  for (const state of ended) endRole(tx, state, decision);
  const fact = { action: 'operator.disallow', target: `allowedOperators/${maskEmail(email)}`, ...decision };
  audit(tx, fact, entry?.addedAt ? disallowId(email, entry) : undefined);
}

/** Puts a Google account on the allow-list; one that is there stays as it is. Errors: NOT_ALLOWED. */
export async function allowOperator(email: string, decision: Decision): Promise<void> {
  await db().runTransaction(async (tx) => {
    await requireStillOwner(tx, decision.by);
    if ((await tx.get(allowedRef(email))).exists) return;
    const entry: AllowedOperator = { addedBy: decision.by, addedAt: Timestamp.now(), problems: [] };
    tx.create(allowedRef(email), entry);
    audit(tx, { action: 'operator.allow', target: `allowedOperators/${maskEmail(email)}`, ...decision });
  });
}

/** Takes one off, and ends the role held; returns whose. Errors: NOT_ALLOWED, LAST_OWNER. */
export async function disallowOperator(email: string, decision: Decision): Promise<string | null> {
  const ended = await db().runTransaction(async (tx) => {
    await requireStillOwner(tx, decision.by);
    const entry = await tx.get(allowedRef(email));
    const held = await readRolesOf(tx, email);
    if (!entry.exists && held.length === 0) return [];
    if (!(await leavesOwner(tx, held))) throw new AppError('LAST_OWNER');
    disallow(tx, email, entry.data(), held, decision);
    return held.map(({ uid }) => uid);
  });
  await Promise.all(ended.map(followRole));
  return ended[0] ?? null;
}
