import fc from 'fast-check';
import { strangersIn, toldOf } from './telling.ts';

const nobody = { parentAuthor: null, answeredAuthor: null, mentioned: [] };

describe('toldOf', () => {
  it.each([
    ['the author of the post', { ...nobody, parentAuthor: 'a' }, 'w', ['a reply']],
    [
      'and of the reply answered',
      { ...nobody, parentAuthor: 'a', answeredAuthor: 'b' },
      'w',
      ['a reply', 'b reply'],
    ],
    ['who is both once', { ...nobody, parentAuthor: 'a', answeredAuthor: 'a' }, 'w', ['a reply']],
    ['who is mentioned', { ...nobody, mentioned: ['m'] }, 'w', ['m mention']],
    [
      'who is mentioned and answered of the answer',
      { ...nobody, answeredAuthor: 'm', mentioned: ['m'] },
      'w',
      ['m reply'],
    ],
    [
      'nobody of what they write themselves',
      { parentAuthor: 'w', answeredAuthor: 'w', mentioned: ['w'] },
      'w',
      [],
    ],
    ['nobody who has left', { ...nobody, parentAuthor: 'withdrawn-x' }, 'w', []],
    ['the author also when the writer is not known', { ...nobody, parentAuthor: 'a' }, null, ['a reply']],
  ])('tells %s', (_who, addressed, writer, told) => {
    expect(
      toldOf(addressed, writer)
        .map(({ uid, kind }) => `${uid} ${kind}`)
        .sort(),
    ).toEqual(told);
  });
  it('tells nobody twice and never the writer', () => {
    const uid = fc.constantFrom('a', 'b', 'c', 'withdrawn-d');
    const one = fc.option(uid, { nil: null });
    const addressed = fc.record({ parentAuthor: one, answeredAuthor: one, mentioned: fc.array(uid) });
    fc.assert(
      fc.property(addressed, uid, (all, writer) => {
        const told = toldOf(all, writer).map((each) => each.uid);
        expect(new Set(told).size).toBe(told.length);
        expect(told).not.toContain(writer);
        expect(told).not.toContain('withdrawn-d');
      }),
    );
  });
});

describe('strangersIn', () => {
  it('leaves out who is addressed anyway, and names nobody twice', () => {
    expect(strangersIn(['a', 'b', 'b', 'c'], ['a', null])).toEqual(['b', 'c']);
  });
});
