/**
 * A rush of sign-ins with Kakao: 500 of them, 200 at once, half of new members, 5 % with tokens that must be refused,
 * a tenth of the new members tapping twice, Kakao answering after 150 ms. Beside it, through the same meter, the
 * sign-in of the tutorials (naiveSignIn.ts). Afterwards the database is looked at: who has a profile, and who must not.
 */
import { consentsAsked } from '../../functions/src/accounts/consents.ts';
import { db } from '../../functions/src/platform/firebase.ts';
import { isRecord, type RunningStandin, textOf } from '../../standins/control.ts';
import { startKakao } from '../../standins/kakao.ts';
import { anotherAppId } from '../../standins/kakao-people.ts';
import { table } from '../docs/markdown.ts';
import { elapsedMs, runAtOnce } from './load.ts';
import type { Counts } from './meter.ts';
import { type Answer, FUNCTIONS } from './mount.ts';
import { latencyOf, machine, number, whole } from './report.ts';
import { metered, onStage, type Stage } from './stage.ts';

const signIns = 500;
const atOnce = 200;
const kakaoMs = 150;
const unknownTokens = 13;
const otherAppTokens = 12;
const newMembers = 238;
const doubleTapEvery = 10;
const alone = 20;

type Flow = 'kakaoSignIn' | 'naiveSignIn';

const consents = consentsAsked.map(({ type, version }) => ({ type, version, granted: true }));
/** What the app sends. The only place that knows more of the callable than its name. */
const inputOf = (accessToken: string) => ({
  accessToken,
  join: { birthDate: '1999-01-31', consents, channel: 'app' },
});

type Part = 'alone' | 'new' | 'returning' | 'other-app' | 'unknown';

interface Person {
  readonly part: Part;
  readonly id: number;
  readonly token: string;
}

function people(part: Part, firstId: number, count: number): Person[] {
  return Array.from({ length: count }, (_, index) => {
    const id = firstId + index;
    return { part, id, token: `bench-${part}-${id}` };
  });
}

const loners = people('alone', 8_000_000_000, alone);
const crowd = [
  ...people('new', 8_100_000_000, newMembers),
  ...people('returning', 8_200_000_000, signIns - newMembers - unknownTokens - otherAppTokens),
  ...people('other-app', 8_300_000_000, otherAppTokens),
  ...people('unknown', 8_400_000_000, unknownTokens),
];
const isFaulty = ({ part }: Person) => part === 'other-app' || part === 'unknown';
const uidOf = ({ id }: Person) => `kakao:${id}`;
const newUids = crowd.filter(({ part }) => part === 'new').map(uidOf);
const times = <T>(values: readonly T[], wanted: T) => values.filter((value) => value === wanted).length;

/** The crowd in an order without pattern, the same in every run: 239 and 500 have no common divisor. */
const mixed = crowd.map((_, index) => crowd[(index * 239) % crowd.length]).filter((one) => one !== undefined);

function tapsOf(person: Person): number {
  return person.part === 'new' && person.id % doubleTapEvery === 0 ? 2 : 1;
}

async function control(
  kakao: RunningStandin,
  method: string,
  path: string,
  body?: unknown,
): Promise<unknown> {
  const response = await fetch(`${kakao.url}/__control/${path}`, { method, body: JSON.stringify(body) });
  if (!response.ok) throw new Error(`the Kakao stand-in refused ${path}: ${await response.text()}`);
  return response.json();
}

async function seedKakao(kakao: RunningStandin): Promise<void> {
  const known = [...loners, ...crowd].filter(({ part }) => part !== 'unknown');
  await control(kakao, 'POST', 'seed', {
    people: known.map(({ id, part }) => ({
      id,
      ...(part === 'other-app' ? { app_id: anotherAppId } : {}),
      properties: { nickname: `벤치${id}` },
      kakao_account: { profile: { nickname: `벤치${id}` } },
    })),
    tokens: known.map(({ id, token }) => ({ token, id })),
  });
}

async function kakaoCalls(kakao: RunningStandin): Promise<number> {
  const journal = await control(kakao, 'GET', 'journal');
  return Array.isArray(journal) ? journal.length : 0;
}

interface Attempt {
  readonly person: Person;
  readonly ms: number;
  /** Empty when it was granted. */
  readonly refusal: string;
  readonly isNewMember: boolean;
}

function readAttempt(person: Person, { status, body, ms }: Answer): Attempt {
  const result = isRecord(body) && isRecord(body.result) ? body.result : {};
  const error = isRecord(body) && isRecord(body.error) ? body.error : {};
  const details = isRecord(error.details) ? error.details : {};
  const refusal = status === 200 ? '' : (textOf(details.reason) ?? textOf(error.status) ?? String(status));
  return { person, ms, refusal, isNewMember: result.isNewMember === true };
}

interface KakaoStage extends Stage {
  readonly flow: Flow;
  readonly kakao: RunningStandin;
}

const signedIn = async ({ functions, flow }: KakaoStage, person: Person): Promise<Attempt> =>
  readAttempt(person, await functions.call(flow, inputOf(person.token), addressOf(person)));

/** Everybody calls from an address of their own, as a crowd does. */
const addressOf = ({ id }: Person) => `10.${(id >> 16) & 255}.${(id >> 8) & 255}.${id & 255}`;

function mustBeGranted(attempts: readonly Attempt[]): void {
  const refused = attempts.find(({ refusal }) => refusal !== '');
  if (refused) throw new Error(`a sign-in that had to work was refused: ${refused.refusal}`);
}

async function oneByOne(stage: KakaoStage): Promise<void> {
  mustBeGranted(
    await runAtOnce(
      1,
      loners.map((person) => () => signedIn(stage, person)),
    ),
  );
}

async function prepareReturning(stage: KakaoStage): Promise<void> {
  const returning = crowd.filter(({ part }) => part === 'returning');
  mustBeGranted(
    await runAtOnce(
      50,
      returning.map((person) => () => signedIn(stage, person)),
    ),
  );
}

async function rush(stage: KakaoStage): Promise<Attempt[]> {
  const taps = (person: Person) => Array.from({ length: tapsOf(person) }, () => signedIn(stage, person));
  return (
    await runAtOnce(
      atOnce,
      mixed.map((person) => () => Promise.all(taps(person))),
    )
  ).flat();
}

/** When each profile was last written, by uid. */
async function profiles(): Promise<Map<string, string>> {
  const { docs } = await db().collection('users').get();
  return new Map(docs.map((profile) => [profile.id, `${profile.updateTime.valueOf()}`]));
}

/** Everything our backend has of somebody once they have become a member. */
const recordsOfNewMember = (uid: string): string[] => [
  `users/${uid}`,
  `users/${uid}/private/account`,
  `users/${uid}/consents/joined`,
  `logins/${uid}`,
];

/** New members of whom one of our records is missing. */
async function incompleteMembers(): Promise<number> {
  const paths = newUids.flatMap(recordsOfNewMember);
  const found = await db().getAll(...paths.map((path) => db().doc(path)));
  const missing = new Set(found.filter(({ exists }) => !exists).map(({ ref }) => ref.path));
  return newUids.filter((uid) => recordsOfNewMember(uid).some((path) => missing.has(path))).length;
}

type Row = readonly [what: string, value: string];

/** What the database says after the rush. Every number but the first should be 0. */
async function look(attempts: readonly Attempt[], before: ReadonlyMap<string, string>): Promise<Row[]> {
  const after = await profiles();
  const members = crowd.filter((person) => !isFaulty(person)).map(uidOf);
  const made = members.filter((uid) => after.has(uid)).length;
  const ofFaulty = crowd.filter((person) => isFaulty(person) && after.has(uidOf(person))).length;
  const welcomes = attempts.filter(({ isNewMember }) => isNewMember).map(({ person }) => uidOf(person));
  const rewritten = [...before].filter(([uid, time]) => after.get(uid) !== time).length;
  return [
    ['members with one profile', String(made)],
    ['members without', String(members.length - made)],
    ['profiles of faulty tokens', String(ofFaulty)],
    [
      'new members welcomed twice or never',
      String(newUids.filter((uid) => times(welcomes, uid) !== 1).length),
    ],
    ['profiles of returning members written again', String(rewritten)],
    ['new members lacking a record (consents among them)', String(await incompleteMembers())],
  ];
}

interface Measured {
  readonly asNew: Counts;
  readonly returning: Counts;
  /** Per sign-in. */
  readonly kakaoCallsEach: { readonly asNew: number; readonly returning: number };
  readonly attempts: readonly Attempt[];
  readonly rushMs: number;
  readonly rush: Counts;
  readonly findings: readonly Row[];
}

async function measureOn(stage: KakaoStage): Promise<Measured> {
  const { kakao, meter } = stage;
  await seedKakao(kakao);
  const asNew = await metered(meter, () => oneByOne(stage));
  const callsAsNew = await kakaoCalls(kakao);
  const returning = await metered(meter, () => oneByOne(stage));
  const callsReturning = (await kakaoCalls(kakao)) - callsAsNew;
  await prepareReturning(stage);
  const before = await profiles();
  await control(kakao, 'POST', 'fault', { match: { path: '/v*' }, kind: 'delay', ms: kakaoMs });
  let attempts: Attempt[] = [];
  let rushMs = 0;
  const counts = await metered(meter, async () => {
    rushMs = await elapsedMs(async () => {
      attempts = await rush(stage);
    });
  });
  const findings = await look(attempts, before);
  const kakaoCallsEach = { asNew: callsAsNew / alone, returning: callsReturning / alone };
  return { asNew, returning, kakaoCallsEach, attempts, rushMs, rush: counts, findings };
}

async function measure(flow: Flow, modules: readonly string[]): Promise<Measured> {
  const kakao = await startKakao({ port: 0 });
  try {
    const params = { KAKAO_API_BASE: kakao.url };
    return await onStage({ modules, params }, (stage) => measureOn({ ...stage, flow, kakao }));
  } finally {
    await kakao.close();
  }
}

const each = (total: number) => number(total / alone);
const billed = ({ reads, writes }: Counts) => `${each(reads)} / ${each(writes)}`;

function bills({ asNew, returning, rush: { reads, writes }, attempts }: Measured): Row[] {
  return [
    ['new member', billed(asNew)],
    ['returning member', billed(returning)],
    [`the whole rush, ${attempts.length} calls`, `${reads} / ${writes}`],
  ];
}

function state({ findings, attempts }: Measured): Row[] {
  const faulty = attempts.filter(({ person }) => isFaulty(person));
  const refused = faulty.filter(({ refusal }) => refusal !== '').length;
  return [['faulty tokens refused', `${refused} of ${faulty.length}`], ...findings];
}

/** How many calls were refused, with the reasons. */
function refusals(attempts: readonly Attempt[]): string {
  const reasons = attempts.map(({ refusal }) => refusal).filter((reason) => reason !== '');
  return [String(reasons.length), ...new Set(reasons)].join(' ');
}

function speed({ attempts, rushMs, kakaoCallsEach }: Measured): Row[] {
  const members = attempts.filter(({ person }) => !isFaulty(person));
  const { p50, p95, p99 } = latencyOf(members.map(({ ms }) => ms));
  return [
    ['p50 ms', whole(p50)],
    ['p95 ms', whole(p95)],
    ['p99 ms', whole(p99)],
    ['calls per second', whole(attempts.length / (rushMs / 1_000))],
    ['calls of members refused', refusals(members)],
    ['questions to Kakao, new member', number(kakaoCallsEach.asNew)],
    ['questions to Kakao, returning member', number(kakaoCallsEach.returning)],
  ];
}

function compared(title: string, [ours, naive]: readonly [Row[], Row[]]): string {
  const rows = ours.map(([what, value], index) => [what, value, naive[index]?.[1] ?? '']);
  return table([title, 'kakaoSignIn', 'naive'], rows);
}

function report(ours: Measured, naive: Measured): string {
  return [
    'Billed reads / writes, the same on every machine (the rush with its doubled and refused calls):',
    compared('sign-in', [bills(ours), bills(naive)]),
    `What the database and the answers say after the rush (${signIns} people, ${atOnce} at once):`,
    compared('after the rush', [state(ours), state(naive)]),
    `Times of the rush, ${machine()}. Kakao takes ${kakaoMs} ms to answer; the naive flow does not ask it which app a token is of.`,
    compared('rush', [speed(ours), speed(naive)]),
  ].join('\n\n');
}

export async function signIn(): Promise<string> {
  const ours = await measure('kakaoSignIn', [FUNCTIONS]);
  const naive = await measure('naiveSignIn', ['tools/bench/naiveSignIn.ts']);
  return report(ours, naive);
}
