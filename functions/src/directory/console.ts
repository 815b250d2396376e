/**
 * Pages typed or edited in the Firebase console, and pages withdrawn or shown again by a callable: tidied, completed,
 * judged, explained in `problems`, audited once. Our own writes move `updatedAt` and cost nothing here.
 */
import type { DocumentData } from 'firebase-admin/firestore';
import type { Change, DocumentSnapshot } from 'firebase-functions/v2/firestore';
import { overridesIn } from '../advertising/law.ts';
import { audit } from '../audit/audit.ts';
import { maskWithin } from '../kernel/mask.ts';
import { sameValue } from '../kernel/same.ts';
import { AppError } from '../platform/errors.ts';
import { db, FieldValue, isAlreadyThere, Timestamp } from '../platform/firebase.ts';
import { differingFields, isHandEdit } from '../platform/handEdit.ts';
import { type Examined, examine, millisOf, toleratedIn } from './examine.ts';
import { changesTo, clinicOf, clockAt, kindAt } from './pages.ts';
import type { SetPagePublished, Shown } from './schema.ts';
import type { PageKind } from './typed.ts';

/** Recounts write ratings by themselves, triggers cards. */
const cards = ['doctorCards', 'eventCards', 'reviewCards', 'reviewCardsAsOf'];
const notTyped = [...cards, 'rating', 'takedowns', 'updatedAt'];
const longestShown = 300;

function shownValue(value: unknown): string | null {
  if (value === null || value === undefined) return null;
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return maskWithin(text.slice(0, longestShown));
}

const shownValues = (data: DocumentData, fields: readonly string[]) =>
  Object.fromEntries(fields.slice(0, 40).map((field) => [field, shownValue(data[field])]));

/** Hours by day are read from mail only: once the words are others they would tell something else. */
function withoutStaleHours(now: DocumentData, before: DocumentData | undefined): DocumentData {
  if (!before || sameValue(before.hours, now.hours)) return now;
  return sameValue(before.openingHours, now.openingHours) ? { ...now, openingHours: null } : now;
}

async function settle(
  kind: PageKind,
  eventId: string,
  { before, after }: Change<DocumentSnapshot>,
  now: number,
): Promise<void> {
  const entryId = `page-${eventId}`;
  await db().runTransaction(async (tx) => {
    const [stored, told] = await tx.getAll(after.ref, db().doc(`auditLog/${entryId}`));
    const page = stored?.data();
    if (!page || told?.exists) return;
    const clinic = kind === 'hospital' ? null : await clinicOf(tx, page.hospitalId);
    const hasProblems = Array.isArray(page.problems) && page.problems.length > 0;
    const note = typeof page.override === 'string' ? page.override : null;
    const examined = examine(kind, withoutStaleHours(page, before.data()), {
      ...{ clinic, clock: clockAt(now), overrides: overridesIn(note) },
      tolerated: hasProblems ? new Set() : toleratedIn(kind, before.data()),
    });
    const used = page.override === undefined ? {} : { override: FieldValue.delete() };
    tx.update(after.ref, { ...changesTo(page, examined.page), ...used, updatedAt: Timestamp.now() });
    const fields = differingFields(before, after, notTyped);
    const fact = { action: before.exists ? 'page.edited' : 'page.entered', target: after.ref.path, note };
    const result = examined.hiddenBecause ?? 'shown';
    const values = {
      before: shownValues(before.data() ?? {}, fields),
      after: shownValues(after.data() ?? {}, fields),
    };
    audit(tx, { ...fact, ...values, by: 'console', result }, entryId);
  });
}

const clockSkewMs = 600_000;

/** A page made by copying another, with the moment of its last change: ours are written when they say. */
function isCopy(before: DocumentSnapshot, after: DocumentSnapshot): boolean {
  const [said, written] = [millisOf(after.get('updatedAt')), after.updateTime?.toMillis()];
  if (before.exists || said === null || written === undefined) return false;
  return Math.abs(written - said) > clockSkewMs;
}

/** A page was written. Acts, and reads anything, only when a person in the console did it. */
export async function answerPage(
  kind: PageKind,
  eventId: string,
  change: Change<DocumentSnapshot>,
  now: number,
): Promise<void> {
  const { before, after } = change;
  const isByHand = isHandEdit(before, after, differingFields(before, after, notTyped));
  if (!isByHand && !isCopy(before, after)) return;
  await settle(kind, eventId, change, now).catch((error: unknown) => {
    // A second delivery at the same moment has written the same entry.
    if (!isAlreadyThere(error)) throw error;
  });
}

const shownOf = ({ hiddenBecause, problems }: Examined): Shown => ({
  published: hiddenBecause === null,
  hiddenBecause,
  problems: [...problems],
});

/** Withdraws a page, or shows it again if it may be shown. Errors: PAGE_NOT_FOUND. */
export async function setPagePublished(
  { path, published, reason }: SetPagePublished,
  by: string,
  now: number,
): Promise<Shown> {
  const kind = kindAt(path);
  if (kind === null) throw new AppError('PAGE_NOT_FOUND');
  const ref = db().doc(path);
  return db().runTransaction(async (tx) => {
    const page = (await tx.get(ref)).data();
    if (!page) throw new AppError('PAGE_NOT_FOUND');
    const clinic = kind === 'hospital' ? null : await clinicOf(tx, page.hospitalId);
    const wish = { published, hiddenBecause: published ? null : 'WITHDRAWN' };
    const examined = examine(
      kind,
      { ...page, ...wish },
      {
        ...{
          clinic,
          clock: clockAt(now),
          overrides: overridesIn(reason),
          tolerated: toleratedIn(kind, page),
        },
      },
    );
    const shown = shownOf(examined);
    const changes = changesTo(page, examined.page);
    if (Object.keys(changes).length === 0) return shown;
    tx.update(ref, { ...changes, updatedAt: Timestamp.now() });
    const fields = ['published', 'hiddenBecause'];
    const values = { before: shownValues(page, fields), after: shownValues(shown, fields) };
    const fact = { action: published ? 'page.show' : 'page.withdraw', target: path, by, note: reason };
    audit(tx, { ...fact, ...values, result: shown.hiddenBecause ?? 'shown' });
    return shown;
  });
}
