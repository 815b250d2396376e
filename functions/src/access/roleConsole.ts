/**
 * What owners typed into `roles` and `allowedOperators` in the Firebase console, or deleted there: checked like the
 * callables' input, completed, explained, audited. Judges what stands in the document when it runs, not what the
 * event tells: `holds` says what was accepted before, so events may be repeated, late, out of order or missing.
 */
import type { DocumentData, Transaction } from 'firebase-admin/firestore';
import type { Change, DocumentSnapshot } from 'firebase-functions/v2/firestore';
import { tidyEmail } from '../accounts/accounts.ts';
import { audit } from '../audit/audit.ts';
import type { Problem } from '../kernel/fields.ts';
import { maskEmail } from '../kernel/mask.ts';
import { db, isAlreadyThere, Timestamp, userOf } from '../platform/firebase.ts';
import { isHandEdit } from '../platform/handEdit.ts';
import { followRole, googleEmailOf } from './claims.ts';
import {
  type GrantFault,
  grantFaults,
  heldIn,
  isNarrowed,
  lastOwnerFault,
  readTyped,
  sameHeld,
} from './granting.ts';
import {
  allowedRef,
  disallow,
  disallowId,
  endId,
  isOwnerLeft,
  leavesOwner,
  type RoleState,
  readFacts,
  readRole,
  readRolesOf,
  settle,
  tellEnd,
} from './roles.ts';
import { allowedOperatorSchema, type Held, roleSchema } from './schema.ts';

const byHand = { by: 'console', note: null };
const problemsOf = (faults: readonly GrantFault[]): Problem[] =>
  faults.map(({ field, message }) => ({ field, message }));
const entryRef = (id: string) => db().doc(`auditLog/${id}`);

interface Verdict {
  readonly fields: Readonly<Record<string, unknown>>;
  readonly accepted: Held | null;
  readonly problems: Problem[];
}

/** What becomes of a document as it was typed. */
async function judge(tx: Transaction, state: RoleState, googleEmail: string | null): Promise<Verdict> {
  const data = state.data ?? {};
  const typed = readTyped(data);
  if ('faults' in typed) return { fields: data, accepted: null, problems: problemsOf(typed.faults) };
  const { role, hospitalIds } = typed;
  const email = typed.email === null ? googleEmail : tidyEmail(typed.email);
  const facts = await readFacts(tx, state, hospitalIds, googleEmail);
  const problems = problemsOf(grantFaults({ role, hospitalIds, email: email ?? '' }, facts));
  const accepted = problems.length === 0 ? { role, hospitalIds } : null;
  return { fields: { ...data, role, hospitalIds, ...(email === null ? {} : { email }) }, accepted, problems };
}

/** The document of the last owner as it was before somebody took the role away in the console. */
function restored(held: Held, data: DocumentData | undefined, googleEmail: string | null) {
  const { role, hospitalIds } = held;
  const email: unknown = googleEmail ?? data?.email;
  return {
    role,
    hospitalIds,
    email,
    holds: held,
    grantedBy: 'console',
    problems: problemsOf([lastOwnerFault]),
  };
}

function isSettled({ data, held }: RoleState, { accepted, problems }: Verdict): boolean {
  if (!sameHeld(held, accepted)) return false;
  if (accepted !== null) return roleSchema.safeParse(data).success;
  return JSON.stringify(data?.problems) === JSON.stringify(problems) && data?.updatedAt instanceof Timestamp;
}

async function settleRole(eventId: string, uid: string): Promise<void> {
  const googleEmail = googleEmailOf(await userOf(uid));
  await db().runTransaction(async (tx) => {
    const state = await readRole(tx, uid);
    if (!state.data) return;
    const verdict = await judge(tx, state, googleEmail);
    if (isSettled(state, verdict)) return;
    const { accepted, problems } = verdict;
    const steppingDown = state.held?.role === 'owner' && accepted?.role !== 'owner';
    const entryId = `role-${eventId}-${uid}`;
    if (state.held && steppingDown && !(await isOwnerLeft(tx, [uid]))) {
      const fields = restored(state.held, state.data, googleEmail);
      settle(tx, state, { fields, action: 'role.edited', result: 'LAST_OWNER', entryId }, byHand);
      return;
    }
    const fields = { ...verdict.fields, holds: accepted, grantedBy: 'console', problems };
    const result = accepted === null ? 'refused' : 'done';
    settle(tx, state, { fields, action: 'role.edited', result, entryId }, byHand);
  });
}

/** What was accepted is gone: by our own hand, which has written it down, or in the console. */
async function answerLoss(uid: string, before: DocumentData | undefined): Promise<void> {
  const held = heldIn(before?.holds);
  if (held === null) return;
  const googleEmail = googleEmailOf(await userOf(uid));
  await db().runTransaction(async (tx) => {
    const entryId = endId(uid, before);
    if ((await tx.get(entryRef(entryId))).exists) return;
    const now = await readRole(tx, uid);
    // Given again meanwhile: nothing was lost.
    if (!isNarrowed(held, now.held)) return;
    const state = { ...now, held, data: before };
    if (held.role === 'owner' && !(await isOwnerLeft(tx, [uid]))) {
      const fields = restored(held, before, googleEmail);
      settle(tx, state, { fields, action: 'role.edited', result: 'LAST_OWNER', entryId }, byHand);
      return;
    }
    tellEnd(tx, state, byHand);
  });
}

/** A second delivery at the same moment has written the same entry. */
async function once(work: Promise<void>): Promise<void> {
  await work.catch((error: unknown) => {
    if (!isAlreadyThere(error)) throw error;
  });
}

/** A role document was written or deleted, by us or by hand. */
export async function answerRole(
  eventId: string,
  uid: string,
  { before, after }: Change<DocumentSnapshot>,
): Promise<void> {
  // Our own writes say what holds and move `updatedAt`: whatever else changes it is a deletion or a hand's doing.
  const isLost = after.get('holds') === undefined || isHandEdit(before, after, ['holds']);
  if (isLost) await once(answerLoss(uid, before.data()));
  await once(settleRole(eventId, uid));
  await followRole(uid);
}

const notAnAddress: Problem = {
  field: '(document)',
  message: '문서 id가 구글 계정의 이메일 주소(소문자)여야 합니다. 지우고 다시 만들어 주세요.',
};

const isAddress = (email: string) =>
  tidyEmail(email) === email && roleSchema.shape.email.safeParse(email).success;

async function completeEntry(eventId: string, email: string): Promise<void> {
  const ref = allowedRef(email);
  await db().runTransaction(async (tx) => {
    const data = (await tx.get(ref)).data();
    if (!data || allowedOperatorSchema.safeParse(data).success) return;
    const problems = isAddress(email) ? [] : [notAnAddress];
    tx.set(ref, { addedBy: 'console', addedAt: Timestamp.now(), problems });
    const result = problems.length === 0 ? 'done' : 'refused';
    const target = `allowedOperators/${maskEmail(email)}`;
    audit(tx, { action: 'operator.allow', target, result, ...byHand }, `allowed-${eventId}`);
  });
}

/** Roles asked for by hand before the account was on the list. */
async function settleWaiting(eventId: string, email: string): Promise<void> {
  const asked = await db().collection('roles').where('email', '==', email).limit(5).get();
  for (const { id } of asked.docs) await once(settleRole(eventId, id));
}

const lastOwnersEntry: Problem = { field: '(document)', message: lastOwnerFault.message };

/** Returns the people whose claims are to follow. */
async function answerRemoval(email: string, before: DocumentData | undefined): Promise<string[]> {
  return db().runTransaction(async (tx) => {
    const entryId = disallowId(email, before);
    const [entry, told] = await tx.getAll(allowedRef(email), entryRef(entryId));
    if (entry?.exists || told?.exists) return [];
    const held = await readRolesOf(tx, email);
    if (await leavesOwner(tx, held)) {
      disallow(tx, email, before, held, byHand);
    } else {
      const addedAt = Timestamp.now();
      tx.set(allowedRef(email), { addedBy: 'console', addedAt, problems: [lastOwnersEntry] });
      const target = `allowedOperators/${maskEmail(email)}`;
      audit(tx, { action: 'operator.disallow', target, result: 'LAST_OWNER', ...byHand }, entryId);
    }
    return held.map(({ uid }) => uid);
  });
}

/** An entry of the allow-list was written or deleted, by us or by hand. */
export async function answerAllowed(
  eventId: string,
  email: string,
  { before, after }: Change<DocumentSnapshot>,
): Promise<void> {
  if (after.exists) {
    await once(completeEntry(eventId, email));
    await settleWaiting(eventId, email);
    return;
  }
  // The emulator tells of deletions of what was not there, such as ours of what a hand has deleted: answered by another,
  // they would never end.
  if (!before.exists) return;
  const touched = await answerRemoval(email, before.data()).catch((error: unknown) => {
    if (!isAlreadyThere(error)) throw error;
    return [];
  });
  await Promise.all(touched.map(followRole));
}
