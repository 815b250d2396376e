import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { User } from '../functions/src/accounts/schema.ts';
import type { Message, Room } from '../functions/src/chat/schema.ts';
import type { FreeTalk, Reply } from '../functions/src/community/schema.ts';
import type { Doctor, Event, Hospital, HospitalPrivate, Rating } from '../functions/src/directory/schema.ts';
import type { Home } from '../functions/src/feeds/schema.ts';
import { readAddress, readBusinessNumber } from '../functions/src/kernel/korean.ts';
import { readMessage } from '../functions/src/mail/mail.ts';
import type { Prepay } from '../functions/src/prepays/schema.ts';
import { mergeProblems, problemsOf } from '../functions/src/registrations/checks.ts';
import { identityKey } from '../functions/src/registrations/identity.ts';
import { paperRole } from '../functions/src/registrations/papers.ts';
import { type Registration, registrationStates } from '../functions/src/registrations/schema.ts';
import { understand } from '../functions/src/registrations/understanding/understand.ts';
import { derivedChanges } from '../functions/src/reviews/reviews.ts';
import type { Review } from '../functions/src/reviews/schema.ts';
import { seedAccounts } from './accounts.ts';
import { buildSeed, type SeedDocument, type SeedSize } from './build.ts';
import { faultsOf } from './check.ts';
import { seedMillis, sizes } from './frame.ts';
import { seededStates } from './prepays.ts';

// firebase-admin's Auth needs an ES module that jest cannot load; the seed needs only the Timestamp.
jest.mock('../functions/src/platform/firebase.ts', () =>
  jest.requireActual('../functions/node_modules/@google-cloud/firestore'),
);

/** Documents of one collection by id. `below` counts only exact depth, so subcollections stay out. */
function collectionOf<T>(seed: readonly SeedDocument[], name: string): Map<string, T> {
  const depth = name.split('/').length + 1;
  const own = seed.filter(({ path }) => path.startsWith(`${name}/`) && path.split('/').length === depth);
  return new Map(own.map(({ path, data }) => [path.split('/').at(-1) ?? '', data as T]));
}

const built: Record<SeedSize, SeedDocument[]> = { full: buildSeed('full'), small: buildSeed('small') };

describe.each(['full', 'small'] as const)('the %s seed', (size) => {
  const seed = built[size];
  const paths = new Set(seed.map(({ path }) => path));
  const of = <T>(name: string) => collectionOf<T>(seed, name);
  const users = of<User>('users');
  const hospitals = of<Hospital>('Hospitals');
  const doctors = of<Doctor>('Doctors');
  const events = of<Event>('Events');
  const reviews = of<Review>('reviews');
  const posts = of<FreeTalk>('FreeTalks');
  const replies = of<Reply>('TempReplies');
  const rooms = of<Room>('Chatting');
  const vouchers = of<Prepay>('prepays');

  test('has the promised sizes and no path twice', () => {
    const sizeOf = { hospitals, doctors, events, users, reviews, posts, replies, rooms, vouchers };
    for (const [name, documents] of Object.entries(sizeOf)) {
      expect([name, documents.size]).toEqual([name, sizes[size][name as keyof typeof sizeOf]]);
    }
    expect(of('standings').size).toBe(sizes[size].suspensions);
    expect(paths.size).toBe(seed.length);
  });

  test('fits the schemas, with no field nobody described', () => {
    expect(seed.flatMap(faultsOf)).toEqual([]);
  });

  test('is the same every time', () => {
    expect(buildSeed(size)).toEqual(seed);
  });

  test('leaves 민지 to sign in for the first time, and suspends 박현우', () => {
    expect(users.has('kakao:9000000001')).toBe(false);
    expect(users.has('kakao:9000000099')).toBe(true);
    const standing = of<{ suspendedUntil: { toDate(): Date } }>('standings').get('kakao:9000000099');
    expect(standing?.suspendedUntil.toDate().getUTCFullYear()).toBe(2099);
  });

  test('every rating equals a recount of the published reviews', () => {
    const recount = (belongs: (review: Review) => boolean) => {
      const all = [...reviews.values()].filter((r) => r.status === 'published' && belongs(r));
      const proven = all.filter(({ evidence }) => evidence === 'receipt' || evidence === 'visit');
      const sum = proven.reduce((total, { rating }) => total + rating, 0);
      const honest = proven.filter(({ priceHonesty }) => priceHonesty === 'asAdvertised').length;
      const average = proven.length === 0 ? 0 : Math.round((sum / proven.length) * 100) / 100;
      return { all: all.length, count: proven.length, sum, average, honest };
    };
    const shown = ({ all, count, sum, average, honesty }: Rating) => ({
      ...{ all, count, sum, average, honest: honesty.asAdvertised },
    });
    for (const [id, { rating }] of hospitals)
      expect(shown(rating)).toEqual(recount((r) => r.hospitalId === id));
    for (const [id, { rating }] of doctors) expect(shown(rating)).toEqual(recount((r) => r.doctorId === id));
    for (const [id, { rating }] of events) expect(shown(rating)).toEqual(recount((r) => r.eventId === id));
  });

  test('home, lists and pages of hospitals show what is published, newest first', () => {
    const newest = <T extends { createdAt: { toMillis(): number } }>(all: Iterable<readonly [string, T]>) =>
      [...all].sort(([, a], [, b]) => b.createdAt.toMillis() - a.createdAt.toMillis());
    const shown = newest(events).filter(([, { published }]) => published);
    const lists = of<{ cards: { id: string; createdAt: unknown }[] }>('feeds');
    const moments = (list: readonly { createdAt: unknown }[]) => list.map(({ createdAt }) => createdAt);
    expect(moments(lists.get('events_all_1')?.cards ?? [])).toEqual(moments(shown.map(([, event]) => event)));
    const home = lists.get('home') as unknown as Home;
    expect([home.events.length, home.hospitals.length]).toEqual([
      ...[Math.min(20, shown.length), Math.min(20, hospitals.size)],
    ]);
    expect(home.notices.map(({ id }) => id)).toEqual(['talk-notice']);
    expect(home.talks.every(({ id }) => (posts.get(id)?.hotScore ?? 0) > 0)).toBe(true);
    for (const [id, { reviewCards, doctorCards }] of hospitals) {
      const own = newest(reviews).filter(([, one]) => one.hospitalId === id && one.status === 'published');
      expect(moments(reviewCards)).toEqual(moments(own.slice(0, 5).map(([, one]) => one)));
      const working = [...doctors].filter(([, doctor]) => doctor.hospitalId === id);
      expect(doctorCards.map((card) => card.id).sort()).toEqual(working.map(([doctorId]) => doctorId).sort());
    }
  });

  test('every reply count equals a recount of the visible replies', () => {
    const visible = [...replies.values()].filter((reply) => !reply.deleted && !reply.hidden);
    const below = (type: string, id: string) =>
      visible.filter((reply) => reply.parentType === type && reply.parentId === id).length;
    for (const [id, { replyCount }] of posts) expect(replyCount).toBe(below('FreeTalks', id));
    for (const [id, { replyCount }] of reviews) expect(replyCount).toBe(below('reviews', id));
    for (const [id, { replyCount }] of replies) {
      expect(replyCount).toBe(visible.filter((reply) => reply.replyTo === id).length);
    }
  });

  test('what is anonymous has a byline and names nobody; accepted answers are of others', () => {
    const bylines = of<{ uid: string; path: string }>('bylines');
    const unnamed = [
      ...[...posts].filter(([, { anonymous }]) => anonymous).map(([id]) => `FreeTalks-${id}`),
      ...[...replies].filter(([, { anonymous }]) => anonymous).map(([id]) => `TempReplies-${id}`),
    ];
    expect([...bylines.keys()].sort()).toEqual(unnamed.sort());
    expect(unnamed.length).toBeGreaterThan(0);
    for (const { uid, path } of bylines.values()) {
      expect(users.has(uid)).toBe(true);
      expect(paths).toContain(path);
    }
    for (const reply of replies.values()) {
      const parent =
        reply.parentType === 'FreeTalks' ? posts.get(reply.parentId) : reviews.get(reply.parentId);
      expect(reply.parentAuthorUid).toBe(parent?.authorUid);
      expect(reply.answeredUid).toBe(reply.replyTo === null ? null : replies.get(reply.replyTo)?.authorUid);
    }
    for (const [id, { acceptedReplyId, authorUid }] of posts) {
      if (acceptedReplyId === null) continue;
      expect(replies.get(acceptedReplyId)).toMatchObject({ parentId: id, replyTo: null, deleted: false });
      expect(replies.get(acceptedReplyId)?.authorUid).not.toBe(authorUid);
    }
  });

  test('every like count equals a recount of the likes, and nobody likes their own', () => {
    const voters = (path: string) =>
      seed.filter((each) => each.path.startsWith(`${path}/likes/`)).map(({ data }) => data.uid);
    const liked = [
      ...[...posts].map(([id, post]) => [`FreeTalks/${id}`, post] as const),
      ...[...replies].map(([id, reply]) => [`TempReplies/${id}`, reply] as const),
    ];
    for (const [path, { likeCount, authorUid }] of liked) {
      expect(likeCount).toBe(voters(path).length);
      expect(voters(path)).not.toContain(authorUid);
    }
    expect([...posts.values()].some(({ hotScore }) => hotScore > 0)).toBe(true);
  });

  test('reviews: id, author, hospital, doctor, event, price and days agree', () => {
    for (const [id, review] of reviews) {
      expect(id).toBe(`${review.authorUid}_${review.hospitalId}_${review.visitDate}`);
      expect(review.authorNickname).toBe(users.get(review.authorUid)?.nickname);
      expect(review.hospitalName).toBe(hospitals.get(review.hospitalId)?.name);
      if (review.doctorId) expect(doctors.get(review.doctorId)?.hospitalId).toBe(review.hospitalId);
      expect(derivedChanges(review)).toEqual({});
      if (review.eventId) expect(events.get(review.eventId)?.hospitalId).toBe(review.hospitalId);
      expect(review.createdAt.toMillis()).toBeLessThan(seedMillis);
      expect(Date.parse(`${review.visitDate}T00:00:00+09:00`)).toBeLessThanOrEqual(
        review.createdAt.toMillis(),
      );
      expect(review.text).not.toMatch(/[{}]|undefined/);
    }
  });

  test('posts and replies: authors exist, answers go one level deep, tombstones are empty', () => {
    for (const { authorUid, authorNickname, anonymous } of [...posts.values(), ...replies.values()]) {
      expect(anonymous).toBe(authorUid === null);
      if (authorUid === null) expect(authorNickname).toMatch(/^(익명( [1-9][0-9]*)?|글쓴이)$/);
      else expect(authorNickname).toBe(users.get(authorUid)?.nickname);
    }
    for (const reply of replies.values()) {
      expect(paths).toContain(`${reply.parentType}/${reply.parentId}`);
      expect(reply.text === '').toBe(reply.deleted);
      if (reply.replyTo === null) continue;
      const answered = replies.get(reply.replyTo);
      expect(answered?.replyTo).toBeNull();
      expect(answered?.parentId).toBe(reply.parentId);
    }
    expect([...replies.values()].some((reply) => reply.deleted)).toBe(true);
    for (const post of posts.values()) expect(post.title + post.body).not.toMatch(/[{}]/);
  });

  test('the directory agrees with itself, and every key leads to its document', () => {
    for (const [id, hospital] of hospitals) {
      const hidden = of<HospitalPrivate>(`Hospitals/${id}/private`).get('registration');
      const number = hidden?.businessNumber ?? '';
      expect(readBusinessNumber(number)).toBe(number);
      expect(of<{ path: string }>('identityKeys').get(identityKey.hospital(number))?.path).toBe(
        `Hospitals/${id}`,
      );
      const { region, district } = hospital;
      expect(readAddress(hospital.address)).toMatchObject({ region, district });
      expect([...doctors.values()].some(({ name }) => name === hospital.representative)).toBe(true);
    }
    for (const { hospitalId, hospitalName, region } of [...doctors.values(), ...events.values()]) {
      expect(hospitals.get(hospitalId)).toMatchObject({ name: hospitalName, region });
    }
    const held = [...of<{ path: string }>('identityKeys').values()].map(({ path }) => path);
    expect(held.filter((path) => !paths.has(path))).toEqual([]);
    expect(held).toHaveLength(hospitals.size + doctors.size + events.size);
  });

  test('events promise nothing the law forbids', () => {
    for (const {
      title,
      target,
      priceBefore,
      priceAfter,
      discountPercent,
      startsOn,
      endsOn,
    } of events.values()) {
      expect(discountPercent).toBe(Math.floor(((priceBefore - priceAfter) / priceBefore) * 100));
      expect(discountPercent).toBeLessThan(50);
      expect(title + target).not.toMatch(/최고|최초|최저|유일|완벽|1위|100\s*%|무통|보장|[{}]/);
      expect(endsOn > startsOn).toBe(true);
    }
  });

  test('rooms: the newest message, the members and the hospital agree', () => {
    for (const [id, room] of rooms) {
      const messages = [...of<Message>(`Chatting/${id}/messages`).values()];
      const last = messages.at(-1);
      expect(room.lastMessage).toMatchObject({ text: last?.text, senderUid: last?.senderUid });
      expect(room.count).toBe(messages.length);
      expect(room.lastMessageAt.toMillis()).toBeLessThanOrEqual(seedMillis);
      expect(room.memberUids.filter((uid) => !users.has(uid))).toEqual([]);
      expect(room.memberUids.filter((uid) => !paths.has(`users/${uid}/private/inbox`))).toEqual([]);
      if (room.kind === 'group') continue;
      expect(id).toBe(`${room.createdBy}_${room.hospitalId}`);
      expect(room.hospitalName).toBe(hospitals.get(room.hospitalId ?? '')?.name);
    }
  });

  test('vouchers: owner and event exist, every state occurs and means what it says', () => {
    for (const voucher of vouchers.values()) {
      expect(users.has(voucher.ownerUid)).toBe(true);
      expect(events.get(voucher.eventId)).toMatchObject({
        title: voucher.eventTitle,
        hospitalId: voucher.hospitalId,
        priceAfter: voucher.paid,
      });
      expect(voucher.sessionsUsed === voucher.sessionsTotal).toBe(voucher.state === 'used');
      expect(voucher.expiresAt.toMillis() < seedMillis).toBe(voucher.state === 'expired');
    }
    expect(new Set([...vouchers.values()].map(({ state }) => state))).toEqual(new Set(seededStates));
  });

  test('registrations stand in every state, with the problems the product would find', () => {
    const registrations = [...of<Registration>('registrations').values()];
    expect(new Set(registrations.map(({ state }) => state))).toEqual(new Set(registrationStates));
    for (const { kind, fields, papers, problems, state, mailId, publishedPath } of registrations) {
      expect(problems).toEqual(problemsOf(kind, fields, papers));
      // One is rejected for what the law says of its discount.
      if (state !== 'REJECTED' && state !== 'QUARANTINED')
        expect(problems.length > 0).toBe(state === 'NEEDS_INFO');
      expect(paths).toContain(`inboundMails/${mailId}`);
      if (publishedPath) expect(paths).toContain(publishedPath);
    }
  });
});

describe('mails', () => {
  async function read(name: string) {
    const message = await readMessage(readFileSync(join(__dirname, 'mail', `${name}.eml`)));
    const [said] = understand(message);
    if (!said) throw new Error(`${name}.eml says nothing`);
    const papers = message.files.map(({ fileName }) => ({ role: paperRole(fileName) }));
    const kind = said.kind ?? 'unknown';
    return {
      message,
      said,
      kind,
      papers,
      problems: mergeProblems(said.problems, problemsOf(kind, said.fields, papers)),
    };
  }

  test.each(['hospital', 'doctor', 'event'])('%s.eml is understood without problems', async (name) => {
    const { message, said, kind, papers, problems } = await read(name);
    expect(kind).toBe(name);
    expect(problems).toEqual([]);
    expect(papers.map(({ role }) => role)).not.toContain('other');
    const number = String(said.fields.businessNumber ?? said.fields.hospitalBusinessNumber);
    expect(readBusinessNumber(number)).toBe('3140050132');
    expect(built.full.map(({ path }) => path)).not.toContain(`identityKeys/${identityKey.hospital(number)}`);
    for (const { contentType, content } of message.files) {
      const magic = { 'application/pdf': '25504446', 'image/png': '89504e47', 'image/jpeg': 'ffd8ffe0' }[
        contentType
      ];
      expect(content.subarray(0, 4).toString('hex')).toBe(magic);
    }
  });

  test('incomplete.eml lacks a valid business number and both papers', async () => {
    const { kind, problems } = await read('incomplete');
    expect(kind).toBe('hospital');
    expect(problems.map(({ field }) => field)).toEqual([
      'businessNumber',
      'bizRegistration',
      'openingCertificate',
    ]);
  });
});

test('accounts.json tells exactly the accounts there are', () => {
  const told: { who: string; how: string }[] = JSON.parse(
    readFileSync(join(__dirname, 'accounts.json'), 'utf8'),
  );
  expect(told.map(({ how }) => how)).toEqual(
    seedAccounts.map(({ email, password }) =>
      password ? `e-mail ${email}, password ${password}` : `Google account ${email}`,
    ),
  );
});
