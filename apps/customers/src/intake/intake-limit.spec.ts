import { CustomersConfig } from '../customers.config';
import { IntakeLimit } from './intake-limit';

const limited = (callsMax: number): IntakeLimit =>
  new IntakeLimit(new CustomersConfig({ CUSTOMERS_INTAKE_CALLS_MAX: String(callsMax) }));

describe('IntakeLimit', () => {
  it('writes two at once in order of arrival, lets the others wait, and recovers', async () => {
    const limit = limited(10);
    const log: string[] = [];
    const finish: (() => void)[] = [];
    const write = (name: string): Promise<void> =>
      limit.write(async () => {
        log.push(name);
        await new Promise<void>((resolve) => finish.push(resolve));
      });
    const writes = ['a', 'b', 'c', 'd'].map(write);
    expect(log).toEqual(['a', 'b']);
    for (let i = 0; i < 4; i += 1) {
      finish[i]!();
      await writes[i];
    }
    expect(log).toEqual(['a', 'b', 'c', 'd']);
    await expect(limit.write(async () => 'free')).resolves.toBe('free');
  });

  it('gives the place of a failed write to the next', async () => {
    const limit = limited(10);
    const failing = Promise.allSettled([1, 2].map(() => limit.write(() => Promise.reject(new Error('no')))));
    await expect(limit.write(async () => 'next')).resolves.toBe('next');
    expect((await failing).map(({ status }) => status)).toEqual(['rejected', 'rejected']);
  });

  it('refuses calls beyond its number, and takes them again after an answer', async () => {
    const limit = limited(1);
    let answer: () => void = () => undefined;
    const first = limit.call(1, () => new Promise<void>((resolve) => (answer = resolve)));
    await expect(limit.call(1, async () => 'second')).rejects.toMatchObject({
      reason: 'INTAKE_BUSY',
      retryAfterMs: 250,
    });
    answer();
    await first;
    await expect(limit.call(1, async () => 'third')).resolves.toBe('third');
  });

  it('yields to a flood of events, within a bound', async () => {
    const limit = limited(10);
    const tell = (eventCount: number): Promise<void> => limit.call(eventCount, async () => undefined);
    // Each look at the time takes ten milliseconds.
    let nowMs = 0;
    const time = jest.spyOn(Date, 'now').mockImplementation(() => (nowMs += 10));
    const waitedMs = async (forMs: number): Promise<number> => {
      const startedAt = nowMs;
      await limit.yieldToFlood(forMs);
      return nowMs - startedAt;
    };
    try {
      await tell(1);
      expect(await waitedMs(60_000)).toBeLessThan(100);
      await tell(1_000);
      const bounded = await waitedMs(60);
      expect([bounded >= 60, bounded <= 100]).toEqual([true, true]);
      // It is over two spans after its last event.
      expect(await waitedMs(60_000)).toBeLessThanOrEqual(300);
      await tell(1_000);
      expect(await waitedMs(-1)).toBeLessThan(100);
    } finally {
      time.mockRestore();
    }
  });
});
