/**
 * A delivery is kept. Its bytes are stored first, under an id that is their hash; then the mail and what tells it again
 * are written down together; then it is queued for reading. Each step may be repeated: a delivery after a crash goes
 * on where the first one stopped, and one of a mail that is known changes nothing.
 */
import { bucket, db, isAlreadyThere, Timestamp } from '../platform/firebase.ts';
import { collection } from '../platform/store.ts';
import { unreadMs } from './attempts.ts';
import {
  type Delivery,
  type Envelope,
  type Genuine,
  mailIdOf,
  messageKey,
  type Refusal,
  refuse,
  rfcMessageIdOf,
  type Token,
  tokenKey,
} from './delivery.ts';
import { queueReading } from './queue.ts';
import { type InboundMail, inboundKeySchema, inboundMailSchema } from './schema.ts';

export interface Receipt {
  readonly mailId: string;
  /** False when the mail had been taken in before. */
  readonly isNew: boolean;
}

const dayMs = 86_400_000;
/** Longer than any provider repeats a delivery by itself. */
const tokenKeptMs = dayMs;
/** Longer than an operator may repeat one by hand at Postmark (45 days). */
const messageKeptMs = 60 * dayMs;

const mails = () => collection('inboundMails', inboundMailSchema);
const keys = () => collection('inboundKeys', inboundKeySchema);

const keyOf = (mailId: string, now: number, keptMs: number) => ({
  mailId,
  purgeAt: Timestamp.fromMillis(now + keptMs),
});

/**
 * Binds a token to the bytes it came with, across all instances. The same bytes may come with it again, also late: that
 * is a provider who got no answer. Other bytes may not: the signature does not cover them.
 */
async function spend(token: Token, mailId: string, now: number): Promise<Refusal | null> {
  const key = keys().doc(tokenKey(token.value));
  if (!token.isStale) {
    const isFirst = await key.create(keyOf(mailId, now, tokenKeptMs)).then(
      () => true,
      (error: unknown) => {
        if (isAlreadyThere(error)) return false;
        throw error;
      },
    );
    if (isFirst) return null;
  }
  const spent = (await key.get()).data();
  if (spent?.mailId === mailId) return null;
  return refuse(spent ? 'REPLAYED' : 'STALE');
}

/** The mail these bytes, or bytes that differ from them in the header only, were kept as. */
async function knownAs(mailId: string, key: string | null): Promise<string | null> {
  const [same, alike] = await Promise.all([
    mails().doc(mailId).get(),
    key ? keys().doc(key).get() : Promise.resolve(null),
  ]);
  return same.exists ? mailId : (alike?.data()?.mailId ?? null);
}

/** Without a message in it a delivery is kept as it is; its extension says so to the reader. */
const pathOf = (mailId: string, { raw }: Envelope) => `inbound/${mailId}.${raw ? 'eml' : 'posted'}`;

function mailFrom(mailId: string, envelope: Envelope, size: number, now: number): InboundMail {
  const { raw, ...told } = envelope;
  const at = Timestamp.fromMillis(now);
  return {
    ...told,
    state: raw ? 'RECEIVED' : 'PARKED',
    rfcMessageId: raw && rfcMessageIdOf(raw),
    rawPath: pathOf(mailId, envelope),
    size,
    rawPurgedAt: null,
    registrationIds: [],
    sender: null,
    subject: '',
    outcomes: [],
    answer: 'none',
    answerDueAt: null,
    answerId: null,
    failure: raw ? null : 'NO_RAW_MESSAGE',
    attempts: 0,
    nextAttemptAt: Timestamp.fromMillis(now + (raw ? unreadMs : 0)),
    parkedAt: raw ? null : at,
    receivedAt: at,
    updatedAt: at,
  };
}

const isStored = (error: unknown) =>
  typeof error === 'object' && error !== null && 'code' in error && error.code === 412;

/** Written once: what is there is the same. Saying so lets the client repeat an upload whose connection broke. */
async function store(path: string, bytes: Buffer, contentType: string): Promise<void> {
  const preconditionOpts = { ifGenerationMatch: 0 };
  await bucket()
    .file(path)
    .save(bytes, { resumable: false, contentType, preconditionOpts })
    .catch((error: unknown) => {
      if (!isStored(error)) throw error;
    });
}

/** Resolves to whether the mail is new. Of two deliveries at once, one is. */
async function keep(
  mailId: string,
  key: string | null,
  envelope: Envelope,
  bytes: Buffer,
  type: string,
  now: number,
) {
  await store(pathOf(mailId, envelope), bytes, type);
  const batch = db().batch();
  batch.create(mails().doc(mailId), mailFrom(mailId, envelope, bytes.length, now));
  if (key) batch.create(keys().doc(key), keyOf(mailId, now, messageKeptMs));
  return batch.commit().then(
    () => true,
    (error: unknown) => {
      if (isAlreadyThere(error)) return false;
      throw error;
    },
  );
}

/** Keeps what is genuine. Resolves once it is stored; a rejection means: deliver it again. */
export async function receive(
  { envelope, token }: Genuine,
  delivery: Pick<Delivery, 'body' | 'header'>,
  now: number,
): Promise<Receipt | Refusal> {
  const bytes = envelope.raw ?? delivery.body;
  const mailId = mailIdOf(bytes);
  const refused = token && (await spend(token, mailId, now));
  if (refused) return refused;
  const key = messageKey(envelope);
  const known = await knownAs(mailId, key);
  const posted = delivery.header('content-type') || 'application/octet-stream';
  const type = envelope.raw ? 'message/rfc822' : posted;
  const isNew = known === null && (await keep(mailId, key, envelope, bytes, type, now));
  // Of deliveries at once all but one learn only here whose mail theirs is.
  const receipt = { mailId: known ?? (isNew ? mailId : ((await knownAs(mailId, key)) ?? mailId)), isNew };
  if (envelope.raw) await queueReading(receipt.mailId);
  return receipt;
}
