/** Decisions about who may do what. Pure: knows no Firebase. */
import { z } from 'zod';
import { type Role, roles } from './schema.ts';

interface Moment {
  toMillis(): number;
}

/** Until when (ms) somebody is suspended at a moment, or null. The end itself is free. */
export function suspendedUntil(
  standing: { suspendedUntil: Moment | null } | undefined,
  now: number,
): number | null {
  const until = standing?.suspendedUntil?.toMillis() ?? 0;
  return until > now ? until : null;
}

/** Whether roles in a token of a sign-in at `signedInAt` (ms) have been ended since. */
export function haveRolesEnded(
  standing: { rolesEndedAt: Moment | null } | undefined,
  signedInAt: number,
): boolean {
  return standing?.rolesEndedAt != null && signedInAt <= standing.rolesEndedAt.toMillis();
}

/** What we read of an ID token. `auth_time` is in seconds. */
const tokenSchema = z.object({
  auth_time: z.number(),
  email_verified: z.boolean().optional(),
  role: z.enum(roles).optional().catch(undefined),
  hospitalIds: z.array(z.string()).optional().catch(undefined),
  firebase: z.object({ sign_in_provider: z.string() }),
});

export interface Caller {
  readonly uid: string;
  /** False for members by e-mail whose address is not confirmed. */
  readonly verified: boolean;
  /** As the token says; null for members, and for whoever did not sign in with Google. */
  readonly role: Role | null;
  /** Of hospital staff, as the token says; empty for everybody else. */
  readonly hospitalIds: readonly string[];
  /** When the person signed in, ms. */
  readonly signedInAt: number;
}

/** The caller of an ID token. Custom tokens are given by us and only to verified people. */
export function callerOf(uid: string, token: unknown): Caller {
  const { auth_time, email_verified, role, hospitalIds, firebase } = tokenSchema.parse(token);
  const provider = firebase.sign_in_provider;
  const isStaff = provider === 'google.com' && role === 'hospitalStaff';
  return {
    uid,
    verified: provider === 'custom' || email_verified === true,
    role: provider === 'google.com' ? (role ?? null) : null,
    hospitalIds: isStaff ? (hospitalIds ?? []) : [],
    signedInAt: auth_time * 1000,
  };
}

/**
 * The address a request came from, as a key of limits: the last of `X-Forwarded-For`, which Google's front end
 * appended (earlier ones are the caller's own claim); of IPv6 the /64 one household has.
 */
export function addressOf(forwardedFor: string | undefined, peer: string | undefined): string {
  const last = forwardedFor?.split(',').at(-1)?.trim();
  const address = (last || peer || 'unknown').replace(/^::ffff:/, '');
  return address.includes(':') ? network64(address) : address;
}

function network64(address: string): string {
  const [head = '', tail] = address.toLowerCase().split('::');
  const left = head === '' ? [] : head.split(':');
  const right = tail === undefined || tail === '' ? [] : tail.split(':');
  const zeros = tail === undefined ? 0 : Math.max(0, 8 - left.length - right.length);
  const groups = [...left, ...Array.from({ length: zeros }, () => '0'), ...right];
  return groups
    .slice(0, 4)
    .map((group) => group.replace(/^0+(?=.)/, ''))
    .join(':');
}
