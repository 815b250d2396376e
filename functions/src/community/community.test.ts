import { staleCounts } from './community.ts';

const reply = {
  parentType: 'FreeTalks' as const,
  parentId: 't1',
  replyTo: null,
  deleted: false,
  hidden: false,
};
const answer = { ...reply, replyTo: 'r1' };
const talk = { type: 'FreeTalks', id: 't1' };

describe('staleCounts', () => {
  it.each([
    ['a new reply', null, reply, [talk], []],
    ['an answer to a reply', null, answer, [talk], ['r1']],
    ['a tombstone', answer, { ...answer, deleted: true }, [talk], ['r1']],
    ['a hidden one', reply, { ...reply, hidden: true }, [talk], []],
    ['one put back', { ...reply, hidden: true }, reply, [talk], []],
    ['a deleted document', answer, null, [talk], ['r1']],
    ['an edit of the words', reply, { ...reply }, [], []],
    [
      'a tombstone that is hidden as well',
      { ...reply, deleted: true },
      { ...reply, deleted: true, hidden: true },
      [],
      [],
    ],
    ['a tombstone removed', { ...reply, deleted: true }, null, [], []],
    [
      'a reply moved to another parent',
      reply,
      { ...reply, parentId: 't2' },
      [talk, { type: 'FreeTalks', id: 't2' }],
      [],
    ],
  ])('%s', (_what, before, after, parents, replies) => {
    expect(staleCounts(before, after)).toEqual({ parents, replies });
  });
});
