import { chunksOf, forEachBounded, mapBounded } from './bounded';

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

describe('bounded work', () => {
  it('never runs more than the limit at once, and all of it', async () => {
    let [running, most] = [0, 0];
    const results = await mapBounded([3, 1, 4, 1, 5, 9, 2, 6], 3, async (item) => {
      running += 1;
      most = Math.max(most, running);
      for (let i = 0; i < item; i += 1) await turn();
      running -= 1;
      return item * 2;
    });
    expect(results).toEqual([6, 2, 8, 2, 10, 18, 4, 12]);
    expect(most).toBe(3);
  });

  it('starts nothing more after a failure', async () => {
    const started: number[] = [];
    const work = forEachBounded([1, 2, 3, 4, 5, 6], 2, async (item) => {
      started.push(item);
      await turn();
      if (item === 2) throw new Error('two');
    });
    await expect(work).rejects.toThrow('two');
    await turn();
    expect(started.length).toBeLessThan(6);
  });

  it('cuts a list into chunks', () => {
    expect(chunksOf([1, 2, 3, 4, 5], 2)).toEqual([[1, 2], [3, 4], [5]]);
  });
});
