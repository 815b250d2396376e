/**
 * A local stand-in for an SMTP relay: takes every message, delivers none, and shows them over HTTP. Plain text on
 * 127.0.0.1; a client must log in as `smtpLogin`.
 *
 * Beyond the shared control routes of control.ts:
 *   GET /__control/messages?to=…  what was taken, oldest first: see TakenMessage
 *
 * A fault is {match: {step, to?}, kind, status?, ms?, times?, after?}. The step is connect, auth, mail, rcpt or data;
 * `to` is a recipient, known from rcpt on. `status` refuses with that reply code, `reset` breaks the connection,
 * `delay` lets the client wait. With `after` (at data only) the message is taken first: only the answer is lost.
 * The journal lists {at, step, detail, reply}; the reply is 0 where the connection was broken.
 */
import { createRequire } from 'node:module';
import type { Socket } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { SMTPServer, type SMTPServerDataStream, type SMTPServerSession } from 'smtp-server';
import {
  isRecord,
  type JsonRecord,
  json,
  numberOf,
  type RunningStandin,
  serveStandin,
  startWhenMain,
  textOf,
  type Wire,
  type WireRequest,
} from './control.ts';

// The functions' own copy: what reads our mail here is what reads mail there.
const mailparser: typeof import('mailparser') = createRequire(
  new URL('../functions/package.json', import.meta.url),
)('mailparser');

export const smtpLogin = { user: 'doctorpitch', pass: 'local-smtp' } as const;

/** A message as its reader sees it. */
export interface TakenMessage {
  at: string;
  envelope: { from: string; to: string[] };
  from: string;
  to: string;
  replyTo: string | null;
  subject: string;
  text: string;
  html: string | null;
  messageId: string;
  /** By lower-case name, unfolded, as on the wire. */
  headers: Record<string, string>;
}

const steps = ['connect', 'auth', 'mail', 'rcpt', 'data'] as const;
type Step = (typeof steps)[number];
const kinds = ['status', 'reset', 'delay'] as const;

interface Fault {
  step: Step;
  to: string | undefined;
  kind: (typeof kinds)[number];
  status: number;
  ms: number;
  timesLeft: number;
  after: boolean;
}

interface JournalEntry {
  at: string;
  step: Step;
  /** The address in question, or the user at auth. */
  detail: string;
  reply: number;
}

interface Relay {
  faults: Fault[];
  journal: JournalEntry[];
  messages: TakenMessage[];
  /** Open connections by the client's port. */
  sockets: Map<number, Socket>;
  closing: AbortController;
}

const keptLimit = 2_000;
const defaultDelayMs = 5_000;
const accepted: Record<Step, number> = { connect: 220, auth: 235, mail: 250, rcpt: 250, data: 250 };

class SmtpRefusal extends Error {
  readonly responseCode: number;

  constructor(responseCode: number) {
    super('refused by the stand-in');
    this.responseCode = responseCode;
  }
}

/** The connection was broken on purpose: nobody is left to answer. */
class Broken extends Error {}

function readFault(data: JsonRecord): Fault | string {
  const match = isRecord(data.match) ? data.match : {};
  const step = steps.find((each) => each === match.step);
  const kind = kinds.find((each) => each === data.kind);
  const to = textOf(match.to);
  const after = data.after === true;
  const status = numberOf(data.status) ?? 451;
  if (!step) return `match.step must be one of ${steps.join(', ')}`;
  if (!kind) return `kind must be one of ${kinds.join(', ')}`;
  if (status < 400 || status > 599) return 'status must be a reply code of 400 to 599';
  if (to !== undefined && step !== 'rcpt' && step !== 'data') return 'the recipient is known from rcpt on';
  if (after && step !== 'data') return 'after goes with the step data only';
  return {
    step,
    to,
    kind,
    status,
    ms: numberOf(data.ms) ?? defaultDelayMs,
    timesLeft: numberOf(data.times) ?? Number.POSITIVE_INFINITY,
    after,
  };
}

function takeFault(relay: Relay, step: Step, to: readonly string[], after: boolean): Fault | undefined {
  const fault = relay.faults.find(
    (each) =>
      each.timesLeft > 0 &&
      each.step === step &&
      each.after === after &&
      (each.to === undefined || to.includes(each.to)),
  );
  if (fault) fault.timesLeft -= 1;
  return fault;
}

function breakOff(relay: Relay, session: SMTPServerSession): never {
  relay.sockets.get(session.remotePort)?.resetAndDestroy();
  throw new Broken();
}

/** Lets a step pass, or does to it what a fault says. */
async function suffer(
  relay: Relay,
  session: SMTPServerSession,
  step: Step,
  to: readonly string[],
  after = false,
): Promise<void> {
  const fault = takeFault(relay, step, to, after);
  if (fault?.kind === 'reset') breakOff(relay, session);
  if (fault?.kind === 'status') throw new SmtpRefusal(fault.status);
  if (fault) await wait(fault.ms, undefined, { signal: relay.closing.signal });
}

function keep<T>(list: T[], item: T): void {
  list.push(item);
  if (list.length > keptLimit) list.shift();
}

/** Journals a step and answers it as `work` ends. A broken connection gets no answer. */
function answer(
  relay: Relay,
  step: Step,
  detail: string,
  work: Promise<void>,
  callback: (error?: Error | null) => void,
): void {
  const entry: JournalEntry = { at: new Date().toISOString(), step, detail, reply: 0 };
  keep(relay.journal, entry);
  work.then(
    () => {
      entry.reply = accepted[step];
      callback();
    },
    (error: unknown) => {
      if (!(error instanceof SmtpRefusal)) return;
      entry.reply = error.responseCode;
      callback(error);
    },
  );
}

async function bytesOf(stream: SMTPServerDataStream): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(Buffer.from(chunk));
  return Buffer.concat(chunks);
}

const recipientsOf = (session: SMTPServerSession) => session.envelope.rcptTo.map(({ address }) => address);

function addressText(value: { text: string } | { text: string }[] | undefined): string {
  return [value ?? []]
    .flat()
    .map(({ text }) => text)
    .join(', ');
}

async function readMessage(raw: Buffer, session: SMTPServerSession): Promise<TakenMessage> {
  const mail = await mailparser.simpleParser(raw, { skipHtmlToText: true, skipTextToHtml: true });
  const { mailFrom } = session.envelope;
  const headers = mail.headerLines.map(({ key, line }) => [
    key,
    line.slice(line.indexOf(':') + 1).replaceAll(/\r?\n(?=[ \t])/g, ''),
  ]);
  return {
    at: new Date().toISOString(),
    envelope: { from: mailFrom ? mailFrom.address : '', to: recipientsOf(session) },
    from: addressText(mail.from),
    to: addressText(mail.to),
    replyTo: mail.replyTo ? addressText(mail.replyTo) : null,
    subject: mail.subject ?? '',
    text: mail.text ?? '',
    html: mail.html || null,
    messageId: mail.messageId ?? '',
    headers: Object.fromEntries(headers.map(([key, value]) => [key, value?.trim()])),
  };
}

async function takeMessage(
  relay: Relay,
  stream: SMTPServerDataStream,
  session: SMTPServerSession,
): Promise<void> {
  const raw = await bytesOf(stream);
  const to = recipientsOf(session);
  await suffer(relay, session, 'data', to);
  keep(relay.messages, await readMessage(raw, session));
  await suffer(relay, session, 'data', to, true);
}

function makeServer(relay: Relay): SMTPServer {
  const server = new SMTPServer({
    name: 'smtp.doctorpitch.example',
    // TLS with a certificate nobody signed would only make clients look away.
    disabledCommands: ['STARTTLS'],
    allowInsecureAuth: true,
    disableReverseLookup: true,
    logger: false,
    closeTimeout: 100,
    onConnect: (session, callback) =>
      answer(relay, 'connect', '', suffer(relay, session, 'connect', []), callback),
    onAuth: ({ username, password }, session, callback) => {
      const work = suffer(relay, session, 'auth', []).then(() => {
        if (username !== smtpLogin.user || password !== smtpLogin.pass) throw new SmtpRefusal(535);
      });
      answer(relay, 'auth', username ?? '', work, (error) =>
        callback(error, error ? undefined : { user: smtpLogin.user }),
      );
    },
    onMailFrom: ({ address }, session, callback) =>
      answer(relay, 'mail', address, suffer(relay, session, 'mail', []), callback),
    onRcptTo: ({ address }, session, callback) =>
      answer(relay, 'rcpt', address, suffer(relay, session, 'rcpt', [address]), callback),
    onData: (stream, session, callback) =>
      answer(relay, 'data', recipientsOf(session).join(', '), takeMessage(relay, stream, session), callback),
  });
  server.server.prependListener('connection', (socket: Socket) => {
    const port = socket.remotePort ?? 0;
    relay.sockets.set(port, socket);
    socket.once('close', () => relay.sockets.delete(port));
  });
  // Clients that go away in the middle are what some tests are about.
  server.on('error', () => undefined);
  return server;
}

function wireOf(relay: Relay, server: SMTPServer): Wire {
  return {
    addFault: (data) => {
      const fault = readFault(data);
      if (typeof fault === 'string') return fault;
      relay.faults.push(fault);
      return undefined;
    },
    clearFaults: () => {
      relay.faults.length = 0;
    },
    journal: () => relay.journal,
    close: () =>
      new Promise((resolve) => {
        relay.closing.abort();
        server.close(() => resolve());
        for (const socket of relay.sockets.values()) socket.destroy();
      }),
  };
}

function messagesFor(relay: Relay, request: WireRequest): TakenMessage[] {
  const to = request.query.get('to');
  return relay.messages.filter(({ envelope }) => to === null || envelope.to.includes(to));
}

export interface SmtpOptions {
  /** Of the control routes. */
  port?: number;
  smtpPort?: number;
}

export interface RunningSmtp extends RunningStandin {
  /** For SMTP_URL: with the login. */
  smtpUrl: string;
}

async function listen(server: SMTPServer, port: number): Promise<number> {
  await new Promise<void>((resolve, reject) => {
    server.server.once('error', reject);
    server.listen(port, '127.0.0.1', () => resolve());
  });
  const address = server.server.address();
  return typeof address === 'object' && address ? address.port : port;
}

export async function startSmtp(options: SmtpOptions = {}): Promise<RunningSmtp> {
  const closing = new AbortController();
  const relay: Relay = { faults: [], journal: [], messages: [], sockets: new Map(), closing };
  const server = makeServer(relay);
  const port = await listen(server, options.smtpPort ?? Number(process.env.SMTP_PORT || 9803));
  const running = await serveStandin({
    name: 'SMTP stand-in',
    routes: { 'GET /__control/messages': (request) => json(200, messagesFor(relay, request)) },
    reset: () => {
      relay.journal.length = 0;
      relay.messages.length = 0;
    },
    wire: wireOf(relay, server),
    ...(options.port === undefined ? {} : { port: options.port }),
    defaultPort: 9802,
  });
  return { ...running, smtpUrl: `smtp://${smtpLogin.user}:${smtpLogin.pass}@127.0.0.1:${port}` };
}

startWhenMain('standins/smtp.ts', startSmtp);
