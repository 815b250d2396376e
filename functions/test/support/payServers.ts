/** Server processes that do the work of payments one after the other: each is killed in the midst of it, the next takes over. */
import { type ChildProcess, fork } from 'node:child_process';
import { join } from 'node:path';
import { z } from 'zod';
import { env } from './app.ts';

/** `killed`: nobody has answered. `failed`: what callers would see as an internal error. */
export type Outcome =
  | { readonly kind: 'done'; readonly value: unknown }
  | { readonly kind: 'refused'; readonly reason: string }
  | { readonly kind: 'failed'; readonly message: string }
  | { readonly kind: 'killed' };

const answerShape = z.object({
  id: z.number(),
  value: z.unknown().optional(),
  refused: z.string().nullish(),
  failed: z.string().nullish(),
});

interface Server {
  readonly child: ChildProcess;
  readonly isReady: Promise<boolean>;
}

const patienceMs = 60_000;

export class PayServers {
  /** How far the clock of the servers is ahead. */
  aheadMs = 0;
  kills = 0;
  readonly #projectId: string;
  readonly #killAt: () => number;
  readonly #waiting = new Map<number, (outcome: Outcome) => void>();
  #serial = 0;
  #current: Server;
  #next: Server;
  #isOver = false;

  /** `killAt` says of each process at which of its moments it ends; 0: at none. */
  constructor(projectId: string, killAt: () => number) {
    this.#projectId = projectId;
    this.#killAt = killAt;
    this.#current = this.#start(killAt());
    this.#next = this.#start(killAt());
  }

  #start(killAt: number): Server {
    const child = fork(join(__dirname, 'payServer.ts'), [String(killAt)], {
      env: {
        ...process.env,
        ...{ GCLOUD_PROJECT: this.#projectId, FUNCTIONS_EMULATOR: 'true' },
        FIREBASE_CONFIG: JSON.stringify({ projectId: this.#projectId }),
        ...{ TOSS_BASE: env('STANDIN_TOSS_URL'), TOSS_SECRET_KEY: 'test_sk_local' },
        ...{ IDENTITY_SECRET: 'local-identity-secret', REFUND_ACCOUNT_KEY: 'local-refund-account-key' },
      },
      execArgv: ['--disable-warning=ExperimentalWarning'],
      // What they log of lost answers and refusals is of no use here.
      stdio: ['ignore', 'ignore', process.env.PAY_SERVERS_SAY ? 'inherit' : 'ignore', 'ipc'],
    });
    const isReady = new Promise<boolean>((resolve) => {
      child.once('message', () => resolve(true));
      child.once('exit', () => resolve(false));
    });
    child.on('message', (message) => this.#take(message));
    child.once('exit', () => this.#takeOver(child));
    return { child, isReady };
  }

  #take(message: unknown): void {
    const { data } = answerShape.safeParse(message);
    if (!data) return;
    const { id, value, refused, failed } = data;
    const settle = this.#waiting.get(id);
    this.#waiting.delete(id);
    if (refused) settle?.({ kind: 'refused', reason: refused });
    else if (failed) settle?.({ kind: 'failed', message: failed });
    else settle?.({ kind: 'done', value });
  }

  /** The next process takes over; what the dead one was doing is never answered. */
  #takeOver(dead: ChildProcess): void {
    if (this.#isOver || dead !== this.#current.child) return;
    this.kills += 1;
    this.#current = this.#next;
    this.#next = this.#start(this.#killAt());
    this.#forsake();
  }

  #forsake(): void {
    for (const settle of [...this.#waiting.values()]) settle({ kind: 'killed' });
    this.#waiting.clear();
  }

  async ask(name: string, told: unknown = {}): Promise<Outcome> {
    if (this.#isOver) return { kind: 'killed' };
    const { child, isReady } = this.#current;
    if (!(await isReady)) throw new Error('a server ended while it started');
    // Killed by others while it started: the one after it is asked.
    if (child !== this.#current.child) return this.ask(name, told);
    this.#serial += 1;
    const id = this.#serial;
    return new Promise((resolve) => {
      const late = setTimeout(() => resolve({ kind: 'failed', message: 'no answer' }), patienceMs);
      this.#waiting.set(id, (outcome) => {
        clearTimeout(late);
        resolve(outcome);
      });
      child.send({ id, name, told, aheadMs: this.aheadMs }, () => undefined);
    });
  }

  /** From now on nobody is killed any more. */
  async live(): Promise<void> {
    const old = [this.#current, this.#next];
    this.#current = this.#start(0);
    this.#next = this.#start(0);
    for (const { child } of old) child.kill('SIGKILL');
    await this.#current.isReady;
  }

  async close(): Promise<void> {
    this.#isOver = true;
    this.#forsake();
    const children = new Set([this.#current.child, this.#next.child]);
    await Promise.all(
      [...children].map((child) => {
        const gone = new Promise((resolve) => child.once('exit', resolve));
        child.kill('SIGKILL');
        return gone;
      }),
    );
  }
}
