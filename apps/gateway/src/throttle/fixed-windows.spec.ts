import { FixedWindows } from './fixed-windows';

beforeEach(() => jest.useFakeTimers({ now: new Date('2026-03-02T00:00:00Z') }));
afterEach(() => jest.useRealTimers());

it('lets so many through in each window, for each key by itself', async () => {
  const windows = new FixedWindows();
  const isBlocked = async (key: string) => (await windows.increment(key, 1_000, 2)).isBlocked;
  expect([await isBlocked('a'), await isBlocked('a'), await isBlocked('a')]).toEqual([false, false, true]);
  expect(await isBlocked('b')).toBe(false);
  jest.advanceTimersByTime(1_000);
  expect(await isBlocked('a')).toBe(false);
});

it('says how long a key that reached its limit must wait', async () => {
  const windows = new FixedWindows();
  expect(windows.waitMs('a', 1)).toBe(0);
  await windows.increment('a', 1_000, 1);
  jest.advanceTimersByTime(400);
  expect(windows.waitMs('a', 1)).toBe(600);
  expect(windows.waitMs('a', 2)).toBe(0);
  jest.advanceTimersByTime(600);
  expect(windows.waitMs('a', 1)).toBe(0);
});

it('keeps a bounded number of keys', async () => {
  const windows = new FixedWindows();
  for (let key = 0; key < 100_500; key += 1) await windows.increment(`k-${key}`, 1_000, 1);
  expect((windows as unknown as { windows: Map<string, unknown> }).windows.size).toBeLessThanOrEqual(100_000);
});
