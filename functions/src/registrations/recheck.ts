/** Checking a registration again after its fields, papers or kind have changed. Pure. */
import { type CheckOptions, mergeProblems, problemsOf, problemsOfChange } from './checks.ts';
import type { Paper, Problem, Registration } from './schema.ts';

/** What the product's settings and the calendar say, beside the registration itself. */
export type CheckSettings = Pick<CheckOptions, 'adReviewRequired' | 'today'>;

export type Checkable = Pick<Registration, 'kind' | 'intent' | 'fields' | 'papers' | 'extra'>;

const mayBeShown: ReadonlySet<Paper['role']> = new Set(['main', 'detail', 'profile', 'logo', 'other']);

/** Only what is shown to people advertises: `전문의자격증.pdf` says what it is, of whoever of several it may be. */
export const advertisingNames = (papers: readonly Pick<Paper, 'role' | 'fileName'>[]): string[] => [
  ...new Set(papers.filter(({ role }) => mayBeShown.has(role)).map(({ fileName }) => fileName)),
];

/** What checking knows of a registration beside its fields and papers. */
export const optionsFor = (
  { extra, papers }: Pick<Registration, 'extra' | 'papers'>,
  settings: CheckSettings,
): CheckOptions => ({ ...settings, extra, fileNames: advertisingNames(papers) });

/** A change names a few fields of what is registered: the others are not missing from it. */
function checked(registration: Checkable, settings: CheckSettings): Problem[] {
  const { intent, kind, fields, papers } = registration;
  if (intent === 'change') return problemsOfChange(kind, fields);
  return problemsOf(kind, fields, papers, optionsFor(registration, settings));
}

const same = (a: Problem) => (b: Problem) => a.field === b.field && a.reason === b.reason;

/**
 * The problems of what a registration has become. Of the old ones, what checking does not find by itself (a price that
 * could not be read, a file of another kind) stays until its field has been `edited`.
 */
export function recheck(
  before: Checkable & Pick<Registration, 'problems'>,
  after: Checkable,
  edited: readonly string[],
  settings: CheckSettings,
): Problem[] {
  const found = checked(before, settings);
  const isOurs = (problem: Problem) =>
    found.some(same(problem)) || (problem.field === 'kind' && before.kind !== after.kind);
  const kept = before.problems.filter((problem) => !isOurs(problem) && !edited.includes(problem.field));
  return mergeProblems(kept, checked(after, settings));
}

/** Where an undecided registration stands with these problems. What was put apart stays apart. */
export function stateWith(state: Registration['state'], problems: readonly Problem[]): Registration['state'] {
  if (state !== 'NEEDS_INFO' && state !== 'PENDING_REVIEW') return state;
  return problems.length > 0 ? 'NEEDS_INFO' : 'PENDING_REVIEW';
}
