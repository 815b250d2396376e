/**
 * The account of a member who leaves: the Auth user, the connection at Kakao, the ledger of consents (kept for its
 * terms), profile and private data, nickname, waiting codes. Not the login cards: they bar sign-in until all is done and
 * are the withdrawal’s last deed.
 */
import type { QueryDocumentSnapshot } from 'firebase-admin/firestore';
import { z } from 'zod';
import { koreanDayOf } from '../kernel/korean.ts';
import {
  type Change,
  deletion,
  deletionsBelow,
  type Eraser,
  type Leaver,
  ownedFiles,
  pageSize,
} from '../platform/erasing.ts';
import { db, deleteAuthUser, userOf } from '../platform/firebase.ts';
import { retain } from '../retention/retain.ts';
import { emailCodeOf } from './emailCodes.ts';
import { isKakaoLinked, unlinkKakao } from './kakao.ts';

const perPage = 50;
const advertising = new Set(['adPush', 'nightPush']);
const decisionsSchema = z.array(z.looseObject({ type: z.string() }));

/** The parts of an entry by the term they are kept for. An entry of another shape is kept whole, as a contract. */
function partsOf(entry: QueryDocumentSnapshot) {
  const data = entry.data();
  const parsed = decisionsSchema.safeParse(data.decisions);
  if (!parsed.success) return [{ kind: 'contract' as const, data }];
  const ads = parsed.data.filter(({ type }) => advertising.has(type));
  const others = parsed.data.filter(({ type }) => !advertising.has(type));
  return [
    { kind: 'contract' as const, data: { ...data, decisions: others } },
    { kind: 'advertising' as const, data: { ...data, decisions: ads } },
  ].filter(({ data: { decisions } }) => decisions.length > 0);
}

function movedConsent(entry: QueryDocumentSnapshot, { leftAt }: Leaver): Change {
  const { path } = entry.ref;
  return {
    action: 'moved',
    path,
    apply: (batch) => {
      for (const part of partsOf(entry)) retain(batch, { ...part, path, day: koreanDayOf(leftAt) });
      batch.delete(entry.ref);
    },
  };
}

async function nextConsents(leaver: Leaver): Promise<Change[]> {
  const entries = await db().collection(`users/${leaver.uid}/consents`).limit(perPage).get();
  return entries.docs.map((entry) => movedConsent(entry, leaver));
}

async function nextOfProfile({ uid }: Leaver): Promise<Change[]> {
  const profile = db().doc(`users/${uid}`);
  const below = await deletionsBelow(profile);
  if (below.length > 0) return below;
  return (await profile.get()).exists ? [deletion(profile)] : [];
}

/** The id of the document is the nickname: the report does not repeat it. */
async function nextNicknames({ uid }: Leaver): Promise<Change[]> {
  const held = await db().collection('nicknames').where('uid', '==', uid).limit(pageSize).get();
  return held.docs.map(({ ref }) => deletion(ref, 'nicknames/{nickname}'));
}

async function nextCodes({ uid }: Leaver): Promise<Change[]> {
  const refs = (['verifyEmail', 'linkEmail'] as const).map((purpose) =>
    db().doc(emailCodeOf(purpose, uid).path),
  );
  const waiting = await db().getAll(...refs);
  return waiting.filter((code) => code.exists).map(({ ref }) => deletion(ref));
}

async function nextPage(leaver: Leaver): Promise<Change[]> {
  for (const next of [nextConsents, nextCodes, nextNicknames, nextOfProfile]) {
    const page = await next(leaver);
    if (page.length > 0) return page;
  }
  return [];
}

async function findAuthUser({ uid }: Leaver): Promise<string[]> {
  const user = await userOf(uid);
  return user === null ? [] : [`Auth/${user.uid}`];
}

async function findKakaoLink({ kakaoId }: Leaver): Promise<string[]> {
  return kakaoId !== null && (await isKakaoLinked(kakaoId)) ? [`Kakao/${kakaoId}`] : [];
}

async function unlink({ kakaoId }: Leaver): Promise<void> {
  if (kakaoId !== null) await unlinkKakao(kakaoId);
}

export const accountErasers: readonly Eraser[] = [
  {
    kind: 'outside',
    name: 'auth',
    action: 'deleted',
    find: findAuthUser,
    erase: ({ uid }) => deleteAuthUser(uid),
  },
  { kind: 'outside', name: 'kakao', action: 'unlinked', once: true, find: findKakaoLink, erase: unlink },
  ownedFiles('accountFiles', 'profiles'),
  { kind: 'documents', name: 'accounts', nextPage },
];
