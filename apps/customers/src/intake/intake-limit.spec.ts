import { IntakeLimit } from './intake-limit';

describe('IntakeLimit', () => {
  it('runs some at once in order of arrival, lets some wait, refuses the rest, and recovers', async () => {
    const limit = new IntakeLimit(2, 4);
    const log: string[] = [];
    const finish: (() => void)[] = [];
    const call = (name: string): Promise<void> =>
      limit.run(async () => {
        log.push(name);
        await new Promise<void>((resolve) => finish.push(resolve));
      });
    const calls = ['a', 'b', 'c', 'd'].map(call);
    await expect(call('e')).rejects.toMatchObject({ reason: 'INTAKE_BUSY', retryAfterMs: 250 });
    expect(log).toEqual(['a', 'b']);
    for (let i = 0; i < 4; i += 1) {
      finish[i]!();
      await calls[i];
    }
    expect(log).toEqual(['a', 'b', 'c', 'd']);
    await expect(limit.run(async () => 'free')).resolves.toBe('free');
  });

  it('gives the place of a failed call to the next', async () => {
    const limit = new IntakeLimit(1, 2);
    const failing = limit.run(() => Promise.reject(new Error('no')));
    const next = limit.run(async () => 'next');
    await expect(failing).rejects.toThrow('no');
    await expect(next).resolves.toBe('next');
  });
});
