/** A hospital’s consultation desk: when it answers, what it says by itself and often, and as whom its staff appear. */
import { openingHoursSchema } from '../directory/schema.ts';
import { AppError } from '../platform/errors.ts';
import { db, Timestamp } from '../platform/firebase.ts';
import { type Schedule, scheduleOf } from './hours.ts';
import { type Desk, type DeskPerson, deskSchema } from './schema.ts';
import { desks } from './store.ts';

const emptyDesk: Omit<Desk, 'updatedAt'> = { awayText: null, holidays: [], quickReplies: [], people: {} };

/** Changes a desk; one that is not there yet is made. */
async function change(
  hospitalId: string,
  changed: (desk: Omit<Desk, 'updatedAt'>) => Partial<Desk>,
): Promise<void> {
  const ref = desks().doc(hospitalId);
  await db().runTransaction(async (tx) => {
    const desk = (await tx.get(ref)).data() ?? emptyDesk;
    tx.set(ref, { ...desk, ...changed(desk), updatedAt: Timestamp.now() });
  });
}

/** Saves what staff may change of a desk; as whom they appear stays. */
export function saveDesk(
  hospitalId: string,
  said: Pick<Desk, 'awayText' | 'holidays' | 'quickReplies'>,
): Promise<void> {
  return change(hospitalId, () => said);
}

/** A doctor’s published name. Errors: PAGE_NOT_FOUND. */
async function doctorName(hospitalId: string, doctorId: string): Promise<string> {
  const doctor = await db().doc(`Doctors/${doctorId}`).get();
  const name: unknown = doctor.get('name');
  const isTheirs = doctor.get('published') === true && doctor.get('hospitalId') === hospitalId;
  if (!isTheirs || typeof name !== 'string') throw new AppError('PAGE_NOT_FOUND');
  return name;
}

/** Says as whom somebody appears from the next room they take on. Errors: PAGE_NOT_FOUND. */
export async function setDeskPerson(
  hospitalId: string,
  uid: string,
  {
    name,
    title,
    doctorId,
  }: { readonly name: string; readonly title: string; readonly doctorId: string | null },
): Promise<void> {
  const person: DeskPerson =
    doctorId === null
      ? { name, title, role: 'staff' }
      : { name: await doctorName(hospitalId, doctorId), title, role: 'doctor' };
  await change(hospitalId, ({ people }) => ({ people: { ...people, [uid]: person } }));
}

export interface Answering {
  readonly schedule: Schedule | null;
  readonly awayText: string | null;
}
const keptMs = 300_000;
const mostKept = 500;
const kept = new Map<string, { readonly at: number; readonly answering: Answering }>();

/** When a hospital answers, and what it says when it does not. Two reads in five minutes, however many ask. */
export async function answeringOf(hospitalId: string, now = Date.now()): Promise<Answering> {
  const known = kept.get(hospitalId);
  if (known && now - known.at < keptMs) return known.answering;
  const [hospital, desk] = await db().getAll(
    db().doc(`Hospitals/${hospitalId}`),
    db().doc(`desks/${hospitalId}`),
  );
  // What was mistyped in the console says nothing: a message does not wait for it to be put right.
  const hours = openingHoursSchema.safeParse(hospital?.get('openingHours')).data ?? null;
  const { awayText, holidays } = deskSchema.safeParse(desk?.data()).data ?? emptyDesk;
  const answering = { schedule: scheduleOf(hours, holidays), awayText };
  kept.delete(hospitalId);
  kept.set(hospitalId, { at: now, answering });
  const [oldest] = kept.keys();
  if (kept.size > mostKept && oldest !== undefined) kept.delete(oldest);
  return answering;
}
