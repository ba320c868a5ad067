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
    const first = limit.call(() => new Promise<void>((resolve) => (answer = resolve)));
    await expect(limit.call(async () => 'second')).rejects.toMatchObject({ reason: 'INTAKE_BUSY', retryAfterMs: 250 });
    answer();
    await first;
    await expect(limit.call(async () => 'third')).resolves.toBe('third');
  });

  it('yields to several calls at once, within a bound', async () => {
    const limit = limited(10);
    let done = 0;
    const release: (() => void)[] = [];
    const call = (): Promise<void> => limit.call(() => new Promise<void>((resolve) => release.push(resolve)));
    const calls = [call()];
    await limit.yieldToCalls(60_000);
    calls.push(call());
    const yielding = limit.yieldToCalls(60_000).then(() => (done += 1));
    await limit.yieldToCalls(30);
    expect(done).toBe(0);
    release[0]!();
    await yielding;
    release[1]!();
    await Promise.all(calls);
  });
});
