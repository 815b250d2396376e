/**
 * Where one item of a mail belongs: a registration of its own, one that waits already, or a page that is published.
 * Pure. A reply changes only what was written to its sender; a message whose sender is not proven changes nothing.
 */

import { fold } from '../kernel/folding.ts';
import { sameValue } from '../kernel/same.ts';
import { claimKey } from './identity.ts';
import type { PaperRole, Registration, RegistrationKind } from './schema.ts';
import type { Item } from './understanding/understand.ts';

type Fields = Readonly<Record<string, unknown>>;

/** A registration that may be meant. */
export interface Candidate
  extends Pick<
    Registration,
    | 'ticket'
    | 'kind'
    | 'state'
    | 'intent'
    | 'target'
    | 'fields'
    | 'problems'
    | 'senderAddress'
    | 'publishedPath'
    | 'claim'
  > {
  readonly id: string;
  /** `reply`: the message names its ticket or answers a letter about it; `claim`: it is about the same one. */
  readonly by: 'reply' | 'claim';
  /** The author wrote its ticket into the text; that of the subject is that of the whole letter. */
  readonly isNamed: boolean;
}

/** A page that stands under the same business number, licence or event key. */
export interface PublishedPage {
  readonly path: string;
  /** What is published, under the names of a registration's fields. */
  readonly fields: Fields;
  /** Registration it was made of. */
  readonly registrationId: string | null;
}

export interface Sender {
  readonly address: string;
  /** Nothing speaks against the mail being from that address. */
  readonly isProven: boolean;
  /** The mail is kept apart: forged, disguised, or pretending to decide. */
  readonly isDangerous: boolean;
}

export type PlaceWarning = 'TICKET_OF_ANOTHER' | 'WHICH_TICKET' | 'DUPLICATE_CLAIM';

export type Place =
  /** `related`: tickets an operator should look at with it. */
  | { readonly do: 'create'; readonly warnings: readonly PlaceWarning[]; readonly related: readonly string[] }
  | { readonly do: 'merge'; readonly id: string; readonly fields: Fields }
  | { readonly do: 'nothing'; readonly id: string | null }
  /** A registration that changes a page; `target` is null where an operator has to find it. */
  | {
      readonly do: 'change';
      readonly target: string | null;
      readonly fields: Fields;
      readonly warnings: readonly PlaceWarning[];
      readonly related: readonly string[];
    };

/** What a change may follow from: the item, what came with it, and what is published of it. */
export interface Placed {
  readonly item: Pick<Item, 'kind' | 'intent' | 'fields' | 'readings' | 'extra'>;
  readonly roles: readonly PaperRole[];
  /** A picture for the page that was not handed in for it before. */
  readonly hasNewPicture: boolean;
  readonly page: PublishedPage | null;
}

const isNothing = (value: unknown) =>
  value === null || value === undefined || value === '' || (Array.isArray(value) && value.length === 0);

/** What an item says: what was read, and what follows from it. What was not said changes nothing. */
export function saidIn({ fields, readings }: Pick<Item, 'fields' | 'readings'>): Fields {
  const isSaid = (field: string) => {
    const reading = readings[field];
    return reading === undefined || !isNothing(reading.value);
  };
  return Object.fromEntries(
    Object.entries(fields).filter(([field, value]) => !isNothing(value) && isSaid(field)),
  );
}

/** What of `said` is not what stands there. Fields the other side does not have are no difference. */
export function differing(said: Fields, standing: Fields): Fields {
  return Object.fromEntries(
    Object.entries(said).filter(([field, value]) => field in standing && !sameValue(value, standing[field])),
  );
}

const identifying: Readonly<Record<RegistrationKind, readonly string[]>> = {
  hospital: ['businessNumber', 'name'],
  doctor: ['licenceNumber', 'name'],
  event: ['title'],
  unknown: [],
};

const isSameWord = (a: unknown, b: unknown) =>
  typeof a === 'string' && typeof b === 'string' && a !== '' && fold(a).text === fold(b).text;

export const isSameAddress = (a: string, b: string) => a !== '' && a.toLowerCase() === b.toLowerCase();

function isSameOne(kind: Item['kind'], said: Fields, candidate: Candidate): boolean {
  if (kind !== null && candidate.kind !== 'unknown' && kind !== candidate.kind) return false;
  const claim = claimKey(candidate.kind, { ...candidate.fields, ...said });
  if (claim !== null && claim === candidate.claim && claimKey(kind, said) === claim) return true;
  return identifying[candidate.kind].some((field) => isSameWord(said[field], candidate.fields[field]));
}

/** Whether everything that was said or handed in is something it lacks. */
function lacksAll({ problems }: Candidate, said: Fields, roles: readonly PaperRole[]): boolean {
  const lacking = new Set(problems.map(({ field }) => field));
  const given = [...Object.keys(said), ...roles].filter((each) => each !== 'region' && each !== 'district');
  return given.length > 0 && given.every((field) => lacking.has(field));
}

const only = <T>(list: readonly T[]): T | null => (list.length === 1 ? (list[0] ?? null) : null);

/** Which of the registrations a letter was about its reply means; null when that cannot be told. */
function meantOf({ item, roles }: Placed, own: readonly Candidate[]): Candidate | null {
  const { kind } = item;
  const ofKind = own.filter((one) => kind === null || one.kind === kind || one.kind === 'unknown');
  const said = saidIn(item);
  return (
    only(ofKind) ??
    only(ofKind.filter(({ isNamed }) => isNamed)) ??
    only(ofKind.filter((one) => isSameOne(kind, said, one))) ??
    only(ofKind.filter((one) => lacksAll(one, said, roles)))
  );
}

const tickets = (candidates: readonly Candidate[]) => candidates.map(({ ticket }) => ticket);

/** Papers, or labels we have no field for. */
const addsMore = ({ item, roles }: Placed) => roles.length > 0 || item.extra.length > 0;

/** An open change of a page, which another one to it is added to. */
const openChange = (path: string | null, mine: readonly Candidate[]): Candidate | null =>
  mine.find(({ intent, target }) => intent === 'change' && target !== null && target === path) ?? null;

function placeReply(placed: Placed, own: readonly Candidate[], mine: readonly Candidate[]): Place {
  const said = saidIn(placed.item);
  const meant = meantOf(placed, own);
  const related = tickets(own);
  if (!meant) return { do: 'change', target: null, fields: said, warnings: ['WHICH_TICKET'], related };
  if (meant.state !== 'APPROVED') return { do: 'merge', id: meant.id, fields: said };
  // What a page does not show (a telephone number of a doctor) may still be a change an operator has to make.
  const standing = { ...meant.fields, ...placed.page?.fields };
  const changed = Object.entries(said).filter(([field, value]) => !sameValue(value, standing[field]));
  if (changed.length === 0 && !addsMore(placed)) return { do: 'nothing', id: meant.id };
  const fields = Object.fromEntries(changed);
  const open = openChange(meant.publishedPath, mine);
  if (open) return { do: 'merge', id: open.id, fields };
  return { do: 'change', target: meant.publishedPath, fields, warnings: [], related: [meant.ticket] };
}

/** What was read under a label, or for sure: a guess of ours is not what somebody wants changed. */
function firmlySaidIn(item: Placed['item']): Fields {
  const isGuess = (field: string) => {
    const reading = item.readings[field];
    return reading !== undefined && reading.label === null && reading.confidence === 'low';
  };
  return Object.fromEntries(Object.entries(saidIn(item)).filter(([field]) => !isGuess(field)));
}

function placePublished(placed: Placed, page: PublishedPage, open: Candidate | null): Place {
  const fields = differing(firmlySaidIn(placed.item), page.fields);
  // A form sent again brings its papers again; who asks for a change means something by what comes with it.
  const asksMore = placed.hasNewPicture || (placed.item.intent === 'change' && addsMore(placed));
  if (Object.keys(fields).length === 0 && !asksMore) return { do: 'nothing', id: page.registrationId };
  if (open) return { do: 'merge', id: open.id, fields };
  return { do: 'change', target: page.path, fields, warnings: [], related: [] };
}

/** Where an item belongs. `candidates`: what it may be a reply to, and open ones that claim to be the same. */
export function placeOf(placed: Placed, candidates: readonly Candidate[], sender: Sender): Place {
  const isOwn = (one: Candidate) => sender.isProven && isSameAddress(one.senderAddress, sender.address);
  const replied = candidates.filter(({ by }) => by === 'reply');
  const claimed = candidates.filter(({ by }) => by === 'claim');
  if (sender.isDangerous) return { do: 'create', warnings: [], related: tickets(candidates) };
  const own = replied.filter(isOwn);
  // Somebody else may have written from a quarantined address: what is proven is not poured into what is not.
  const isOpen = ({ state }: Candidate) => state !== 'QUARANTINED' && state !== 'APPROVED';
  const mine = claimed.filter((one) => isOwn(one) && isOpen(one));
  if (own.length > 0) return placeReply(placed, own, mine);
  if (replied.length === 0 && placed.page) {
    const change = placePublished(placed, placed.page, openChange(placed.page.path, mine));
    const others = tickets(claimed.filter((one) => !mine.includes(one)));
    return change.do === 'change' && others.length > 0
      ? { ...change, warnings: ['DUPLICATE_CLAIM'], related: others }
      : change;
  }
  const [first] = mine;
  if (replied.length === 0 && first) return { do: 'merge', id: first.id, fields: saidIn(placed.item) };
  const warnings: (PlaceWarning | false)[] = [
    replied.length > 0 && 'TICKET_OF_ANOTHER',
    claimed.length > 0 && 'DUPLICATE_CLAIM',
  ];
  return {
    do: 'create',
    warnings: warnings.filter((warning) => warning !== false),
    related: [...new Set(tickets(candidates))],
  };
}
