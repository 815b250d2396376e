/** Where screens are measured: the world, phones and functions behind meters of their own, events delivered. */
import { rebuildFeeds } from '../../../functions/src/feeds/rebuild.ts';
import { startKakao } from '../../../standins/kakao.ts';
import { type EventBus, openBus } from '../eventBus.ts';
import { type Meter, startMeter } from '../meter.ts';
import { type Answer, FUNCTIONS, type Mounted } from '../mount.ts';
import { idTokenOf, type Phone, phoneOf } from '../phones.ts';
import { forgetRuleReads, ruleReadsSince } from '../ruleReads.ts';
import { onStage } from '../stage.ts';
import * as money from './money.ts';
import * as naive from './naive.ts';
import { buildWorld, layWorld, type Member, type World } from './world.ts';

/** Callables as phones call them, and how often. */
export interface Callables {
  call(name: string, data: unknown, uid?: string): Promise<unknown>;
  calls(): number;
  /** Bytes of their answers. */
  bytes(): number;
  reset(): void;
}

export interface Screens {
  readonly world: World;
  readonly phones: Meter;
  readonly naivePhones: Meter;
  readonly server: Meter;
  readonly callables: Callables;
  readonly bus: EventBus;
  readonly kakaoUrl: string;
  /** The reader’s phones, ours and the samples’. */
  readonly reader: Phone;
  readonly naiveReader: Phone;
  /** Members who have not written yet; each is handed out once. */
  nextWriters(count: number): Member[];
}

function callablesOf(functions: Mounted): Callables {
  let [calls, bytes] = [0, 0];
  return {
    call: async (name, data, uid) => {
      const headers: Record<string, string> = { 'content-type': 'application/json' };
      if (uid !== undefined) headers.authorization = `Bearer ${idTokenOf(uid)}`;
      const asked = Buffer.from(JSON.stringify({ data }));
      const { status, body }: Answer = await functions.post(name, headers, asked);
      if (status !== 200) throw new Error(`${name} answered ${status}: ${JSON.stringify(body)}`);
      calls += 1;
      bytes += JSON.stringify(body).length;
      return body;
    },
    calls: () => calls,
    bytes: () => bytes,
    reset: () => {
      [calls, bytes] = [0, 0];
    },
  };
}

function handingOut(members: readonly Member[]): (count: number) => Member[] {
  const left = [...members];
  return (count) => {
    const taken = left.splice(0, count);
    if (taken.length < count) throw new Error('the seed has too few members');
    return taken;
  };
}

/** Lays both worlds and lets `play` have them. One instance serves all functions, warm once something has run. */
export async function onScreens<T>(play: (screens: Screens) => Promise<T>, instances = 1): Promise<T> {
  const emulator = process.env.FIRESTORE_EMULATOR_HOST ?? '';
  const kakao = await startKakao({ port: 0 });
  const modules = [FUNCTIONS, 'tools/bench/naiveSignIn.ts'];
  const [phones, naivePhones] = await Promise.all([startMeter(emulator), startMeter(emulator)]);
  try {
    const params = { KAKAO_API_BASE: kakao.url };
    return await onStage({ modules, params, instances }, async ({ meter: server, functions }) => {
      const world = buildWorld();
      await Promise.all([layWorld(world), naive.layNaive(world, emulator)]);
      await rebuildFeeds();
      const bus = await openBus(functions, [phones, server]);
      const reader = phoneOf(world.reader.uid, phones.host);
      const naiveReader = naive.naivePhone(world.reader.uid, naivePhones.host);
      const played = await play({
        ...{ world, phones, naivePhones, server, bus, reader, naiveReader, kakaoUrl: kakao.url },
        ...{ callables: callablesOf(functions), nextWriters: handingOut(world.writers) },
      });
      await Promise.all([reader.close(), naiveReader.close()]);
      return played;
    });
  } finally {
    await Promise.all([phones.close(), naivePhones.close(), kakao.close()]);
  }
}

/** What follows from `act`: the phones’ own operations and the functions’. */
async function withoutRules(screens: Screens, act: () => Promise<unknown>): Promise<money.Spent> {
  const { phones, server, bus, callables } = screens;
  for (const each of [phones, server, bus, callables]) each.reset();
  await act();
  await bus.settled();
  await Promise.all([phones.settled(), server.settled()]);
  const [client, behind] = [phones.snapshot(), server.snapshot()];
  return {
    ...{ ruleReads: 0, reads: client.reads + behind.reads },
    ...{ serverReads: behind.reads, serverWrites: behind.writes },
    writes: client.writes + behind.writes,
    deletes: client.deletes + behind.deletes,
    calls: callables.calls() + bus.calls(),
    bytes: client.bytes + callables.bytes(),
  };
}

/** And what the rules read for the one request that `act` makes. */
export async function measured(screens: Screens, act: () => Promise<unknown>): Promise<money.Spent> {
  const project = process.env.GCLOUD_PROJECT ?? '';
  await forgetRuleReads(project);
  const spent = await withoutRules(screens, act);
  const ruleReads = (await ruleReadsSince(project)).length;
  return { ...spent, ruleReads, reads: spent.reads + ruleReads };
}

export type By = (phone: Phone, member: Member) => Promise<unknown>;

/** The mean of doing it by each of some members, one after the other. */
export async function meanOf(screens: Screens, members: readonly Member[], act: By): Promise<money.Spent> {
  let total = money.spentNothing;
  for (const member of members) {
    const phone = phoneOf(member.uid, screens.phones.host);
    total = money.summed(total, await measured(screens, () => act(phone, member)));
    await phone.close();
  }
  return money.scaled(total, 1 / members.length);
}

async function allAtOnce(members: readonly Member[], open: (uid: string) => Phone, act: By): Promise<void> {
  const phones = members.map((member) => ({ member, phone: open(member.uid) }));
  await Promise.all(phones.map(({ member, phone }) => act(phone, member)));
  await Promise.all(phones.map(({ phone }) => phone.close()));
}

/** All of them at once, each so many times, per time; the rules read for each what they read for one `alone`. */
export async function meanAtOnce(
  screens: Screens,
  { members, times }: { readonly members: readonly Member[]; readonly times: number },
  { ruleReads }: money.Spent,
  act: By,
): Promise<money.Spent> {
  const open = (uid: string) => phoneOf(uid, screens.phones.host);
  const all = await withoutRules(screens, () => allAtOnce(members, open, act));
  const each = money.scaled(all, 1 / (members.length * times));
  await forgetRuleReads(process.env.GCLOUD_PROJECT ?? '');
  return { ...each, ruleReads, reads: each.reads + ruleReads };
}

/** What the samples are billed. They have no functions, and their rules read nothing. */
export async function ofNaive({ naivePhones }: Screens, act: () => Promise<unknown>): Promise<money.Spent> {
  naivePhones.reset();
  await act();
  await naivePhones.settled();
  const { reads, writes, deletes, bytes } = naivePhones.snapshot();
  return { ...money.spentNothing, reads, writes, deletes, bytes };
}

export async function naiveAtOnce(
  screens: Screens,
  members: readonly Member[],
  act: By,
): Promise<money.Spent> {
  const open = (uid: string) => naive.naivePhone(uid, screens.naivePhones.host);
  const all = await ofNaive(screens, () => allAtOnce(members, open, act));
  return money.scaled(all, 1 / members.length);
}
