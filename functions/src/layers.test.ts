/**
 * Imports point down only: domains upon kernel and platform, platform upon kernel. Of another domain its shapes are used, and
 * what it offers to others by name. What is not listed here is its inside.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';

const source = __dirname;

/** What each domain offers beside `schema.ts`. A module is added here when others may rely on it, for good. */
const offered: Readonly<Record<string, readonly string[]>> = {
  access: ['access.ts', 'granting.ts', 'guard.ts', 'limits.ts', 'suspension.ts'],
  accounts: ['accounts.ts', 'kakao.ts', 'members.ts', 'nicknames.ts', 'oidc.ts', 'rename.ts'],
  advertising: ['finding.ts', 'law.ts', 'names.ts'],
  audit: ['audit.ts'],
  directory: ['contact.ts', 'examine.ts', 'pages.ts', 'reviewed.ts', 'typed.ts', 'visibility.ts'],
  inbound: ['attempts.ts', 'queue.ts', 'reading.ts', 'senderProof.ts'],
  ledger: ['ledger.ts', 'movements.ts', 'post.ts'],
  mail: ['headers.ts', 'mail.ts', 'message.ts', 'mime.ts', 'origin.ts', 'proof.ts', 'verify.ts'],
  notifications: ['devices.ts', 'notify.ts', 'push.ts'],
  outbox: ['letter.ts', 'queue.ts'],
  prepays: ['returns.ts'],
  refunds: ['leaving.ts', 'shares.ts', 'usedSessions.ts'],
  retention: ['retain.ts', 'retention.ts'],
  reviews: ['evidence.ts', 'rating.ts'],
  subscriptions: ['cancelling.ts', 'cards.ts'],
  toss: ['client.ts', 'errors.ts'],
};

interface Import {
  readonly from: string;
  readonly to: string;
}

const filesIn = (folder: string): string[] =>
  readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return filesIn(path);
    return entry.name.endsWith('.ts') && !entry.name.endsWith('.test.ts') ? [path] : [];
  });

const importsOf = (file: string): Import[] =>
  [...readFileSync(file, 'utf8').matchAll(/(?:from |import\()'(\.[^']+)'/g)].map(([, path = '']) => ({
    from: relative(source, file),
    to: relative(source, resolve(dirname(file), path)),
  }));

const domainOf = (path: string) => (path.includes('/') ? (path.split('/')[0] ?? '') : null);

const imports = filesIn(source).flatMap(importsOf);
const across = imports.filter(({ from, to }) => domainOf(from) !== null && domainOf(from) !== domainOf(to));

test('there is something to look at', () => {
  expect(across.length).toBeGreaterThan(300);
});

test('the kernel knows nothing else, the platform the kernel only', () => {
  const wrong = across.filter(
    ({ from, to }) =>
      domainOf(from) === 'kernel' || (domainOf(from) === 'platform' && domainOf(to) !== 'kernel'),
  );
  expect(wrong).toEqual([]);
});

test('a domain uses of another its shapes and what it offers, never its inside', () => {
  const isOffered = ({ to }: Import) => {
    const [domain = '', ...rest] = to.split('/');
    const module = rest.join('/');
    if (domain === 'kernel' || domain === 'platform') return true;
    // What becomes of a leaver is a list over all domains.
    if (to === 'erasers.ts') return true;
    return module === 'schema.ts' || (offered[domain] ?? []).includes(module);
  };
  expect(across.filter((one) => !isOffered(one))).toEqual([]);
});

test('what is offered is used by somebody', () => {
  const used = new Set(across.map(({ to }) => to));
  const all = Object.entries(offered).flatMap(([domain, modules]) =>
    modules.map((module) => `${domain}/${module}`),
  );
  expect(all.filter((module) => !used.has(module))).toEqual([]);
});
