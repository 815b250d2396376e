/**
 * `npm run mail -- letter.eml …`: posts messages to the running suite as a mail provider would, and shows what was
 * understood of each, where it stands, and what its sender is answered. Without a file it posts seed/mail/incomplete.eml.
 */
import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { db } from '../../functions/src/platform/firebase.ts';
import { type Registration, registrationSchema } from '../../functions/src/registrations/schema.ts';
import { eventually, postMail, readAs, receiptOf } from '../../functions/test/support/app.ts';
import { lettersTo } from '../../functions/test/support/correspondence.ts';

const say = (line = '') => console.log(line);

/** With a message id of its own, or it would be the same mail as last time. */
const asNew = (raw: Buffer) =>
  Buffer.concat([Buffer.from(`X-Sent-Again: ${randomUUID()}\r\n`, 'latin1'), raw]);

function tell({ ticket, kind, state, fields, readings, problems, papers, warnings }: Registration): void {
  say(`\n${ticket}  ${kind}  ${state}`);
  for (const [field, value] of Object.entries(fields)) {
    if (value === null || value === '') continue;
    const { label = null, confidence = 'high' } = readings[field] ?? {};
    const origin = label === null ? '' : `  ← ${label}`;
    say(
      `  ${field.padEnd(24)} ${JSON.stringify(value)}${origin}${confidence === 'low' ? '  (low confidence)' : ''}`,
    );
  }
  for (const { role, fileName } of papers) say(`  paper ${role.padEnd(18)} ${fileName}`);
  for (const { reason, message } of problems) say(`  ! ${reason.padEnd(22)} ${message}`);
  if (warnings.length > 0) say(`  for the operator: ${warnings.join(', ')}`);
}

async function post(file: string): Promise<void> {
  say(`\n── ${file}`);
  const { mailId } = await receiptOf(await postMail(asNew(readFileSync(file))));
  const ids = await readAs(mailId);
  for (const id of ids) {
    tell(registrationSchema.parse((await db().doc(`registrations/${id}`).get()).data()));
  }
  const mail = (await db().doc(`inboundMails/${mailId}`).get()).data() ?? {};
  say(`\nanswer: ${mail.answer}`);
  if (mail.answer !== 'queued' || typeof mail.sender !== 'string') return;
  const { sender } = mail;
  const letter = await eventually('the answer', async () => (await lettersTo(sender)).at(-1));
  say(letter.subject);
  say(letter.text.replace(/^/gm, '  | '));
}

const files = process.argv.slice(2);
for (const file of files.length > 0 ? files : ['seed/mail/incomplete.eml']) await post(file);
process.exit(0);
