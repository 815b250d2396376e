/** Whose Authentication-Results are believed: those of our servers, where nobody else can have put them. */
import type { RawHeader } from './headers.ts';
import { authenticationOf, nobodysWord } from './origin.ts';

const ours = ['mx.drpitch.example'];
const header = (name: string, value: string): RawHeader => ({ name, value });
const results = (value: string) => header('authentication-results', ` ${value}`);
const received = (value: string) => header('received', ` ${value}`);
const good =
  'mx.drpitch.example; spf=pass; dkim=pass header.d=raon.example; dmarc=pass header.from=raon.example';
const proven = { server: 'mx.drpitch.example', spf: 'pass', dkim: ['raon.example'], dmarc: 'pass' };
const read = (...headers: RawHeader[]) => authenticationOf(headers, ours);

it.each<[string, RawHeader[]]>([
  ['on top', [results(good), received('from raon.example by relay.example')]],
  ['below where it took the mail in', [received('from a by mx.drpitch.example; now'), results(good)]],
  [
    'below a host of its own',
    [received('from a (b by evil.example) by in1.mx.drpitch.example'), results(good)],
  ],
  ['above those of others', [results(good), results('evil.example; dmarc=fail')]],
])('our server is believed: %s', (_, headers) => {
  expect(read(...headers)).toEqual(proven);
});

it.each<[string, RawHeader[]]>([
  ['by a server that is not ours', [results(good.replace('drpitch', 'evil'))]],
  ['in our name below a server that is not ours', [received('from a by mx.sendgrid.example'), results(good)]],
  ['below one that names nobody', [received('(qmail 123 invoked by uid 1)'), results(good)]],
  [
    'below one to whom a sender named us',
    [received('from x (HELO (a) by mx.drpitch.example) by relay.example; now'), results(good)],
  ],
  ['below those of somebody else', [results('evil.example; dmarc=pass'), results(good)]],
  ['by a name that ends like ours', [results(good.replace('mx.', 'evil-mx.'))]],
  ['and nobody else is', [header('received-spf', ' Pass')]],
])('what was written %s proves nothing', (_, headers) => {
  expect(read(...headers)).toEqual(nobodysWord);
});

it('nobody is believed when no server is ours', () => {
  expect(authenticationOf([results(good)], [])).toEqual(nobodysWord);
});

it('results are told apart, comments and all', () => {
  const written =
    'mx.drpitch.example 1; dkim=pass (2048 (bit)) header.d=Raon.example header.s=k; dkim=fail header.d=evil.example;\n spf=softfail smtp.mailfrom=x; dmarc=fail (p=NONE) header.from=raon.example';
  expect(read(results(written))).toEqual({ ...proven, spf: 'softfail', dmarc: 'fail' });
});
