/** From the bytes of a message to its parts. The only user of the MIME library; reads, decides nothing. */
import { createHash } from 'node:crypto';
import { simpleParser } from 'mailparser';
import { tidy } from '../kernel/korean.ts';
import { type Redacted, redact } from '../kernel/redact.ts';

export interface Attachment {
  readonly fileName: string;
  readonly contentType: string;
  readonly content: Buffer;
  readonly sha256: string;
}

export interface Message {
  readonly subject: string;
  readonly senderAddress: string;
  /** Plain text, without resident and card numbers. */
  readonly body: string;
  readonly found: Redacted['found'];
  readonly attachments: readonly Attachment[];
}

export const sha256Of = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex');

/** The parts of a MIME message. Text is redacted here, so nothing behind this line ever sees an RRN. */
export async function readMessage(raw: Buffer): Promise<Message> {
  const mail = await simpleParser(raw, {
    skipTextToHtml: true,
    skipImageLinks: true,
    maxHtmlLengthToParse: 1_000_000,
  });
  const subject = redact(tidy(mail.subject ?? ''));
  const body = redact((mail.text ?? '').slice(0, 200_000));
  const files = mail.attachments.slice(0, 20).map((part, index) => {
    const name = redact(tidy(part.filename ?? `attachment-${index + 1}`));
    return { name, part };
  });
  return {
    subject: subject.text.slice(0, 300),
    senderAddress: mail.from?.value[0]?.address?.toLowerCase() ?? '',
    body: body.text,
    found: [...new Set([...subject.found, ...body.found, ...files.flatMap(({ name }) => name.found)])],
    attachments: files.map(({ name, part }) => ({
      fileName: name.text.slice(0, 200),
      contentType: part.contentType,
      content: part.content,
      sha256: sha256Of(part.content),
    })),
  };
}
