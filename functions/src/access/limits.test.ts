import { AppError } from '../platform/errors.ts';
import { limitHere, limitsHere } from './limits.ts';

describe('a limit in the memory of an instance', () => {
  const use = (key: string) =>
    limitHere('callByPerson', key).then(
      () => 'let through',
      (error: unknown) => error,
    );
  it('lets so many through, then says when to come again; everybody has a limit of their own', async () => {
    const { most, perSeconds } = limitsHere.callByPerson;
    const uses = await Promise.all(Array.from({ length: most }, () => use('busy')));
    expect(new Set(uses)).toEqual(new Set(['let through']));
    const refused = await use('busy');
    if (!(refused instanceof AppError)) throw new Error('was let through');
    expect(refused.reason).toBe('TOO_MANY_REQUESTS');
    expect(refused.details.retryAfterMs).toBeGreaterThanOrEqual(1_000);
    expect(refused.details.retryAfterMs).toBeLessThanOrEqual(perSeconds * 1_000);
    expect(await use('calm')).toBe('let through');
  });
});
