/** Finding the pages a registration speaks of, within its transaction. What cannot be found is refused in Korean. */
import type { Query } from 'firebase-admin/firestore';
import { clinicOf } from '../directory/pages.ts';
import { db, type Transaction } from '../platform/firebase.ts';
import { collection } from '../platform/store.ts';
import { identityKey } from './identity.ts';
import { identityKeySchema } from './schema.ts';

export const keys = () => collection('identityKeys', identityKeySchema);

/** Why an approval cannot go through, in Korean. */
export class Refusal extends Error {}

/** The page that holds an identity key; null when none does. */
export async function pathOf(tx: Transaction, key: string): Promise<string | null> {
  // Made of what an operator may have mistyped.
  if (key.includes('/')) return null;
  return (await tx.get(keys().doc(key))).data()?.path ?? null;
}

/** The page that holds an identity key and is still there; a page deleted in the console holds nothing. */
export async function holderOf(tx: Transaction, key: string): Promise<string | null> {
  const path = await pathOf(tx, key);
  return path !== null && (await tx.get(db().doc(path))).exists ? path : null;
}

/** A hospital that is shown. Its page may have been mistyped by hand: then it is not. */
async function shownHospital(tx: Transaction, id: string) {
  const { name, region, published } = (await clinicOf(tx, id)) ?? {};
  if (!published || !name || !region) throw new Refusal('병원이 공개 상태가 아닙니다.');
  return { id, name, region };
}

export async function hospitalByBusinessNumber(tx: Transaction, businessNumber: string) {
  const path = await pathOf(tx, identityKey.hospital(businessNumber));
  if (path === null)
    throw new Refusal('해당 사업자등록번호의 병원이 아직 등록되지 않았습니다. 병원을 먼저 승인해 주세요.');
  return shownHospital(tx, path.split('/')[1] ?? '');
}

export async function hospitalByName(tx: Transaction, name: string) {
  const named = db().collection('Hospitals').where('published', '==', true).where('name', '==', name);
  const [only, second] = (await tx.get(named.limit(2))).docs;
  if (!only) throw new Refusal(`"${name}" 병원이 아직 등록되지 않았습니다. 병원을 먼저 승인해 주세요.`);
  if (second)
    throw new Refusal(
      `"${name}" 이름의 병원이 여러 곳입니다. 사업자등록번호(hospitalBusinessNumber)를 적어 주세요.`,
    );
  return shownHospital(tx, only.id);
}

const words = (value: unknown) => (typeof value === 'string' && value !== '' ? value : null);

async function onlyOne(tx: Transaction, query: Query): Promise<string | null> {
  const [only, second] = (await tx.get(query.limit(2))).docs;
  return only && !second ? only.ref.path : null;
}

async function hospitalPath(tx: Transaction, number: unknown, name: unknown): Promise<string | null> {
  const [byNumber, byName] = [words(number), words(name)];
  const held = byNumber && (await pathOf(tx, identityKey.hospital(byNumber)));
  if (held || !byName) return held;
  return onlyOne(tx, db().collection('Hospitals').where('name', '==', byName));
}

type Said = Readonly<Record<string, unknown>>;

async function ofHospital(tx: Transaction, fields: Said, name: 'Doctors' | 'Events', field: string) {
  const path = await hospitalPath(tx, fields.hospitalBusinessNumber, fields.hospitalName);
  const wanted = words(fields[field]);
  if (path === null || wanted === null) return null;
  const id = path.split('/')[1];
  return onlyOne(tx, db().collection(name).where('hospitalId', '==', id).where(field, '==', wanted));
}

const finders: Readonly<Record<string, (tx: Transaction, fields: Said) => Promise<string | null>>> = {
  hospital: (tx, fields) => hospitalPath(tx, fields.businessNumber, fields.name ?? fields.hospitalName),
  doctor: async (tx, fields) => {
    const licence = words(fields.licenceNumber);
    const held = licence && (await pathOf(tx, identityKey.doctor(licence)));
    return held || ofHospital(tx, fields, 'Doctors', 'name');
  },
  event: (tx, fields) => ofHospital(tx, fields, 'Events', 'title'),
};

/** The page a change is about, by what it says: number or licence, else a name only one page has. */
export async function pageSpokenOf(tx: Transaction, kind: string, fields: Said): Promise<string> {
  const path = await finders[kind]?.(tx, fields);
  if (path) return path;
  throw new Refusal(
    '어느 페이지를 바꾸는 것인지 알 수 없습니다. target에 문서 경로(예: Hospitals/h-…)를 적어 주세요.',
  );
}
