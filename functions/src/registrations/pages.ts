/** The documents an approval makes: pages as everybody sees them, and their private parts. Pure. */
import { discountPercentOf } from '../advertising/law.ts';
import {
  type Doctor,
  type DoctorPrivate,
  type Event,
  emptyRating,
  type Hospital,
  type HospitalPrivate,
} from '../directory/schema.ts';
import type { Instant } from '../kernel/fields.ts';
import { choseongOf } from '../kernel/korean.ts';
import type { DoctorFields, EventFields, HospitalFields } from './schema.ts';

/** The hospital page and its private part. */
export function hospitalFrom(
  fields: HospitalFields,
  contactEmail: string,
  registrationId: string,
  now: Instant,
): { page: Hospital; hidden: HospitalPrivate } {
  const { businessNumber, careInstitutionNumber, ...shown } = fields;
  return {
    page: {
      ...shown,
      nameChoseong: choseongOf(fields.name),
      location: null,
      introduction: '',
      imagePaths: [],
      rating: emptyRating,
      published: true,
      createdAt: now,
      updatedAt: now,
    },
    hidden: { businessNumber, careInstitutionNumber, contactEmail, registrationId },
  };
}

/** The doctor page and its private part. */
export function doctorFrom(
  fields: DoctorFields,
  hospital: { id: string; name: string; region: Hospital['region'] },
  imagePath: string | null,
  registrationId: string,
  now: Instant,
): { page: Doctor; hidden: DoctorPrivate } {
  return {
    page: {
      name: fields.name,
      nameChoseong: choseongOf(fields.name),
      hospitalId: hospital.id,
      hospitalName: hospital.name,
      region: hospital.region,
      isSpecialist: fields.isSpecialist,
      specialty: fields.specialty,
      career: fields.career,
      focus: fields.focus,
      imagePath,
      rating: emptyRating,
      published: true,
      createdAt: now,
      updatedAt: now,
    },
    hidden: {
      licenceNumber: fields.licenceNumber,
      specialistNumber: fields.specialistNumber,
      registrationId,
    },
  };
}

/** The event page. The discount is computed from the prices, never taken from the mail. */
export function eventFrom(
  fields: EventFields,
  hospital: { id: string; name: string; region: Hospital['region'] },
  imagePath: string | null,
  now: Instant,
): Event {
  const { hospitalBusinessNumber: _number, vatIncluded: _vat, ...shown } = fields;
  return {
    ...shown,
    hospitalId: hospital.id,
    hospitalName: hospital.name,
    region: hospital.region,
    discountPercent: discountPercentOf(fields.priceBefore, fields.priceAfter) ?? 0,
    imagePath,
    rating: emptyRating,
    published: true,
    createdAt: now,
    updatedAt: now,
  };
}
