import { together } from './together.ts';

describe('parts of one event’s work', () => {
  it('all finish though one fails, and the failure is told', async () => {
    const done: string[] = [];
    const slow = async () => {
      await new Promise((resolve) => setTimeout(resolve, 5));
      done.push('slow');
    };
    const failing = () => Promise.reject(new Error('broken'));
    await expect(together(failing, slow)).rejects.toThrow('broken');
    expect(done).toEqual(['slow']);
    await expect(together(slow, slow)).resolves.toBeUndefined();
  });
});
