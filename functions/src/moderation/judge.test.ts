import fc from 'fast-check';
import { explain, type Facts, judge, judgePictures, linksIn, messages } from './judge.ts';

const plain: Facts = {
  type: 'reviews',
  words: [],
  images: 0,
  links: 0,
  newcomer: null,
  copies: { byOthers: 0, byAuthor: 0 },
  bursts: { ofAuthor: false, atHospital: false },
  praise: null,
};
const verdict = (change: Partial<Facts>) => {
  const { action, findings } = judge({ ...plain, ...change });
  return [action, ...findings.map(({ code }) => code)];
};

describe('what becomes of a text', () => {
  it.each<[string, Partial<Facts>, string[]]>([
    ['nothing found', {}, ['publish']],
    ['an insult', { words: [{ code: 'INSULT', severity: 'hold' }] }, ['hold', 'INSULT']],
    ['a rough word', { words: [{ code: 'ROUGH_WORD', severity: 'queue' }] }, ['queue', 'ROUGH_WORD']],
    ['the third post of the first day', { newcomer: { rank: 3 } }, ['publish']],
    ['the fourth', { newcomer: { rank: 4 } }, ['hold', 'NEW_ACCOUNT_POSTS']],
    ['the tenth reply', { type: 'TempReplies', newcomer: { rank: 10 } }, ['publish']],
    ['the eleventh', { type: 'TempReplies', newcomer: { rank: 11 } }, ['hold', 'NEW_ACCOUNT_REPLIES']],
    ['two pictures on the first day', { newcomer: { rank: 1 }, images: 2 }, ['hold', 'NEW_ACCOUNT_IMAGES']],
    ['three links on the first day', { newcomer: { rank: 1 }, links: 3 }, ['hold', 'NEW_ACCOUNT_LINKS']],
    ['five pictures later', { images: 5, links: 9 }, ['publish']],
    ['somebody else’s review', { copies: { byOthers: 1, byAuthor: 0 } }, ['hold', 'COPIED_TEXT']],
    ['one’s own review again', { copies: { byOthers: 0, byAuthor: 1 } }, ['queue', 'REPEATED_TEXT']],
    [
      'a reply like somebody else’s',
      { type: 'TempReplies', copies: { byOthers: 4, byAuthor: 2 } },
      ['publish'],
    ],
    [
      'a reply for the fourth time',
      { type: 'TempReplies', copies: { byOthers: 0, byAuthor: 3 } },
      ['hold', 'REPEATED_TEXT'],
    ],
    ['many at once', { bursts: { ofAuthor: true, atHospital: false } }, ['queue', 'AUTHOR_BURST']],
    [
      'many at once by a new account',
      { bursts: { ofAuthor: true, atHospital: false }, newcomer: { rank: 1 } },
      ['hold', 'AUTHOR_BURST'],
    ],
    [
      'three reviews, all praise of one',
      { praise: { reviews: 3, fiveStarsHere: 3 } },
      ['queue', 'SINGLE_HOSPITAL_PRAISE'],
    ],
    ['one of three elsewhere', { praise: { reviews: 3, fiveStarsHere: 2 } }, ['publish']],
    ['two reviews', { praise: { reviews: 2, fiveStarsHere: 2 } }, ['publish']],
  ])('%s', (_, change, expected) => expect(verdict(change)).toEqual(expected));

  const facts = fc.record({
    type: fc.constantFrom('reviews', 'FreeTalks', 'TempReplies'),
    words: fc.array(
      fc.constantFrom(
        { code: 'INSULT', severity: 'hold' } as const,
        { code: 'BROKER', severity: 'queue' } as const,
      ),
      { maxLength: 3 },
    ),
    images: fc.nat(5),
    links: fc.nat(5),
    newcomer: fc.option(fc.record({ rank: fc.integer({ min: 1, max: 20 }) })),
    copies: fc.record({ byOthers: fc.nat(6), byAuthor: fc.nat(6) }),
    bursts: fc.record({ ofAuthor: fc.boolean(), atHospital: fc.boolean() }),
    praise: fc.option(fc.record({ reviews: fc.nat(5), fiveStarsHere: fc.nat(5) })),
  });
  it('is never done without a reason, and every reason is told in Korean', () => {
    fc.assert(
      fc.property(facts, (given) => {
        const found = judge(given);
        expect(found.findings.length === 0).toBe(found.action === 'publish');
        if (found.action === 'publish') return;
        const told = explain(found);
        expect(told).toMatch(/이의/);
        expect(told.length).toBeLessThanOrEqual(600);
        const causes = found.findings.filter(
          ({ severity }) => found.action !== 'hold' || severity === 'hold',
        );
        expect(causes.some(({ code }) => told.includes(messages[code]))).toBe(true);
      }),
    );
  });
});

it.each([
  ['주소는 https://a.example/1 과 www.b.kr, c-d.com', 3],
  ['3.5주차 붓기가 2.com같아요', 0],
  ['링크 없음', 0],
])('links in %s: %i', (text, count) => expect(linksIn(text)).toBe(count));

it.each([
  ['nobody’s', { byOthers: false, byAuthorElsewhere: false }, 'publish', 'publish'],
  ['somebody else’s', { byOthers: true, byAuthorElsewhere: false }, 'hold', 'queue'],
  ['one’s own of another hospital', { byOthers: false, byAuthorElsewhere: true }, 'queue', 'queue'],
  ['both', { byOthers: true, byAuthorElsewhere: true }, 'hold', 'queue'],
])('a picture that is %s', (_, known, inReview, onBoard) => {
  expect(judgePictures('reviews', known).action).toBe(inReview);
  expect(judgePictures('FreeTalks', known).action).toBe(onBoard);
});
