/** What an operator's decision leads to. Pure. */
import { type Finding, isOverridable, overridesIn } from '../advertising/law.ts';
import { findingsOf, type Papers, problemsOf } from './checks.ts';
import type { Problem, Registration } from './schema.ts';

export type Decided =
  | { readonly do: 'nothing' }
  | { readonly do: 'reject' }
  | { readonly do: 'approve' }
  | { readonly do: 'refuse'; readonly reasons: readonly string[] };

/** Why an approval is refused; what is a matter of judgement comes with the way to approve it all the same. */
function refusalsOf(problems: readonly Problem[], findings: readonly Finding[]): string[] {
  const judged = new Set(findings.map(({ code }) => code).filter(isOverridable));
  return problems.map(({ reason, message }) =>
    judged.has(reason)
      ? `${message} 그래도 승인하려면 decisionNote에 "${reason}: 사유"를 적어 주세요.`
      : message,
  );
}

/**
 * What a decision typed into a registration leads to. Decisions on settled registrations change nothing. A finding
 * of judgement is let pass by a line `CODE: reason` in `decisionNote`, which the audit log keeps.
 */
export function decide(
  registration: Pick<Registration, 'kind' | 'state' | 'decision' | 'fields'> &
    Partial<Pick<Registration, 'decisionNote' | 'confirmationsNeeded' | 'intent'>> & {
      readonly papers: Papers;
    },
): Decided {
  const { decision, state, kind, fields, papers, decisionNote, confirmationsNeeded = [] } = registration;
  if (decision === null || state === 'APPROVED' || state === 'REJECTED') return { do: 'nothing' };
  const word = decision.trim().toLowerCase();
  if (word === 'reject') return { do: 'reject' };
  if (word !== 'approve')
    return {
      do: 'refuse',
      reasons: [`decision에는 approve 또는 reject만 쓸 수 있습니다: "${decision.slice(0, 40)}"`],
    };
  if (state === 'QUARANTINED' && (decisionNote ?? '').trim().length < 4)
    return {
      do: 'refuse',
      reasons: ['격리된 메일입니다. 확인한 내용을 decisionNote에 적어야 승인할 수 있습니다.'],
    };
  if (confirmationsNeeded.length > 0 && !/통화|전화|확인/.test(decisionNote ?? ''))
    return {
      do: 'refuse',
      reasons: [
        `등록된 번호로 전화해 확인한 내용을 decisionNote에 적어 주세요: ${confirmationsNeeded.join(', ')}`,
      ],
    };
  // A change names a few fields of a page: the page they make is judged as a whole when it is written.
  if (registration.intent === 'change') return { do: 'approve' };
  const options = { overrides: overridesIn(decisionNote) };
  const findings = findingsOf(kind, fields, papers, options);
  const problems = problemsOf(kind, fields, papers, options, findings);
  return problems.length > 0 ? { do: 'refuse', reasons: refusalsOf(problems, findings) } : { do: 'approve' };
}
