import { Timestamp } from '../platform/firebase.ts';
import { claim, isLast, mostAttempts } from './attempts.ts';

const then = Timestamp.fromMillis(1);
const received = (attempts: number) => ({ state: 'RECEIVED', attempts, parkedAt: null }) as const;

describe('a mail the queue hands over', () => {
  it('is read, and every attempt counts', () => {
    expect(claim(received(0))).toEqual({ do: 'read', attempt: 1 });
    expect(claim(received(mostAttempts - 1))).toEqual({ do: 'read', attempt: mostAttempts });
  });
  it('is parked when the last attempt left no word', () => {
    expect(claim(received(mostAttempts))).toEqual({ do: 'park', failure: 'UNFINISHED' });
  });
  it.each(['READ', 'UNREADABLE', 'PARKED'] as const)('is left alone when it is %s', (state) => {
    expect(claim({ state, attempts: 1, parkedAt: null })).toEqual({ do: 'leave' });
  });
  it('has all its attempts again when an operator sets a parked one back', () => {
    expect(claim({ state: 'RECEIVED', attempts: mostAttempts, parkedAt: then })).toEqual({
      do: 'read',
      attempt: 1,
    });
  });
});

describe('an attempt that failed', () => {
  it('is the last when it was the fifth, or when nothing can help', () => {
    expect(isLast(mostAttempts - 1, 'STORAGE')).toBe(false);
    expect(isLast(mostAttempts, 'STORAGE')).toBe(true);
    expect(isLast(1, 'RAW_MISSING')).toBe(true);
    expect(isLast(1, 'NO_RAW_MESSAGE')).toBe(true);
  });
});
