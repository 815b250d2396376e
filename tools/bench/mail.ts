/**
 * Registration by mail, from a provider's delivery to what an operator sees: what a message is billed, how many go
 * through in a minute, how long one waits, and the memory a message of 25 MB takes. Receiving and reading are mounted
 * apart, as they are deployed; between them stands a queue that dispatches five tasks at once, as `readMail` is set up.
 */
import { randomBytes } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import { db } from '../../functions/src/platform/firebase.ts';
import { hospitalMail, mailOf, newBusinessNumber, type Part } from '../../functions/test/support/mails.ts';
import { isRecord, numberOf, textOf } from '../../standins/control.ts';
import { inboundKeys } from '../../standins/inbound.ts';
import { table } from '../docs/markdown.ts';
import { elapsedMs, runAtOnce } from './load.ts';
import type { Counts, Meter } from './meter.ts';
import { FUNCTIONS, type Mounted, mount } from './mount.ts';
import { latencyOf, machine, number, whole } from './report.ts';
import { metered, onEmulators } from './stage.ts';

const messages = 200;
const deliveriesAtOnce = 20;
const readersAtOnce = 5;
const bigBytes = 25 * 1024 * 1024;

/** Cloud Tasks, as far as the admin SDK asks: takes a task, and hands it over when let. */
class Queue {
  readonly #waiting: string[] = [];
  readonly #ended = new Map<string, number>();
  #running = 0;
  #isHeld = false;
  #server: Server | null = null;
  #read: ((mailId: string) => Promise<number>) | null = null;

  /** `host:port` for CLOUD_TASKS_EMULATOR_HOST. */
  async open(): Promise<string> {
    const server = createServer((request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        this.#take(Buffer.concat(chunks).toString());
        response.setHeader('content-type', 'application/json');
        response.end('{}');
      });
    });
    this.#server = server;
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const address = server.address();
    return `127.0.0.1:${isRecord(address) ? numberOf(address.port) : 0}`;
  }

  #take(posted: string): void {
    const asked: unknown = JSON.parse(posted);
    const task = isRecord(asked) && isRecord(asked.task) ? asked.task : {};
    const request = isRecord(task.httpRequest) ? task.httpRequest : {};
    const body: unknown = JSON.parse(Buffer.from(textOf(request.body) ?? '', 'base64').toString());
    const data = isRecord(body) && isRecord(body.data) ? body.data : {};
    this.#waiting.push(textOf(data.mailId) ?? '');
    this.#dispatch();
  }

  #dispatch(): void {
    while (!this.#isHeld && this.#read && this.#running < readersAtOnce) {
      const mailId = this.#waiting.shift();
      if (mailId === undefined) return;
      this.#running += 1;
      void this.#read(mailId).then((status) => {
        if (status !== 204) console.error(`a mail could not be read: ${status}`);
        this.#ended.set(mailId, performance.now());
        this.#running -= 1;
        this.#dispatch();
      });
    }
  }

  reader(read: (mailId: string) => Promise<number>): void {
    this.#read = read;
  }

  hold(): void {
    this.#isHeld = true;
  }

  /** Lets go of what waits; resolves when nothing is left. */
  async drain(): Promise<void> {
    this.#isHeld = false;
    this.#dispatch();
    while (this.#waiting.length > 0 || this.#running > 0) await new Promise((done) => setTimeout(done, 5));
  }

  endOf(mailId: string): number {
    return this.#ended.get(mailId) ?? Number.NaN;
  }

  close(): void {
    this.#server?.close();
  }
}

interface Office {
  readonly meter: Meter;
  readonly queue: Queue;
  readonly receiving: Mounted;
  readonly reading: Mounted;
}

const headers = {
  'content-type': 'message/rfc822',
  authorization: `Bearer ${inboundKeys.INBOUND_MAIL_SECRET}`,
};

/** Delivers a message; its id, and when the provider let go of it. */
async function delivered(
  { receiving }: Office,
  raw: Buffer,
): Promise<{ mailId: string; begun: number; ms: number }> {
  const begun = performance.now();
  const { status, body, ms } = await receiving.post('inboundMail/raw', headers, raw);
  const mailId = isRecord(body) ? textOf(body.mailId) : undefined;
  if (status !== 200 || !mailId) throw new Error(`a message was not taken: ${status}`);
  return { mailId, begun, ms };
}

const read = (reading: Mounted) => async (mailId: string) => {
  const body = Buffer.from(JSON.stringify({ data: { mailId } }));
  return (await reading.post('readMail', { 'content-type': 'application/json' }, body)).status;
};

async function onOffice<T>(readers: number, play: (office: Office) => Promise<T>): Promise<T> {
  const queue = new Queue();
  const tasks = await queue.open();
  const params = {
    ...inboundKeys,
    IDENTITY_SECRET: 'bench-identity-secret',
    CLOUD_TASKS_EMULATOR_HOST: tasks,
    FIREBASE_CONFIG: JSON.stringify({
      projectId: process.env.GCLOUD_PROJECT,
      storageBucket: `${process.env.GCLOUD_PROJECT}.appspot.com`,
    }),
  };
  try {
    return await onEmulators(async (meter) => {
      const options = { modules: [FUNCTIONS], firestoreHost: meter.host, params };
      const mounted = [
        await mount({ ...options, instances: 1 }),
        await mount({ ...options, instances: readers }),
      ];
      const [receiving, reading] = mounted;
      if (!receiving || !reading) throw new Error('not mounted');
      queue.reader(read(reading));
      try {
        return await play({ meter, queue, receiving, reading });
      } finally {
        await Promise.all(mounted.map((each) => each.close()));
      }
    });
  } finally {
    queue.close();
  }
}

type Row = readonly string[];
const billed = (what: string, { reads, writes, deletes }: Counts, each = 1): Row => [
  what,
  ...[reads, writes, deletes].map((total) => number(total / each)),
];

const threeDoctors = () =>
  mailOf(
    '의료진 등록',
    ['가나다', '라마바', '사아자'].flatMap((name, index) => [
      `[의료진 ${index + 1}]`,
      `성명: 김${name.slice(0, 2)}`,
      `면허번호: ${10_000 + index}`,
      '전문의: 아니요',
      `사업자등록번호: ${newBusinessNumber()}`,
    ]),
    [],
  );

async function bills(office: Office): Promise<Row[]> {
  const { meter, queue } = office;
  const row = async (what: string, raw: Buffer): Promise<Row[]> => {
    queue.hold();
    const received = await metered(meter, () => delivered(office, raw));
    const processed = await metered(meter, () => queue.drain());
    return [billed(`${what}: received`, received), billed(`${what}: read, checked, registered`, processed)];
  };
  const known = hospitalMail();
  return [
    ...(await row('a hospital', known)),
    billed('the same delivered again', await metered(meter, () => delivered(office, known))),
    ...(await row('three doctors in one mail', threeDoctors())),
  ];
}

const hospitalOf = (from: string) => hospitalMail(newBusinessNumber(), '흐름성형외과의원', [], { from });

async function speed(office: Office): Promise<Row[]> {
  // A sender each: to one of them nobody would write more than once an hour.
  const mails = Array.from({ length: messages }, (_, index) => hospitalOf(`desk-${index}@clinic.example`));
  const waits: number[] = [];
  const answers: number[] = [];
  let total = 0;
  const counts = await metered(office.meter, async () => {
    total = await elapsedMs(async () => {
      const receipts = await runAtOnce(
        deliveriesAtOnce,
        mails.map((raw) => () => delivered(office, raw)),
      );
      await office.queue.drain();
      for (const { mailId, begun, ms } of receipts) {
        waits.push(office.queue.endOf(mailId) - begun);
        answers.push(ms);
      }
    });
  });
  const waiting = await db().collection('registrations').where('state', '==', 'PENDING_REVIEW').count().get();
  const { p50, p95 } = latencyOf(waits);
  return [
    ['messages', String(messages)],
    ['of them PENDING_REVIEW afterwards', String(waiting.data().count)],
    ['messages per minute', whole((messages / total) * 60_000)],
    ['the provider’s wait, p95 ms', whole(latencyOf(answers).p95)],
    ['receipt to PENDING_REVIEW, p50 ms', whole(p50)],
    ['receipt to PENDING_REVIEW, p95 ms', whole(p95)],
    [
      'reads / writes per message',
      `${number(counts.reads / messages)} / ${number(counts.writes / messages)}`,
    ],
  ];
}

/** A message whose attachment alone has 25 MB once decoded. */
function bigMail(): Buffer {
  const png = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  // Base64 adds a third: 30 MB is the most a function may be sent.
  const content = Buffer.concat([png, randomBytes(Math.floor((bigBytes * 3) / 4) - png.length)]);
  const photo: Part = { name: '수술실사진.png', type: 'image/png', content };
  return hospitalMail(newBusinessNumber(), '큰첨부의원', [photo]);
}

async function memory(office: Office): Promise<Row[]> {
  const small = hospitalMail();
  await delivered(office, small);
  await office.queue.drain();
  const mib = (peak: number | null) => (peak === null ? 'not told here' : whole(peak));
  const before = [office.receiving.peakMiB(), office.reading.peakMiB()];
  const raw = bigMail();
  await delivered(office, raw);
  await office.queue.drain();
  const after = [office.receiving.peakMiB(), office.reading.peakMiB()];
  return ['inboundMail', 'readMail'].map((name, index) => [
    name,
    mib(before[index] ?? null),
    mib(after[index] ?? null),
    '1024',
  ]);
}

export async function mail(): Promise<string> {
  const [costs, times] = await onOffice(readersAtOnce, async (office) => [
    await bills(office),
    await speed(office),
  ]);
  const peaks = await onOffice(1, memory);
  return [
    'Billed by Firestore, per message:',
    table(['a mail', 'reads', 'writes', 'deletes'], costs ?? []),
    `A rush: ${messages} messages with two papers each, ${deliveriesAtOnce} deliveries and ${readersAtOnce} readings at once, ${machine()}.`,
    table(['rush', 'value'], times ?? []),
    'Most memory held, MiB, by an instance that has read one small message, and then one of 25 MB:',
    table(['function', 'small', '25 MB', 'given'], peaks),
  ].join('\n\n');
}
