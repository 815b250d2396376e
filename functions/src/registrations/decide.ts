/** What an operator's decision leads to. Pure. */
import { type Finding, isOverridable, overridesIn } from '../advertising/law.ts';
import { findingsOf, problemsOf, problemsOfChange } from './checks.ts';
import { type CheckSettings, optionsFor } from './recheck.ts';
import { type Confirmation, decisions, type Problem, type Registration } from './schema.ts';

export type Decided =
  | { readonly do: 'nothing' }
  | { readonly do: 'reject' }
  | { readonly do: 'approve' }
  | { readonly do: 'refuse'; readonly reasons: readonly string[] };

/** What deciding looks at. */
export type Decidable = Pick<
  Registration,
  | 'kind'
  | 'intent'
  | 'papers'
  | 'state'
  | 'decision'
  | 'decisionNote'
  | 'fields'
  | 'extra'
  | 'confirmationsNeeded'
  | 'confirmed'
>;

export const confirmationNames: Readonly<Record<Confirmation, string>> = {
  money: '계좌·정산',
  licence: '면허',
  owner: '대표자·사업자번호',
  email: '이메일',
};

/** Why an approval is refused; what is a matter of judgement comes with the way to approve it all the same. */
function refusalsOf(problems: readonly Problem[], findings: readonly Finding[]): string[] {
  const judged = new Set(findings.map(({ code }) => code).filter(isOverridable));
  return problems.map(({ reason, message }) =>
    judged.has(reason)
      ? `${message} 그래도 승인하려면 decisionNote에 "${reason}: 사유"를 적어 주세요.`
      : message,
  );
}

function unconfirmed({ confirmationsNeeded, confirmed }: Decidable): string[] {
  return confirmationsNeeded
    .filter((matter) => confirmed[matter] === undefined)
    .map(
      (matter) =>
        `${confirmationNames[matter]}: 메일에 적힌 번호가 아니라 등록된 번호로 전화해 확인하고, 통화 내용을 confirmed.${matter}에 적어 주세요.`,
    );
}

function unlawful(registration: Decidable, settings: CheckSettings): string[] {
  const { kind, intent, fields, papers, decisionNote } = registration;
  if (intent === 'change') return problemsOfChange(kind, fields).map(({ message }) => message);
  const options = { ...optionsFor(registration, settings), overrides: overridesIn(decisionNote) };
  const findings = findingsOf(kind, fields, papers, options);
  return refusalsOf(problemsOf(kind, fields, papers, options, findings), findings);
}

function refusals(registration: Decidable, settings: CheckSettings): string[] {
  const isUnexplained =
    registration.state === 'QUARANTINED' && (registration.decisionNote ?? '').trim().length < 4;
  if (isUnexplained) return ['격리된 메일입니다. 확인한 내용을 decisionNote에 적어야 승인할 수 있습니다.'];
  return [...unconfirmed(registration), ...unlawful(registration, settings)];
}

/**
 * What a decision typed into a registration leads to. Decisions on settled registrations change nothing. A finding
 * of judgement is let pass by a line `CODE: reason` in `decisionNote`, which the audit log keeps.
 */
export function decide(registration: Decidable, settings: CheckSettings = {}): Decided {
  const { decision, state } = registration;
  if (decision === null || state === 'APPROVED' || state === 'REJECTED') return { do: 'nothing' };
  const word = decisions.find((each) => each === decision.trim().toLowerCase());
  if (word === 'reject') return { do: 'reject' };
  if (word === undefined)
    return {
      do: 'refuse',
      reasons: [`decision에는 approve 또는 reject만 쓸 수 있습니다: "${decision.slice(0, 40)}"`],
    };
  const reasons = refusals(registration, settings);
  return reasons.length > 0 ? { do: 'refuse', reasons } : { do: 'approve' };
}
