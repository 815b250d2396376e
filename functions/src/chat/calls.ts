/** What the callables of chat take and give. */
import { z } from 'zod';
import { id, oneOf, optionalText, sized, text } from '../kernel/fields.ts';
import { deskFields, roomStatuses } from './schema.ts';

const roomId = sized(1, 300)
  .regex(/^[^/]+$/)
  .meta({ description: 'the room', example: 'kakao:9000000001_h1' });
const messageId = z
  .string()
  .regex(/^[A-Za-z0-9_-]{1,64}$/)
  .meta({
    description: 'a new id of the app’s own: the same again is the same message',
    example: 'c0ffee01',
  });
const uid = (description: string) => id(description, 'kakao:9000000002');
const hospitalId = id('the hospital', 'h1');

export const createGroupInput = z.strictObject({
  roomId: z
    .string()
    .regex(/^[A-Za-z0-9-]{10,64}$/)
    .meta({
      description: 'a new id of the app’s own: the same again is the same room',
      example: 'g-0a1b2c3d4e',
    }),
  title: text(60, 'shown in the room list', '가을 모임'),
  uids: z
    .array(uid('member'))
    .max(49)
    .meta({ description: 'who is invited', example: ['kakao:9000000002'] }),
});
export const inviteInput = z.strictObject({
  roomId,
  uids: z
    .array(uid('member'))
    .min(1)
    .max(49)
    .meta({ description: 'who is invited', example: ['kakao:9000000002'] }),
});
export const answerInvitationInput = z.strictObject({
  roomId,
  accept: z.boolean().meta({ description: 'true joins, false refuses', example: true }),
});
export const roomInput = z.strictObject({ roomId });
export const removeInput = z.strictObject({ roomId, uid: uid('who is removed') });
export const closeRoomInput = z.strictObject({
  roomId,
  summary: text(500, 'what it came to; of a consultation closed by the hospital', '12월 3일 내원').nullable(),
});
export const openConsultInput = z.strictObject({ hospitalId, uid: uid('a member who has booked there') });
export const assignConsultInput = z.strictObject({
  roomId,
  uid: uid('who of the hospital looks after it; null: nobody').nullable(),
});
export const saveDeskInput = z.strictObject({ hospitalId, ...deskFields });
export const setDeskPersonInput = z.strictObject({
  hospitalId,
  uid: uid('whose appearance; staff only their own'),
  name: text(40, 'name shown; of a doctor it is the published one', '김라온'),
  title: optionalText(20, 'title shown beside it', '상담실장'),
  doctorId: id('a published doctor of the hospital; operators only', 'd1').nullable(),
});
export const sendMessageInput = z.strictObject({
  roomId,
  messageId,
  kind: oneOf(['text', 'notice'], 'what it is', 'text'),
  text: text(2_000, 'text', '010-1234-5678로 전화 주세요'),
});
export const editMessageInput = z.strictObject({
  roomId,
  messageId: id('the message', 'm1'),
  text: text(2_000, 'text', '010-1234-5678로 전화 주세요'),
});
export const openAttachmentInput = z.strictObject({
  roomId,
  messageId: id('the message', 'm1'),
  size: oneOf(['full', 'thumb'], 'which picture; of a file `full`', 'full'),
});

const roomIdOut = z.string().meta({ description: 'the room', example: 'kakao:9000000001_h1' });
export const roomOutput = z.strictObject({
  roomId: roomIdOut,
  status: oneOf(roomStatuses, 'whether it takes messages', 'open'),
});
export type RoomAnswer = z.infer<typeof roomOutput>;
export const invitedOutput = z.strictObject({
  roomId: roomIdOut,
  invited: z.array(z.string()).meta({ description: 'who is invited now', example: ['kakao:9000000002'] }),
  refused: z
    .array(z.string())
    .meta({ description: 'who cannot be: gone, blocked either way, or already in', example: [] }),
});
export type Invited = z.infer<typeof invitedOutput>;
export const messageOutput = z.strictObject({
  messageId: z.string().meta({ description: 'the message', example: 'c0ffee01' }),
  text: z.string().meta({ description: 'as it is stored', example: '***5678로 전화 주세요' }),
  masked: z.boolean().meta({ description: 'whether something was blacked out', example: true }),
});
export type Spoken = z.infer<typeof messageOutput>;
export const deskOutput = z.strictObject({
  hospitalId: z.string().meta({ description: 'the hospital', example: 'h1' }),
});
export const linkOutput = z.strictObject({
  path: z.string().meta({
    description: 'path and query at the functions’ base URL, for GET without sign-in',
    example: '/chatAttachment?token=…',
  }),
  endsAt: z.string().meta({ description: 'until when, ISO 8601', example: '2026-11-20T03:10:00Z' }),
});
export type Link = z.infer<typeof linkOutput>;

/** Input of the task `attachMedia`. */
export const attachTask = z.strictObject({ roomId, messageId: id('the message', 'm1') });
