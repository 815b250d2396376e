/** Adding to the audit log, as part of what it tells of. */
import type { Transaction, WriteBatch } from 'firebase-admin/firestore';
import { maskWithin } from '../kernel/mask.ts';
import { Timestamp } from '../platform/firebase.ts';
import { collection } from '../platform/store.ts';
import { type AuditEntry, auditEntrySchema } from './schema.ts';

export type AuditFact = Pick<AuditEntry, 'action' | 'target' | 'by'> &
  Partial<Pick<AuditEntry, 'result' | 'note' | 'before' | 'after'>>;

const entries = () => collection('auditLog', auditEntrySchema);

/** The entry of a fact, at this moment. What an operator wrote as the reason may name people: it is masked. */
export function auditEntry(fact: AuditFact): AuditEntry {
  const note = fact.note ? maskWithin(fact.note) : null;
  return { result: 'done', before: {}, after: {}, ...fact, note, at: Timestamp.now() };
}

/** Adds an entry to the writes that do what it tells of. With an id, a second time fails as already there. */
export function audit(writer: Transaction | WriteBatch, fact: AuditFact, id?: string): void {
  const ref = id === undefined ? entries().doc() : entries().doc(id);
  // The two kinds of writer share no type that `create` could be called on.
  if ('getAll' in writer) writer.create(ref, auditEntry(fact));
  else writer.create(ref, auditEntry(fact));
}

/** Adds an entry by itself, where nothing is written that it could be part of (a search). */
export async function auditAlone(fact: AuditFact): Promise<void> {
  await entries().add(auditEntry(fact));
}
