/** What the whole pure part of registration makes of the bytes of a mail: read, understood, judged. */
import { readMessage } from '../../src/mail/mail.ts';
import type { Message } from '../../src/mail/message.ts';
import { type Assessment, assess, judgeFiles } from '../../src/registrations/assess.ts';
import { type Item, understand } from '../../src/registrations/understanding/understand.ts';

export interface Outcome {
  readonly message: Message;
  readonly items: readonly (Item & Assessment)[];
  /** Of the files handed in, in order. */
  readonly papers: readonly string[];
}

const stranger = { emails: [], domains: [] };

export async function outcomeOf(raw: Buffer): Promise<Outcome> {
  const message = await readMessage(raw);
  const files = judgeFiles(message);
  const items = understand(message).map((item) => ({ ...item, ...assess(message, item, files, stranger) }));
  return { message, items, papers: files.map(({ role }) => role) };
}
