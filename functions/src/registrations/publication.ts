/** What an approval writes: the page and its private part, or what is to change of them. */
import { clockAt } from '../directory/pages.ts';
import {
  doctorPrivateSchema,
  doctorSchema,
  eventSchema,
  hospitalPrivateSchema,
  hospitalSchema,
} from '../directory/schema.ts';
import type { Timestamp, Transaction } from '../platform/firebase.ts';
import { collection } from '../platform/store.ts';
import { prepareChange } from './change.ts';
import { fieldShapes } from './checks.ts';
import { identityKey } from './identity.ts';
import { hospitalByBusinessNumber, hospitalByName, Refusal } from './pageLookup.ts';
import { doctorFrom, eventFrom, hospitalFrom } from './pages.ts';
import { picturesOf, refuseBrokenMain } from './publicImages.ts';
import type { Registration } from './schema.ts';

export { keys, Refusal } from './pageLookup.ts';
export { copyPublicImages } from './publicImages.ts';

/** What an approval writes besides the registration itself. */
export interface Publication {
  readonly path: string;
  /** To be claimed for the path; null where a page that is there keeps or moves its own. */
  readonly key: string | null;
  readonly write: (tx: Transaction, now: Timestamp) => void;
}

function publishHospital(registrationId: string, registration: Registration): Publication {
  const fields = fieldShapes.hospital.parse(registration.fields);
  const ref = collection('Hospitals', hospitalSchema).doc(`h-${registrationId}`);
  const hidden = collection(`${ref.path}/private`, hospitalPrivateSchema).doc('registration');
  const origin = { contactEmail: registration.senderAddress, registrationId };
  return {
    path: ref.path,
    key: identityKey.hospital(fields.businessNumber),
    write: (tx, now) => {
      const made = hospitalFrom(fields, origin, picturesOf(registration), clockAt(now.toMillis()));
      tx.create(ref, made.page);
      tx.create(hidden, made.hidden);
    },
  };
}

async function publishDoctor(
  tx: Transaction,
  registrationId: string,
  registration: Registration,
): Promise<Publication> {
  const fields = fieldShapes.doctor.parse(registration.fields);
  const hospital = await hospitalByBusinessNumber(tx, fields.hospitalBusinessNumber);
  const ref = collection('Doctors', doctorSchema).doc(`d-${registrationId}`);
  const hidden = collection(`${ref.path}/private`, doctorPrivateSchema).doc('licence');
  const shot = picturesOf(registration).find(({ full }) => full !== null) ?? null;
  return {
    path: ref.path,
    key: identityKey.doctor(fields.licenceNumber),
    write: (transaction, now) => {
      const made = doctorFrom(fields, hospital, shot, registrationId, clockAt(now.toMillis()));
      transaction.create(ref, made.page);
      transaction.create(hidden, made.hidden);
    },
  };
}

const overSayings = {
  ENDED: '이벤트 기간이 이미 끝났습니다.',
  REVIEW_EXPIRED: '의료광고 심의 유효기간이 지났습니다.',
} as const;

async function publishEvent(
  tx: Transaction,
  registrationId: string,
  registration: Registration,
): Promise<Publication> {
  const fields = fieldShapes.event.parse(registration.fields);
  const hospital = fields.hospitalBusinessNumber
    ? await hospitalByBusinessNumber(tx, fields.hospitalBusinessNumber)
    : await hospitalByName(tx, fields.hospitalName ?? '');
  const pictures = picturesOf(registration);
  refuseBrokenMain(pictures);
  const event = eventFrom(fields, hospital, pictures, clockAt(Date.now()));
  if (event.hiddenBecause === 'ENDED' || event.hiddenBecause === 'REVIEW_EXPIRED')
    throw new Refusal(overSayings[event.hiddenBecause]);
  const ref = collection('Events', eventSchema).doc(`e-${registrationId}`);
  return {
    path: ref.path,
    key: identityKey.event(hospital.id, fields.title, fields.startsOn),
    write: (transaction, now) => transaction.create(ref, { ...event, createdAt: now, updatedAt: now }),
  };
}

export async function preparePublication(
  tx: Transaction,
  id: string,
  registration: Registration,
): Promise<Publication> {
  if (registration.intent === 'change') return prepareChange(tx, id, registration);
  if (registration.kind === 'hospital') return publishHospital(id, registration);
  return registration.kind === 'doctor'
    ? publishDoctor(tx, id, registration)
    : publishEvent(tx, id, registration);
}
