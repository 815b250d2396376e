import { gathering } from './gather.ts';

describe('gathering', () => {
  it('does together what is asked for meanwhile, everything once', async () => {
    const runs: number[][] = [];
    let isRunning = false;
    const ask = gathering<number>(async (items) => {
      expect(isRunning).toBe(false);
      isRunning = true;
      runs.push([...items]);
      await new Promise((resolve) => setTimeout(resolve, 5));
      isRunning = false;
    });
    const first = ask(1);
    await Promise.resolve();
    await Promise.resolve();
    await Promise.all([first, ...[2, 3, 4].map(ask)]);
    await ask(5);
    expect(runs).toEqual([[1], [2, 3, 4], [5]]);
  });

  it('fails for those it failed for, and goes on', async () => {
    const ask = gathering<string>(async (items) => {
      if (items.includes('bad')) throw new Error('no');
    });
    const asked = [ask('bad'), ask('with it')];
    await expect(asked[0]).rejects.toThrow('no');
    await expect(asked[1]).rejects.toThrow('no');
    await expect(ask('good')).resolves.toBeUndefined();
  });
});
