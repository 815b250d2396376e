/** Hospitals, doctors and events. Numbers are of kinds that are never issued: nobody's business, licence or phone. */

import { reviewedAs } from '../functions/src/directory/reviewed.ts';
import type {
  Doctor,
  DoctorPrivate,
  Event,
  Hospital,
  HospitalPrivate,
} from '../functions/src/directory/schema.ts';
import { emptyRating, noCards } from '../functions/src/directory/schema.ts';
import { momentsOf, nextNotice, visibilityOf } from '../functions/src/directory/visibility.ts';
import { daysAfter } from '../functions/src/kernel/days.ts';
import { choseongOf, koreanDayOf, readPhone } from '../functions/src/kernel/korean.ts';
import { identityKey } from '../functions/src/registrations/identity.ts';
import { readOpeningHours } from '../functions/src/registrations/understanding/hours.ts';
import { Dice } from './dice.ts';
import { atDay, atMillis, dayMs, nth, type SeedDocument, type SeedSize, seedMillis, sizes } from './frame.ts';
import { type Area, at, fill, type HospitalKind, words } from './words.ts';

export interface SeedHospital {
  readonly id: string;
  readonly area: Area;
  readonly kind: HospitalKind;
  data: Hospital;
  readonly hidden: HospitalPrivate;
}

export interface SeedDoctor {
  readonly id: string;
  data: Doctor;
  readonly hidden: DoctorPrivate;
}

export interface SeedEvent {
  readonly id: string;
  data: Event;
  readonly sessions: number;
}

export interface Directory {
  readonly hospitals: readonly SeedHospital[];
  readonly doctors: readonly SeedDoctor[];
  readonly events: readonly SeedEvent[];
}

/** A 사업자등록번호 that passes the checksum. Its middle pair, 00, is never issued. */
export function inventedBusinessNumber(serial: number): string {
  const nine = `${200 + (serial % 700)}00${String(serial * 37 + 11).padStart(4, '0')}`;
  const weights = [1, 3, 7, 1, 3, 7, 1, 3, 5];
  const sum = weights.reduce((s, weight, i) => s + weight * Number(nine[i]), 0);
  return `${nine}${(10 - ((sum + Math.floor((5 * Number(nine[8])) / 10)) % 10)) % 10}`;
}

/** A phone number as it is stored. */
export function e164(written: string): string {
  const number = readPhone(written);
  if (!number) throw new Error(`${written} is no Korean phone number`);
  return number;
}

const shown = { published: true, hiddenBecause: null, problems: [] };

const near = (dice: Dice, centre: number) => Math.round((centre + (dice.next() - 0.5) * 0.006) * 1e5) / 1e5;

function hospitalAt(index: number, dice: Dice): SeedHospital {
  const [id, areaName, kindName, stem] = nth(words.hospitals, index);
  const area = at(words.areas, areaName);
  const kind = at(words.hospitalKinds, kindName);
  const name = `${stem}${kind.suffix}`;
  const since = atMillis(atDay('2025-02-03') + dice.whole(0, 120) * dayMs);
  const hours = nth(words.hours, index + dice.whole(0, 1));
  const data: Hospital = {
    name,
    nameChoseong: choseongOf(name),
    type: kind.type,
    representative: '',
    region: area.region,
    district: area.district,
    address: `${area.city} ${dice.pick(area.roads)} ${dice.whole(12, 580)}, ${dice.whole(2, 9)}층`,
    zip: String(area.zip + dice.whole(0, 39)).padStart(5, '0'),
    location: { lat: near(dice, area.lat), lng: near(dice, area.lng) },
    phone: e164(`${area.phone}${id.slice(-2)}`),
    homepage: dice.chance(0.8) ? `https://${id.slice(2)}.doctorpitch.example` : null,
    departments: kind.departments,
    hours,
    openingHours: readOpeningHours(hours)?.hours ?? null,
    introduction: `${area.landmark}에 있습니다. ${dice.pick(words.introductions)}`,
    imagePaths: [],
    thumbPath: null,
    rating: emptyRating,
    ...noCards,
    ...shown,
    createdAt: since,
    updatedAt: since,
  };
  const hidden: HospitalPrivate = {
    businessNumber: inventedBusinessNumber(index + 1),
    careInstitutionNumber: dice.chance(0.7) ? String(99_000_000 + index * 31) : null,
    contactEmail: `desk@${id.slice(2)}.doctorpitch.example`,
    registrationId: `opening-${id}`,
  };
  return { id, area, kind, data, hidden };
}

function doctorNames(dice: Dice, count: number): string[] {
  const { surnames, given } = words.doctors;
  const names = new Set<string>();
  while (names.size < count) names.add(dice.pick(surnames) + dice.pick(given));
  return [...names];
}

const focusOf = (dice: Dice, kind: HospitalKind) =>
  [...new Set(kind.groups)]
    .flatMap((group) => at(words.treatments, group).list.map(([name]) => name))
    .filter(() => dice.chance(0.45))
    .slice(0, 5);

function doctorAt(
  hospital: SeedHospital,
  place: number,
  index: number,
  name: string,
  dice: Dice,
): SeedDoctor {
  const { specialty } = hospital.kind;
  const isSpecialist = place === 0 || dice.chance(0.6);
  const university = dice.pick(words.doctors.universities);
  const careers = dice.shuffled(
    isSpecialist ? at(words.doctors.careers, specialty) : words.doctors.generalCareers,
  );
  const since = atMillis(hospital.data.createdAt.toMillis() + dice.whole(1, 20) * dayMs);
  return {
    id: `d-${hospital.id.slice(2)}-${place + 1}`,
    data: {
      name,
      nameChoseong: choseongOf(name),
      hospitalId: hospital.id,
      hospitalName: hospital.data.name,
      region: hospital.data.region,
      isSpecialist,
      specialty: isSpecialist ? specialty : null,
      career: careers.slice(0, 4).map((line) => fill(line, { u: university })),
      focus: focusOf(dice, hospital.kind),
      imagePath: null,
      thumbPath: null,
      rating: emptyRating,
      ...shown,
      createdAt: since,
      updatedAt: since,
    },
    hidden: {
      licenceNumber: String(900_101 + index * 7),
      specialistNumber: isSpecialist ? String(90_011 + index * 3) : null,
      registrationId: `opening-d-${hospital.id.slice(2)}-${place + 1}`,
    },
  };
}

function doctorsOf(hospitals: readonly SeedHospital[], count: number): SeedDoctor[] {
  const dice = new Dice('doctors');
  const names = doctorNames(dice, count);
  const each = Math.floor(count / hospitals.length);
  const places = hospitals.flatMap((hospital, index) =>
    Array.from({ length: each + (index < count % hospitals.length ? 1 : 0) }, (_, place) => ({
      hospital,
      place,
    })),
  );
  return places.map(({ hospital, place }, index) => {
    const doctor = doctorAt(hospital, place, index, nth(names, index), dice);
    if (place === 0) hospital.data = { ...hospital.data, representative: doctor.data.name };
    return doctor;
  });
}

/** Won as price lists show them: thousands below 100,000, ten thousands above. */
export function roundPrice(won: number): number {
  const step = won < 100_000 ? 1_000 : 10_000;
  return Math.round(won / step) * step;
}

function periodOf(dice: Dice, ended: boolean): { startsOn: string; endsOn: string } {
  const start = ended
    ? atDay('2025-07-01') + dice.whole(0, 60) * dayMs
    : seedMillis + dice.whole(-50, 14) * dayMs;
  const end = ended
    ? start + dice.whole(50, 90) * dayMs
    : atDay('2026-12-31') + dice.whole(0, 2) * 30 * dayMs;
  return { startsOn: koreanDayOf(start), endsOn: koreanDayOf(end) };
}

/** What follows from an event's days, seen at the seed's moment. */
function seasonOf(days: { startsOn: string; endsOn: string; adReviewValidUntil: string | null }) {
  const { appearsAt, vanishesAt } = momentsOf(days);
  const notice = nextNotice(days.adReviewValidUntil, null, seedMillis);
  const hiddenBecause = visibilityOf(
    { isWanted: true, isValid: true, days },
    { published: true },
    seedMillis,
  );
  return {
    ...{ appearsAt: atMillis(appearsAt), vanishesAt: atMillis(vanishesAt) },
    reviewNoticeAt: notice === null ? null : atMillis(notice),
    ...{ published: hiddenBecause === null, hiddenBecause, problems: [] },
  };
}

function eventAt(index: number, hospital: SeedHospital, ended: boolean, dice: Dice): SeedEvent {
  const group = at(words.treatments, nth(hospital.kind.groups, Math.floor(index / 2) + dice.whole(0, 4)));
  const [treatment, from, to] = dice.pick(group.list);
  const title = fill(dice.pick(group.titles), { t: treatment });
  const times = Number(/(\d+)회/.exec(title)?.[1] ?? 1);
  const priceBefore = roundPrice((from + (to - from) * (0.4 + dice.next() * 0.6)) * times);
  const priceAfter = roundPrice(priceBefore * (0.58 + dice.next() * 0.27));
  const period = periodOf(dice, ended);
  const since = atMillis(Math.min(atDay(period.startsOn) - 5 * dayMs, seedMillis - dayMs));
  const perhapsTimes = times > 1 ? `${treatment} ${times}회` : treatment;
  const target = fill(dice.pick(words.events.targets), { t: perhapsTimes });
  const adReviewNumber = dice.chance(0.85) ? `261001-중-${String(100_001 + index * 17)}` : null;
  // A review is made before the event begins and holds for three years.
  const adReviewValidUntil = adReviewNumber === null ? null : daysAfter(period.startsOn, 3 * 365 - 14);
  const pictures = { imagePath: null, thumbPath: null, detailPaths: [] };
  const data: Event = {
    title,
    hospitalId: hospital.id,
    hospitalName: hospital.data.name,
    region: hospital.data.region,
    category: `${group.label} > ${treatment}`,
    priceBefore,
    priceAfter,
    discountPercent: Math.floor(((priceBefore - priceAfter) / priceBefore) * 100),
    ...period,
    target,
    adReviewNumber,
    adReviewValidUntil,
    sideEffects: group.sideEffects,
    ...pictures,
    reviewedAs: reviewedAs({ title, priceBefore, priceAfter, target, adReviewNumber, ...pictures }),
    ...seasonOf({ ...period, adReviewValidUntil }),
    rating: emptyRating,
    createdAt: since,
    updatedAt: ended ? atMillis(atDay(period.endsOn) + dayMs) : since,
  };
  return { id: `e-${hospital.id.slice(2)}-${String(index + 1).padStart(2, '0')}`, data, sessions: times };
}

function eventsOf(hospitals: readonly SeedHospital[], count: number): SeedEvent[] {
  const dice = new Dice('events');
  const endedEvery = count > 10 ? 8 : 4;
  return Array.from({ length: count }, (_, index) =>
    eventAt(index, nth(hospitals, index), index % endedEvery === endedEvery - 1, dice),
  );
}

export function makeDirectory(size: SeedSize): Directory {
  const dice = new Dice('hospitals');
  const hospitals = Array.from({ length: sizes[size].hospitals }, (_, index) => hospitalAt(index, dice));
  const doctors = doctorsOf(hospitals, sizes[size].doctors);
  return { hospitals, doctors, events: eventsOf(hospitals, sizes[size].events) };
}

const key = (id: string, path: string, createdAt: unknown): SeedDocument => ({
  path: `identityKeys/${id}`,
  data: { path, createdAt },
});

/** Every document of the directory, with private parts and the keys that keep them from being published twice. */
export function directoryDocuments({ hospitals, doctors, events }: Directory): SeedDocument[] {
  const ofHospitals = hospitals.flatMap(({ id, data, hidden }) => [
    { path: `Hospitals/${id}`, data: { ...data } },
    { path: `Hospitals/${id}/private/registration`, data: { ...hidden } },
    key(identityKey.hospital(hidden.businessNumber), `Hospitals/${id}`, data.createdAt),
  ]);
  const ofDoctors = doctors.flatMap(({ id, data, hidden }) => [
    { path: `Doctors/${id}`, data: { ...data } },
    { path: `Doctors/${id}/private/licence`, data: { ...hidden } },
    key(identityKey.doctor(hidden.licenceNumber), `Doctors/${id}`, data.createdAt),
  ]);
  const ofEvents = events.flatMap(({ id, data }) => [
    { path: `Events/${id}`, data: { ...data } },
    key(identityKey.event(data.hospitalId, data.title, data.startsOn), `Events/${id}`, data.createdAt),
  ]);
  return [...ofHospitals, ...ofDoctors, ...ofEvents];
}
