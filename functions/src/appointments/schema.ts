/**
 * Appointments of a consultation: what a hospital proposes in its room and the member accepts. Slots, deposits and waiting
 * lists are bookings, which are another matter.
 */
import { z } from 'zod';
import { count, id, instant, oneOf, optionalText, text } from '../kernel/fields.ts';
import type { CollectionModel } from '../kernel/model.ts';

export const appointmentStates = ['proposed', 'confirmed', 'declined', 'cancelled', 'kept'] as const;
export type AppointmentState = (typeof appointmentStates)[number];
export const appointmentSides = ['member', 'hospital'] as const;
export type AppointmentSide = (typeof appointmentSides)[number];

const note = optionalText(200, 'what to bring or to know', '신분증을 가져와 주세요.');

export const appointmentSchema = z.object({
  memberUid: id('whose visit it is', 'kakao:9000000001'),
  hospitalId: id('hospital visited', 'h1'),
  hospitalName: text(60, 'denormalised from the room', '라온뷰티의원'),
  startsAt: instant('when, to the minute'),
  note,
  state: oneOf(appointmentStates, 'kept: both sides say that the visit took place', 'confirmed'),
  revision: count('how often the hospital has moved it; who accepts says which time they saw'),
  endedBy: oneOf(appointmentSides, 'who cancelled it', 'member').nullable(),
  keptBy: z
    .array(z.enum(appointmentSides))
    .meta({ description: 'who says that the visit took place', example: [] }),
  remindAt: instant('when the member is reminded; null when that is over or was too late').nullable(),
  createdAt: instant('when it was proposed'),
  updatedAt: instant('last change'),
});
export type Appointment = z.infer<typeof appointmentSchema>;

const place = {
  roomId: id('room of the consultation', 'kakao:9000000001_h1'),
  appointmentId: z
    .string()
    .regex(/^[A-Za-z0-9-]{8,64}$/)
    .meta({ description: 'made by whoever proposes it', example: '5f0c2b7e-9d1a' }),
};
const startsAt = z.iso
  .datetime({ offset: true })
  .meta({ description: 'when, to the minute', example: '2026-11-25T14:00:00+09:00' });

export const proposeAppointmentInput = z.strictObject({ ...place, startsAt, note: note.optional() });
export type ProposeAppointment = z.infer<typeof proposeAppointmentInput>;
export const moveAppointmentInput = proposeAppointmentInput;
export const answerAppointmentInput = z.strictObject({
  ...place,
  revision: z.int().min(0).meta({ description: 'of the time that was shown', example: 0 }),
  accept: z.boolean().meta({ description: 'false: declines it', example: true }),
});
export type AnswerAppointment = z.infer<typeof answerAppointmentInput>;
export const appointmentInput = z.strictObject(place);
export type AppointmentPlace = z.infer<typeof appointmentInput>;
export const appointmentOutput = z.strictObject({
  state: oneOf(appointmentStates, 'how it stands', 'confirmed'),
  revision: count('of the time that holds'),
});
export type AppointmentAnswer = z.infer<typeof appointmentOutput>;

/** Input of the task `remindOfAppointment`. */
export const remindTask = z.strictObject({ ...place, revision: z.string().regex(/^\d{1,6}$/) });

export const appointmentModels: readonly CollectionModel[] = [
  {
    path: 'Chatting/{roomId}/appointments/{appointmentId}',
    purpose: 'Visits a hospital proposed in a consultation, and what became of them.',
    stored: appointmentSchema,
    access: {
      get: 'the member, staff of the hospital and operators',
      list: 'the member, staff of the hospital and operators',
      write: 'server only',
    },
    withdrawal: 'deleted with the consultation',
    queries: [
      {
        screen: 'my appointments in this room, next first',
        where: [{ field: 'memberUid', op: '==' }],
        orderBy: [{ field: 'startsAt', direction: 'desc' }],
        limit: 20,
      },
      {
        screen: 'appointments of a hospital in a room',
        where: [{ field: 'hospitalId', op: '==' }],
        orderBy: [{ field: 'startsAt', direction: 'desc' }],
        limit: 20,
      },
      {
        screen: 'reminders due, and those that come within reach of the queue (server)',
        where: [],
        orderBy: [{ field: 'remindAt', direction: 'asc' }],
        limit: 50,
        group: true,
      },
    ],
  },
];
