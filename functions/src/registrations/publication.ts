/** What an approval writes: the page, its private part and its pictures. */
import type { DocumentReference } from 'firebase-admin/firestore';
import {
  doctorPrivateSchema,
  doctorSchema,
  eventSchema,
  hospitalPrivateSchema,
  hospitalSchema,
} from '../directory/schema.ts';
import { bucket, type Timestamp, type Transaction } from '../platform/firebase.ts';
import { collection } from '../platform/store.ts';
import { fieldShapes } from './checks.ts';
import { identityKey } from './identity.ts';
import { doctorFrom, eventFrom, hospitalFrom } from './pages.ts';
import { identityKeySchema, type PaperRole, type Registration } from './schema.ts';

export const keys = () => collection('identityKeys', identityKeySchema);

/** What an approval writes besides the registration itself. */
export interface Publication {
  readonly path: string;
  readonly key: string;
  readonly write: (tx: Transaction, now: Timestamp) => void;
}

/** Why an approval cannot go through, in Korean. */
export class Refusal extends Error {}

async function hospitalByBusinessNumber(tx: Transaction, businessNumber: string) {
  const key = (await tx.get(keys().doc(identityKey.hospital(businessNumber)))).data();
  if (!key)
    throw new Refusal('해당 사업자등록번호의 병원이 아직 등록되지 않았습니다. 병원을 먼저 승인해 주세요.');
  return hospitalAt(tx, collection('Hospitals', hospitalSchema).doc(key.path.split('/')[1] ?? ''));
}

async function hospitalAt(tx: Transaction, ref: DocumentReference<unknown>) {
  const hospital = (await tx.get(collection('Hospitals', hospitalSchema).doc(ref.id))).data();
  if (!hospital?.published) throw new Refusal('병원이 공개 상태가 아닙니다.');
  return { id: ref.id, name: hospital.name, region: hospital.region };
}

async function hospitalByName(tx: Transaction, name: string) {
  const named = await tx.get(
    collection('Hospitals', hospitalSchema).where('published', '==', true).where('name', '==', name).limit(2),
  );
  const [only, second] = named.docs;
  if (!only) throw new Refusal(`"${name}" 병원이 아직 등록되지 않았습니다. 병원을 먼저 승인해 주세요.`);
  if (second)
    throw new Refusal(
      `"${name}" 이름의 병원이 여러 곳입니다. 사업자등록번호(hospitalBusinessNumber)를 적어 주세요.`,
    );
  return hospitalAt(tx, only.ref);
}

const publicImage = (registration: Registration, id: string, role: PaperRole): string | null => {
  const paper = registration.papers.find(
    (candidate) => candidate.role === role && /^image\/(jpeg|png|webp)$/.test(candidate.contentType),
  );
  return paper ? `public/${registration.kind}s/${id}/${role}.${paper.path.split('.').at(-1)}` : null;
};

function publishHospital(registrationId: string, registration: Registration): Publication {
  const fields = fieldShapes.hospital.parse(registration.fields);
  const ref = collection('Hospitals', hospitalSchema).doc(`h-${registrationId}`);
  const hidden = collection(`${ref.path}/private`, hospitalPrivateSchema).doc('registration');
  return {
    path: ref.path,
    key: identityKey.hospital(fields.businessNumber),
    write: (tx, now) => {
      const made = hospitalFrom(fields, registration.senderAddress, registrationId, now);
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
  return {
    path: ref.path,
    key: identityKey.doctor(fields.licenceNumber),
    write: (transaction, now) => {
      const made = doctorFrom(
        fields,
        hospital,
        publicImage(registration, ref.id, 'profile'),
        registrationId,
        now,
      );
      transaction.create(ref, made.page);
      transaction.create(hidden, made.hidden);
    },
  };
}

async function publishEvent(
  tx: Transaction,
  registrationId: string,
  registration: Registration,
): Promise<Publication> {
  const fields = fieldShapes.event.parse(registration.fields);
  const hospital = fields.hospitalBusinessNumber
    ? await hospitalByBusinessNumber(tx, fields.hospitalBusinessNumber)
    : await hospitalByName(tx, fields.hospitalName ?? '');
  const ref = collection('Events', eventSchema).doc(`e-${registrationId}`);
  return {
    path: ref.path,
    key: identityKey.event(hospital.id, fields.title, fields.startsOn),
    write: (transaction, now) =>
      transaction.create(ref, eventFrom(fields, hospital, publicImage(registration, ref.id, 'main'), now)),
  };
}

export async function preparePublication(
  tx: Transaction,
  id: string,
  registration: Registration,
): Promise<Publication> {
  if (registration.kind === 'hospital') return publishHospital(id, registration);
  return registration.kind === 'doctor'
    ? publishDoctor(tx, id, registration)
    : publishEvent(tx, id, registration);
}

/** Copies the pictures that belong on the page. Idempotent; done before publishing so that no page lacks its picture. */
export async function copyPublicImages(id: string, registration: Registration): Promise<void> {
  const role: PaperRole = registration.kind === 'doctor' ? 'profile' : 'main';
  const target = publicImage(registration, `${registration.kind[0]}-${id}`, role);
  const paper = registration.papers.find((candidate) => candidate.role === role);
  if (!target || !paper || registration.kind === 'hospital') return;
  await bucket().file(paper.path).copy(bucket().file(target));
}
