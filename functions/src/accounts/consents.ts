/** What people agree to: the texts in force, who may join, and what a statement changes. Pure. */
import { isRealDay, koreanDayOf } from '../kernel/korean.ts';
import type { Reason } from '../platform/reasons.ts';
import type { Account, ConsentType, Join } from './schema.ts';
import { consentTypes } from './schema.ts';

interface ConsentInForce {
  readonly version: number;
  readonly required: boolean;
  /** Agreed to only together with these. */
  readonly needs: readonly ConsentType[];
}

/** The texts in force (domain sheet §3.2, §3.3). A new text is a higher version: members are asked again. */
export const consentsInForce: Readonly<Record<ConsentType, ConsentInForce>> = {
  terms: { version: 1, required: true, needs: [] },
  privacy: { version: 1, required: true, needs: [] },
  sensitiveHealth: { version: 1, required: false, needs: [] },
  thirdParty: { version: 1, required: false, needs: [] },
  adPush: { version: 1, required: false, needs: [] },
  nightPush: { version: 1, required: false, needs: ['adPush'] },
};

export type Decision = Join['consents'][number];
type States = Account['consents'];

/** For the screen that asks. */
export const consentsAsked = consentTypes.map((type) => ({
  type,
  version: consentsInForce[type].version,
  required: consentsInForce[type].required,
}));

const requiredTypes = consentTypes.filter((type) => consentsInForce[type].required);

export interface Fault {
  readonly reason: Reason;
  readonly details: Readonly<Record<string, unknown>>;
}

const grantedTypes = (decisions: readonly Decision[]): Set<ConsentType> => {
  const last = new Map(decisions.map(({ type, granted }) => [type, granted]));
  return new Set([...last].filter(([, granted]) => granted).map(([type]) => type));
};

function outdated(decisions: readonly Decision[]): Fault | null {
  const current = decisions.every(({ type, version }) => consentsInForce[type].version === version);
  return current ? null : { reason: 'CONSENT_OUTDATED', details: { consents: consentsAsked } };
}

function missing(granted: ReadonlySet<ConsentType>): Fault | null {
  const needed = [...granted].flatMap((type) => consentsInForce[type].needs);
  const lacking = [...new Set([...requiredTypes, ...needed])].filter((type) => !granted.has(type));
  return lacking.length === 0 ? null : { reason: 'CONSENT_REQUIRED', details: { missing: lacking } };
}

/** Fourteen years old on `today` (Korean days, `YYYY-MM-DD`). Who was born on 29 February is so on 1 March. */
export function isFourteen(birthDate: string, today: string): boolean {
  const [year = 0, ...rest] = birthDate.split('-');
  return `${Number(year) + 14}-${rest.join('-')}` <= today;
}

/** Why somebody may not join now (ms), or null. */
export function joinFault(join: Join, now: number): Fault | null {
  const today = koreanDayOf(now);
  if (!isRealDay(join.birthDate) || join.birthDate > today) {
    return { reason: 'INVALID_INPUT', details: { fields: [{ field: 'join.birthDate', code: 'not_a_day' }] } };
  }
  if (!isFourteen(join.birthDate, today)) return { reason: 'UNDER_14', details: {} };
  return outdated(join.consents) ?? missing(grantedTypes(join.consents));
}

/** A statement with what it implies: whoever refuses a consent refuses those that need it. */
function completed(decisions: readonly Decision[], states: States): Decision[] {
  const said = new Map(decisions.map((decision) => [decision.type, decision]));
  const implied = consentTypes
    .filter((type) => !said.has(type) && states[type]?.granted === true)
    .filter((type) => consentsInForce[type].needs.some((needed) => said.get(needed)?.granted === false))
    .map((type) => ({ type, version: consentsInForce[type].version, granted: false }));
  return [...said.values(), ...implied];
}

/** Why a later statement cannot be accepted, or null: required consents end only with the account. */
export function statementFault(decisions: readonly Decision[], states: States): Fault | null {
  const after = new Map(consentTypes.map((type) => [type, states[type]?.granted === true]));
  for (const { type, granted } of completed(decisions, states)) after.set(type, granted);
  return outdated(decisions) ?? missing(new Set(consentTypes.filter((type) => after.get(type))));
}

/** What a statement really changes, with what it implies. Saying the same again changes nothing. */
export function changesOf(decisions: readonly Decision[], states: States): Decision[] {
  return completed(decisions, states).filter(({ type, version, granted }) => {
    const state = states[type];
    return state?.granted !== granted || state.version !== version;
  });
}

/** Required consents whose text is newer than the version agreed to. */
export function consentsToRenew(agreed: Readonly<Partial<Record<ConsentType, number>>>): ConsentType[] {
  return requiredTypes.filter((type) => (agreed[type] ?? 0) < consentsInForce[type].version);
}

/** Versions of the required consents that stand agreed in an account. */
export function agreedNow(states: States): Partial<Record<ConsentType, number>> {
  return agreedVersions(
    consentTypes.flatMap((type) => {
      const state = states[type];
      return state ? [{ type, version: state.version, granted: state.granted }] : [];
    }),
  );
}

/** Versions of the required consents that a statement agrees to. */
export function agreedVersions(decisions: readonly Decision[]): Partial<Record<ConsentType, number>> {
  return Object.fromEntries(
    decisions
      .filter(({ type, granted }) => granted && consentsInForce[type].required)
      .map(({ type, version }) => [type, version]),
  );
}
