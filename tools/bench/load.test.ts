import { runAtOnce } from './load.ts';

describe('jobs', () => {
  it('run no more at once than asked, and give their results in order', async () => {
    let running = 0;
    let most = 0;
    const job = (value: number) => async () => {
      running += 1;
      most = Math.max(most, running);
      await new Promise((resolve) => setTimeout(resolve, value % 3));
      running -= 1;
      return value;
    };
    const values = Array.from({ length: 20 }, (_, index) => index);
    expect(await runAtOnce(4, values.map(job))).toEqual(values);
    expect(most).toBe(4);
  });
});
