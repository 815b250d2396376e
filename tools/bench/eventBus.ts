/**
 * Firestore's events for functions that are mounted (mount.ts): every write that passes a meter, of a phone or of a
 * function, is delivered to each function whose pattern its path fits, as the platform does, until nothing follows any
 * more. What a function writes has events too. A refused event comes again.
 */
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import type { Meter } from './meter.ts';
import { FUNCTIONS, type Mounted } from './mount.ts';

const endpointShape = z.object({
  __endpoint: z.object({
    eventTrigger: z.object({
      eventType: z.string(),
      eventFilterPathPatterns: z.object({ document: z.string() }),
    }),
  }),
});

interface Trigger {
  readonly name: string;
  readonly kind: string;
  readonly fits: (path: string) => boolean;
}

function triggerOf(name: string, value: unknown): Trigger[] {
  const fields = typeof value === 'function' ? { ...value } : value;
  const { data } = endpointShape.safeParse(fields);
  if (!data) return [];
  const { eventType, eventFilterPathPatterns } = data.__endpoint.eventTrigger;
  const pattern = new RegExp(`^${eventFilterPathPatterns.document.replaceAll(/\{[^}]+\}/g, '[^/]+')}$`);
  return [{ name, kind: eventType.split('.').at(-1) ?? '', fits: (path) => pattern.test(path) }];
}

async function triggersIn(module: string): Promise<Trigger[]> {
  const exported: unknown = await import(join(process.cwd(), module));
  return Object.entries(Object.assign({}, exported)).flatMap(([name, value]) => triggerOf(name, value));
}

/** A document in Firestore's JSON. */
const storedShape = z.object({
  name: z.string(),
  fields: z.record(z.string(), z.unknown()).default({}),
  createTime: z.string(),
  updateTime: z.string(),
});
type Stored = z.infer<typeof storedShape>;

export interface EventBus {
  /** Resolves when no event is waiting or being handled. */
  settled(): Promise<void>;
  /** How many times functions were called by events since the last reset. */
  calls(): number;
  reset(): void;
}

const attempts = 10;

/** What lies in the database is taken for known: the first event of a document says what it was before. */
export async function openBus(functions: Mounted, meters: readonly Meter[]): Promise<EventBus> {
  const project = process.env.GCLOUD_PROJECT ?? '';
  const documents = `projects/${project}/databases/(default)/documents`;
  const api = `http://${process.env.FIRESTORE_EMULATOR_HOST}/v1/${documents}`;
  const headers = { authorization: 'Bearer owner', 'content-type': 'application/json' };
  const triggers = await triggersIn(FUNCTIONS);
  const last = new Map<string, Stored>();
  const looks = new Map<string, Promise<unknown>>();
  const lines = new Set<Promise<void>>();
  const failures: unknown[] = [];
  let calls = 0;

  const load = async () => {
    const structuredQuery = { from: [{ allDescendants: true }] };
    const response = await fetch(`${api}:runQuery`, {
      method: 'POST',
      headers,
      body: JSON.stringify({ structuredQuery }),
    });
    const found = z.array(z.object({ document: storedShape.optional() })).parse(await response.json());
    for (const { document } of found) {
      if (document) last.set(document.name.split('/').slice(5).join('/'), document);
    }
  };
  const stored = async (path: string): Promise<Stored | undefined> => {
    const response = await fetch(`${api}/${path.split('/').map(encodeURIComponent).join('/')}`, { headers });
    if (response.status === 404) return undefined;
    return storedShape.parse(await response.json());
  };
  const deliver = async ({ name }: Trigger, event: Record<string, unknown>) => {
    calls += 1;
    for (let attempt = 1; attempt <= attempts; attempt += 1) {
      const { status } = await functions.call(name, { event });
      if (status === 204) return;
      await sleep(100 * attempt);
    }
    throw new Error(`${name} did not settle`);
  };
  /** What has changed since it was last looked at; nothing when another look has seen it. */
  const look = async (path: string): Promise<{ before?: Stored; after?: Stored } | undefined> => {
    const [before, after] = [last.get(path), await stored(path)];
    if (before?.updateTime === after?.updateTime) return undefined;
    if (after) last.set(path, after);
    else last.delete(path);
    return { ...(before ? { before } : {}), ...(after ? { after } : {}) };
  };
  const follow = async (path: string) => {
    const turn = (looks.get(path) ?? Promise.resolve()).then(() => look(path));
    looks.set(
      path,
      turn.catch(() => undefined),
    );
    const change = await turn;
    if (!change) return;
    const { before, after } = change;
    const kinds: string[] = ['written', before ? (after ? 'updated' : 'deleted') : 'created'];
    const time = after?.updateTime ?? new Date().toISOString();
    const event = {
      ...{ specversion: '1.0', id: `${path}@${time}`, time, datacontenttype: 'application/json' },
      ...{ project, database: '(default)', document: path },
      data: { ...(before ? { oldValue: before } : {}), ...(after ? { value: after } : {}) },
    };
    const meant = triggers.filter(({ kind, fits }) => kinds.includes(kind) && fits(path));
    await Promise.all(meant.map((trigger) => deliver(trigger, event)));
  };
  const begin = (path: string) => {
    if (!triggers.some(({ fits }) => fits(path))) return;
    const line: Promise<void> = follow(path)
      .catch((error: unknown) => {
        failures.push(error);
      })
      .finally(() => lines.delete(line));
    lines.add(line);
  };
  await load();
  for (const meter of meters) meter.onWrite((paths) => paths.forEach(begin));
  return {
    settled: async () => {
      while (lines.size > 0) await Promise.all(lines);
      if (failures.length > 0) throw failures[0];
    },
    calls: () => calls,
    reset: () => {
      calls = 0;
    },
  };
}
