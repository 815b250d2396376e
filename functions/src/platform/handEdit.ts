/**
 * Documents that operators may also edit in the Firebase console. Our own writes move `updatedAt`; a person in the
 * console changes only what they mean to change. So an edit that leaves `updatedAt` alone was made by hand, and is
 * to be checked, explained and put into the audit log by a trigger.
 */
import type { DocumentSnapshot } from 'firebase-functions/v2/firestore';

function comparable(value: unknown): string {
  return JSON.stringify(value, (_key, part: unknown) =>
    typeof part === 'object' && part !== null && 'toMillis' in part && typeof part.toMillis === 'function'
      ? part.toMillis()
      : part,
  );
}

const same = (before: DocumentSnapshot, after: DocumentSnapshot, field: string): boolean =>
  comparable(before.get(field) ?? null) === comparable(after.get(field) ?? null);

/** Which of `fields` differ between two states of a document. */
export function changedFields(
  before: DocumentSnapshot,
  after: DocumentSnapshot,
  fields: readonly string[],
): string[] {
  return fields.filter((field) => !same(before, after, field));
}

/** Whether a change of `fields` (or the making of the document) came from a person in the console. */
export function isHandEdit(
  before: DocumentSnapshot,
  after: DocumentSnapshot,
  fields: readonly string[],
): boolean {
  if (!after.exists) return false;
  if (!before.exists) return after.get('updatedAt') === undefined;
  return changedFields(before, after, fields).length > 0 && same(before, after, 'updatedAt');
}
