/** What an operator typed into `standings` in the Firebase console: checked, completed, explained, audited. */
import type { Change, DocumentSnapshot } from 'firebase-functions/v2/firestore';
import { z } from 'zod';
import { audit } from '../audit/audit.ts';
import type { Problem } from '../kernel/fields.ts';
import { db, isAlreadyThere, isStale, Timestamp } from '../platform/firebase.ts';
import { isHandEdit } from '../platform/handEdit.ts';
import { heldIn } from './granting.ts';
import { standingSchema } from './schema.ts';
import { followStanding } from './suspension.ts';

const typed = standingSchema.pick({ suspendedUntil: true, reason: true, rolesEndedAt: true, by: true });
const completed = { suspendedUntil: null, reason: null, rolesEndedAt: null, by: 'console' };

const explanations: Readonly<Record<string, string>> = {
  suspendedUntil: '정지 종료 시각(timestamp)이어야 합니다. 고칠 때까지 이 회원은 아무것도 쓸 수 없습니다.',
  reason: '정지 사유를 적어 주세요(500자 이내).',
  rolesEndedAt: '시각(timestamp)이거나 null이어야 합니다.',
  by: '운영자 uid여야 합니다.',
};

function problemsOf(error: z.ZodError): Problem[] {
  const fields = new Set(error.issues.map((issue) => String(issue.path[0] ?? '')));
  return [...fields].map((field) => ({ field, message: explanations[field] ?? '값을 확인해 주세요.' }));
}

function checked(data: unknown) {
  const whole = z.record(z.string(), z.unknown()).parse(data);
  const parsed = typed.safeParse({ ...completed, ...whole });
  if (!parsed.success) return { problems: problemsOf(parsed.error), fields: {} };
  const { suspendedUntil, reason } = parsed.data;
  const lacking = suspendedUntil !== null && reason === null ? ['reason'] : [];
  const problems = lacking.map((field) => ({ field, message: explanations[field] ?? '' }));
  return { problems, fields: parsed.data };
}

const shown = (value: unknown): string | null =>
  value instanceof Timestamp ? value.toDate().toISOString() : value == null ? null : '(?)';

const roleHolder: Problem = {
  field: 'suspendedUntil',
  message: '운영 권한이 있는 계정이어서 정지를 되돌렸습니다. 먼저 권한을 거두어 주세요.',
};

/** Whoever holds a role keeps it until an owner ends it: the last owner could be shut out otherwise. */
async function judged(uid: string, data: unknown) {
  const { problems, fields } = checked(data);
  const isReadable = 'suspendedUntil' in fields;
  if (isReadable && fields.suspendedUntil === null) return { problems, fields };
  const role = await db().doc(`roles/${uid}`).get();
  if (heldIn(role.get('holds')) === null) return { problems, fields };
  // When roles were ended cannot be told from what cannot be read: at the latest, now.
  const kept = isReadable ? fields : { ...completed, rolesEndedAt: Timestamp.now() };
  return { problems: [roleHolder], fields: { ...kept, suspendedUntil: null, reason: null } };
}

/** Answers an edit by hand in the document itself; that write is what makes Auth follow. */
async function answerHandEdit(eventId: string, { before, after }: Change<DocumentSnapshot>): Promise<void> {
  const { problems, fields } = await judged(after.id, after.data());
  const batch = db().batch();
  const target = db().doc(after.ref.path);
  const stamp = { problems, updatedAt: Timestamp.now() };
  batch.update(target, { ...fields, ...stamp }, after.updateTime ? { lastUpdateTime: after.updateTime } : {});
  const fact = {
    action: 'user.standingEdited',
    target: target.path,
    by: 'console',
    result: problems.length === 0 ? 'done' : 'refused',
    before: { suspendedUntil: shown(before.get('suspendedUntil')) },
    after: { suspendedUntil: shown(after.get('suspendedUntil')) },
  };
  audit(batch, fact, `standing-${eventId}`);
  await batch.commit().catch((error: unknown) => {
    if (!isAlreadyThere(error) && !isStale(error)) throw error;
  });
}

/** Our own deletions are of suspensions that have ended; one that still ran was deleted by hand. */
async function auditDeletion(eventId: string, { before }: Change<DocumentSnapshot>): Promise<void> {
  const until: unknown = before.get('suspendedUntil');
  if (!(until instanceof Timestamp) || until.toMillis() <= Date.now()) return;
  const batch = db().batch();
  const fact = {
    action: 'user.standingEdited',
    target: before.ref.path,
    by: 'console',
    before: { suspendedUntil: shown(until) },
    after: { suspendedUntil: null },
  };
  audit(batch, fact, `standing-${eventId}`);
  await batch.commit().catch((error: unknown) => {
    if (!isAlreadyThere(error)) throw error;
  });
}

/** A standing was written or deleted, by us or by hand. */
export async function answerStanding(
  eventId: string,
  uid: string,
  change: Change<DocumentSnapshot>,
): Promise<void> {
  if (isHandEdit(change.before, change.after, ['suspendedUntil', 'reason'])) {
    await answerHandEdit(eventId, change);
    return;
  }
  if (!change.after.exists) await auditDeletion(eventId, change);
  const standing = change.after.exists ? standingSchema.safeParse(change.after.data()) : null;
  if (standing && !standing.success) return;
  await followStanding(uid);
}
