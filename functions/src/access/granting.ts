/** Decisions about roles: who may be given one, what a change takes away, what tokens say. Pure: knows no Firebase. */
import { z } from 'zod';
import type { Reason } from '../platform/reasons.ts';
import { type Held, heldSchema, type Role, roleSchema } from './schema.ts';

/** What somebody asks for, by a callable or by typing it into the console. */
export type Wish = Held & { readonly email: string };

/** What must be known of a person to decide about a role. */
export interface GrantFacts {
  /** The address of the Google account they sign in with, in small letters; null when there is none. */
  readonly googleEmail: string | null;
  readonly allowed: boolean;
  readonly suspended: boolean;
  /** Of the hospitals asked for, those there are. */
  readonly knownHospitals: ReadonlySet<string>;
}

/** One thing that stands against a role: for clients by reason and code, for people in Korean. */
export interface GrantFault {
  readonly field: 'email' | 'role' | 'hospitalIds' | '(document)';
  readonly reason: Reason;
  readonly code: string;
  readonly message: string;
}

/** Custom claims hold 1,000 characters; other claims of the person have to fit in too. */
const mostClaimCharacters = 900;

const fault = (
  field: GrantFault['field'],
  code: string,
  message: string,
  reason: Reason = 'INVALID_INPUT',
): GrantFault => ({ field, reason, code, message });

function hospitalFaults({ role, hospitalIds }: Held, known: ReadonlySet<string>): GrantFault[] {
  const at = (code: string, message: string) => [fault('hospitalIds', code, message)];
  if (role !== 'hospitalStaff') {
    return hospitalIds.length === 0 ? [] : at('not_empty', '병원은 hospitalStaff에게만 지정할 수 있습니다.');
  }
  if (hospitalIds.length === 0) return at('too_small', '담당 병원을 하나 이상 지정해 주세요.');
  const unknown = hospitalIds.filter((hospital) => !known.has(hospital));
  if (unknown.length > 0) return at('unknown_hospital', `없는 병원입니다: ${unknown.join(', ')}`);
  const size = JSON.stringify({ role, hospitalIds }).length;
  return size > mostClaimCharacters ? at('too_big', '병원이 너무 많습니다.') : [];
}

function accountFaults({ email }: Wish, { googleEmail, allowed }: GrantFacts): GrantFault[] {
  const at = (code: string, message: string) => [fault('email', code, message, 'NOT_ALLOW_LISTED')];
  if (googleEmail === null) return at('no_google', '구글 계정으로 한 번 로그인한 사람이어야 합니다.');
  if (googleEmail !== email) return at('other_account', '이 uid의 구글 계정 주소와 다릅니다.');
  return allowed ? [] : at('not_allowed', '허용 목록(allowedOperators)에 없는 계정입니다.');
}

/** All that stands against giving somebody a role; nothing when they may have it. */
export function grantFaults(wish: Wish, facts: GrantFacts): GrantFault[] {
  const suspended = facts.suspended
    ? [
        fault(
          '(document)',
          'suspended',
          '이용이 정지된 회원입니다. 먼저 정지를 풀어 주세요.',
          'TARGET_SUSPENDED',
        ),
      ]
    : [];
  return [...accountFaults(wish, facts), ...suspended, ...hospitalFaults(wish, facts.knownHospitals)];
}

export const lastOwnerFault: GrantFault = fault(
  '(document)',
  'last_owner',
  '마지막 소유자는 해제할 수 없어 되돌렸습니다. 먼저 다른 소유자를 지정해 주세요.',
  'LAST_OWNER',
);

const typed = roleSchema
  .pick({ role: true, hospitalIds: true })
  .extend({ hospitalIds: roleSchema.shape.hospitalIds.default([]), email: z.string().nullish() });

const typedMessages: Readonly<Record<string, string>> = {
  role: 'owner, operator, hospitalStaff 중 하나여야 합니다.',
  hospitalIds: '병원 id의 목록(15개 이하)이어야 합니다.',
  email: '구글 계정의 이메일 주소여야 합니다.',
};

/** What was typed into a role document, or what is wrong with its shape. */
export function readTyped(
  data: Readonly<Record<string, unknown>>,
): (Held & { email: string | null }) | { faults: GrantFault[] } {
  const parsed = typed.safeParse(data);
  if (parsed.success) {
    return {
      ...parsed.data,
      hospitalIds: distinct(parsed.data.hospitalIds),
      email: parsed.data.email ?? null,
    };
  }
  const fields = new Set(parsed.error.issues.map((issue) => String(issue.path[0] ?? '')));
  const known = (['role', 'hospitalIds', 'email'] as const).filter((field) => fields.has(field));
  return { faults: known.map((field) => fault(field, 'wrong_shape', typedMessages[field] ?? '')) };
}

export const distinct = (values: readonly string[]): string[] => [...new Set(values)];

const heldLoosely = heldSchema.extend({ hospitalIds: heldSchema.shape.hospitalIds.default([]) });

/** What is held according to a stored document or to claims, whatever else is in them. */
export function heldIn(value: unknown): Held | null {
  const parsed = heldLoosely.safeParse(value);
  return parsed.success ? parsed.data : null;
}

const rank: Readonly<Record<Role, number>> = { owner: 3, operator: 2, hospitalStaff: 1 };

/** Whether a change takes something away, so that tokens given before it must not hold any longer. */
export function isNarrowed(before: Held | null, after: Held | null): boolean {
  if (before === null) return false;
  if (after === null || rank[after.role] < rank[before.role]) return true;
  return (
    after.role === before.role && before.hospitalIds.some((hospital) => !after.hospitalIds.includes(hospital))
  );
}

export function sameHeld(one: Held | null, other: Held | null): boolean {
  return !isNarrowed(one, other) && !isNarrowed(other, one) && (one === null) === (other === null);
}

/** Custom claims of a person with what they hold, their other claims kept. */
export function claimsWith(
  claims: Readonly<Record<string, unknown>>,
  held: Held | null,
): Record<string, unknown> {
  const { role: _role, hospitalIds: _hospitalIds, ...others } = claims;
  return held === null ? others : { ...others, role: held.role, hospitalIds: held.hospitalIds };
}
