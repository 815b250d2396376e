/** Decisions about finding and editing members. Pure: knows no Firebase. */
import { z } from 'zod';
import { tidyEmail } from '../accounts/accounts.ts';
import { id, type Problem } from '../kernel/fields.ts';
import { tidy } from '../kernel/korean.ts';
import { maskEmail, maskPhone, maskWithin } from '../kernel/mask.ts';
import { readPhone } from '../kernel/phone.ts';

const address = z.email().max(254);

/** A Korean phone number in any spelling as E.164, or null. Only members' own numbers: no 1588-0000. */
export function readMemberPhone(value: string): string | null {
  const tidied = tidy(value);
  if (/[a-z]/i.test(tidied.replace(/^tel:/i, ''))) return null;
  const plain = tidied.replace(/[^\d+()]/g, '-').replace(/^\D*00-?82/, '+82');
  const phone = readPhone(plain);
  return phone?.startsWith('+') ? phone : null;
}

export type Query =
  | { readonly kind: 'email'; readonly email: string }
  | { readonly kind: 'phone'; readonly phone: string }
  | { readonly kind: 'uid'; readonly uid: string };

/** What an operator looks for; null when it can be none of the three. */
export function readQuery(text: string): Query | null {
  const email = tidyEmail(text);
  if (email.includes('@')) return address.safeParse(email).success ? { kind: 'email', email } : null;
  const phone = readMemberPhone(text);
  if (phone !== null) return { kind: 'phone', phone };
  const uid = text.trim();
  return id('', '').safeParse(uid).success && !/^\.\.?$/.test(uid) ? { kind: 'uid', uid } : null;
}

/** A contact of a member as it was given: the form it is kept in, null for none, undefined for what is neither. */
export function readContact(field: 'email' | 'phone', value: unknown): string | null | undefined {
  if (value === null || value === undefined || value === '') return null;
  if (typeof value !== 'string') return undefined;
  return field === 'email' ? address.safeParse(tidyEmail(value)).data : (readMemberPhone(value) ?? undefined);
}

/** A value of a member for the audit log. */
export function maskedValue(field: string, value: unknown): string | null {
  if (value === null || value === undefined || value === '') return null;
  if (typeof value !== 'string') return '(?)';
  if (field === 'email') return maskEmail(value);
  return field === 'phone' ? maskPhone(value) : maskWithin(value);
}

/** Problems of a document after some of its fields were looked at anew. */
export function withProblems(
  stored: unknown,
  looked: readonly string[],
  found: readonly Problem[],
): Problem[] {
  const known = z.array(z.object({ field: z.string(), message: z.string() })).safeParse(stored);
  const others = known.success ? known.data.filter(({ field }) => !looked.includes(field)) : [];
  return [...others, ...found];
}
