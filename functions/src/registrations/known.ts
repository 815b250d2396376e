/**
 * What is known already of what a mail asks for: tickets it names, letters it answers, claims and pages. Reads in the
 * caller's transaction, so that two mails with one claim meet. Bounded: per message 10 tickets, 10 letters and what
 * came with them; per item 5 claims, a page with its private part, what it was made of, and 5 open changes of it.
 */
import type { Query } from 'firebase-admin/firestore';
import { type HospitalPrivate, hospitalPrivateSchema } from '../directory/schema.ts';
import type { Message } from '../mail/message.ts';
import { mailSender } from '../platform/config.ts';
import { db, FieldValue, type Timestamp, type Transaction } from '../platform/firebase.ts';
import { collection } from '../platform/store.ts';
import { claimId, claimKey, identityKey } from './identity.ts';
import { claimSchema, identityKeySchema, ticketSchema } from './models.ts';
import type { Candidate, PublishedPage } from './place.ts';
import { type Registration, registrationSchema } from './schema.ts';
import { domainOf, isFreeMail, type SenderFacts } from './trust.ts';
import type { Item } from './understanding/understand.ts';

const registrations = () => collection('registrations', registrationSchema);
const claims = () => collection('claims', claimSchema);
const keys = () => collection('identityKeys', identityKeySchema);

const mostTickets = 10;
const mostTogether = 20;
const mostClaims = 5;
const mostMade = 5;

const ticketsIn = (text: string): string[] =>
  [...text.matchAll(/DP-\d{8}-\d{4,8}(?!\d)/g)].map(([ticket]) => ticket);

/** Tickets in the subject, and in what the author wrote below it. */
export function ticketsOf({ subject, blocks }: Pick<Message, 'subject' | 'blocks'>): {
  readonly inSubject: string[];
  readonly inText: string[];
} {
  const texts = blocks.map((block) => (block.kind === 'text' ? block.text : block.rows.flat().join(' ')));
  return { inSubject: ticketsIn(subject), inText: texts.flatMap(ticketsIn) };
}

/** Message-IDs that have the shape of ours: others need not be looked up. */
export function ourLetters({ inReplyTo }: Pick<Message, 'inReplyTo'>, ownDomain: string): string[] {
  const end = `@${ownDomain}>`;
  return inReplyTo.filter((id) => /^<[0-9a-f]{40}@/.test(id) && id.endsWith(end)).slice(-10);
}

export interface Known extends Candidate {
  readonly registration: Registration;
}

const known = (id: string, registration: Registration, by: Candidate['by'], isNamed: boolean): Known => ({
  ...registration,
  ...{ id, by, isNamed, registration },
});

/** Ids a query finds. Not in the transaction: a query there would make it wait for every other mail. */
const idsOf = async (query: Query): Promise<string[]> =>
  (await query.select().get()).docs.map(({ id }) => id);

async function readAll(tx: Transaction, ids: readonly string[]): Promise<[string, Registration][]> {
  if (ids.length === 0) return [];
  const docs = await tx.getAll(...ids.map((id) => registrations().doc(id)));
  return docs.flatMap((doc): [string, Registration][] => {
    const data = doc.data();
    return data ? [[doc.id, data]] : [];
  });
}

async function heldBy(tx: Transaction, named: readonly string[]): Promise<string[]> {
  if (named.length === 0) return [];
  const docs = await tx.getAll(...named.map((ticket) => collection('tickets', ticketSchema).doc(ticket)));
  return docs.flatMap((doc) => doc.data()?.registrationId ?? []);
}

const toldIn = async (letters: readonly string[]): Promise<string[]> =>
  letters.length === 0
    ? []
    : idsOf(registrations().where('letters', 'array-contains-any', letters).limit(mostTogether));

/** Registrations of the mails some came with: their ids begin with the mail's. */
async function cameWith(ids: readonly string[]): Promise<string[]> {
  const mailIds = new Set(ids.map((id) => id.replace(/-\d+$/, '')));
  const found = [...mailIds].slice(0, 2).map((mailId) => {
    return idsOf(registrations().where('mailId', '==', mailId).limit(mostTogether));
  });
  return (await Promise.all(found)).flat();
}

/** Registrations a message may reply to: those it names, and those our letters it answers were about. */
export async function repliedTo(tx: Transaction, message: Message): Promise<Known[]> {
  const { inSubject, inText } = ticketsOf(message);
  const named = [...new Set([...inText, ...inSubject])].slice(0, mostTickets);
  const own = mailSender().address;
  const letters = ourLetters(message, own.slice(own.lastIndexOf('@') + 1));
  const together = new Set([...(await heldBy(tx, named)), ...(await toldIn(letters))]);
  // The subject bears the first ticket of a letter, which may have been about more.
  if (letters.length === 0 && inText.length === 0 && together.size > 0)
    for (const id of await cameWith([...together])) together.add(id);
  const found = await readAll(tx, [...together].slice(0, mostTogether));
  return found.map(([id, registration]) =>
    known(id, registration, 'reply', inText.includes(registration.ticket)),
  );
}

/** Open registrations that claim to be the same. */
export async function claimedBy(tx: Transaction, item: Pick<Item, 'kind' | 'fields'>): Promise<Known[]> {
  const claim = claimKey(item.kind, item.fields);
  if (claim === null) return [];
  const ids = (await tx.get(claims().doc(claimId(claim)))).data()?.registrationIds ?? [];
  const found = await readAll(tx, ids.slice(-mostClaims));
  return found
    .filter(([, { state }]) => state !== 'APPROVED' && state !== 'REJECTED')
    .map(([id, registration]) => known(id, registration, 'claim', false));
}

/** Notes what a registration claims to be. */
export function noteClaim(tx: Transaction, claim: string, id: string, now: Timestamp): void {
  const noted = { registrationIds: FieldValue.arrayUnion(id), updatedAt: now };
  tx.set(claims().doc(claimId(claim)), noted, { merge: true });
}

/** Open changes of a page, by whomever. */
export async function changesOf(tx: Transaction, path: string): Promise<Known[]> {
  const open = registrations()
    .where('target', '==', path)
    .where('state', 'in', ['NEEDS_INFO', 'PENDING_REVIEW'])
    .limit(mostClaims);
  const found = await readAll(tx, await idsOf(open));
  return found.map(([id, registration]) => known(id, registration, 'claim', false));
}

export interface KnownHospital {
  readonly path: string;
  readonly hidden: HospitalPrivate | undefined;
}

/** Hospitals by business number, each looked up once for all items of a mail. */
export class Hospitals {
  private readonly read = new Map<string, Promise<KnownHospital | null>>();
  private readonly tx: Transaction;

  constructor(tx: Transaction) {
    this.tx = tx;
  }

  /** The one an item names. At most two reads. */
  of({ fields }: Pick<Item, 'fields'>): Promise<KnownHospital | null> {
    const number = fields.businessNumber ?? fields.hospitalBusinessNumber;
    if (typeof number !== 'string' || number === '') return Promise.resolve(null);
    const found = this.read.get(number) ?? this.find(number);
    this.read.set(number, found);
    return found;
  }

  private async find(number: string): Promise<KnownHospital | null> {
    const path = (await this.tx.get(keys().doc(identityKey.hospital(number)))).data()?.path;
    if (!path) return null;
    const hidden = collection(`${path}/private`, hospitalPrivateSchema).doc('registration');
    return { path, hidden: (await this.tx.get(hidden)).data() };
  }
}

/** Addresses and domains of a hospital we know, that a mail may be from. */
export function onFile(hospital: KnownHospital | null): SenderFacts['onFile'] {
  const email = hospital?.hidden?.contactEmail;
  const domain = domainOf(email);
  return {
    emails: email ? [email] : [],
    domains: domain !== null && !isFreeMail(domain) ? [domain] : [],
  };
}

async function keyOf(item: Pick<Item, 'kind' | 'fields'>, hospital: KnownHospital | null) {
  const { licenceNumber, title, startsOn } = item.fields;
  if (item.kind === 'doctor' && typeof licenceNumber === 'string') return identityKey.doctor(licenceNumber);
  const id = hospital?.path.split('/')[1];
  const isEvent = item.kind === 'event' && typeof title === 'string' && typeof startsOn === 'string';
  return isEvent && id ? identityKey.event(id, title, startsOn) : null;
}

const privateParts = { hospital: 'registration', doctor: 'licence', event: null } as const;

/** The page that holds an item's business number, licence or event key. Reads a key, a page and its private part, and up to five registrations. */
export async function publishedAs(
  tx: Transaction,
  item: Pick<Item, 'kind' | 'fields'>,
  hospital: KnownHospital | null,
): Promise<PublishedPage | null> {
  if (item.kind === null) return null;
  const key = item.kind === 'hospital' ? null : await keyOf(item, hospital);
  const held = key === null ? undefined : (await tx.get(keys().doc(key))).data()?.path;
  const path = item.kind === 'hospital' ? hospital?.path : held;
  return path ? pageAt(tx, path, privateParts[item.kind], hospital) : null;
}

async function pageAt(
  tx: Transaction,
  path: string,
  privatePart: string | null,
  hospital: KnownHospital | null,
): Promise<PublishedPage | null> {
  const [page, hidden, made] = await Promise.all([
    tx.get(db().doc(path)),
    privatePart === null ? null : tx.get(db().doc(`${path}/private/${privatePart}`)),
    registrations().where('publishedPath', '==', path).limit(mostMade).get(),
  ]);
  if (!page.exists) return null;
  // Changes of a page lead to it as well.
  const first = made.docs.find((doc) => doc.data().intent === 'register') ?? made.docs[0];
  const shown: Readonly<Record<string, unknown>> = page.data() ?? {};
  const belongs = hospital && hospital.path === `Hospitals/${String(shown.hospitalId)}`;
  const number = belongs ? { hospitalBusinessNumber: hospital.hidden?.businessNumber } : {};
  return {
    path,
    fields: { ...shown, ...hidden?.data(), ...number },
    registrationId: first?.id ?? null,
  };
}
