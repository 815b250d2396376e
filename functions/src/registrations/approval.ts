/**
 * An operator decided. Approval checks everything again and publishes in one transaction: the page, its private
 * part, the identity key, the state and the audit entry stand together or not at all. A decision delivered twice
 * finds the registration settled and does nothing.
 */
import type { DocumentReference } from 'firebase-admin/firestore';
import { audit } from '../audit/audit.ts';
import {
  doctorPrivateSchema,
  doctorSchema,
  eventSchema,
  hospitalPrivateSchema,
  hospitalSchema,
} from '../directory/schema.ts';
import { bucket, db, Timestamp, type Transaction } from '../platform/firebase.ts';
import { log } from '../platform/log.ts';
import { collection } from '../platform/store.ts';
import { decide, doctorFrom, eventFrom, fieldShapes, hospitalFrom, identityKey } from './registrations.ts';
import { identityKeySchema, type PaperRole, type Registration, registrationSchema } from './schema.ts';

const keys = () => collection('identityKeys', identityKeySchema);

/** What an approval writes besides the registration itself. */
interface Publication {
  readonly path: string;
  readonly key: string;
  readonly write: (tx: Transaction, now: Timestamp) => void;
}

/** Why an approval cannot go through, in Korean. */
class Refusal extends Error {}

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

async function preparePublication(
  tx: Transaction,
  id: string,
  registration: Registration,
): Promise<Publication> {
  if (registration.kind === 'hospital') return publishHospital(id, registration);
  return registration.kind === 'doctor'
    ? publishDoctor(tx, id, registration)
    : publishEvent(tx, id, registration);
}

async function approve(tx: Transaction, id: string, registration: Registration): Promise<string> {
  const publication = await preparePublication(tx, id, registration);
  const keyRef = keys().doc(publication.key);
  const taken = (await tx.get(keyRef)).data();
  if (taken) throw new Refusal(`이미 등록되어 있습니다(${taken.path}).`);
  const now = Timestamp.now();
  publication.write(tx, now);
  tx.create(keyRef, { path: publication.path, createdAt: now });
  settle(tx, id, registration, 'APPROVED', publication.path, now);
  return publication.path;
}

function settle(
  tx: Transaction,
  id: string,
  registration: Registration,
  state: 'APPROVED' | 'REJECTED',
  path: string | null,
  now: Timestamp,
): void {
  tx.update(collection('registrations', registrationSchema).doc(id), {
    state,
    decidedAt: now,
    updatedAt: now,
    publishedPath: path,
    decisionProblems: [],
  });
  const fact = {
    action: state === 'APPROVED' ? 'registration.approve' : 'registration.reject',
    target: `registrations/${id}`,
    by: 'console',
    result: path ?? state,
    note: registration.decisionNote,
  };
  audit(tx, fact, `registration-${id}-${state}`);
}

/** Copies the pictures that belong on the page. Idempotent; done before publishing so that no page lacks its picture. */
async function copyPublicImages(id: string, registration: Registration): Promise<void> {
  const role: PaperRole = registration.kind === 'doctor' ? 'profile' : 'main';
  const target = publicImage(registration, `${registration.kind[0]}-${id}`, role);
  const paper = registration.papers.find((candidate) => candidate.role === role);
  if (!target || !paper || registration.kind === 'hospital') return;
  await bucket().file(paper.path).copy(bucket().file(target));
}

/** Carries out what the registration's `decision` asks for; an invalid one is refused with reasons in the document. */
export async function carryOutDecision(id: string): Promise<void> {
  const ref = collection('registrations', registrationSchema).doc(id);
  const current = (await ref.get()).data();
  if (!current) return;
  if (decide(current).do === 'approve') await copyPublicImages(id, current);
  const outcome = await db().runTransaction(async (tx) => {
    const registration = (await tx.get(ref)).data();
    if (!registration) return 'gone';
    const decided = decide(registration);
    if (decided.do === 'nothing') return 'nothing';
    const now = Timestamp.now();
    if (decided.do === 'reject') settle(tx, id, registration, 'REJECTED', null, now);
    if (decided.do === 'refuse') refuse(tx, ref, decided.reasons, now);
    if (decided.do === 'approve') {
      await approve(tx, id, registration).catch((error: unknown) => {
        if (!(error instanceof Refusal)) throw error;
        refuse(tx, ref, [error.message], now);
      });
    }
    return decided.do;
  });
  log.info('registration.decided', { registrationId: id, outcome });
}

function refuse(
  tx: Transaction,
  ref: DocumentReference<Registration>,
  reasons: readonly string[],
  now: Timestamp,
): void {
  tx.update(ref, { decision: null, decisionProblems: [...reasons], updatedAt: now });
}
