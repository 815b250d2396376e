/**
 * Reminding of appointments: exactly once. The task is named after the appointment and its revision, so that each time has
 * one, and reminds only of the revision that still holds. What the queue lost, and what lies further ahead than it takes
 * (30 days), the jobs make good.
 */
import { createHash } from 'node:crypto';
import { notifyIn } from '../notifications/notify.ts';
import { db, Timestamp } from '../platform/firebase.ts';
import { errorFields, log } from '../platform/log.ts';
import { collection } from '../platform/store.ts';
import { dropTask, queueTask } from '../platform/tasks.ts';
import { koreanTime } from './appointments.ts';
import { type Appointment, type AppointmentPlace, appointmentSchema } from './schema.ts';

/** Name of the task-queue function in index.ts. */
const reminder = 'remindOfAppointment';
const day = 86_400_000;
const reachMs = 29 * day;

export const appointmentAt = ({ roomId, appointmentId }: AppointmentPlace) =>
  collection(`Chatting/${roomId}/appointments`, appointmentSchema).doc(appointmentId);

const taskId = ({ roomId, appointmentId }: AppointmentPlace, revision: number) =>
  `${createHash('sha256').update(`${roomId}/${appointmentId}`).digest('hex').slice(0, 40)}-${revision}`;

type Due = Pick<Appointment, 'remindAt' | 'revision'>;

/** Queues the reminder of an appointment, unless it lies further ahead than the queue takes. */
export async function queueReminder(
  place: AppointmentPlace,
  { remindAt, revision }: Due,
  now: number,
): Promise<void> {
  const at = remindAt?.toMillis();
  if (at === undefined || at > now + reachMs) return;
  await queueTask(reminder, taskId(place, revision), { ...place, revision: String(revision) }, at).catch(
    (error: unknown) => log.error('reminder.notQueued', { ...place, ...errorFields(error) }),
  );
}

/** Takes the reminder of a time that no longer holds from the queue. One that stays there finds nothing to remind of. */
export async function dropReminder(place: AppointmentPlace, revision: number): Promise<void> {
  await dropTask(reminder, taskId(place, revision)).catch((error: unknown) =>
    log.warn('reminder.notDropped', { ...place, ...errorFields(error) }),
  );
}

export type Reminded = 'reminded' | 'left' | 'early';

/** Reminds of an appointment whose reminder is due at `now`; of the given revision only, where one is given. */
export async function remind(place: AppointmentPlace, now: number, revision?: number): Promise<Reminded> {
  const ref = appointmentAt(place);
  return db().runTransaction(async (tx) => {
    const appointment = (await tx.get(ref)).data();
    if (!appointment?.remindAt || (revision !== undefined && appointment.revision !== revision))
      return 'left';
    if (appointment.remindAt.toMillis() > now) return 'early';
    const { state, startsAt, memberUid, hospitalName, revision: held } = appointment;
    tx.update(ref, { remindAt: null });
    if (state !== 'confirmed' || startsAt.toMillis() <= now) return 'left';
    const body = `${hospitalName} · ${koreanTime(startsAt.toMillis())}`;
    const news = { kind: 'reminder', title: '예약이 다가옵니다', body, target: ref.path } as const;
    notifyIn(tx, memberUid, `reminder-${place.appointmentId}-${held}`, news);
    return 'reminded';
  });
}

function placeOf(path: string): AppointmentPlace {
  const [, roomId = '', , appointmentId = ''] = path.split('/');
  return { roomId, appointmentId };
}

const remindersFrom = (from: number, to: number) =>
  db()
    .collectionGroup('appointments')
    .where('remindAt', '>', Timestamp.fromMillis(from))
    .where('remindAt', '<=', Timestamp.fromMillis(to))
    .orderBy('remindAt');

const sweepLimit = 50;
/** So long a due reminder is its task’s. */
const tasksOwnMs = 2 * 60_000;

/** Reminds of what was due at `now` (epoch ms) and no task has reminded of. At most 50. */
export async function sweepReminders(now: number): Promise<number> {
  const due = await remindersFrom(0, now - tasksOwnMs)
    .limit(sweepLimit)
    .select()
    .get();
  const outcomes = await Promise.all(
    due.docs.map(({ ref }) =>
      remind(placeOf(ref.path), now).catch((error: unknown) => {
        log.error('reminder.sweepBroken', { path: ref.path, ...errorFields(error) });
        return 'left' as const;
      }),
    ),
  );
  const reminded = outcomes.filter((outcome) => outcome === 'reminded').length;
  if (due.size > 0) log.info('reminder.swept', { due: due.size, reminded });
  return reminded;
}

const pageSize = 200;

/** Queues the reminders that have come within reach of the queue since the night before `now` (epoch ms). */
export async function queueReminders(now: number): Promise<number> {
  const entering = remindersFrom(now + reachMs - 2 * day, now + reachMs).limit(pageSize);
  let page = (await entering.get()).docs;
  let queued = 0;
  while (page.length > 0) {
    for (const { ref, data } of page.map((each) => ({
      ref: each.ref,
      data: appointmentSchema.safeParse(each.data()),
    })))
      if (data.success) await queueReminder(placeOf(ref.path), data.data, now);
    queued += page.length;
    page = page.length < pageSize ? [] : (await entering.startAfter(page.at(-1)).get()).docs;
  }
  return queued;
}
