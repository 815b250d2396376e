/** What our own writes of pages cost: nothing. Handlers that cannot reach Firestore prove it. */
import type { Change, DocumentSnapshot } from 'firebase-functions/v2/firestore';
import { onDoctorWritten, onEventWritten, onHospitalWritten } from './edge.ts';

jest.mock('../platform/firebase.ts', () => ({
  ...jest.requireActual('../platform/firebase.ts'),
  db: () => {
    throw new Error('went to Firestore');
  },
}));

const moment = (millis: number) => ({ toMillis: () => millis });
const now = 1_800_000_000_000;

/** A document of an event, as far as the handlers look at it; whatever else they ask fails. */
function snapshot(data: Record<string, unknown> | null): DocumentSnapshot {
  const seen = {
    exists: data !== null,
    data: () => data ?? undefined,
    get: (field: string) => data?.[field],
    updateTime: moment(now),
    get ref(): never {
      throw new Error('went to Firestore');
    },
  };
  return seen as unknown as DocumentSnapshot;
}
const eventOf = (before: Record<string, unknown> | null, after: Record<string, unknown> | null) =>
  ({ id: 'e1', data: { before: snapshot(before), after: snapshot(after) } }) as unknown as Parameters<
    typeof onEventWritten
  >[0] & { data: Change<DocumentSnapshot> };

const page = {
  name: '라온의원',
  region: '서울',
  published: true,
  hiddenBecause: null,
  updatedAt: moment(now - 5),
};

describe('nothing is read for', () => {
  it.each<[string, Record<string, unknown> | null, Record<string, unknown> | null]>([
    ['a page we publish', null, page],
    ['a page we change', page, { ...page, phone: '+8225550199', updatedAt: moment(now) }],
    ['a page we hide', page, { ...page, published: false, hiddenBecause: 'ENDED', updatedAt: moment(now) }],
    ['a rating that was counted', page, { ...page, rating: { count: 1 } }],
    ['a page that is deleted', page, null],
  ])('%s', async (_what, before, after) => {
    await onEventWritten(eventOf(before, after));
    await onDoctorWritten(eventOf(before, after));
  });

  it('a hospital whose name, region and visibility stay', async () => {
    await onHospitalWritten(eventOf(page, { ...page, phone: '+8225550199', updatedAt: moment(now) }));
    await onHospitalWritten(eventOf(page, { ...page, rating: { count: 1 } }));
  });
});

it('an edit by hand is looked at', async () => {
  await expect(onEventWritten(eventOf(page, { ...page, title: '바뀜' }))).rejects.toThrow(
    'went to Firestore',
  );
  await expect(onEventWritten(eventOf(null, { title: '입력' }))).rejects.toThrow('went to Firestore');
  const copied = { ...page, updatedAt: moment(now - 86_400_000) };
  await expect(onDoctorWritten(eventOf(null, copied))).rejects.toThrow('went to Firestore');
});
