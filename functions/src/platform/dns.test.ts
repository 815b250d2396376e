/** What the client makes of answers, missing names, broken domains and outages; against the stand-in. */
import type { RunningStandin } from '../../../standins/control.ts';
import { startDns } from '../../../standins/dns.ts';
import { resolver, textsOf } from './dns.ts';

let dns: RunningStandin;
const control = (path: string, body: unknown = {}, method = 'POST') =>
  fetch(
    `${dns.url}/__control/${path}`,
    method === 'POST' ? { method, body: JSON.stringify(body) } : { method },
  );
const asked = async (): Promise<number> => {
  const journal: unknown = await (await control('journal', undefined, 'GET')).json();
  return Array.isArray(journal) ? journal.length : -1;
};
const ask = (name: string, type = 'TXT', withinMs = 5_000) =>
  resolver(withinMs)(name, type).catch((error: unknown) => (error instanceof Error ? error.message : error));

beforeAll(async () => {
  dns = await startDns({ port: 0 });
  process.env.FUNCTIONS_EMULATOR = 'true';
  process.env.DNS_API_BASE = dns.url;
});
afterAll(() => dns.close());
beforeEach(() => control('reset'));

it.each([
  ['v=spf1 -all', ['v=spf1 -all']],
  ['"v=DKIM1; p=AB" "CD"', ['v=DKIM1; p=AB', 'CD']],
  ['"a\\"b\\\\c\\059d"', ['a"b\\c;d']],
  ['""', ['']],
])('strings of %j are told apart', (data, texts) => {
  expect(textsOf(data)).toEqual(texts);
});

it('records are looked up once for as long as they live', async () => {
  const data = ['v=DKIM1; p=', 'ABC'];
  await control('seed', {
    records: [
      { name: 'k._domainkey.a.example', data },
      { name: 'a.example', data: 'x' },
    ],
  });
  expect(await ask('k._domainkey.a.example')).toEqual([data]);
  expect(await ask('K._domainkey.A.example')).toEqual([data]);
  expect(await ask('a.example')).toEqual([['x']]);
  expect(await asked()).toBe(2);
});

it.each([
  ['a name that does not exist', 'none.example', 'TXT', 'ENOTFOUND'],
  ['one that has no such record', 'b.example', 'A', 'ENODATA'],
  ['one that cannot exist', `${'x'.repeat(64)}.example`, 'TXT', 'ENOTFOUND'],
  ['one with a space', 'a b.example', 'TXT', 'ENOTFOUND'],
  ['one whose servers are broken', 'broken.example', 'TXT', 'ESERVFAIL'],
])('%s is told', async (_, name, type, code) => {
  const records = [
    { name: 'b.example', data: 'x' },
    { name: 'broken.example', status: 2 },
  ];
  await control('seed', { records });
  expect(await ask(name, type)).toBe(code);
});

it('a moment’s trouble is no trouble', async () => {
  await control('seed', { records: [{ name: 'c.example', data: 'x' }] });
  await control('fault', { match: { path: '/resolve' }, kind: 'html502', times: 1 });
  expect(await ask('c.example')).toEqual([['x']]);
});

it('an outage is told soon, then at once, and nothing of it is kept', async () => {
  await control('fault', { match: { path: '/resolve' }, kind: 'delay', ms: 5_000 });
  const before = Date.now();
  expect(await ask('d.example', 'TXT', 300)).toBe('ETIMEOUT');
  expect(Date.now() - before).toBeLessThan(2_000);
  await control('faults', undefined, 'DELETE');
  await control('fault', { match: { path: '/resolve' }, kind: 'reset' });
  for (let times = 0; times < 4; times += 1) expect(await ask('d.example')).toBe('ETIMEOUT');
  const soFar = await asked();
  expect(await ask('d.example')).toBe('ETIMEOUT');
  expect(await asked()).toBe(soFar);
});
