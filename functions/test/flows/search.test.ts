/** Search: what the app finds, that the index follows what is shown whatever order events come in, and what it costs. */
import { randomUUID } from 'node:crypto';
import type { Change, DocumentSnapshot, FirestoreEvent } from 'firebase-functions/v2/firestore';
import { db, Timestamp } from '../../src/platform/firebase.ts';
import { log } from '../../src/platform/log.ts';
import { followInSearch } from '../../src/search/edge.ts';
import { authorKeyOf } from '../../src/search/entries.ts';
import { candidatesPerPage, firestoreEngine } from '../../src/search/firestoreEngine.ts';
import { rebuildSearch } from '../../src/search/rebuild.ts';
import type { Found, SearchKind } from '../../src/search/schema.ts';
import { env, eventually, newPhone, type Phone, refusal } from '../support/app.ts';

const hub = (verb: string) =>
  fetch(`http://${env('FIREBASE_EMULATOR_HUB')}/functions/${verb}BackgroundTriggers`, { method: 'PUT' });
const at = Timestamp.fromMillis(1_764_000_000_000);
const page = (change: Record<string, unknown>) => ({
  ...{ published: true, region: '서울', thumbPath: null, rating: { count: 0 }, createdAt: at, updatedAt: at },
  ...change,
});
const hospital = (name: string, change: Record<string, unknown> = {}) =>
  page({ name, type: '의원', district: '강남구', departments: ['08'], ...change });
const talk = (title: string, change: Record<string, unknown> = {}) => ({
  ...{ status: 'published', title, body: '궁금해요', category: 'question', authorUid: 'u1', createdAt: at },
  ...change,
});

type Event = FirestoreEvent<Change<DocumentSnapshot> | undefined>;
async function eventOf(path: string, act: () => Promise<unknown>): Promise<Event> {
  const before = await db().doc(path).get();
  await act();
  return { data: { before, after: await db().doc(path).get() } } as unknown as Event;
}
const nobody: ReadonlySet<string> = new Set();
const titles = async (kind: SearchKind, query: string, hidden = nobody) =>
  (await firestoreEngine.find({ kind, query, cursor: null }, hidden)).cards.map(({ title }) => title);

async function wholeIndex() {
  const all = (await db().collection('search').get()).docs;
  return Object.fromEntries(all.map((entry) => [entry.id, entry.data()]));
}

describe('the index', () => {
  beforeAll(() => {
    jest.spyOn(log, 'info').mockImplementation(() => undefined);
    return hub('disable');
  });
  afterAll(() => hub('enable'));
  const kept = async (kind: SearchKind, id: string, data: Record<string, unknown>) =>
    followInSearch(kind, await eventOf(`${kind}/${id}`, () => db().doc(`${kind}/${id}`).set(data)));

  it('is found by words, parts of them, initial consonants and synonyms; all words must fit', async () => {
    await kept('Hospitals', 'seek-1', hospital('두루미성형외과의원'));
    await kept(
      'Hospitals',
      'seek-2',
      hospital('두루미피부과의원', { district: '해운대구', region: '부산', departments: ['14'] }),
    );
    const event = {
      title: '자연유착 쌍꺼풀 두루미',
      category: '눈성형',
      hospitalName: '두루미성형외과의원',
      priceAfter: 990_000,
    };
    await kept('Events', 'seek-3', page(event));
    expect((await titles('Hospitals', '두루미')).sort()).toEqual(['두루미성형외과의원', '두루미피부과의원']);
    expect(await titles('Hospitals', '두루미 부산')).toEqual(['두루미피부과의원']);
    expect(await titles('Hospitals', 'ㄷㄹㅁㅅㅎ')).toEqual(['두루미성형외과의원']);
    expect(await titles('Events', '쌍수 두루미')).toEqual(['자연유착 쌍꺼풀 두루미']);
    expect(await titles('Events', '두루미 코성형')).toEqual([]);
    expect(await titles('Hospitals', '!')).toEqual([]);
  });

  it('follows what is shown, whatever events come twice, late or reordered', async () => {
    const path = 'FreeTalks/seek-4';
    const write = (data: Record<string, unknown>) => eventOf(path, () => db().doc(path).set(data));
    const events = [
      await write(talk('너구리 후기')),
      await write(talk('너구리 후기', { status: 'held' })),
      await write(talk('오소리 후기')),
    ];
    for (const event of [...events, ...events].reverse()) await followInSearch('FreeTalks', event);
    expect(await titles('FreeTalks', '너구리')).toEqual([]);
    expect(await titles('FreeTalks', '오소리')).toEqual(['오소리 후기']);
    const gone = await eventOf(path, () => db().doc(path).delete());
    await Promise.all([gone, events[0], gone].map((event) => event && followInSearch('FreeTalks', event)));
    expect(await titles('FreeTalks', '오소리')).toEqual([]);
  });

  it('leaves out posts of blocked members', async () => {
    await kept('FreeTalks', 'seek-5', talk('고슴도치 질문', { authorUid: 'blocked' }));
    expect(await titles('FreeTalks', '고슴도치')).toEqual(['고슴도치 질문']);
    expect(await titles('FreeTalks', '고슴도치', new Set([authorKeyOf('blocked')]))).toEqual([]);
  });

  it('finds the others when one entry is not as it should be', async () => {
    const spoilt = jest.spyOn(log, 'error').mockImplementation(() => undefined);
    await kept('FreeTalks', 'seek-7', talk('족제비 이야기'));
    await kept('FreeTalks', 'seek-8', talk('족제비 소식'));
    await db().doc('search/FreeTalks-seek-8').update({ 'card.title': '\u3000\u3000' });
    expect(await titles('FreeTalks', '족제비')).toEqual(['족제비 이야기']);
    expect(spoilt).toHaveBeenCalledWith('search.spoilt', { entryId: 'FreeTalks-seek-8' });
    await db().doc('FreeTalks/seek-8').update({ title: '족제비 새 소식' });
    await firestoreEngine.follow('FreeTalks', 'seek-8');
    expect(await titles('FreeTalks', '족제비 소식')).toEqual(['족제비 새 소식']);
    spoilt.mockRestore();
  });

  it('pages through more than it looks at, each once, in order of rank', async () => {
    const most = candidatesPerPage + 7;
    for (let n = 0; n < most; n += 1)
      await kept(
        'FreeTalks',
        `many-${n}`,
        talk(`수달 이야기 ${n}`, { createdAt: Timestamp.fromMillis(n * 60_000) }),
      );
    const first = await firestoreEngine.find({ kind: 'FreeTalks', query: '수달', cursor: null }, nobody);
    const second = await firestoreEngine.find(
      { kind: 'FreeTalks', query: '수달', cursor: first.cursor },
      nobody,
    );
    const all = [...first.cards, ...second.cards].map(({ path }) => path);
    expect(all).toEqual(Array.from({ length: most }, (_, n) => `FreeTalks/many-${most - 1 - n}`));
    expect([first.cards.length, second.cursor]).toEqual([candidatesPerPage, null]);
  });

  it('made anew equals the index that was kept, mends what is wrong, and then finds nothing to do', async () => {
    await rebuildSearch(firestoreEngine);
    await kept(
      'Doctors',
      'seek-6',
      page({ name: '김수달', hospitalName: '두루미의원', focus: ['쌍꺼풀'], specialty: '08' }),
    );
    await kept('Hospitals', 'seek-1', hospital('두루미성형외과의원', { published: false }));
    const index = await wholeIndex();
    expect(await rebuildSearch(firestoreEngine)).toMatchObject({ mended: 0, dropped: 0 });
    expect(await wholeIndex()).toEqual(index);
    await db().doc('search/Doctors-seek-6').delete();
    await db().doc('search/Hospitals-seek-2').update({ text: '엉뚱' });
    await db()
      .doc('search/Events-nowhere')
      .set(index['Events-seek-3'] ?? {});
    expect(await rebuildSearch(firestoreEngine)).toMatchObject({ mended: 2, dropped: 1 });
    expect(await wholeIndex()).toEqual(index);
  });
});

describe('through the app', () => {
  let phone: Phone;
  beforeAll(() => {
    phone = newPhone();
  });
  afterAll(() => phone.close());

  it('whoever is not signed in finds what a trigger has indexed, and nothing that was withdrawn since', async () => {
    const id = randomUUID();
    const find = async () =>
      (await phone.call<Found>('search', { kind: 'Hospitals', query: 'ㅂㄷㅅㅇㅇ', cursor: null })).cards.map(
        ({ path }) => path,
      );
    const isIndexed = async () => (await db().doc(`search/Hospitals-${id}`).get()).exists;
    await db()
      .doc(`Hospitals/${id}`)
      .set(hospital('반달성의원', { updatedAt: Timestamp.now() }));
    await eventually('it is indexed', isIndexed);
    expect(await find()).toContain(`Hospitals/${id}`);
    await db().doc(`Hospitals/${id}`).update({ published: false, updatedAt: Timestamp.now() });
    await eventually('it is indexed no more', async () => !(await isIndexed()));
    expect(await find()).not.toContain(`Hospitals/${id}`);
  });

  it.each([
    [{ kind: 'users', query: '민지', cursor: null }],
    [{ kind: 'Hospitals', query: '', cursor: null }],
    [{ kind: 'Hospitals', query: '가'.repeat(61), cursor: null }],
    [{ kind: 'Hospitals', query: '라온', cursor: 'bm9wZQ' }],
    [{ kind: 'Hospitals', query: '라온', cursor: null, limit: 1_000 }],
  ])('refuses %o', async (input) => {
    expect((await refusal(phone, 'search', input)).reason).toBe('INVALID_INPUT');
  });
});
