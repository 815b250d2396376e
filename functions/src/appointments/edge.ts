/** Where appointments meet members, staff of hospitals and the task queue. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { CallableRequest } from 'firebase-functions/v2/https';
import { requireMember, requireStaffOf } from '../access/guard.ts';
import { answerCall } from '../platform/call.ts';
import { AppError } from '../platform/errors.ts';
import { log } from '../platform/log.ts';
import * as change from './change.ts';
import { remind } from './reminders.ts';
import {
  type AppointmentAnswer,
  type AppointmentPlace,
  type AppointmentSide,
  answerAppointmentInput,
  appointmentInput,
  moveAppointmentInput,
  proposeAppointmentInput,
  remindTask,
} from './schema.ts';

type Call = CallableRequest<unknown>;
type Answer = Promise<AppointmentAnswer>;

/** The queue’s clock may be ahead of ours. */
const mostEarlyMs = 20_000;

/** Task queue: reminds of an appointment. */
export async function remindOfAppointment({ data }: { readonly data: unknown }): Promise<void> {
  const task = remindTask.safeParse(data);
  if (!task.success) {
    log.error('remindOfAppointment.badTask');
    return;
  }
  const { revision, ...place } = task.data;
  const began = performance.now();
  const again = () => remind(place, Date.now(), Number(revision));
  while ((await again()) === 'early' && performance.now() - began < mostEarlyMs) await sleep(1_000);
}

const staffOf = async (request: Call, roomId: string) =>
  requireStaffOf(request, await change.hospitalOf(roomId));

/** The caller’s side: staff sign in with Google and their role, everybody else is the member or nobody. */
async function sideOf(request: Call, place: AppointmentPlace): Promise<AppointmentSide> {
  if (request.auth?.token.role === 'hospitalStaff') {
    await staffOf(request, place.roomId);
    return 'hospital';
  }
  const { uid } = await requireMember(request);
  if (!(await change.isMemberOf(place, uid))) throw new AppError('APPOINTMENT_NOT_FOUND');
  return 'member';
}

/** Callable, staff: proposes a visit in a consultation. */
export function proposeAppointment(request: Call): Answer {
  return answerCall('proposeAppointment', proposeAppointmentInput, request, async (input) => {
    await staffOf(request, input.roomId);
    return change.propose(input);
  });
}

/** Callable, staff: moves a visit. */
export function moveAppointment(request: Call): Answer {
  return answerCall('moveAppointment', moveAppointmentInput, request, async (input) => {
    await staffOf(request, input.roomId);
    return change.move(input);
  });
}

/** Callable, the member: accepts or declines a visit. */
export function answerAppointment(request: Call): Answer {
  return answerCall('answerAppointment', answerAppointmentInput, request, async (input) => {
    const { uid } = await requireMember(request);
    return change.answer(input, uid);
  });
}

/** Callable, either side: calls a visit off. */
export function cancelAppointment(request: Call): Answer {
  return answerCall('cancelAppointment', appointmentInput, request, async (place) =>
    change.cancel(place, await sideOf(request, place)),
  );
}

/** Callable, either side: says that the visit took place. */
export function keepAppointment(request: Call): Answer {
  return answerCall('keepAppointment', appointmentInput, request, async (place) =>
    change.keep(place, await sideOf(request, place)),
  );
}
