/** Where chat meets its callers and events. */
import type { Change, DocumentSnapshot, FirestoreEvent } from 'firebase-functions/v2/firestore';
import type { CallableRequest, Request } from 'firebase-functions/v2/https';
import { type Caller, requireMember, requireOperator, requireStaffOf } from '../access/guard.ts';
import { limitEverywhere } from '../access/limits.ts';
import { answerCall } from '../platform/call.ts';
import { AppError } from '../platform/errors.ts';
import * as calls from './calls.ts';
import * as consult from './consult.ts';
import * as desk from './desk.ts';
import { messageWritten } from './follow.ts';
import * as groups from './groups.ts';
import * as links from './links.ts';
import * as media from './media.ts';
import { followNickname } from './names.ts';
import * as speak from './speak.ts';

type Call = CallableRequest<unknown>;
type Written = FirestoreEvent<Change<DocumentSnapshot> | undefined, { roomId: string; messageId: string }>;
type Renamed = FirestoreEvent<Change<DocumentSnapshot> | undefined, { uid: string }>;

/** `Chatting/{roomId}/messages/{messageId}` was written. */
export async function onMessageWritten({ data, params }: Written): Promise<void> {
  if (data) await messageWritten(params.roomId, params.messageId, data);
}

/** Part of onUserWritten: the member’s name in rooms follows the nickname. */
export async function followInRooms({ data, params }: Renamed): Promise<void> {
  if (data && data.before.get('nickname') !== data.after.get('nickname')) await followNickname(params.uid);
}

/** Task: makes what a message shows of its upload. */
export async function attachMedia({ data }: { readonly data: unknown }): Promise<void> {
  const { roomId, messageId } = calls.attachTask.parse(data);
  await media.attachMedia(roomId, messageId);
}

/** Callable (members): makes a group and invites. */
export function createGroup(request: Call): Promise<calls.Invited> {
  return answerCall('createGroup', calls.createGroupInput, request, async (input) => {
    const { uid } = await requireMember(request);
    await limitEverywhere('inviteByPerson', uid);
    return groups.createGroup(input, uid);
  });
}

/** Callable (members of a group): invites. */
export function inviteToGroup(request: Call): Promise<calls.Invited> {
  return answerCall('inviteToGroup', calls.inviteInput, request, async ({ roomId, uids }) => {
    const { uid } = await requireMember(request);
    await limitEverywhere('inviteByPerson', uid);
    return groups.invite(roomId, uids, uid);
  });
}

/** Callable (who is invited): joins, or refuses. */
export function answerInvitation(request: Call): Promise<calls.RoomAnswer> {
  return answerCall('answerInvitation', calls.answerInvitationInput, request, async ({ roomId, accept }) =>
    groups.answerInvitation(roomId, accept, (await requireMember(request)).uid),
  );
}

/** Callable (members of a group): leaves it. */
export function leaveGroup(request: Call): Promise<calls.RoomAnswer> {
  return answerCall('leaveGroup', calls.roomInput, request, async ({ roomId }) =>
    groups.leave(roomId, (await requireMember(request)).uid),
  );
}

/** Callable (owner of a group): removes somebody. */
export function removeFromGroup(request: Call): Promise<calls.RoomAnswer> {
  return answerCall('removeFromGroup', calls.removeInput, request, async ({ roomId, uid }) =>
    groups.remove(roomId, uid, (await requireMember(request)).uid),
  );
}

/** Callable (owner of a group; either side of a consultation): no more messages. */
export function closeRoom(request: Call): Promise<calls.RoomAnswer> {
  return answerCall('closeRoom', calls.closeRoomInput, request, async ({ roomId, summary }) =>
    consult.closeRoom(roomId, summary, await requireMember(request)),
  );
}

/** Callable (owner of a group; either side of a consultation): messages again. */
export function reopenRoom(request: Call): Promise<calls.RoomAnswer> {
  return answerCall('reopenRoom', calls.roomInput, request, async ({ roomId }) =>
    consult.reopenRoom(roomId, await requireMember(request)),
  );
}

/** Callable (hospital staff): opens the room with a member who has booked. */
export function openConsult(request: Call): Promise<calls.RoomAnswer> {
  return answerCall('openConsult', calls.openConsultInput, request, async ({ hospitalId, uid }) => {
    await requireStaffOf(request, hospitalId);
    return consult.openConsult(hospitalId, uid);
  });
}

/** Callable (hospital staff): takes part in a consultation. */
export function takeConsult(request: Call): Promise<calls.RoomAnswer> {
  return answerCall('takeConsult', calls.roomInput, request, async ({ roomId }) =>
    consult.takeConsult(roomId, await requireMember(request)),
  );
}

/** Callable (hospital staff): hands a consultation over. */
export function assignConsult(request: Call): Promise<calls.RoomAnswer> {
  return answerCall('assignConsult', calls.assignConsultInput, request, async ({ roomId, uid }) =>
    consult.assignConsult(roomId, uid, await requireMember(request)),
  );
}

/** Callable (hospital staff): what the desk says by itself and often. */
export function saveDesk(request: Call): Promise<{ hospitalId: string }> {
  return answerCall('saveDesk', calls.saveDeskInput, request, async ({ hospitalId, ...change }) => {
    await requireStaffOf(request, hospitalId);
    await desk.saveDesk(hospitalId, change);
    return { hospitalId };
  });
}

async function requireDeskOf(
  request: Call,
  hospitalId: string,
  uid: string,
  doctorId: string | null,
): Promise<Caller> {
  if (request.auth?.token.role !== 'hospitalStaff') return requireOperator(request);
  const caller = await requireStaffOf(request, hospitalId);
  // Who a doctor is, the operators know.
  if (caller.uid !== uid || doctorId !== null) throw new AppError('NOT_ALLOWED');
  return caller;
}

/** Callable (hospital staff for themselves; operators): as whom somebody appears in consultations. */
export function setDeskPerson(request: Call): Promise<{ hospitalId: string }> {
  return answerCall('setDeskPerson', calls.setDeskPersonInput, request, async (input) => {
    const { hospitalId, uid, ...person } = input;
    await requireDeskOf(request, hospitalId, uid, person.doctorId);
    await desk.setDeskPerson(hospitalId, uid, person);
    return { hospitalId };
  });
}

/** Callable: says what may hold a number of a person; what is nobody else’s business is blacked out. */
export function sendMessage(request: Call): Promise<calls.Spoken> {
  return answerCall('sendMessage', calls.sendMessageInput, request, async (input) =>
    speak.sendMessage(input, await requireMember(request)),
  );
}

/** Callable: the same of an own message of the last five minutes. */
export function editMessage(request: Call): Promise<calls.Spoken> {
  return answerCall('editMessage', calls.editMessageInput, request, async (input) =>
    speak.editMessage(input, await requireMember(request)),
  );
}

/** Callable: a link to what was sent, for ten minutes. */
export function openAttachment(request: Call): Promise<calls.Link> {
  return answerCall('openAttachment', calls.openAttachmentInput, request, async (input) =>
    links.openAttachment(input, await requireMember(request)),
  );
}

interface Answering {
  status(code: number): Answering;
  set(name: string, value: string): Answering;
  send(body: Buffer | string): unknown;
}

function sendServed(served: links.Served | null, response: Answering): void {
  if (!served) {
    response.status(404).set('Cache-Control', 'no-store').send('링크가 만료되었거나 파일이 없습니다.');
    return;
  }
  response
    .status(200)
    .set('Content-Type', served.contentType)
    .set('Content-Disposition', served.isDownload ? 'attachment' : 'inline')
    .set('X-Content-Type-Options', 'nosniff')
    .set('Cache-Control', 'private, no-store')
    .send(served.content);
}

/** HTTP: what a link of `openAttachment` leads to. */
export async function chatAttachment(request: Request, response: Answering): Promise<void> {
  const { token } = request.query;
  sendServed(typeof token === 'string' ? await links.serve(token) : null, response);
}
