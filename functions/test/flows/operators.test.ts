/**
 * Owners, operators and hospital staff: Google accounts on real phones, the callables, and the same work done by hand
 * in the Firebase console. One project is shared with other files: every person here has an address of this file.
 */
import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { promisify } from 'node:util';
import { deleteDoc, doc, getDoc, setDoc, updateDoc } from 'firebase/firestore';
import { onAllowedOperatorWritten, onRoleWritten } from '../../src/access/edge.ts';
import { allowedOperatorSchema, roleSchema } from '../../src/access/schema.ts';
import { onAccountWritten, onUserWritten } from '../../src/operators/edge.ts';
import { auth, db, Timestamp } from '../../src/platform/firebase.ts';
import { env, eventually, newPhone, type Phone, signInWithGoogle } from '../support/app.ts';
import { makeAccount } from '../support/people.ts';

const phones: Phone[] = [];
const aPhone = (): Phone => {
  const phone = newPhone();
  phones.push(phone);
  return phone;
};
afterAll(() => Promise.all(phones.map((phone) => phone.close())));

interface Person {
  readonly phone: Phone;
  readonly uid: string;
  readonly email: string;
}

async function person(name: string): Promise<Person> {
  const phone = aPhone();
  const email = `${name}@roles.example`;
  return { phone, email, uid: await signInWithGoogle(phone, email) };
}

/** Tells the phone's token about roles given since. */
const refresh = ({ phone }: Person) => phone.auth.currentUser?.getIdToken(true);

/** Sign-ins are told from the end of a role by whole seconds. */
const nextSecond = () => new Promise((resolve) => setTimeout(resolve, 1_100));

/** Signs in again until the new token holds: the end of a role is moved on once, after the claims are cleared. */
async function signInAnew(who: Person, may: () => Promise<boolean>): Promise<void> {
  await eventually(`${who.email} works again`, async () => {
    await nextSecond();
    await signInWithGoogle(who.phone, who.email);
    return may();
  });
}

/** The stable reason a call was refused with. */
async function refusalOf(call: Promise<unknown>): Promise<unknown> {
  const failed: unknown = await call.then(
    () => undefined,
    (error: unknown) => error,
  );
  if (typeof failed !== 'object' || failed === null || !('details' in failed))
    throw new Error('was not refused');
  const { details } = failed;
  return typeof details === 'object' && details !== null && 'reason' in details ? details.reason : undefined;
}

const reason = '시험: minji@mail.example, 010-1234-5678 요청';
const allow = (by: Person, email: string, allowed = true) =>
  by.phone.call<{ uid: string | null }>('setAllowedOperator', { email, allowed, reason });
const grant = (by: Person, email: string, role: string, hospitalIds: string[] = []) =>
  by.phone.call<{ uid: string }>('grantRole', { email, role, hospitalIds, reason });
const revoke = (by: Person, uid: string) => by.phone.call<{ uid: string }>('revokeRole', { uid, reason });

/** What only operators may: by the rules, and by a callable. */
const reads = ({ phone }: Person) => getDoc(doc(phone.firestore, 'registrations/none'));
const calls = ({ phone }: Person) => phone.call('findUsers', { query: 'nobody@roles.example' });
const isGranted = (attempt: Promise<unknown>) =>
  attempt.then(
    () => true,
    () => false,
  );
const worksAs = async (who: Person) => [await isGranted(reads(who)), await isGranted(calls(who))];

const roleOf = async (uid: string) => (await db().doc(`roles/${uid}`).get()).data();
const claimsOf = async (uid: string) => (await auth().getUser(uid)).customClaims ?? {};
const audited = async (target: string) =>
  (await db().collection('auditLog').where('target', '==', target).get()).docs.map((entry) => entry.data());

async function ready(name: string, by: Person, role = 'operator', hospitals: string[] = []): Promise<Person> {
  const who = await person(name);
  await allow(by, who.email);
  await grant(by, who.email, role, hospitals);
  await refresh(who);
  return who;
}

let owner: Person;

async function bootstrap(email: string): Promise<{ ok: boolean; said: string }> {
  const args = ['tools/bootstrap/owner.ts', '--project', env('GCLOUD_PROJECT'), '--email', email];
  // Of itself it would get the environment of jest's worker, and there another suite may be named.
  const options = { env: { ...process.env } };
  const run = promisify(execFile)(
    process.execPath,
    ['--disable-warning=ExperimentalWarning', ...args],
    options,
  );
  return run.then(
    ({ stdout }) => ({ ok: true, said: stdout }),
    (error: { stderr?: string }) => ({ ok: false, said: error.stderr ?? '' }),
  );
}

beforeAll(async () => {
  await db().doc('Hospitals/h-roles').set({ name: '역할의원', published: true, updatedAt: Timestamp.now() });
  expect(await bootstrap('first@roles.example')).toMatchObject({ ok: false, said: /signed in/ });
  owner = await person('first');
  expect(await bootstrap('First@Roles.Example')).toMatchObject({ ok: true });
  await refresh(owner);
});

describe('the first owner', () => {
  it('is made once, with all that belongs to it', async () => {
    expect(await claimsOf(owner.uid)).toEqual({ role: 'owner', hospitalIds: [] });
    expect(roleSchema.strict().parse(await roleOf(owner.uid))).toMatchObject({
      role: 'owner',
      grantedBy: 'bootstrap',
    });
    const entry = await db().doc(`allowedOperators/${owner.email}`).get();
    expect(allowedOperatorSchema.strict().parse(entry.data())).toMatchObject({ addedBy: 'bootstrap' });
    expect(await worksAs(owner)).toEqual([true, true]);
    await person('second-first');
    expect(await bootstrap('second-first@roles.example')).toMatchObject({ ok: false, said: /has an owner/ });
  });
});

describe('grantRole', () => {
  it('is for owners only', async () => {
    const operator = await ready('only-operator', owner);
    const staff = await ready('only-staff', owner, 'hospitalStaff', ['h-roles']);
    const nobody = await person('only-nobody');
    await allow(owner, nobody.email);
    for (const who of [operator, staff, nobody]) {
      expect(await refusalOf(grant(who, nobody.email, 'operator'))).toBe('NOT_ALLOWED');
      expect(await refusalOf(revoke(who, owner.uid))).toBe('NOT_ALLOWED');
      expect(await refusalOf(allow(who, 'x@roles.example'))).toBe('NOT_ALLOWED');
    }
    const signedOut = { ...nobody, phone: aPhone() };
    expect(await refusalOf(grant(signedOut, nobody.email, 'operator'))).toBe('SIGN_IN_REQUIRED');
    expect(await claimsOf(nobody.uid)).toEqual({});
  });

  it('takes Google accounts on the allow-list, in any spelling of the address', async () => {
    const who = await person('listed');
    expect(await refusalOf(grant(owner, who.email, 'operator'))).toBe('NOT_ALLOW_LISTED');
    await allow(owner, 'Listed@Roles.Example');
    expect(await grant(owner, 'LISTED@roles.example', 'operator')).toEqual({ uid: who.uid });
    await refresh(who);
    expect(await worksAs(who)).toEqual([true, true]);
  });

  it('takes nobody who signs in otherwise, or never did', async () => {
    await allow(owner, 'password@roles.example');
    expect(await refusalOf(grant(owner, 'password@roles.example', 'operator'))).toBe('NOT_ALLOW_LISTED');
    const email = 'password@roles.example';
    const { uid } = await auth().createUser({ email, password: 'pa55-phrase', emailVerified: true });
    expect(await refusalOf(grant(owner, email, 'operator'))).toBe('NOT_ALLOW_LISTED');
    expect(await claimsOf(uid)).toEqual({});
  });

  it('gives staff existing hospitals, others none', async () => {
    const who = await person('staff');
    await allow(owner, who.email);
    for (const [role, hospitals] of [
      ['hospitalStaff', []],
      ['hospitalStaff', ['h-roles', 'h-nowhere']],
      ['operator', ['h-roles']],
    ] as const) {
      expect(await refusalOf(grant(owner, who.email, role, [...hospitals]))).toBe('INVALID_INPUT');
    }
    await grant(owner, who.email, 'hospitalStaff', ['h-roles', 'h-roles']);
    expect(await claimsOf(who.uid)).toEqual({ role: 'hospitalStaff', hospitalIds: ['h-roles'] });
  });

  it('takes nobody suspended, and keeps other claims', async () => {
    const who = await person('suspended');
    await allow(owner, who.email);
    await auth().setCustomUserClaims(who.uid, { tier: 'gold' });
    const until = Timestamp.fromMillis(Date.now() + 3_600_000);
    const standing = {
      suspendedUntil: until,
      reason: '시험',
      rolesEndedAt: null,
      by: 'operator-1',
      problems: [],
    };
    await db()
      .doc(`standings/${who.uid}`)
      .set({ ...standing, updatedAt: Timestamp.now() });
    expect(await refusalOf(grant(owner, who.email, 'operator'))).toBe('TARGET_SUSPENDED');
    await db().doc(`standings/${who.uid}`).delete();
    await grant(owner, who.email, 'operator');
    expect(await claimsOf(who.uid)).toEqual({ tier: 'gold', role: 'operator', hospitalIds: [] });
    await revoke(owner, who.uid);
    expect(await claimsOf(who.uid)).toEqual({ tier: 'gold' });
  });

  it('cannot be gone round by writing what gives roles', async () => {
    const who = await person('climber');
    const { firestore } = who.phone;
    const role = { role: 'owner', hospitalIds: [] };
    const attempts = [
      setDoc(doc(firestore, `roles/${who.uid}`), role),
      setDoc(doc(firestore, `allowedOperators/${who.email}`), {}),
      setDoc(doc(firestore, `standings/${who.uid}`), { rolesEndedAt: null }),
      setDoc(doc(firestore, `users/${who.uid}`), { nickname: '올라가', ...role }),
      updateDoc(doc(firestore, `roles/${owner.uid}`), { email: who.email }),
      deleteDoc(doc(firestore, `roles/${owner.uid}`)),
    ];
    expect(await Promise.all(attempts.map(isGranted))).toEqual(attempts.map(() => false));
    const claimed = await signInWithPretence(who);
    expect(await worksAs(claimed)).toEqual([false, false]);
  });
});

/** A Google sign-in whose own words say that it is an owner's. */
async function signInWithPretence(who: Person): Promise<Person> {
  const { GoogleAuthProvider, signInWithCredential } = await import('firebase/auth');
  const said = { sub: `google-${who.email}`, email: who.email, email_verified: true };
  const pretence = JSON.stringify({
    ...said,
    role: 'owner',
    hospitalIds: ['h-roles'],
    claims: { role: 'owner' },
  });
  await signInWithCredential(who.phone.auth, GoogleAuthProvider.credential(pretence));
  return who;
}

describe('ending a role', () => {
  it('holds at once for ID tokens given before, and a new sign-in works after a new grant', async () => {
    const who = await ready('ended', owner);
    expect(await worksAs(who)).toEqual([true, true]);
    const begun = Date.now();
    await revoke(owner, who.uid);
    expect(await worksAs(who)).toEqual([false, false]);
    expect(Date.now() - begun).toBeLessThan(5_000);
    expect(await refusalOf(calls(who))).toBe('NOT_ALLOWED');
    expect(await claimsOf(who.uid)).toEqual({});
    await refresh(who);
    expect(await worksAs(who)).toEqual([false, false]);
    await grant(owner, who.email, 'operator');
    await signInAnew(who, async () => (await worksAs(who)).every(Boolean));
  });

  it('by deleting the document in the console ends it as well', async () => {
    const who = await ready('ended-by-hand', owner);
    const begun = Date.now();
    await db().doc(`roles/${who.uid}`).delete();
    await eventually('refused', async () => (await worksAs(who)).every((granted) => !granted), 10_000);
    expect(Date.now() - begun).toBeLessThan(5_000);
    await eventually('claims cleared', async () => (await claimsOf(who.uid)).role === undefined);
    expect(await audited(`roles/${who.uid}`)).toContainEqual(
      expect.objectContaining({ action: 'role.revoke', by: 'console' }),
    );
  });

  it('narrows staff who lose a hospital, and operators who become staff', async () => {
    await db()
      .doc('Hospitals/h-roles-2')
      .set({ name: '역할의원2', published: true, updatedAt: Timestamp.now() });
    const who = await ready('narrowed', owner, 'hospitalStaff', ['h-roles', 'h-roles-2']);
    await grant(owner, who.email, 'hospitalStaff', ['h-roles-2']);
    const ended = (await db().doc(`standings/${who.uid}`).get()).get('rolesEndedAt');
    expect(ended).toBeInstanceOf(Timestamp);
    expect(await claimsOf(who.uid)).toEqual({ role: 'hospitalStaff', hospitalIds: ['h-roles-2'] });
    const other = await ready('stepping-down', owner);
    await grant(owner, other.email, 'hospitalStaff', ['h-roles']);
    expect(await worksAs(other)).toEqual([false, false]);
  });

  it('comes with being taken off the allow-list, by callable or by hand', async () => {
    const [one, other] = [await ready('off-list', owner), await ready('off-list-by-hand', owner)];
    expect(await allow(owner, one.email, false)).toEqual({ uid: one.uid });
    expect(await worksAs(one)).toEqual([false, false]);
    await db().doc(`allowedOperators/${other.email}`).delete();
    await eventually('refused', async () => (await worksAs(other)).every((granted) => !granted), 10_000);
    await eventually('role gone', async () => !(await roleOf(other.uid)));
    await eventually('claims cleared', async () => (await claimsOf(other.uid)).role === undefined);
  });
});

describe('the last owner', () => {
  const stays = async () => {
    expect(await roleOf(owner.uid)).toMatchObject({ role: 'owner', holds: { role: 'owner' } });
    expect((await db().doc(`allowedOperators/${owner.email}`).get()).exists).toBe(true);
    await eventually('claims', async () => (await claimsOf(owner.uid)).role === 'owner');
  };
  const explained = (path: string) =>
    eventually('explained', async () => {
      const problems: unknown = (await db().doc(path).get()).get('problems');
      return JSON.stringify(problems ?? []).includes('마지막 소유자');
    });

  it('is removed by no callable', async () => {
    expect(await refusalOf(revoke(owner, owner.uid))).toBe('LAST_OWNER');
    expect(await refusalOf(grant(owner, owner.email, 'operator'))).toBe('LAST_OWNER');
    expect(await refusalOf(allow(owner, owner.email, false))).toBe('LAST_OWNER');
    await stays();
  });

  it.each([
    ['becoming operator', (path: string) => db().doc(path).update({ role: 'operator' })],
    ['becoming nothing known', (path: string) => db().doc(path).update({ role: 'emperor' })],
    ['getting another address', (path: string) => db().doc(path).update({ email: 'x@roles.example' })],
    ['being overwritten', (path: string) => db().doc(path).set({ role: 'operator' })],
    ['being deleted', (path: string) => db().doc(path).delete()],
  ])('is put back after %s by hand', async (_what, edit) => {
    const path = `roles/${owner.uid}`;
    await db().doc(path).update({ problems: [] });
    await edit(path);
    await explained(path);
    await stays();
    expect(await worksAs(owner)).toEqual([true, true]);
  });

  it('stays when what the server had accepted is edited by hand', async () => {
    const before = (await roleOf(owner.uid))?.updatedAt;
    await db().doc(`roles/${owner.uid}`).update({ holds: null });
    await eventually('judged anew', async () => !(await roleOf(owner.uid))?.updatedAt.isEqual(before));
    await stays();
    expect(await worksAs(owner)).toEqual([true, true]);
  });

  it('is put back after being taken off the allow-list by hand', async () => {
    const path = `allowedOperators/${owner.email}`;
    await db().doc(path).delete();
    await explained(path);
    await stays();
  });

  it('is not shut out by a suspension typed by hand, nor is anybody who holds a role', async () => {
    const path = `standings/${owner.uid}`;
    const suspendedUntil = Timestamp.fromMillis(Date.now() + 3_600_000);
    await db().doc(path).set({ suspendedUntil, reason: '시험' });
    await eventually('put back', async () => {
      const standing = await db().doc(path).get();
      return standing.get('suspendedUntil') === null && standing.get('problems').length === 1;
    });
    expect(await worksAs(owner)).toEqual([true, true]);
  });

  it('is one of two who end each other at the same moment', async () => {
    for (const round of [1, 2, 3]) {
      const rival = await ready(`rival-${round}`, owner, 'owner');
      const outcomes = await Promise.all([
        isGranted(revoke(owner, rival.uid)),
        isGranted(revoke(rival, owner.uid)),
      ]);
      expect(outcomes.filter(Boolean)).toHaveLength(1);
      const left = await db().collection('roles').where('holds.role', '==', 'owner').get();
      expect(left.size).toBe(1);
      if (left.docs[0]?.id !== owner.uid) {
        await grant(rival, owner.email, 'owner');
        await signInAnew(owner, async () => (await worksAs(owner)).every(Boolean));
        await revoke(owner, rival.uid);
      }
    }
    await stays();
  });
});

describe('a role typed in the console', () => {
  const typed = async (uid: string, data: Record<string, unknown>) => {
    await db().doc(`roles/${uid}`).set(data);
    return eventually('answered', async () => {
      const answered = await roleOf(uid);
      return answered?.updatedAt ? answered : null;
    });
  };

  it('is completed, and claims follow', async () => {
    const who = await person('typed');
    await allow(owner, who.email);
    const answered = await typed(who.uid, { role: 'operator' });
    expect(roleSchema.strict().parse(answered)).toMatchObject({
      email: who.email,
      grantedBy: 'console',
      problems: [],
    });
    await eventually('claims', async () => (await claimsOf(who.uid)).role === 'operator');
    expect(await audited(`roles/${who.uid}`)).toContainEqual(
      expect.objectContaining({ action: 'role.edited', by: 'console', result: 'done' }),
    );
  });

  it.each<[string, Record<string, unknown>, RegExp]>([
    ['off the allow-list', { role: 'operator' }, /허용 목록/],
    ['of no kind', { role: 'emperor' }, /owner, operator, hospitalStaff/],
    ['of staff without a hospital', { role: 'hospitalStaff' }, /담당 병원/],
    ['of staff of a hospital there is not', { role: 'hospitalStaff', hospitalIds: ['h-no'] }, /없는 병원/],
    ['of another account', { role: 'owner', email: 'first@roles.example' }, /주소와 다릅니다/],
    [
      'with everything that looks accepted',
      {
        ...{ role: 'owner', hospitalIds: [], holds: { role: 'owner', hospitalIds: [] }, problems: [] },
        ...{ grantedBy: 'bootstrap', updatedAt: Timestamp.fromMillis(0) },
      },
      /허용 목록/,
    ],
  ])('%s is explained in Korean and gives no claims', async (what, data, explanation) => {
    const who = await person(`refused-${what.replace(/\W/g, '')}`);
    await db().doc(`roles/${who.uid}`).set(data);
    const answered = await eventually('explained', async () => {
      const role = await roleOf(who.uid);
      return explanation.test(JSON.stringify(role?.problems ?? [])) ? role : null;
    });
    expect(answered).toMatchObject({ holds: null });
    await refresh(who);
    expect(await worksAs(who)).toEqual([false, false]);
    expect(await claimsOf(who.uid)).toEqual({});
    await db().doc(`roles/${who.uid}`).delete();
  });

  it('waits for the allow-list', async () => {
    const who = await person('waiting');
    expect(await typed(who.uid, { role: 'operator' })).toMatchObject({ holds: null });
    await db().doc(`allowedOperators/${who.email}`).set({});
    await eventually('claims', async () => (await claimsOf(who.uid)).role === 'operator');
    expect(await roleOf(who.uid)).toMatchObject({ problems: [] });
    await eventually('completed', async () => {
      const entry = (await db().doc(`allowedOperators/${who.email}`).get()).data();
      return allowedOperatorSchema.strict().safeParse(entry).success && entry?.addedBy === 'console';
    });
  });

  it('and an address typed in capitals is explained', async () => {
    await db().doc('allowedOperators/Capital@roles.example').set({});
    const problems = await eventually('explained', async () => {
      const found: unknown = (await db().doc('allowedOperators/Capital@roles.example').get()).get('problems');
      return Array.isArray(found) ? found : null;
    });
    expect(JSON.stringify(problems)).toMatch(/소문자/);
  });
});

describe('findUsers', () => {
  const uid = 'kakao:7700000001';
  beforeAll(async () => {
    await makeAccount(uid, { nickname: '찾기민지', email: 'find@roles.example', phone: '+821077000001' });
    const hospital = { email: 'find@roles.example', phone: '+821077000001' };
    await db().doc('Hospitals/h-roles/private/registration').set(hospital);
  });
  const found = async (query: string, by = owner) =>
    (await by.phone.call<{ users: { uid: string }[] }>('findUsers', { query })).users;

  it.each([
    'find@roles.example',
    ' Find@Roles.Example ',
    uid,
    '010-7700-0001',
    '01077000001',
    '010 7700 0001',
    '010.7700.0001',
    '(010) 7700-0001',
    '+82 10-7700-0001',
    '+821077000001',
    '82-10-7700-0001',
    '+82 (0)10-7700-0001',
    '０１０－７７００－０００１',
    '010–7700–0001',
    '0082 10 7700 0001',
  ])('finds by %j', async (query) => {
    expect(await found(query)).toEqual([
      {
        ...{
          uid,
          nickname: '찾기민지',
          email: 'find@roles.example',
          phone: '+821077000001',
          provider: 'kakao',
        },
        ...{ kakaoId: 7700000001, suspendedUntil: null, role: null, createdAt: expect.stringMatching(/Z$/) },
      },
    ]);
  });

  it('finds nobody where nobody is', async () => {
    for (const query of ['no@roles.example', '010-7700-9999', 'kakao:1', 'a/b', '!']) {
      expect(await found(query)).toEqual([]);
    }
  });

  it('tells members and staff nothing, whether somebody exists or not', async () => {
    const staff = await ready('finding-staff', owner, 'hospitalStaff', ['h-roles']);
    const member = await person('finding-member');
    for (const who of [staff, member]) {
      const [there, nowhere] = await Promise.all(
        [uid, 'kakao:1'].map((query) =>
          who.phone.call('findUsers', { query }).catch((error: unknown) => error),
        ),
      );
      expect(there).toMatchObject({
        code: 'functions/permission-denied',
        details: { reason: 'NOT_ALLOWED' },
      });
      expect({ ...Object(nowhere) }).toEqual({ ...Object(there) });
      expect(await refusalOf(edit(who, uid, { nickname: '남의닉네임' }))).toBe('NOT_ALLOWED');
    }
  });

  it('writes down who looked and whom it showed, never the words', async () => {
    await found('010-7700-0001');
    const entries = (await audited('users')).filter(({ action }) => action === 'user.find');
    expect(entries).toContainEqual(
      expect.objectContaining({ by: owner.uid, result: 'found 1', after: { kind: 'phone', uids: uid } }),
    );
    expect(JSON.stringify(entries)).not.toMatch(/7700.?0001|find@/);
  });
});

const edit = (by: Person, uid: string, changes: object) =>
  by.phone.call<{ changed: string[] }>('editUser', { uid, changes, reason });
const userOf = async (uid: string) => (await db().doc(`users/${uid}`).get()).data();
const accountOf = async (uid: string) => (await db().doc(`users/${uid}/private/account`).get()).data();
const holderOf = async (key: string) => (await db().doc(`nicknames/${key}`).get()).data()?.uid;

describe('editUser', () => {
  it('changes profile and account together, tidied', async () => {
    const uid = 'kakao:7700000010';
    await makeAccount(uid, { nickname: '고치기전', email: null, phone: null });
    const changes = {
      nickname: '고친뒤',
      email: 'Fixed@Roles.Example',
      phone: '010 7700 0010',
      introduction: '안녕',
    };
    expect((await edit(owner, uid, changes)).changed).toEqual(['nickname', 'introduction', 'email', 'phone']);
    expect(await userOf(uid)).toMatchObject({ nickname: '고친뒤', introduction: '안녕' });
    expect(await accountOf(uid)).toMatchObject({ email: 'fixed@roles.example', phone: '+821077000010' });
    expect([await holderOf('고치기전'), await holderOf('고친뒤')]).toEqual([undefined, uid]);
    expect((await edit(owner, uid, changes)).changed).toEqual([]);
    const entries = await audited(`users/${uid}`);
    expect(entries).toEqual([
      expect.objectContaining({
        ...{ action: 'user.edit', by: owner.uid, note: '시험: m***@mail.example, ***5678 요청' },
        after: { nickname: '고친뒤', introduction: '안녕', email: 'f***@roles.example', phone: '***0010' },
      }),
    ]);
  });

  it('changes nothing when one thing is refused', async () => {
    const uid = 'kakao:7700000011';
    await makeAccount(uid, { nickname: '그대로', email: null, phone: null });
    const before = [await userOf(uid), await accountOf(uid)];
    const phone = '010-7700-0011';
    expect(await refusalOf(edit(owner, uid, { nickname: '찾기 민지', phone }))).toBe('NICKNAME_TAKEN');
    expect(await refusalOf(edit(owner, uid, { nickname: '운영자', phone }))).toBe('NICKNAME_RESERVED');
    expect(await refusalOf(edit(owner, uid, { phone: '1588-0000' }))).toBe('INVALID_INPUT');
    expect(await refusalOf(edit(owner, uid, { phone, email: 'nobody' }))).toBe('INVALID_INPUT');
    expect(await refusalOf(edit(owner, uid, {}))).toBe('INVALID_INPUT');
    expect(await refusalOf(edit(owner, 'kakao:1', { phone }))).toBe('USER_NOT_FOUND');
    expect([await userOf(uid), await accountOf(uid)]).toEqual(before);
  });

  it('changes the address a member signs in with, unless it is taken', async () => {
    const password = 'pa55-phrase';
    const { uid } = await auth().createUser({ email: 'old@roles.example', password, emailVerified: true });
    await auth().createUser({ email: 'taken@roles.example', password });
    await makeAccount(uid, { nickname: '메일회원', email: 'old@roles.example', phone: null });
    expect(await refusalOf(edit(owner, uid, { email: 'taken@roles.example' }))).toBe('EMAIL_TAKEN');
    expect(await refusalOf(edit(owner, uid, { email: null }))).toBe('INVALID_INPUT');
    await edit(owner, uid, { email: 'New@roles.example' });
    expect(await auth().getUser(uid)).toMatchObject({ email: 'new@roles.example', emailVerified: false });
    expect(await accountOf(uid)).toMatchObject({ email: 'new@roles.example' });
  });
});

describe('a member edited in the console', () => {
  const problemsOf = (uid: string, expected: RegExp) =>
    eventually('explained', async () =>
      expected.test(JSON.stringify((await accountOf(uid))?.problems ?? [])),
    );

  it('gets another nickname, reserved like any other', async () => {
    const uid = 'kakao:7700000020';
    await makeAccount(uid, { nickname: '손으로전', email: null, phone: null });
    await db().doc(`users/${uid}`).update({ nickname: '손으로후' });
    await eventually('reserved', async () => (await holderOf('손으로후')) === uid);
    expect(await holderOf('손으로전')).toBeUndefined();
    expect(await audited(`users/${uid}`)).toHaveLength(1);
  });

  it.each<[string, unknown, RegExp]>([
    ['taken', '찾기민지', /다른 회원/],
    ['reserved', '운영자', /사용할 수 없는/],
    ['too short', '나', /2~20자/],
    ['no text', 12, /2~20자/],
  ])('keeps the nickname when the one typed is %s', async (what, nickname, explanation) => {
    const uid = `kakao-typed-${what.replace(/\W/g, '')}`;
    const former = `지킬이름${what.length}`;
    await makeAccount(uid, { nickname: former, email: null, phone: null });
    await db().doc(`users/${uid}`).update({ nickname });
    await problemsOf(uid, explanation);
    expect(await userOf(uid)).toMatchObject({ nickname: former });
    expect([await holderOf(former), await holderOf('찾기민지')]).toEqual([uid, 'kakao:7700000001']);
  });

  it('gets contacts tidied, or put back and explained; Auth follows', async () => {
    const { uid } = await auth().createUser({
      email: 'hand@roles.example',
      password: 'pa55-phrase',
      emailVerified: true,
    });
    await makeAccount(uid, { nickname: '손메일', email: 'hand@roles.example', phone: '+821077000021' });
    const ref = db().doc(`users/${uid}/private/account`);
    await ref.update({ email: 'Hand2@Roles.Example', phone: '010 7700 0022' });
    await eventually('tidied', async () => (await accountOf(uid))?.phone === '+821077000022');
    await eventually('followed', async () => (await auth().getUser(uid)).email === 'hand2@roles.example');
    await ref.update({ email: 'no address', phone: '12' });
    await problemsOf(uid, /이메일 주소가 아니어서.*전화번호가 아니어서/);
    expect(await accountOf(uid)).toMatchObject({ email: 'hand2@roles.example', phone: '+821077000022' });
    await ref.update({ email: 'taken@roles.example' });
    await problemsOf(uid, /다른 계정/);
    await ref.update({ email: null });
    await problemsOf(uid, /있어야 하므로/);
    expect(await accountOf(uid)).toMatchObject({ email: 'hand2@roles.example' });
    expect(await audited(`users/${uid}`)).toHaveLength(4);
  });
});

describe('an event delivered again', () => {
  const hub = (verb: string) =>
    fetch(`http://${env('FIREBASE_EMULATOR_HUB')}/functions/${verb}BackgroundTriggers`, { method: 'PUT' });
  beforeAll(() => hub('disable'));
  afterAll(() => hub('enable'));

  /** Performs `act`, and delivers its event twice in a row and twice at once. */
  async function deliver(
    path: string,
    params: Record<string, string>,
    handler: (event: never) => Promise<void>,
    act: () => Promise<unknown>,
  ): Promise<void> {
    const before = await db().doc(path).get();
    await act();
    const after = await db().doc(path).get();
    // Of a CloudEvent the handlers read no more than this.
    const event = { id: randomUUID(), params, data: { before, after } } as never;
    await handler(event);
    await handler(event);
    await Promise.all([handler(event), handler(event)]);
  }

  it('changes nothing and is audited once: a role typed, changed and deleted', async () => {
    const who = await person('again-role');
    await allow(owner, who.email);
    const path = `roles/${who.uid}`;
    const again = (act: () => Promise<unknown>) => deliver(path, { uid: who.uid }, onRoleWritten, act);
    await again(() => db().doc(path).set({ role: 'operator' }));
    const first = await roleOf(who.uid);
    expect(first).toMatchObject({ holds: { role: 'operator' } });
    await again(() =>
      db()
        .doc(path)
        .update({ role: 'hospitalStaff', hospitalIds: ['h-roles'] }),
    );
    expect(await claimsOf(who.uid)).toEqual({ role: 'hospitalStaff', hospitalIds: ['h-roles'] });
    await again(() => db().doc(path).delete());
    expect([await roleOf(who.uid), await claimsOf(who.uid)]).toEqual([undefined, {}]);
    const actions = (await audited(path)).map(({ action }) => String(action)).sort();
    expect(actions).toEqual(['role.edited', 'role.edited', 'role.revoke']);
  });

  it('ends nothing that was given again meanwhile, except tokens of before', async () => {
    const who = await ready('again-late', owner);
    const path = `roles/${who.uid}`;
    await deliver(path, { uid: who.uid }, onRoleWritten, async () => {
      await revoke(owner, who.uid);
    });
    await grant(owner, who.email, 'operator');
    expect(await claimsOf(who.uid)).toMatchObject({ role: 'operator' });
    expect((await audited(path)).map(({ action }) => String(action)).sort()).toEqual([
      ...['role.grant', 'role.grant', 'role.revoke'],
    ]);
  });

  it('changes nothing and is audited once: the allow-list', async () => {
    const who = await ready('again-list', owner);
    const path = `allowedOperators/${who.email}`;
    const again = (act: () => Promise<unknown>) =>
      deliver(path, { email: who.email }, onAllowedOperatorWritten, act);
    await again(() => db().doc(path).delete());
    expect([await roleOf(who.uid), await claimsOf(who.uid)]).toEqual([undefined, {}]);
    await again(() => db().doc(path).delete());
    await again(() => db().doc(path).set({}));
    const actions = (await audited('allowedOperators/a***@roles.example'))
      .filter(({ by }) => by === 'console')
      .map(({ action }) => String(action));
    expect(actions.sort()).toEqual(['operator.allow', 'operator.disallow']);
  });

  it('changes nothing and is audited once: a member', async () => {
    const uid = 'kakao:7700000030';
    await makeAccount(uid, { nickname: '두번전', email: null, phone: null });
    await deliver(`users/${uid}`, { uid }, onUserWritten, () =>
      db().doc(`users/${uid}`).update({ nickname: '두번후' }),
    );
    const path = `users/${uid}/private/account`;
    await deliver(path, { uid }, onAccountWritten, () => db().doc(path).update({ phone: '010 7700 0030' }));
    expect([await holderOf('두번전'), await holderOf('두번후')]).toEqual([undefined, uid]);
    expect(await accountOf(uid)).toMatchObject({ phone: '+821077000030', problems: [] });
    expect(await audited(`users/${uid}`)).toHaveLength(2);
  });

  it('costs nothing when a member changes photo or introduction', async () => {
    const uid = 'kakao:7700000031';
    await makeAccount(uid, { nickname: '조용한', email: null, phone: null });
    const before = await db().doc(`users/${uid}`).get();
    await deliver(`users/${uid}`, { uid }, onUserWritten, () =>
      db().doc(`users/${uid}`).update({ introduction: '안녕하세요', updatedAt: Timestamp.now() }),
    );
    expect(await audited(`users/${uid}`)).toEqual([]);
    expect((await db().doc(`users/${uid}`).get()).get('nickname')).toBe(before.get('nickname'));
  });
});

describe('the audit log', () => {
  it('tells of each, who and why, and of nobody’s address or number', async () => {
    const all = (await db().collection('auditLog').get()).docs.map((entry) => entry.data());
    const ours = all.filter(({ action }) => /^(role|operator|user)\./.test(String(action)));
    expect(new Set(ours.map(({ action }) => action))).toEqual(
      expect.objectContaining(
        new Set([
          'role.grant',
          'role.revoke',
          'role.edited',
          'operator.allow',
          'operator.disallow',
          'user.find',
        ]),
      ),
    );
    expect(JSON.stringify(ours)).not.toMatch(/[^*"]@roles\.example|@mail\.example(?<!\*@mail\.example)/);
    expect(JSON.stringify(ours)).not.toMatch(/(\+82|0)10\D{0,3}\d{3,4}\D?\d{4}/);
  });
});
