/** By what a hospital, a doctor or an event is the same one. Pure. */
import { createHash } from 'node:crypto';
import { fold } from '../kernel/folding.ts';
import { tidy } from '../kernel/korean.ts';
import type { RegistrationKind } from './schema.ts';

export const identityKey = {
  hospital: (businessNumber: string) => `hospital-${businessNumber}`,
  doctor: (licenceNumber: string) => `doctor-${licenceNumber}`,
  event: (hospitalId: string, title: string, startsOn: string) =>
    `event-${hospitalId}-${startsOn}-${tidy(title).replace(/[\s/]/g, '').toLowerCase()}`,
};

/**
 * What a registration claims to be, for finding another one that claims the same before either is approved: by
 * business number, licence number, or clinic, period and title. Null while too little is known.
 */
export function claimKey(
  kind: RegistrationKind | null,
  fields: Readonly<Record<string, unknown>>,
): string | null {
  const said = (field: string) => {
    const value = fields[field];
    return typeof value === 'string' && value !== '' ? fold(value).text : null;
  };
  const parts: Readonly<Record<string, readonly (string | null)[]>> = {
    hospital: [said('businessNumber')],
    doctor: [said('licenceNumber')],
    event: [
      said('hospitalBusinessNumber') ?? said('hospitalName'),
      said('startsOn'),
      said('endsOn'),
      said('title'),
    ],
  };
  const known = parts[kind ?? 'unknown'] ?? [null];
  return known.includes(null) ? null : [kind, ...known].join('-');
}

/** The document of a claim: titles may hold anything. */
export const claimId = (claim: string): string =>
  createHash('sha256').update(claim).digest('hex').slice(0, 40);
