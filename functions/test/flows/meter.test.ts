/** The bench's meter before the suite's emulator: what both SDKs are billed, counted from their traffic. */
import { randomUUID } from 'node:crypto';
import { FieldValue, Firestore } from '@google-cloud/firestore';
import { deleteApp, initializeApp } from 'firebase/app';
import * as client from 'firebase/firestore';
import { type Bill, nothing } from '../../../tools/bench/billing.ts';
import { type Meter, startMeter } from '../../../tools/bench/meter.ts';
import { env, eventually } from '../support/app.ts';

// A project of its own: the suite's triggers stay out of it.
const projectId = `demo-meter-${randomUUID().slice(0, 8)}`;
let meter: Meter;
const written: string[] = [];

async function billed(work: () => Promise<unknown>): Promise<Bill> {
  meter.reset();
  await work();
  await meter.settled();
  const { reads, writes, deletes } = meter.snapshot();
  return { reads, writes, deletes };
}

beforeAll(async () => {
  meter = await startMeter(env('FIRESTORE_EMULATOR_HOST'));
  meter.onWrite((paths) => written.push(...paths));
});
afterAll(() => meter.close());

describe('the admin SDK', () => {
  let firestore: Firestore;
  const notes = () => firestore.collection('notes');
  beforeAll(async () => {
    // The SDK takes the emulator's address from here before any setting.
    process.env.FIRESTORE_EMULATOR_HOST = meter.host;
    firestore = new Firestore({ projectId });
    await Promise.all(['a', 'b', 'c'].map((id) => notes().doc(id).set({ kind: 'note', n: 1 })));
  });
  afterAll(() => firestore.terminate());

  const three = () => notes().where('kind', '==', 'note');
  it.each<[string, () => Promise<unknown>, Partial<Bill>]>([
    ['a document', () => notes().doc('a').get(), { reads: 1 }],
    ['a missing document', () => notes().doc('none').get(), { reads: 1 }],
    [
      'several at once, one missing',
      () => firestore.getAll(notes().doc('a'), notes().doc('none')),
      { reads: 2 },
    ],
    ['a query for three', () => three().get(), { reads: 3 }],
    ['a query behind an offset, which is billed too', () => three().offset(2).get(), { reads: 3 }],
    ['a query for nothing', () => notes().where('kind', '==', 'other').get(), { reads: 1 }],
    ['a count', () => three().count().get(), { reads: 1 }],
    ['the list of collections', () => firestore.listCollections(), { reads: 1 }],
    [
      'a create that finds the document there',
      () =>
        notes()
          .doc('a')
          .create({})
          .catch(() => null),
      {},
    ],
    [
      'a write with a transform',
      () =>
        notes()
          .doc('a')
          .update({ n: FieldValue.increment(1) }),
      { writes: 1 },
    ],
    [
      'a write of nothing but a transform',
      () => notes().doc('a').set({ at: FieldValue.serverTimestamp() }, { merge: true }),
      { writes: 1 },
    ],
  ])('is billed for %s', async (_what, work, expected) =>
    expect(await billed(work)).toEqual({ ...nothing, ...expected }),
  );

  it('is billed for each document of a batch, deletes apart', async () => {
    const batch = firestore.batch();
    batch.set(notes().doc('x'), { n: 1 }).set(notes().doc('y'), { n: 1 }).delete(notes().doc('x'));
    expect(await billed(() => batch.commit())).toEqual({ reads: 0, writes: 2, deletes: 1 });
  });

  it('is billed for what a bulk writer got written, not for what was refused', async () => {
    const writer = firestore.bulkWriter();
    writer.onWriteError(() => false);
    const bulk = async () => {
      const refused = writer.create(notes().doc('a'), {}).catch(() => null);
      const made = writer.set(notes().doc('z'), { n: 1 });
      await writer.close();
      await Promise.all([refused, made]);
    };
    expect(await billed(bulk)).toEqual({ reads: 0, writes: 1, deletes: 0 });
  });

  it('is billed for the reads and writes of a transaction', async () => {
    const move = () =>
      firestore.runTransaction(async (transaction) => {
        await transaction.get(notes().doc('b'));
        transaction.update(notes().doc('b'), { n: 2 });
      });
    expect(await billed(move)).toEqual({ reads: 1, writes: 1, deletes: 0 });
  });

  it('is billed for a listener: what it begins with, then each change, not for a deletion', async () => {
    await Promise.all([notes().doc('l1').set({ kind: 'listen' }), notes().doc('l2').set({ kind: 'listen' })]);
    const sizes: number[] = [];
    let stop = () => {};
    const seen = (size: number) => eventually(`${size} documents`, async () => sizes.at(-1) === size);
    const open = async () => {
      stop = notes()
        .where('kind', '==', 'listen')
        .onSnapshot(({ size }) => sizes.push(size));
      await seen(2);
    };
    const addOne = async () => {
      await notes().doc('l3').set({ kind: 'listen' });
      await seen(3);
    };
    const deleteOne = async () => {
      await notes().doc('l3').delete();
      await seen(2);
    };
    try {
      expect(await billed(open)).toEqual({ ...nothing, reads: 2 });
      expect(await billed(addOne)).toEqual({ reads: 1, writes: 1, deletes: 0 });
      expect(await billed(deleteOne)).toEqual({ reads: 0, writes: 0, deletes: 1 });
    } finally {
      stop();
    }
  });

  it('tells of the documents written: in a batch, by a bulk writer', async () => {
    const batch = firestore.batch();
    batch.set(notes().doc('t1'), { n: 1 }).delete(notes().doc('t2'));
    const writer = firestore.bulkWriter();
    const bulk = async () => {
      void writer.set(notes().doc('t3'), { n: 1 });
      await writer.close();
    };
    await Promise.all([batch.commit(), bulk()]);
    await meter.settled();
    expect(written).toEqual(expect.arrayContaining(['notes/t1', 'notes/t2', 'notes/t3']));
  });

  it('knows of a query that has no limit, and of one that has', async () => {
    const asked = async (work: () => Promise<unknown>) => {
      const before = meter.streams().unlimited;
      await work();
      return meter.streams().unlimited - before;
    };
    expect(await asked(() => three().get())).toBe(1);
    expect(await asked(() => three().limit(2).get())).toBe(0);
  });

  it('knows who still listens', async () => {
    const before = meter.streams().listening;
    let seen = false;
    const stop = notes().onSnapshot(() => {
      seen = true;
    });
    await eventually('it listens', async () => seen);
    expect(meter.streams().listening).toBe(before + 1);
    stop();
    await eventually('it does not listen', async () => meter.streams().listening === before);
  });

  it('names the methods it was called with', async () => {
    await billed(() => notes().doc('a').get());
    expect(meter.snapshot().byMethod).toEqual({
      BatchGetDocuments: { calls: 1, reads: 1, writes: 0, deletes: 0 },
    });
  });

  it('hears of an error as from the emulator itself', async () => {
    await expect(notes().doc('none').update({ n: 1 })).rejects.toMatchObject({ code: 5 });
  });
});

describe('the client SDK', () => {
  const app = initializeApp({ projectId, apiKey: 'local' }, randomUUID());
  const firestore = client.getFirestore(app);
  const notes = client.collection(firestore, 'clientNotes');
  const note = (id: string) => client.doc(notes, id);
  beforeAll(async () => {
    const [host = '', port = ''] = meter.host.split(':');
    client.connectFirestoreEmulator(firestore, host, Number(port), { mockUserToken: 'owner' });
    await Promise.all(['a', 'b', 'c'].map((id) => client.setDoc(note(id), { kind: 'note' })));
  });
  afterAll(() => deleteApp(app));

  it.each<[string, () => Promise<unknown>, Partial<Bill>]>([
    ['a document', () => client.getDocFromServer(note('a')), { reads: 1 }],
    ['a missing document', () => client.getDocFromServer(note('none')), { reads: 1 }],
    ['a query for three', () => client.getDocsFromServer(client.query(notes, client.limit(3))), { reads: 3 }],
    [
      'a query for nothing',
      () => client.getDocsFromServer(client.query(notes, client.where('kind', '==', 'other'))),
      { reads: 1 },
    ],
    ['a count', () => client.getCountFromServer(notes), { reads: 1 }],
    [
      'a write with a transform',
      () => client.setDoc(note('t'), { at: client.serverTimestamp() }),
      { writes: 1 },
    ],
    ['a deletion', () => client.deleteDoc(note('t')), { deletes: 1 }],
  ])('is billed for %s', async (_what, work, expected) =>
    expect(await billed(work)).toEqual({ ...nothing, ...expected }),
  );

  it('is heard of when it writes', async () => {
    await client.setDoc(note('heard'), { kind: 'note' });
    expect(written).toContain('clientNotes/heard');
  });

  it('is billed for each document of a batch', async () => {
    const batch = client.writeBatch(firestore);
    batch.set(note('x'), { n: 1 }).set(note('y'), { n: 1 }).delete(note('x'));
    expect(await billed(() => batch.commit())).toEqual({ reads: 0, writes: 2, deletes: 1 });
  });

  it('is billed for the reads and writes of a transaction', async () => {
    const move = () =>
      client.runTransaction(firestore, async (transaction) => {
        await transaction.get(note('b'));
        transaction.set(note('b'), { n: 2 });
      });
    expect(await billed(move)).toEqual({ reads: 1, writes: 1, deletes: 0 });
  });

  it('is billed once for a listener on a document, and once for each of its changes', async () => {
    let seen: unknown;
    let stop = () => {};
    const until = (value: unknown) => eventually(`n is ${value}`, async () => seen === value);
    await client.setDoc(note('watched'), { n: 1 });
    const open = async () => {
      stop = client.onSnapshot(note('watched'), { includeMetadataChanges: true }, (snapshot) => {
        if (!snapshot.metadata.fromCache && !snapshot.metadata.hasPendingWrites) seen = snapshot.get('n');
      });
      await until(1);
    };
    expect(await billed(open)).toEqual({ ...nothing, reads: 1 });
    const change = async () => {
      await client.setDoc(note('watched'), { n: 2 });
      await until(2);
    };
    expect(await billed(change)).toEqual({ reads: 1, writes: 1, deletes: 0 });
    stop();
  });
});
