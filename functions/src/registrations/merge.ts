/**
 * A reply taken into a registration, field by field. Pure. What was not said stays; what was said replaces what stood
 * there and is written down; what the reply could not be read to say is a problem, not a value.
 */
import type { Instant } from '../kernel/fields.ts';
import { sameValue } from '../kernel/same.ts';
import { problemsOf, problemsOfChange } from './checks.ts';
import {
  type Correction,
  maxCorrections,
  type Paper,
  type Problem,
  type Registration,
  type RegistrationKind,
} from './schema.ts';
import { unsaid } from './understanding/item.ts';
import type { Item } from './understanding/understand.ts';

type Standing = Pick<
  Registration,
  'kind' | 'fields' | 'readings' | 'extra' | 'papers' | 'problems' | 'corrections' | 'intent'
>;

export interface Reply {
  readonly mailId: string;
  readonly item: Pick<Item, 'kind' | 'readings' | 'problems' | 'extra'>;
  /** What it says and is to be taken over. */
  readonly fields: Readonly<Record<string, unknown>>;
  readonly papers: readonly Paper[];
  readonly at: Instant;
}

export interface Merged
  extends Pick<Registration, 'kind' | 'fields' | 'readings' | 'extra' | 'papers' | 'corrections'> {
  /** What could not be read, before and now, as far as nothing better has been said since. */
  readonly unread: readonly Problem[];
  /** Values that stood there and are others now: what may need confirming. */
  readonly replaced: Readonly<Record<string, unknown>>;
  readonly addedPapers: readonly Paper[];
  readonly isChanged: boolean;
}

/** Papers of all mails of one registration. */
const maxPapersHeld = 60;
const maxExtra = 100;

const isNothing = (value: unknown) => value === null || value === undefined || value === '';

const named = ({ field, reason }: Problem) => `${field} ${reason}`;

/** Problems that no check of the whole explains: they come from reading, and stay until the field is said anew. */
function unreadBefore({ kind, fields, papers, extra, problems, intent }: Standing): Problem[] {
  const fileNames = papers.map(({ fileName }) => fileName);
  const checked =
    intent === 'change'
      ? problemsOfChange(kind, fields)
      : problemsOf(kind, fields, papers, { extra, fileNames });
  const explained = new Set(checked.map(named));
  return problems.filter((problem) => !explained.has(named(problem)) && problem.reason !== 'UNKNOWN_KIND');
}

function addedPapers({ papers }: Standing, more: readonly Paper[]): Paper[] {
  const known = new Set(papers.map(({ sha256, role }) => `${sha256} ${role}`));
  return more
    .filter(({ sha256, role }) => !known.has(`${sha256} ${role}`))
    .slice(0, Math.max(0, maxPapersHeld - papers.length));
}

function correctionsOf(standing: Standing, { fields, mailId, at }: Reply): Correction[] {
  return Object.entries(fields)
    .filter(([field, to]) => !sameValue(standing.fields[field], to))
    .map(([field, to]) => ({ field, from: standing.fields[field] ?? null, to, by: 'mail', mailId, at }));
}

function readingsOf(standing: Standing, { item, fields }: Reply): Registration['readings'] {
  const taken = Object.entries(item.readings).filter(
    ([field]) => field in fields || isNothing(standing.fields[field]),
  );
  return { ...standing.readings, ...Object.fromEntries(taken) };
}

function kindOf(standing: Standing, { item }: Reply): RegistrationKind {
  return standing.kind === 'unknown' ? (item.kind ?? 'unknown') : standing.kind;
}

/** What a registration holds once a reply is taken into it. */
export function mergeReply(standing: Standing, reply: Reply): Merged {
  const { item, fields } = reply;
  const kind = kindOf(standing, reply);
  const made = correctionsOf(standing, reply);
  const papers = addedPapers(standing, reply.papers);
  const roles = new Set<string>(papers.map(({ role }) => role));
  const extra = item.extra.filter((one) => !standing.extra.some((known) => sameValue(known, one)));
  const settled = (field: string) => field in fields || roles.has(field);
  const before = unreadBefore(standing).filter(({ field }) => !settled(field));
  const now = new Set(item.problems.map(named));
  const empty = kind === 'unknown' || standing.intent === 'change' ? {} : unsaid[kind];
  return {
    kind,
    fields: { ...empty, ...standing.fields, ...fields },
    readings: readingsOf(standing, reply),
    extra: [...standing.extra, ...extra].slice(0, maxExtra),
    papers: [...standing.papers, ...papers],
    corrections: [...standing.corrections, ...made].slice(-maxCorrections),
    unread: [...before.filter((problem) => !now.has(named(problem))), ...item.problems],
    replaced: Object.fromEntries(
      made.filter(({ from }) => !isNothing(from)).map(({ field, to }) => [field, to]),
    ),
    addedPapers: papers,
    isChanged: made.length > 0 || papers.length > 0 || extra.length > 0 || item.problems.length > 0,
  };
}
