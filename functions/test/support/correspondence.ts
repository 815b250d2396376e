/** Writing to the registration desk and reading what it answers: through the emulators and the SMTP stand-in. */
import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { db } from '../../src/platform/firebase.ts';
import { env, eventually, type MailReceipt, postMail, receiptOf } from './app.ts';
import { mailOf, type Part } from './mails.ts';

/** What runs in the test's own process is configured as the functions are. SMTP_URL comes from the suite. */
export const asFunctions = {
  FUNCTIONS_EMULATOR: 'true',
  MAIL_FROM: '닥터피치 <no-reply@doctorpitch.example>',
  MAIL_REPLY_TO: 'help@doctorpitch.example',
  IDENTITY_SECRET: 'local-identity-secret',
};

export const hour = 3_600_000;
export const day = 24 * hour;

const letterShape = z.object({
  subject: z.string(),
  text: z.string(),
  to: z.string(),
  replyTo: z.string().nullable(),
  messageId: z.string(),
  headers: z.record(z.string(), z.string()),
});
export type Letter = z.infer<typeof letterShape>;

/** Somebody nobody has answered yet. */
export const newSender = () => `desk-${randomUUID()}@clinic.example`;

export async function lettersTo(to: string): Promise<Letter[]> {
  const url = `${env('STANDIN_SMTP_URL')}/__control/messages?to=${encodeURIComponent(to)}`;
  return z.array(letterShape).parse(await (await fetch(url)).json());
}

export const lettersSent = (to: string, count: number): Promise<Letter[]> =>
  eventually(`${count} letters to a sender`, async () => {
    const letters = await lettersTo(to);
    return letters.length >= count && letters;
  });

/** The first letter to somebody, once it is there. */
export async function firstLetter(to: string): Promise<Letter> {
  const [letter] = await lettersSent(to, 1);
  if (!letter) throw new Error('no letter');
  return letter;
}

export const mail = async (mailId: string) => (await db().doc(`inboundMails/${mailId}`).get()).data() ?? {};
export const registration = async (id: string) => (await db().doc(`registrations/${id}`).get()).data() ?? {};
export const countOf = async (senderAddress: string): Promise<number> =>
  (await db().collection('registrations').where('senderAddress', '==', senderAddress).get()).size;

export interface Sent extends MailReceipt {
  readonly ids: string[];
  readonly id: string;
}

/** Posts a mail, with what the provider tells beside it, and waits until it has been read. */
export async function send(raw: Buffer, more: Readonly<Record<string, string>> = {}): Promise<Sent> {
  const receipt = await receiptOf(await postMail(raw, undefined, more));
  const ids = await eventually('the mail is read', async () => {
    const { state, registrationIds } = await mail(receipt.mailId);
    return state !== 'RECEIVED' && z.array(z.string()).parse(registrationIds);
  });
  return { ...receipt, ids, id: ids[0] ?? '' };
}

export async function decide(id: string, decision: string): Promise<Record<string, unknown>> {
  await db().doc(`registrations/${id}`).update({ decision, decisionNote: '서류 확인' });
  return eventually('it is decided', async () => {
    const now = await registration(id);
    return (now.state === 'APPROVED' || now.state === 'REJECTED') && now;
  });
}

/** A reply as mail programs write it: quoted history below, the thread in the headers. */
export const replyTo = (
  letter: Letter,
  lines: readonly string[],
  from: string,
  parts: readonly Part[] = [],
) =>
  mailOf(
    `Re: ${letter.subject}`,
    [...lines, '', '-----Original Message-----', ...letter.text.split('\n').map((line) => `> ${line}`)],
    parts,
    { from, headers: { 'In-Reply-To': letter.messageId, References: letter.messageId } },
  );
