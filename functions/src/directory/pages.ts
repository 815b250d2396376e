/** Pages in their documents, read as they are: what people typed into them may have any shape. */
import type { DocumentData, Transaction } from 'firebase-admin/firestore';
import { sameValue } from '../kernel/same.ts';
import { db, Timestamp } from '../platform/firebase.ts';
import { type Clinic, type Clock, examine, millisOf } from './examine.ts';
import { eventSchema, hospitalSchema } from './schema.ts';
import type { PageKind } from './typed.ts';
import { isWanted, visibilityOf } from './visibility.ts';

export const collectionOf = { hospital: 'Hospitals', doctor: 'Doctors', event: 'Events' } as const;
const kinds: Readonly<Record<string, PageKind>> = {
  Hospitals: 'hospital',
  Doctors: 'doctor',
  Events: 'event',
};

/** Whether Firestore takes it for the id of a document, as far as we use them. */
const isId = (value: unknown): value is string =>
  typeof value === 'string' && /^(?!\.{1,2}$)(?!__.*__$)[^/]{1,128}$/.test(value);

/** What kind of page is at a path; null when none is. */
export function kindAt(path: string): PageKind | null {
  const [collection = '', id, ...rest] = path.split('/');
  return isId(id) && rest.length === 0 && Object.hasOwn(kinds, collection)
    ? (kinds[collection] ?? null)
    : null;
}

export const clockAt = (now: number): Clock => ({ now, at: (millis) => Timestamp.fromMillis(millis) });

const { name, region, published } = hospitalSchema.shape;

/** The hospital a page says it belongs to; null when there is none. One read, within a transaction where there is one. */
export async function clinicOf(tx: Transaction | null, hospitalId: unknown): Promise<Clinic | null> {
  if (!isId(hospitalId)) return null;
  const ref = db().doc(`Hospitals/${hospitalId}`);
  const stored = await (tx ? tx.get(ref) : ref.get());
  if (!stored.exists) return null;
  return {
    name: name.safeParse(stored.get('name')).data ?? null,
    region: region.safeParse(stored.get('region')).data ?? null,
    published: published.safeParse(stored.get('published')).data === true,
  };
}

/** What of a page is not yet in its document. */
export function changesTo(stored: DocumentData, page: Readonly<Record<string, unknown>>): DocumentData {
  return Object.fromEntries(
    Object.entries(page).filter(
      ([field, value]) => value !== undefined && !(field in stored && sameValue(stored[field], value)),
    ),
  );
}

const days = eventSchema.pick({ startsOn: true, endsOn: true, adReviewValidUntil: true });

/**
 * What a page of a doctor or an event is to follow: its hospital, and the time. What is in it is not judged again, except
 * where it was found wrong: a hospital that was missing may have come.
 */
export function followed(
  kind: 'doctor' | 'event',
  stored: DocumentData,
  clinic: Clinic | null,
  clock: Clock,
): DocumentData {
  // Just typed: the event of that is on its way, and judges it as a whole.
  if (millisOf(stored.updatedAt) === null) return {};
  const period = kind === 'event' ? days.safeParse(stored) : null;
  const isBroken = stored.hiddenBecause === 'INVALID' || period?.success === false;
  if (isBroken) return changesTo(stored, examine(kind, stored, { clinic, clock }).page);
  const judged = { isWanted: isWanted(stored), isValid: true, ...(period ? { days: period.data } : {}) };
  const hiddenBecause = visibilityOf(judged, clinic, clock.now);
  return changesTo(stored, {
    ...(clinic?.name ? { hospitalName: clinic.name } : {}),
    ...(clinic?.region ? { region: clinic.region } : {}),
    published: hiddenBecause === null,
    hiddenBecause,
  });
}

/** Whether a moment of a page has come. */
export const hasCome = (moment: unknown, now: number): boolean => (millisOf(moment) ?? now + 1) <= now;
