/**
 * Documents that operators may also edit in the Firebase console. Our own writes move `updatedAt`; a person in the
 * console changes only what they mean to change. So an edit that leaves `updatedAt` alone was made by hand, and is
 * to be checked, explained and put into the audit log by a trigger.
 */
import type { DocumentSnapshot } from 'firebase-functions/v2/firestore';
import { sameValue } from '../kernel/same.ts';

const same = (before: DocumentSnapshot, after: DocumentSnapshot, field: string): boolean =>
  sameValue(before.get(field), after.get(field));

/** Which of `fields` differ between two states of a document. */
export function changedFields(
  before: DocumentSnapshot,
  after: DocumentSnapshot,
  fields: readonly string[],
): string[] {
  return fields.filter((field) => !same(before, after, field));
}

/** Every field that differs, whatever its name, except some. */
export function differingFields(
  before: DocumentSnapshot,
  after: DocumentSnapshot,
  except: readonly string[],
): string[] {
  const [was, is] = [before.data() ?? {}, after.data() ?? {}];
  return [...new Set([...Object.keys(was), ...Object.keys(is)])].filter(
    (field) => !except.includes(field) && !sameValue(was[field], is[field]),
  );
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
