/** The documents an approval makes: pages as everybody sees them, and their private parts. Pure. */
import { discountPercentOf } from '../advertising/law.ts';
import type { Clock } from '../directory/examine.ts';
import { reviewedAs } from '../directory/reviewed.ts';
import {
  type Doctor,
  type DoctorPrivate,
  type Event,
  emptyRating,
  type Hospital,
  type HospitalPrivate,
  noCards,
} from '../directory/schema.ts';
import { momentsOf, nextNotice, visibilityOf } from '../directory/visibility.ts';
import { choseongOf } from '../kernel/korean.ts';
import type { DoctorFields, EventFields, HospitalFields, Picture } from './schema.ts';

type HospitalFacts = { readonly id: string; readonly name: string; readonly region: Hospital['region'] };
/** Public paths; where one could not be made there is none. */
export type Shot = Pick<Picture, 'full' | 'thumb'>;
const fullOf = (shots: readonly Shot[]) => shots.flatMap(({ full }) => (full === null ? [] : [full]));
const shown = { published: true, hiddenBecause: null, problems: [] };

const stamped = ({ now, at }: Clock) => ({ createdAt: at(now), updatedAt: at(now) });

/** The hospital page and its private part. */
export function hospitalFrom(
  fields: HospitalFields,
  origin: { readonly contactEmail: string; readonly registrationId: string },
  shots: readonly Shot[],
  clock: Clock,
): { page: Hospital; hidden: HospitalPrivate } {
  const { businessNumber, careInstitutionNumber, ...particulars } = fields;
  return {
    page: {
      ...particulars,
      nameChoseong: choseongOf(fields.name),
      location: null,
      introduction: '',
      imagePaths: fullOf(shots).slice(0, 20),
      thumbPath: shots.find(({ thumb }) => thumb !== null)?.thumb ?? null,
      rating: emptyRating,
      // Nothing can have been written about it yet.
      ...{ ...noCards, reviewCardsAsOf: clock.at(clock.now) },
      ...shown,
      ...stamped(clock),
    },
    hidden: { businessNumber, careInstitutionNumber, ...origin },
  };
}

/** The doctor page and its private part. */
export function doctorFrom(
  fields: DoctorFields,
  hospital: HospitalFacts,
  shot: Shot | null,
  registrationId: string,
  clock: Clock,
): { page: Doctor; hidden: DoctorPrivate } {
  const { name, isSpecialist, specialty, career, focus, licenceNumber, specialistNumber } = fields;
  return {
    page: {
      ...{ name, isSpecialist, specialty, career, focus },
      nameChoseong: choseongOf(name),
      hospitalId: hospital.id,
      hospitalName: hospital.name,
      region: hospital.region,
      imagePath: shot?.full ?? null,
      thumbPath: shot?.thumb ?? null,
      rating: emptyRating,
      ...shown,
      ...stamped(clock),
    },
    hidden: { licenceNumber, specialistNumber, registrationId },
  };
}

/**
 * The event page, hidden until its first day. The discount is computed from the prices, never taken from the mail.
 * `shots`: the main picture, then details.
 */
export function eventFrom(
  fields: EventFields,
  hospital: HospitalFacts,
  shots: readonly Shot[],
  clock: Clock,
): Event {
  const { hospitalBusinessNumber: _number, vatIncluded: _vat, ...particulars } = fields;
  const { appearsAt, vanishesAt } = momentsOf(fields);
  const notice = nextNotice(fields.adReviewValidUntil, null, clock.now);
  const judged = { isWanted: true, isValid: true, days: fields };
  const hiddenBecause = visibilityOf(judged, { published: true }, clock.now);
  const [main, ...details] = shots;
  const pictures = {
    imagePath: main?.full ?? null,
    thumbPath: main?.thumb ?? null,
    detailPaths: fullOf(details).slice(0, 10),
  };
  return {
    ...particulars,
    hospitalId: hospital.id,
    hospitalName: hospital.name,
    region: hospital.region,
    discountPercent: discountPercentOf(fields.priceBefore, fields.priceAfter) ?? 0,
    ...pictures,
    appearsAt: clock.at(appearsAt),
    vanishesAt: clock.at(vanishesAt),
    reviewedAs: reviewedAs({ ...fields, ...pictures }),
    reviewNoticeAt: notice === null ? null : clock.at(notice),
    rating: emptyRating,
    published: hiddenBecause === null,
    hiddenBecause,
    problems: [],
    ...stamped(clock),
  };
}
