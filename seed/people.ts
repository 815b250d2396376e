/** Members: some one can sign in as, most made up. 민지 (kakao:9000000001) is left out: she comes for the first time. */
import type { AllowedOperator, RoleHolder, Standing } from '../functions/src/access/schema.ts';
import { agreedVersions, consentsAsked } from '../functions/src/accounts/consents.ts';
import { nicknameKey } from '../functions/src/accounts/nicknames.ts';
import type { Account, Login, User } from '../functions/src/accounts/schema.ts';
import { seedAccounts } from './accounts.ts';
import { Dice } from './dice.ts';
import { e164 } from './directory.ts';
import { atDay, atMillis, dayMs, nth, type SeedDocument, type SeedSize, seedMillis, sizes } from './frame.ts';
import { words } from './words.ts';

export interface SeedUser {
  readonly id: string;
  readonly data: User;
  readonly account: Account;
}

interface Known {
  readonly id: string;
  readonly nickname: string;
  readonly email: string | null;
}

const emailOf = (uid: string) => seedAccounts.find((account) => account.uid === uid)?.email ?? null;

/** People of standins/kakao-people.ts who have signed in before, the e-mail member, and the operators' profile. */
const known: readonly Known[] = [
  { id: 'operator-1', nickname: '닥터피치운영팀', email: emailOf('operator-1') },
  { id: 'member-sora', nickname: '소라', email: emailOf('member-sora') },
  { id: 'kakao:9000000099', nickname: '박현우', email: 'hyunwoo@example.com' },
  { id: 'kakao:9000000003', nickname: '이하은', email: null },
  { id: 'kakao:9000000004', nickname: '최도윤', email: 'doyun@example.com' },
];

function nicknames(count: number): string[] {
  const { first, second } = words.people;
  const made = new Dice('nicknames').shuffled(first.flatMap((a) => second.map((b) => a + b)));
  return [...words.people.nicknames, ...made].slice(0, count);
}

function userFrom({ id, nickname, email }: Known, index: number, dice: Dice): SeedUser {
  const byEmail = !id.startsWith('kakao:');
  const createdAt = atMillis(atDay('2025-03-01') + dice.whole(0, 480 * 24 * 3600) * 1000);
  const introduction = index < 2 ? '' : dice.pick(words.people.introductions);
  const phone = dice.chance(0.5) ? e164(`010-0000-${String(1000 + index * 7)}`) : null;
  return {
    id,
    data: { nickname, photoPath: null, introduction, createdAt, updatedAt: createdAt },
    account: {
      provider: byEmail ? 'email' : 'kakao',
      email,
      phone,
      kakaoId: byEmail ? null : Number(id.slice('kakao:'.length)),
      consents: Object.fromEntries(
        decisions.map(({ type, version, granted }) => [type, { version, granted, at: createdAt }]),
      ),
      rejoined: false,
      nicknameChangedAt: null,
      problems: [],
      createdAt,
      updatedAt: createdAt,
    },
  };
}

const decisions = consentsAsked.map(({ type, version, required }) => ({ type, version, granted: required }));

export function makeUsers(size: SeedSize): SeedUser[] {
  const dice = new Dice('users');
  const count = sizes[size].users;
  const others = nicknames(count - known.length).map((nickname, index): Known => {
    const byEmail = index % 8 === 5;
    const id = byEmail
      ? `member-${String(index + 1).padStart(3, '0')}`
      : `kakao:91000${String(index + 1).padStart(5, '0')}`;
    const email = byEmail || index % 3 === 0 ? `member${index + 1}@mail.example` : null;
    return { id, nickname, email };
  });
  return [...known, ...others].map((person, index) => userFrom(person, index, dice));
}

const suspensionOf = (reason: string, since: number, until: string): Standing => ({
  suspendedUntil: atMillis(atDay(until)),
  reason,
  rolesEndedAt: null,
  by: 'operator-1',
  problems: [],
  updatedAt: atMillis(seedMillis - since * dayMs),
});

/** The first is for good, the second still holds, the third is over. */
function suspensions(users: readonly SeedUser[], size: SeedSize): SeedDocument[] {
  const all: [string, Standing][] = [
    ['kakao:9000000099', suspensionOf('광고성 후기 반복', 12, '2099-12-31')],
    [nth(users, 40).id, suspensionOf('다른 회원에 대한 욕설', 9, '2026-12-11')],
    [nth(users, 77).id, suspensionOf('같은 글을 여러 번 올림', 60, '2026-10-21')],
  ];
  return all
    .slice(0, sizes[size].suspensions)
    .map(([uid, data]) => ({ path: `standings/${uid}`, data: { ...data } }));
}

export function peopleDocuments(users: readonly SeedUser[], size: SeedSize): SeedDocument[] {
  const profiles = users.flatMap(({ id, data, account }) => [
    { path: `users/${id}`, data: { ...data } },
    { path: `users/${id}/private/account`, data: { ...account } },
    { path: `users/${id}/consents/joined`, data: { decisions, channel: 'app', at: account.createdAt } },
    { path: `nicknames/${nicknameKey(data.nickname)}`, data: { uid: id } },
  ]);
  const suspended = suspensions(users, size);
  return [...profiles, ...loginCards(users, suspended), ...suspended, ...roleDocuments()];
}

function loginCards(users: readonly SeedUser[], suspended: readonly SeedDocument[]): SeedDocument[] {
  const ends = new Map(suspended.map(({ path, data }) => [path, data.suspendedUntil]));
  const members = users.filter(({ account }) => account.kakaoId !== null);
  return members.map(({ id, account }) => {
    const card: Omit<Login, 'suspendedUntil'> = {
      uid: id,
      withdrawing: false,
      agreedVersions: agreedVersions(decisions),
      createdAt: account.createdAt,
      checkedAt: null,
    };
    const suspendedUntil = ends.get(`standings/${id}`) ?? null;
    return { path: `logins/kakao:${account.kakaoId}`, data: { ...card, suspendedUntil } };
  });
}

function roleDocuments(): SeedDocument[] {
  return seedAccounts.flatMap(({ uid, email, role, hospitalIds = [] }) => {
    if (!role) return [];
    const granted = { grantedBy: 'bootstrap', problems: [], updatedAt: atMillis(atDay('2025-02-01')) };
    const holds = { role, hospitalIds: [...hospitalIds] };
    const holder: RoleHolder = { ...holds, email, holds, ...granted };
    const allowed: AllowedOperator = { addedBy: 'bootstrap', addedAt: granted.updatedAt, problems: [] };
    return [
      { path: `roles/${uid}`, data: { ...holder } },
      { path: `allowedOperators/${email}`, data: allowed },
    ];
  });
}
