/**
 * Carrying out a decision. Approval checks everything again and publishes in one transaction: the page, its private
 * part, the identity key, the state and the audit entry stand together or not at all. A decision delivered twice
 * finds the registration settled and does nothing.
 */
import { audit } from '../audit/audit.ts';
import { db, Timestamp, type Transaction } from '../platform/firebase.ts';
import { log } from '../platform/log.ts';
import { collection } from '../platform/store.ts';
import { type Decided, decide } from './decide.ts';
import { holderOf } from './pageLookup.ts';
import { copyPublicImages, keys, preparePublication, Refusal } from './publication.ts';
import { type Registration, registrationSchema } from './schema.ts';
import { checkSettings } from './settings.ts';

const registrations = () => collection('registrations', registrationSchema);

/** A decision and whose it is. In the console it stands in the document. */
export interface Decision {
  /** `console`, or the operator's uid. */
  readonly by: string;
  readonly decision?: string;
  readonly note?: string | null;
}

export interface Outcome {
  readonly did: Decided['do'];
  readonly state: Registration['state'];
  /** Why an approval was refused, in Korean. */
  readonly reasons: readonly string[];
  readonly publishedPath: string | null;
}

const withDecision = (stored: Registration, { decision, note }: Decision): Registration => ({
  ...stored,
  decision: decision ?? stored.decision,
  decisionNote: note ?? stored.decisionNote,
});

function settle(
  tx: Transaction,
  id: string,
  registration: Registration,
  state: 'APPROVED' | 'REJECTED',
  path: string | null,
  by: string,
): Outcome {
  const now = Timestamp.now();
  const { decision, decisionNote } = registration;
  const settled = { state, decision, decisionNote, publishedPath: path, decisionProblems: [] };
  tx.update(registrations().doc(id), { ...settled, decidedAt: now, updatedAt: now });
  const action = state === 'APPROVED' ? 'registration.approve' : 'registration.reject';
  const fact = { action, target: `registrations/${id}`, by, result: path ?? state, note: decisionNote };
  // Rejected may be more than once: a reply opens it again.
  audit(
    tx,
    fact,
    state === 'APPROVED' ? `registration-${id}-${state}` : `registration-${id}-${state}-${now.toMillis()}`,
  );
  return { did: state === 'APPROVED' ? 'approve' : 'reject', state, reasons: [], publishedPath: path };
}

async function approve(
  tx: Transaction,
  id: string,
  registration: Registration,
  by: string,
): Promise<Outcome> {
  const publication = await preparePublication(tx, id, registration);
  const keyRef = publication.key === null ? null : keys().doc(publication.key);
  const holder = publication.key && (await holderOf(tx, publication.key));
  if (holder) throw new Refusal(`이미 등록되어 있습니다(${holder}).`);
  const now = Timestamp.now();
  publication.write(tx, now);
  if (keyRef) tx.set(keyRef, { path: publication.path, createdAt: now });
  return settle(tx, id, registration, 'APPROVED', publication.path, by);
}

/** The reasons stand in the document; the word is taken back, so that it can be typed again. */
function refuse(tx: Transaction, id: string, { state }: Registration, reasons: readonly string[]): Outcome {
  const refused = { decision: null, decisionProblems: [...reasons], updatedAt: Timestamp.now() };
  tx.update(registrations().doc(id), refused);
  return { did: 'refuse', state, reasons, publishedPath: null };
}

async function settleIn(
  tx: Transaction,
  id: string,
  registration: Registration,
  by: string,
): Promise<Outcome> {
  const decided = decide(registration, checkSettings(Date.now()));
  const { state, publishedPath } = registration;
  if (decided.do === 'nothing') return { did: 'nothing', state, reasons: [], publishedPath };
  if (decided.do === 'reject') return settle(tx, id, registration, 'REJECTED', null, by);
  if (decided.do === 'refuse') return refuse(tx, id, registration, decided.reasons);
  return approve(tx, id, registration, by).catch((error: unknown) => {
    if (!(error instanceof Refusal)) throw error;
    return refuse(tx, id, registration, [error.message]);
  });
}

/**
 * Carries out a decision, or what the registration's own `decision` asks for; an invalid one is refused with reasons
 * in the document. Null when there is no such registration.
 */
export async function carryOut(id: string, decision: Decision): Promise<Outcome | null> {
  const stored = (await registrations().doc(id).get()).data();
  if (!stored) return null;
  const asked = withDecision(stored, decision);
  if (decide(asked, checkSettings(Date.now())).do === 'approve') await copyPublicImages(id, asked);
  const outcome = await db().runTransaction(async (tx) => {
    const current = (await tx.get(registrations().doc(id))).data();
    return current ? settleIn(tx, id, withDecision(current, decision), decision.by) : null;
  });
  log.info('registration.decided', { registrationId: id, outcome: outcome?.did ?? 'gone' });
  return outcome;
}
