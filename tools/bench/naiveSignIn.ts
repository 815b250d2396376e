/**
 * The sign-in that Flutter tutorials show, to measure beside ours: whoever Kakao says the token belongs to gets a
 * custom token, without a look at which app the token was issued for; then the profile is fetched, written as Kakao
 * has it at every log-in, and stamped with the time. (There the app does the last three steps by itself.)
 */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { auth, db, FieldValue } from '../../functions/src/platform/firebase.ts';
import { isRecord, textOf } from '../../standins/control.ts';

interface Person {
  readonly uid: string;
  readonly nickname: string | null;
}

async function whoHolds(accessToken: string): Promise<Person | undefined> {
  const response = await fetch(`${process.env.KAKAO_API_BASE}/v2/user/me`, {
    headers: { authorization: `Bearer ${accessToken}` },
  });
  const person: unknown = await response.json();
  if (!response.ok || !isRecord(person)) return undefined;
  const properties = isRecord(person.properties) ? person.properties : {};
  return { uid: `kakao:${person.id}`, nickname: textOf(properties.nickname) ?? null };
}

async function storeMember({ uid, nickname }: Person): Promise<boolean> {
  const user = db().doc(`users/${uid}`);
  const isNewMember = !(await user.get()).exists;
  await user.set(
    { uid, nickname, provider: 'kakao', updatedAt: FieldValue.serverTimestamp() },
    { merge: true },
  );
  await user.update({ lastLogin: FieldValue.serverTimestamp() });
  return isNewMember;
}

async function signIn(accessToken: string): Promise<{ status: number; body: unknown }> {
  const person = await whoHolds(accessToken);
  if (person === undefined) return { status: 401, body: { error: { status: 'UNAUTHENTICATED' } } };
  const isNewMember = await storeMember(person);
  const customToken = await auth().createCustomToken(person.uid);
  return { status: 200, body: { result: { customToken, uid: person.uid, isNewMember } } };
}

/** Takes and answers what the callable `kakaoSignIn` does. */
export async function naiveSignIn(
  request: IncomingMessage & { body?: unknown },
  response: ServerResponse,
): Promise<void> {
  const data = isRecord(request.body) && isRecord(request.body.data) ? request.body.data : {};
  const { status, body } = await signIn(textOf(data.accessToken) ?? '').catch((error: unknown) => ({
    status: 500,
    body: { error: { status: error instanceof Error ? error.name : 'INTERNAL' } },
  }));
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}
