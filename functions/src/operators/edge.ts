/** Where operators' work on members meets its callers and events. */
import type { Change, DocumentSnapshot, FirestoreEvent } from 'firebase-functions/v2/firestore';
import type { CallableRequest } from 'firebase-functions/v2/https';
import { requireOperator } from '../access/guard.ts';
import { limitEverywhere } from '../access/limits.ts';
import { answerCall } from '../platform/call.ts';
import { answerAccount, answerUser } from './console.ts';
import * as edit from './edit.ts';
import * as find from './find.ts';
import { editUserInput, type FoundUser, findUsersInput } from './schema.ts';

type Call = CallableRequest<unknown>;
type Updated = FirestoreEvent<Change<DocumentSnapshot> | undefined, { uid: string }>;

/** Callable (operators): members with an e-mail address, a phone number or a uid. */
export function findUsers(request: Call): Promise<{ users: FoundUser[] }> {
  return answerCall('findUsers', findUsersInput, request, async ({ query }) => {
    const { uid: by } = await requireOperator(request);
    await limitEverywhere('searchByOperator', by);
    return { users: await find.findUsers(query, by) };
  });
}

/** Callable (operators): changes what a member cannot change, or not now. */
export function editUser(request: Call): Promise<{ uid: string; changed: string[] }> {
  return answerCall('editUser', editUserInput, request, async (input) => {
    const { uid: by } = await requireOperator(request);
    return { uid: input.uid, changed: await edit.editUser(input, by) };
  });
}

/** `users/{uid}` was changed: a nickname typed in the console is reserved or put back. */
export async function onUserWritten(event: Updated): Promise<void> {
  if (event.data) await answerUser(event.id, event.params.uid, event.data);
}

/** `users/{uid}/private/account` was changed: contacts typed in the console are checked, Auth follows. */
export async function onAccountWritten(event: Updated): Promise<void> {
  if (event.data) await answerAccount(event.id, event.params.uid, event.data);
}
