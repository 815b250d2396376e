/** How well mails are understood: what was read of each field beside what a person would write down. Pure. */
import { table } from '../docs/markdown.ts';

/** A field as it was read. */
export interface Read {
  readonly value: unknown;
  readonly isLow: boolean;
}
export interface ReadItem {
  readonly kind: string | null;
  readonly fields: ReadonlyMap<string, Read>;
}
export interface WantedItem {
  readonly kind: string | null;
  /** Null: spoken of, with nothing that may be taken. */
  readonly fields: Readonly<Record<string, unknown>>;
}

export const verdicts = ['right', 'wrong', 'wrongButLow', 'missed', 'invented', 'inventedButLow'] as const;
export type Verdict = (typeof verdicts)[number];
export interface Finding {
  readonly verdict: Verdict;
  readonly field: string;
  readonly wanted: unknown;
  readonly read: unknown;
}
export type Score = Readonly<Record<Verdict, number>>;

const isNothing = (value: unknown) =>
  value === null || value === undefined || value === '' || (Array.isArray(value) && value.length === 0);

/** Text in which the order of keys does not show. */
const canonical = (value: unknown): string =>
  JSON.stringify(value, (_, inner: unknown) =>
    typeof inner === 'object' && inner !== null && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  ) ?? 'undefined';

function verdictOn(wanted: unknown, read: Read | undefined): Verdict {
  const [wantsNothing, readsNothing] = [isNothing(wanted), isNothing(read?.value)];
  if (wantsNothing && readsNothing) return 'right';
  if (readsNothing) return 'missed';
  if (wantsNothing) return read?.isLow ? 'inventedButLow' : 'invented';
  if (canonical(wanted) === canonical(read?.value)) return 'right';
  return read?.isLow ? 'wrongButLow' : 'wrong';
}

/** The words under `hours` are what they are; only what they were taken to mean can be wrong. */
const asWritten = new Set(['hours']);

function judgeItem(wanted: WantedItem | undefined, read: ReadItem | undefined): Finding[] {
  const kinds = { kind: wanted?.kind, ...wanted?.fields };
  const readFields = new Map(read?.fields);
  if (read) readFields.set('kind', { value: read.kind, isLow: false });
  const told = wanted
    ? Object.entries(kinds).map(([field, value]) => ({
        ...{ field, wanted: value, read: readFields.get(field)?.value },
        verdict: verdictOn(value, readFields.get(field)),
      }))
    : [];
  const more = [...readFields].flatMap(([field, each]) => {
    const verdict = verdictOn(null, each);
    const isKnown = wanted !== undefined && field in kinds;
    return isKnown || verdict === 'right' || asWritten.has(field)
      ? []
      : [{ field, wanted: undefined, read: each.value, verdict }];
  });
  return [...told, ...more];
}

/** Items in order, each beside the first of its kind that is left; what has no counterpart is missed or invented. */
export function judge(wanted: readonly WantedItem[], read: readonly ReadItem[]): Finding[] {
  const left = [...read];
  const take = (kind: string | null) => {
    const at = left.findIndex((item) => item.kind === kind);
    return at < 0 ? undefined : left.splice(at, 1)[0];
  };
  const paired = wanted.map((item) => [item, take(item.kind)] as const);
  const completed = paired.map(([item, found]) => [item, found ?? left.shift()] as const);
  return [
    ...completed.flatMap(([item, found]) => judgeItem(item, found)),
    ...left.flatMap((item) => judgeItem(undefined, item)),
  ];
}

export function scoreOf(findings: readonly Finding[]): Score {
  const count = (verdict: Verdict) => findings.filter((finding) => finding.verdict === verdict).length;
  return {
    right: count('right'),
    wrong: count('wrong'),
    wrongButLow: count('wrongButLow'),
    missed: count('missed'),
    invented: count('invented'),
    inventedButLow: count('inventedButLow'),
  };
}

/** Share of fields read right among all that were told or made up, 0–1. */
export function shareRight(score: Score): number {
  const all = verdicts.reduce((sum, verdict) => sum + score[verdict], 0);
  return all === 0 ? 1 : score.right / all;
}

export interface Judged {
  readonly trap: string;
  readonly findings: readonly Finding[];
}

/** A row per class of traps, and one for all. */
export function renderExtraction(mails: readonly Judged[]): string {
  const rowOf = (name: string, of: readonly Judged[]) => {
    const score = scoreOf(of.flatMap(({ findings }) => findings));
    const share = `${(Math.floor(shareRight(score) * 1000) / 10).toFixed(1)} %`;
    return [name, String(of.length), ...verdicts.map((verdict) => String(score[verdict])), share];
  };
  const traps = [...new Set(mails.map(({ trap }) => trap))];
  const head = [
    'trap',
    'mails',
    'right',
    'wrong',
    'wrong, marked',
    'missed',
    'invented',
    'invented, marked',
    'right of all',
  ];
  const rows = traps.map((trap) =>
    rowOf(
      trap,
      mails.filter((mail) => mail.trap === trap),
    ),
  );
  return table(head, [...rows, rowOf('**all**', mails)]);
}
