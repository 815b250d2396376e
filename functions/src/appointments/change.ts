/**
 * Proposing, answering, moving and ending appointments. Each is one transaction with the notice to the member; reminders
 * follow it, and doing anything again changes nothing.
 */
import { roomSchema } from '../chat/schema.ts';
import { koreanDayOf } from '../kernel/korean.ts';
import { notifyIn } from '../notifications/notify.ts';
import { AppError } from '../platform/errors.ts';
import { db, Timestamp, type Transaction } from '../platform/firebase.ts';
import { collection } from '../platform/store.ts';
import { noteVisit } from '../reviews/evidence.ts';
import {
  isOpen,
  isProposable,
  keptWith,
  koreanTime,
  mostMoves,
  mostOpen,
  reminderFor,
} from './appointments.ts';
import { appointmentAt, dropReminder, queueReminder } from './reminders.ts';
import type {
  AnswerAppointment,
  Appointment,
  AppointmentAnswer,
  AppointmentPlace,
  AppointmentSide,
  ProposeAppointment,
} from './schema.ts';

const roomFields = roomSchema.pick({
  ...{ kind: true, hospitalId: true, hospitalName: true, createdBy: true, status: true },
});

/** The hospital of a consultation. One read. Errors: APPOINTMENT_NOT_FOUND. */
export async function hospitalOf(roomId: string): Promise<string> {
  const hospitalId = (await collection('Chatting', roomFields).doc(roomId).get()).data()?.hospitalId;
  if (!hospitalId) throw new AppError('APPOINTMENT_NOT_FOUND');
  return hospitalId;
}

const minuteOf = (startsAt: string) => Date.parse(startsAt);

function tell(
  tx: Transaction,
  place: AppointmentPlace,
  appointment: Appointment,
  title: string,
  what: string,
) {
  const { memberUid, hospitalName, startsAt, revision } = appointment;
  const body = `${hospitalName} · ${koreanTime(startsAt.toMillis())}`;
  const news = { kind: 'appointment', title, body, target: appointmentAt(place).path } as const;
  notifyIn(tx, memberUid, `appointment-${place.appointmentId}-${revision}-${what}`, news);
}

const answerOf = ({ state, revision }: Appointment): AppointmentAnswer => ({ state, revision });

/** Staff propose a visit. The same id again changes nothing. Errors: APPOINTMENT_NOT_FOUND, APPOINTMENT_REFUSED. */
export async function propose(input: ProposeAppointment): Promise<AppointmentAnswer> {
  const { roomId, startsAt, note = '' } = input;
  const ref = appointmentAt(input);
  return db().runTransaction(async (tx) => {
    const room = (await tx.get(collection('Chatting', roomFields).doc(roomId))).data();
    const known = (await tx.get(ref)).data();
    const open = await tx.get(ref.parent.where('state', 'in', ['proposed', 'confirmed']).limit(mostOpen));
    if (known) return answerOf(known);
    const now = Timestamp.now();
    const isConsultation = room?.kind === 'consult' && room.status === 'open';
    if (!isConsultation || !room.hospitalId || !room.hospitalName)
      throw new AppError('APPOINTMENT_NOT_FOUND');
    if (!isProposable(minuteOf(startsAt), now.toMillis()) || open.size >= mostOpen)
      throw new AppError('APPOINTMENT_REFUSED');
    const appointment: Appointment = {
      ...{ memberUid: room.createdBy, hospitalId: room.hospitalId, hospitalName: room.hospitalName },
      ...{ startsAt: Timestamp.fromMillis(minuteOf(startsAt)), note, state: 'proposed', revision: 0 },
      ...{ endedBy: null, keptBy: [], remindAt: null, createdAt: now, updatedAt: now },
    };
    tx.create(ref, appointment);
    tell(tx, input, appointment, '예약 제안이 도착했습니다', 'proposed');
    return answerOf(appointment);
  });
}

type Step = (appointment: Appointment, tx: Transaction, now: number) => Promise<Partial<Appointment> | null>;

/** Changes an appointment by what a step says; null: it stands so already. Its reminder follows. */
async function change(place: AppointmentPlace, step: Step): Promise<AppointmentAnswer> {
  const ref = appointmentAt(place);
  const changed = await db().runTransaction(async (tx) => {
    const before = (await tx.get(ref)).data();
    if (!before) throw new AppError('APPOINTMENT_NOT_FOUND');
    const now = Timestamp.now();
    const fields = await step(before, tx, now.toMillis());
    if (fields) tx.update(ref, { ...fields, updatedAt: now });
    return { before, after: { ...before, ...fields } };
  });
  const { before, after } = changed;
  const isOver = after.remindAt === null || after.revision !== before.revision;
  if (before.remindAt !== null && isOver) await dropReminder(place, before.revision);
  // Also when nothing was changed: whoever comes again makes good for one who died here.
  await queueReminder(place, after, Date.now());
  return answerOf(after);
}

const refuse = () => new AppError('APPOINTMENT_REFUSED');
const reminderAt = (startsAt: number, now: number) => {
  const at = reminderFor(startsAt, now);
  return at === null ? null : Timestamp.fromMillis(at);
};

/** The member accepts or declines. Errors: APPOINTMENT_NOT_FOUND, APPOINTMENT_REFUSED, APPOINTMENT_MOVED. */
export function answer(
  { revision, accept, ...place }: AnswerAppointment,
  uid: string,
): Promise<AppointmentAnswer> {
  const wanted = accept ? 'confirmed' : 'declined';
  return change(place, async ({ memberUid, state, startsAt, ...held }, _tx, now) => {
    if (memberUid !== uid) throw new AppError('APPOINTMENT_NOT_FOUND');
    if (held.revision !== revision) throw new AppError('APPOINTMENT_MOVED');
    if (state === wanted) return null;
    if (state !== 'proposed' || startsAt.toMillis() <= now) throw refuse();
    return { state: wanted, remindAt: accept ? reminderAt(startsAt.toMillis(), now) : null };
  });
}

/** Staff move a visit; one the member has accepted stays accepted, and the member hears of it at once. */
export function move({ startsAt, note, ...place }: ProposeAppointment): Promise<AppointmentAnswer> {
  return change(place, async (before, tx, now) => {
    const moved = minuteOf(startsAt);
    const words = note ?? before.note;
    if (before.startsAt.toMillis() === moved && before.note === words) return null;
    if (!isOpen(before) || !isProposable(moved, now) || before.revision >= mostMoves) throw refuse();
    const after = {
      ...before,
      startsAt: Timestamp.fromMillis(moved),
      note: words,
      revision: before.revision + 1,
    };
    tell(tx, place, after, '예약 시간이 바뀌었습니다', 'moved');
    const remindAt = before.state === 'confirmed' ? reminderAt(moved, now) : null;
    return { startsAt: after.startsAt, note: words, revision: after.revision, remindAt };
  });
}

/** Either side calls a visit off. */
export function cancel(place: AppointmentPlace, side: AppointmentSide): Promise<AppointmentAnswer> {
  return change(place, async (before, tx) => {
    if (before.state === 'cancelled') return null;
    if (!isOpen(before)) throw refuse();
    if (side === 'hospital') tell(tx, place, before, '예약이 취소되었습니다', 'cancelled');
    return { state: 'cancelled', endedBy: side, remindAt: null };
  });
}

/** One side says that the visit took place; when both have, it proves the member’s review of that day. */
export function keep(place: AppointmentPlace, side: AppointmentSide): Promise<AppointmentAnswer> {
  return change(place, async (before, tx, now) => {
    const { state, startsAt, memberUid: uid, hospitalId } = before;
    if (before.keptBy.includes(side)) return null;
    if (state !== 'confirmed' || startsAt.toMillis() > now) throw refuse();
    const keptBy = keptWith(before.keptBy, side);
    if (keptBy.length < 2) return { keptBy };
    await noteVisit(tx, { uid, hospitalId, day: koreanDayOf(startsAt.toMillis()) });
    return { keptBy, state: 'kept', remindAt: null };
  });
}

/** Which side of an appointment somebody is on who is not staff: the member’s, or none. */
export async function isMemberOf(place: AppointmentPlace, uid: string): Promise<boolean> {
  const appointment = (await appointmentAt(place).get()).data();
  return appointment?.memberUid === uid;
}
