/**
 * Decides, item by item, what a message makes of registrations. Reads what is known in the caller's transaction; the
 * decisions are place.ts's and settle.ts's.
 */
import { step } from '../inbound/attempts.ts';
import type { Instant } from '../kernel/fields.ts';
import type { Message } from '../mail/message.ts';
import type { Transaction } from '../platform/firebase.ts';
import { collection } from '../platform/store.ts';
import { assess, type JudgedFile } from './assess.ts';
import { type AssignedPaper, assignPapers, type Claimant } from './assignPapers.ts';
import { claimKey } from './identity.ts';
import { changesOf, claimedBy, Hospitals, type Known, onFile, publishedAs, repliedTo } from './known.ts';
import { shownPapers } from './pictures.ts';
import { isSameAddress, type Place, type PublishedPage, placeOf, saidIn } from './place.ts';
import type { CheckSettings } from './recheck.ts';
import { isUnproven } from './route.ts';
import { type Paper, type Registration, registrationSchema } from './schema.ts';
import {
  type Circumstance,
  changed,
  created,
  type NewRegistration,
  nothingSaid,
  type Work,
} from './settle.ts';
import type { SenderFacts } from './trust.ts';
import { type Item, understand } from './understanding/understand.ts';
import { titleOf } from './wording.ts';

export interface Taken {
  readonly mailId: string;
  readonly message: Message;
  readonly files: readonly JudgedFile[];
  /** Those of the files that were stored. */
  readonly papers: ReadonlyMap<JudgedFile, Paper>;
  readonly now: Instant;
  readonly settings: CheckSettings;
}

interface Told {
  readonly name: string;
  /** Whether its sender is to hear of it. */
  readonly isAnswered: boolean;
}
export type Decided = Told &
  (
    | { readonly outcome: 'created'; readonly registration: NewRegistration }
    | { readonly outcome: 'merged'; readonly id: string; readonly registration: Registration }
    | {
        readonly outcome: 'unchanged' | 'published';
        readonly id: string | null;
        readonly registration: Registration | null;
      }
  );

const claimantOf = ({ kind, fields, row }: Pick<Item, 'kind' | 'fields' | 'row'>): Claimant => ({
  kind: kind ?? 'unknown',
  title: titleOf({ kind: kind ?? 'unknown', fields }),
  row,
});

function workWith(item: Item, assigned: readonly AssignedPaper[], { files, papers }: Taken): Work {
  const own: JudgedFile[] = [];
  const held: Paper[] = [];
  for (const { index, role } of assigned) {
    const judged = files[index];
    if (!judged) continue;
    own.push({ ...judged, role });
    const paper = papers.get(judged);
    if (paper) held.push({ ...paper, role });
  }
  return { item, own, papers: held };
}

function assignedTo(claimants: readonly Claimant[], { files }: Taken): AssignedPaper[][] {
  return assignPapers(
    claimants,
    files.map(({ file: { fileName }, judged: { format } }) => ({ fileName, format, inline: false })),
  );
}

/** Kind of what is replied to; null when of several. */
function kindOf(replied: readonly Known[]): Item['kind'] {
  const kinds = new Set(replied.map(({ kind }) => kind));
  const [kind = 'unknown'] = kinds;
  return kinds.size !== 1 || kind === 'unknown' ? null : kind;
}

interface Directed extends Work {
  /** Set where the papers tell which registration is meant. */
  readonly towards?: Known;
}

/** Papers alone, sent in reply to a letter about several: each goes where it belongs. */
function handedIn(item: Item, own: readonly Known[], taken: Taken): Directed[] {
  const assigned = assignedTo(
    own.map(({ kind, fields, registration: { row } }) => ({ kind, title: titleOf({ kind, fields }), row })),
    taken,
  );
  return own.flatMap((towards, at) => {
    const lacking = new Set(towards.problems.map(({ field }) => field));
    const mine = assigned[at]?.filter(({ role }) => lacking.has(role)) ?? [];
    return mine.length > 0 ? [{ ...workWith(item, mine, taken), towards }] : [];
  });
}

/** What a message asks for, with the papers of each. */
function worksOf(taken: Taken, replied: readonly Known[]): Directed[] {
  const { message } = taken;
  const read = understand(replied.length > 0 ? { ...message, repliesTo: kindOf(replied) } : message);
  const items = read.length > 0 ? read : [nothingSaid];
  const [first = nothingSaid] = items;
  const saysNothing = items.length === 1 && Object.keys(saidIn(first)).length === 0;
  if (replied.length > 1 && saysNothing) {
    const works = handedIn(first, replied, taken);
    if (works.length > 0) return works;
  }
  const one = replied.length === 1 ? replied[0] : undefined;
  const claimants = items.map((item) =>
    claimantOf({ ...item, kind: item.kind ?? (one && one.kind !== 'unknown' ? one.kind : null) }),
  );
  const assigned = assignedTo(claimants, taken);
  return items.map((item, at) => workWith(item, assigned[at] ?? [], taken));
}

interface Looked {
  readonly work: Directed;
  readonly candidates: readonly Known[];
  readonly page: PublishedPage | null;
  readonly onFile: SenderFacts['onFile'];
}

/** Pages of one reply whose open changes are looked up. */
const mostPages = 5;

async function lookUp(
  tx: Transaction,
  work: Directed,
  replied: readonly Known[],
  hospitals: Hospitals,
): Promise<Looked> {
  const { item, towards } = work;
  const about = towards ?? replied[0];
  // A reply need not say again whose it is.
  const hospital = (await hospitals.of(item)) ?? (about ? await hospitals.of(about) : null);
  if (towards) return { work, candidates: [towards], page: null, onFile: onFile(hospital) };
  const [claimed, page] = await Promise.all([
    replied.length > 0 ? [] : claimedBy(tx, item),
    publishedAs(tx, item, hospital),
  ]);
  const pages = new Set([page?.path, ...replied.map(({ publishedPath }) => publishedPath)]);
  const changes = await Promise.all(
    [...pages].flatMap((path) => (path ? [changesOf(tx, path)] : [])).slice(0, mostPages),
  );
  const found = new Map([...claimed, ...changes.flat()].map((one) => [one.id, one]));
  for (const { id } of replied) found.delete(id);
  return { work, candidates: [...replied, ...found.values()], page, onFile: onFile(hospital) };
}

/** A letter about it went to this sender: the mail may know of the ticket. */
const wasTold = (address: string, replied: readonly Known[]) =>
  replied.some(({ senderAddress, registration }) => {
    return registration.letters.length > 0 && isSameAddress(senderAddress, address);
  });

/** Out-of-office notes and bounces of our own letters: nothing anybody asks for. */
function echoOf({ message }: Taken, replied: readonly Known[]): Decided[] | null {
  const isEcho = message.automatic === 'auto' || message.automatic === 'bounce';
  if (!isEcho || replied.length === 0) return null;
  return replied.map(({ id, registration }) => {
    return { outcome: 'unchanged', id, registration, name: titleOf(registration), isAnswered: false };
  });
}

interface Deciding {
  readonly taken: Taken;
  readonly address: string;
  readonly replied: readonly Known[];
  /** Registrations as this message has changed them so far. */
  readonly standing: Map<string, Registration>;
  readonly claims: Set<string>;
}

/** Two rows of one mail that claim to be the same are two registrations an operator should compare. */
function repeated({ claims }: Deciding, { kind, fields }: Item): boolean {
  const claim = claimKey(kind, fields);
  if (claim === null) return false;
  const isRepeated = claims.has(claim);
  claims.add(claim);
  return isRepeated;
}

type KnownRegistrations = ReadonlyMap<string, Registration>;

/** Whether there is a picture for the page among the papers that its registration did not come with. */
function hasNewPicture({ work, page }: Looked, known: KnownRegistrations): boolean {
  const before = page?.registrationId ? known.get(page.registrationId) : undefined;
  const had = new Set(before?.papers.map(({ sha256 }) => sha256));
  return shownPapers(work.item.kind ?? 'unknown', work.papers).some(({ sha256 }) => !had.has(sha256));
}

function placeFor(
  deciding: Deciding,
  looked: Looked,
  found: ReturnType<typeof assess>,
  known: KnownRegistrations,
): Place {
  const { work, candidates, page } = looked;
  const { item, papers } = work;
  const placed = {
    item,
    roles: papers.map(({ role }) => role),
    page,
    hasNewPicture: hasNewPicture(looked, known),
  };
  const place = placeOf(placed, candidates, {
    address: deciding.address,
    isProven: !isUnproven(found.trust),
    isDangerous: found.route.state === 'QUARANTINED',
  });
  if (place.do !== 'create' || !repeated(deciding, item) || place.warnings.includes('DUPLICATE_CLAIM'))
    return place;
  return { ...place, warnings: [...place.warnings, 'DUPLICATE_CLAIM'] };
}

function decideOne(deciding: Deciding, looked: Looked, known: KnownRegistrations): Decided {
  const { taken, replied, address, standing } = deciding;
  const { work, onFile: filed } = looked;
  const circumstance: Circumstance = {
    ...{ mailId: taken.mailId, message: taken.message, files: taken.files, now: taken.now },
    settings: taken.settings,
    ...{ onFile: filed, isTicketReply: wasTold(address, replied) },
  };
  const found = assess(taken.message, work.item, taken.files, filed, {
    ...{ own: work.own, isTicketReply: circumstance.isTicketReply },
    settings: taken.settings,
  });
  const place = placeFor(deciding, looked, found, known);
  const isAnswered = found.route.answer === 'understood';
  const title = titleOf({ kind: work.item.kind ?? 'unknown', fields: work.item.fields });
  if (place.do === 'create' || place.do === 'change') {
    const registration = created(work, place, circumstance);
    const heard = isAnswered && registration.state !== 'QUARANTINED';
    return { outcome: 'created', registration, name: title, isAnswered: heard };
  }
  const before = place.id === null ? undefined : (standing.get(place.id) ?? known.get(place.id));
  const heard = isAnswered && before?.state !== 'QUARANTINED';
  const name = before ? titleOf(before) : title;
  if (place.do === 'nothing' || !before)
    return {
      ...{ outcome: 'published', id: place.id, registration: before ?? null, name, isAnswered: heard },
    };
  const after = changed(before, work, place.fields, circumstance);
  if (!after) return { outcome: 'unchanged', id: place.id, registration: before, name, isAnswered: heard };
  standing.set(place.id, after);
  return { outcome: 'merged', id: place.id, registration: after, name: titleOf(after), isAnswered: heard };
}

/** Registrations the pages were made of, for telling their tickets. */
async function madeOf(tx: Transaction, looked: readonly Looked[]): Promise<Map<string, Registration>> {
  const known = new Map(
    looked.flatMap(({ candidates }) => candidates.map(({ id, registration }) => [id, registration] as const)),
  );
  const ids = new Set(looked.flatMap(({ page }) => page?.registrationId ?? []));
  const missing = [...ids].filter((id) => !known.has(id));
  const refs = missing.map((id) => collection('registrations', registrationSchema).doc(id));
  for (const doc of refs.length > 0 ? await tx.getAll(...refs) : []) {
    const data = doc.data();
    if (data) known.set(doc.id, data);
  }
  return known;
}

/** What a message makes of registrations, in the order of its items. */
export async function decideAll(tx: Transaction, taken: Taken): Promise<Decided[]> {
  const replied = await repliedTo(tx, taken.message);
  const echo = echoOf(taken, replied);
  if (echo) return echo;
  const works = await step('UNDERSTANDING', () => worksOf(taken, replied));
  const hospitals = new Hospitals(tx);
  const looked = await Promise.all(works.map((work) => lookUp(tx, work, replied, hospitals)));
  const known = await madeOf(tx, looked);
  const address = taken.message.from?.address ?? '';
  const deciding: Deciding = { taken, address, replied, standing: new Map(), claims: new Set() };
  return step('UNDERSTANDING', () => looked.map((one) => decideOne(deciding, one, known)));
}
