import { entryOf, sourceOf } from './entries.ts';
import { searchEntrySchema } from './schema.ts';

const at = { seconds: 0, nanoseconds: 0, toMillis: () => 1_764_000_000_000, toDate: () => new Date(0) };
const hospital = {
  ...{
    published: true,
    name: '라온뷰티의원',
    type: '의원',
    region: '서울',
    district: '강남구',
    departments: ['08'],
  },
  ...{ thumbPath: null, rating: { count: 5 }, createdAt: at },
};
const talk = {
  status: 'published',
  title: '쌍수 3주차',
  body: '붓기',
  category: 'question',
  authorUid: 'u',
  createdAt: at,
};

describe('what is found', () => {
  it('is made of what is shown', () => {
    const source = sourceOf('Hospitals', 'h1', hospital);
    expect(source).toMatchObject({
      said: '라온뷰티의원 서울 강남구 성형외과 의원',
      card: { path: 'Hospitals/h1', title: '라온뷰티의원', subtitle: '의원 · 서울 강남구' },
    });
    if (source) expect(searchEntrySchema.safeParse(entryOf(source)).error).toBeUndefined();
  });
  it.each([
    ['a page that is withdrawn', sourceOf('Hospitals', 'h', { ...hospital, published: false })],
    ['a page that is gone', sourceOf('Hospitals', 'h', undefined)],
    ['a page mistyped', sourceOf('Doctors', 'd', { published: true, name: 7 })],
    ['a post held back', sourceOf('FreeTalks', 't', { ...talk, status: 'held' })],
  ])('is not %s', (_, source) => expect(source).toBeNull());

  it('does not change with every review', () => {
    const withReviews = (count: number) =>
      sourceOf('Hospitals', 'h', { ...hospital, rating: { count } })?.rank;
    expect(withReviews(7)).toBe(3);
    expect(withReviews(14)).toBe(3);
    expect(new Set(Array.from({ length: 1_000 }, (_, n) => withReviews(n))).size).toBe(10);
  });
  it('of posts is newest first', () => {
    expect(sourceOf('FreeTalks', 't', talk)).toMatchObject({ rank: 1_764_000_000 });
  });
});
