/**
 * A change of what is published, asked for by mail: exactly the fields it names, in the page and its private part, judged
 * like any page edited by hand. Identity keys move with the numbers.
 */
import type { DocumentData } from 'firebase-admin/firestore';
import { z } from 'zod';
import { overridesIn } from '../advertising/law.ts';
import { type AuditFact, audit } from '../audit/audit.ts';
import { examine, toleratedIn } from '../directory/examine.ts';
import { changesTo, clinicOf, clockAt, kindAt } from '../directory/pages.ts';
import { doctorPrivateSchema, hospitalPrivateSchema } from '../directory/schema.ts';
import type { PageKind } from '../directory/typed.ts';
import { readBusinessNumber } from '../kernel/korean.ts';
import { maskWithin } from '../kernel/mask.ts';
import { sameValue } from '../kernel/same.ts';
import { db, type Timestamp, type Transaction } from '../platform/firebase.ts';
import { identityKey } from './identity.ts';
import { holderOf, hospitalByBusinessNumber, keys, pageSpokenOf, pathOf, Refusal } from './pageLookup.ts';
import type { Publication } from './publication.ts';
import { picturesOf, refuseBrokenMain } from './publicImages.ts';
import type { Registration } from './schema.ts';

/** What a change may name, by where it stands. */
const changeable: Readonly<
  Record<
    PageKind,
    { readonly page: readonly string[]; readonly hidden: readonly string[]; readonly part: string }
  >
> = {
  hospital: {
    page: [
      ...['name', 'representative', 'type', 'region', 'district', 'address', 'zip', 'phone', 'homepage'],
      ...['departments', 'hours', 'openingHours'],
    ],
    hidden: ['businessNumber', 'careInstitutionNumber'],
    part: 'registration',
  },
  doctor: {
    page: ['name', 'isSpecialist', 'specialty', 'career', 'focus'],
    hidden: ['licenceNumber', 'specialistNumber'],
    part: 'licence',
  },
  event: {
    page: [
      ...['title', 'category', 'priceBefore', 'priceAfter', 'startsOn', 'endsOn', 'target'],
      ...['adReviewNumber', 'adReviewValidUntil', 'sideEffects'],
    ],
    hidden: [],
    part: '',
  },
};

/** Numbers as they may stand in a private part. */
const hiddenShapes = {
  hospital: hospitalPrivateSchema.partial(),
  doctor: doctorPrivateSchema.partial(),
  event: z.object({}),
};

function refuseMistyped(kind: PageKind, numbers: Fields): void {
  const parsed = hiddenShapes[kind].safeParse(numbers);
  const wrong = parsed.error?.issues.map(({ path }) => String(path[0])) ?? [];
  const { businessNumber } = numbers;
  if (typeof businessNumber === 'string' && readBusinessNumber(businessNumber) !== businessNumber)
    wrong.push('businessNumber');
  if (wrong.length > 0) throw new Refusal(`값이 올바르지 않습니다: ${[...new Set(wrong)].join(', ')}`);
}

type Fields = Readonly<Record<string, unknown>>;

/** What a change says of some fields, as far as it is something else than what is there. */
function namedIn(fields: Fields, among: readonly string[], stored: DocumentData): Record<string, unknown> {
  const named = among.filter((field) => {
    const value = fields[field];
    return value !== null && value !== undefined && !sameValue(value, stored[field]);
  });
  return Object.fromEntries(named.map((field) => [field, fields[field]]));
}

/** What has to change with what was named, though nobody named it. */
function consequencesOf(kind: PageKind, named: Fields): Fields {
  if (kind === 'hospital' && 'hours' in named && !('openingHours' in named)) return { openingHours: null };
  if (kind === 'doctor' && named.isSpecialist === false) return { specialty: null };
  if (kind === 'event' && 'adReviewNumber' in named && !('adReviewValidUntil' in named))
    return { adReviewValidUntil: null };
  return {};
}

/** Pictures that came with a change take the place of those there are; a hospital's come first among its others. */
function picturesIn(kind: PageKind, registration: Registration, stored: DocumentData): Fields {
  const pictures = picturesOf(registration);
  if (kind === 'event') refuseBrokenMain(pictures);
  const made = pictures.flatMap(({ full, role }) => (full === null ? [] : [{ full, role }]));
  if (made.length === 0) return {};
  const paths = made.map(({ full }) => full);
  if (kind === 'doctor') return { imagePath: paths[0] };
  if (kind === 'hospital') {
    const others = Array.isArray(stored.imagePaths) ? stored.imagePaths : [];
    return { imagePaths: [...new Set([...paths, ...others])].slice(0, 20) };
  }
  const main = made.find(({ role }) => role === 'main');
  const details = made.filter(({ role }) => role === 'detail').map(({ full }) => full);
  return {
    ...(main ? { imagePath: main.full } : {}),
    ...(details.length > 0 ? { detailPaths: details.slice(0, 10) } : {}),
  };
}

/** The key of a page, from the page and its private part; null where too little is known. */
function keyOf(kind: PageKind, page: DocumentData, hidden: DocumentData): string | null {
  const { businessNumber, licenceNumber } = hidden;
  if (kind === 'hospital')
    return typeof businessNumber === 'string' ? identityKey.hospital(businessNumber) : null;
  if (kind === 'doctor') return typeof licenceNumber === 'string' ? identityKey.doctor(licenceNumber) : null;
  const { hospitalId, title, startsOn } = page;
  return [hospitalId, title, startsOn].every((part) => typeof part === 'string')
    ? identityKey.event(hospitalId, title, startsOn)
    : null;
}

interface Move {
  readonly from: string | null;
  readonly to: string | null;
}

async function moveOf(tx: Transaction, path: string, was: string | null, is: string | null): Promise<Move> {
  if (was === is) return { from: null, to: null };
  const holder = is && (await holderOf(tx, is));
  if (holder && holder !== path) throw new Refusal(`이미 등록되어 있습니다(${holder}).`);
  const held = was && (await pathOf(tx, was));
  return { from: held === path ? was : null, to: is };
}

const shownValue = (field: string, value: unknown): string | null => {
  if (value === null || value === undefined) return null;
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return /Number$/.test(field) && field !== 'adReviewNumber'
    ? `***${text.slice(-3)}`
    : maskWithin(text.slice(0, 300));
};
const shownValues = (fields: readonly string[], from: Fields) =>
  Object.fromEntries(fields.map((field) => [field, shownValue(field, from[field])]));

/** The page a change is made on, and what is in it. */
interface Target {
  readonly kind: PageKind;
  readonly path: string;
  readonly stored: DocumentData;
  /** The private part; null where there is none. */
  readonly hidden: DocumentData | null;
}

const hiddenPath = ({ kind, path }: Pick<Target, 'kind' | 'path'>) =>
  `${path}/private/${changeable[kind].part}`;

async function targetOf(tx: Transaction, registration: Registration): Promise<Target> {
  const path = registration.target ?? (await pageSpokenOf(tx, registration.kind, registration.fields));
  const kind = kindAt(path);
  if (kind === null || (registration.kind !== 'unknown' && kind !== registration.kind))
    throw new Refusal(`target(${path})이 이 등록의 종류와 맞지 않습니다. 문서 경로를 확인해 주세요.`);
  const stored = (await tx.get(db().doc(path))).data();
  if (!stored) throw new Refusal(`target(${path}) 문서가 없습니다.`);
  const hasPart = changeable[kind].part !== '';
  const hidden = hasPart ? (await tx.get(db().doc(hiddenPath({ kind, path })))).data() : undefined;
  return { kind, path, stored, hidden: hidden ?? null };
}

/** A doctor who has moved to another hospital. */
async function moved(tx: Transaction, { kind, stored }: Target, fields: Fields): Promise<Fields> {
  const number = fields.hospitalBusinessNumber;
  if (kind !== 'doctor' || typeof number !== 'string') return {};
  const path = await pathOf(tx, identityKey.hospital(number));
  if (path === `Hospitals/${stored.hospitalId}`) return {};
  return { hospitalId: (await hospitalByBusinessNumber(tx, number)).id };
}

interface Changes {
  readonly page: Fields;
  readonly hidden: Fields;
}

async function changesIn(tx: Transaction, target: Target, registration: Registration): Promise<Changes> {
  const { fields } = registration;
  const { kind, stored } = target;
  if (fields.vatIncluded === false) throw new Refusal('부가세(VAT)를 포함한 금액이어야 합니다.');
  const named = {
    ...namedIn(fields, changeable[kind].page, stored),
    ...(await moved(tx, target, fields)),
  };
  const page = { ...named, ...consequencesOf(kind, named), ...picturesIn(kind, registration, stored) };
  // A page entered by hand may have no private part: then there is nothing to change in it.
  const hidden = target.hidden === null ? {} : namedIn(fields, changeable[kind].hidden, target.hidden);
  refuseMistyped(kind, hidden);
  if (Object.keys({ ...page, ...hidden }).length === 0)
    throw new Refusal('페이지의 내용과 다른 것이 없습니다.');
  return { page, hidden };
}

/** The page with its changes, as it is to be stored; refuses what would not be shown as it is. */
async function judged(
  tx: Transaction,
  { kind, stored }: Target,
  merged: DocumentData,
  note: string | null,
): Promise<Fields> {
  const clinic = kind === 'hospital' ? null : await clinicOf(tx, merged.hospitalId);
  const { page, blocking } = examine(kind, merged, {
    ...{ clinic, clock: clockAt(Date.now()), overrides: overridesIn(note), overrideField: 'decisionNote' },
    tolerated: toleratedIn(kind, stored),
  });
  if (blocking.length === 0) return page;
  throw new Refusal(blocking.map(({ field, message }) => `${field}: ${message}`).join('\n'));
}

function factOf({ path, stored, hidden }: Target, changes: Changes, id: string): AuditFact {
  const after = { ...changes.page, ...changes.hidden };
  const changed = Object.keys(after);
  return {
    ...{ action: 'page.changed', target: path, by: 'console', result: `registrations/${id}` },
    before: shownValues(changed, { ...stored, ...hidden }),
    after: shownValues(changed, after),
  };
}

/** What its hospital wants shown no longer. Nothing of it is judged: it is taken down as it is. */
function takenDown({ path, stored }: Target, id: string, note: string | null): Publication {
  const { published = false, hiddenBecause = null } = stored;
  const withdrawn = { published: false, hiddenBecause: 'WITHDRAWN' };
  if (published === false && hiddenBecause === 'WITHDRAWN') throw new Refusal('이미 내려간 페이지입니다.');
  return {
    path,
    key: null,
    write: (tx, now) => {
      tx.update(db().doc(path), { ...withdrawn, updatedAt: now });
      const before = { published: String(published), hiddenBecause };
      const after = { ...withdrawn, published: 'false' };
      const fact = { action: 'page.withdrawn', target: path, by: 'console', result: `registrations/${id}` };
      audit(tx, { ...fact, before, after, note }, `change-${id}`);
    },
  };
}

/** Prepares a change. Refuses, in Korean, what is about no page, changes nothing or would not be shown as it is. */
export async function prepareChange(
  tx: Transaction,
  id: string,
  registration: Registration,
): Promise<Publication> {
  const { decisionNote: note } = registration;
  const target = await targetOf(tx, registration);
  const { kind, path, stored } = target;
  if (registration.fields.withdraw === true) return takenDown(target, id, note);
  const changes = await changesIn(tx, target, registration);
  const merged = { ...stored, ...changes.page };
  const page = await judged(tx, target, merged, note);
  const hidden = target.hidden ?? {};
  const keyBefore = keyOf(kind, stored, hidden);
  const move = await moveOf(tx, path, keyBefore, keyOf(kind, merged, { ...hidden, ...changes.hidden }));
  return {
    path,
    key: null,
    write: (transaction: Transaction, now: Timestamp) => {
      transaction.update(db().doc(path), { ...changesTo(stored, page), updatedAt: now });
      if (Object.keys(changes.hidden).length > 0)
        transaction.update(db().doc(hiddenPath(target)), { ...changes.hidden });
      if (move.from) transaction.delete(keys().doc(move.from));
      if (move.to) transaction.set(keys().doc(move.to), { path, createdAt: now });
      audit(transaction, { ...factOf(target, changes, id), note }, `change-${id}`);
    },
  };
}
