/** One mail over SMTP. The only user of nodemailer, which is loaded when there is something to send. */
import { mailReplyAddress, mailSender, type SmtpServer, smtpServer } from '../platform/config.ts';
import { sendingMs } from './outbox.ts';
import type { OutboxMail } from './schema.ts';

/** The settings do not say how to send; carries the code nodemailer has for it. */
class UnusableSettings extends Error {
  readonly code = 'ECONFIG';
}

interface Settings {
  readonly server: SmtpServer;
  readonly from: ReturnType<typeof mailSender>;
  readonly replyTo: ReturnType<typeof mailReplyAddress>;
}

function settings(): Settings {
  try {
    return { server: smtpServer(), from: mailSender(), replyTo: mailReplyAddress() };
  } catch (cause) {
    throw new UnusableSettings('SMTP_URL, MAIL_FROM or MAIL_REPLY_TO', { cause });
  }
}

/** Hands a mail to the relay. Rejects with an error `readFailure` understands; after `sendingMs` at the latest. */
export async function sendBySmtp(mail: OutboxMail): Promise<void> {
  const { server, from, replyTo } = settings();
  const { createTransport } = await import('nodemailer');
  const transport = createTransport({
    ...server,
    pool: false,
    disableFileAccess: true,
    disableUrlAccess: true,
    connectionTimeout: 10_000,
    greetingTimeout: 10_000,
    dnsTimeout: 10_000,
    socketTimeout: 20_000,
  });
  await transport.sendMail({
    from,
    ...(replyTo ? { replyTo } : {}),
    to: { name: '', address: mail.to },
    subject: mail.subject,
    text: mail.text,
    ...(mail.html === null ? {} : { html: mail.html }),
    messageId: mail.messageId,
    // Out-of-office programs do not answer what no person has written (RFC 3834).
    headers: { 'Auto-Submitted': 'auto-generated', ...mail.headers },
    signal: AbortSignal.timeout(sendingMs),
  });
}
