/**
 * What operators typed into a registration in the Firebase console: corrected fields are tidied and checked again,
 * calls they noted are recorded, their decision is carried out. What could not be accepted is put back, or explained
 * in the document. Each event is answered once.
 */
import type { Change, DocumentSnapshot } from 'firebase-functions/v2/firestore';
import { z } from 'zod';
import { audit } from '../audit/audit.ts';
import { db, Timestamp, type Transaction } from '../platform/firebase.ts';
import { changedFields, isHandEdit } from '../platform/handEdit.ts';
import { carryOut } from './approval.ts';
import { corrected } from './correct.ts';
import { type Registration, registrationKinds, registrationSchema } from './schema.ts';
import { checkSettings } from './settings.ts';

const by = 'console';

const watched = ['kind', 'fields', 'confirmed', 'decision', 'decisionNote', 'senderNote', 'papers', 'target'];

const document = z.record(z.string(), z.unknown());
const fieldsOf = (snapshot: DocumentSnapshot) => document.catch({}).parse(snapshot.get('fields'));
const kindOf = (snapshot: DocumentSnapshot) => z.enum(registrationKinds).safeParse(snapshot.get('kind')).data;

const misshapen: Readonly<Record<string, string>> = {
  kind: 'kind는 hospital, doctor, event, unknown 중 하나여야 합니다.',
  confirmed: 'confirmed에는 money, licence, owner, email 아래에 통화 내용을 10자 이상 적어 주세요.',
  fields: 'fields는 항목 이름과 값의 목록(map)이어야 합니다.',
  senderNote: 'senderNote에는 보낸 분께 전할 말을 1000자 이내로 적어 주세요.',
  papers: 'papers의 형식이 올바르지 않습니다. role은 정해진 이름만 쓸 수 있습니다.',
};

interface Restored {
  readonly registration: Registration;
  /** Parts that were put back. */
  readonly broken: readonly string[];
}

/** The document as it stands, with what no longer has its shape put back to what it was. */
function restored(current: unknown, before: DocumentSnapshot): Restored | null {
  const whole = document.parse(current);
  const parsed = registrationSchema.safeParse(whole);
  if (parsed.success) return { registration: parsed.data, broken: [] };
  const broken = [...new Set(parsed.error.issues.map(({ path }) => String(path[0])))];
  const former = Object.fromEntries(broken.map((field) => [field, before.get(field)]));
  const mended = registrationSchema.safeParse({ ...whole, ...former });
  return mended.success ? { registration: mended.data, broken } : null;
}

/** The registration as it was before this event's edits; other edits since then keep what they did. */
function beforeEdit(registration: Registration, { before, after }: Change<DocumentSnapshot>): Registration {
  const [was, became] = [fieldsOf(before), fieldsOf(after)];
  const isOurs = (field: string) =>
    JSON.stringify(was[field]) !== JSON.stringify(became[field]) &&
    JSON.stringify(registration.fields[field]) === JSON.stringify(became[field]);
  const fields = { ...registration.fields };
  for (const field of new Set([...Object.keys(was), ...Object.keys(became)]))
    if (isOurs(field)) {
      if (field in was) fields[field] = was[field];
      else delete fields[field];
    }
  return { ...registration, kind: kindOf(before) ?? registration.kind, fields };
}

function answer(
  tx: Transaction,
  eventId: string,
  current: FirebaseFirestore.DocumentSnapshot,
  change: Change<DocumentSnapshot>,
): void {
  const target = db().doc(current.ref.path);
  const now = Timestamp.now();
  const found = restored(current.data(), change.before);
  if (!found) return;
  const { registration, broken } = found;
  const isSettled = registration.state === 'APPROVED' || registration.state === 'REJECTED';
  const put = Object.fromEntries(broken.map((field) => [field, change.before.get(field) ?? null]));
  const { kind, fields } = registration;
  const was = beforeEdit(registration, change);
  const result = isSettled
    ? null
    : corrected(was, { kind, fields }, { by, at: now }, checkSettings(now.toMillis()));
  const explained = broken.map((field) => misshapen[field] ?? `${field}: 형식이 올바르지 않아 되돌렸습니다.`);
  const late = isSettled ? ['이미 처리된 신청입니다. 공개된 문서를 직접 고쳐 주세요.'] : [];
  tx.update(target, { ...put, ...result, decisionProblems: [...explained, ...late], updatedAt: now });
  const changed = changedFields(change.before, change.after, watched);
  const fact = { action: 'registration.correct', target: target.path, by, result: changed.join(',') };
  audit(tx, fact, `registration-${eventId}`);
}

async function answerCorrection(eventId: string, change: Change<DocumentSnapshot>): Promise<void> {
  const ref = db().doc(change.after.ref.path);
  await db().runTransaction(async (tx) => {
    const entry = db().doc(`auditLog/registration-${eventId}`);
    const [answered, current] = await Promise.all([tx.get(entry), tx.get(ref)]);
    if (!answered.exists && current.exists) answer(tx, eventId, current, change);
  });
}

/** A registration was changed, by us or by hand. Corrections first: a decision is about what was corrected with it. */
export async function answerRegistration(eventId: string, change: Change<DocumentSnapshot>): Promise<void> {
  const { before, after } = change;
  if (!isHandEdit(before, after, watched)) return;
  const changed = changedFields(before, after, watched);
  if (changed.some((field) => field !== 'decision' && field !== 'decisionNote'))
    await answerCorrection(eventId, change);
  if (changed.includes('decision') && after.get('decision') != null) await carryOut(after.id, { by });
}
