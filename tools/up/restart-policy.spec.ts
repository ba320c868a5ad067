import { RestartPolicy } from './restart-policy';

describe('RestartPolicy', () => {
  it('waits twice as long each time and then gives up', () => {
    const policy = new RestartPolicy();
    const delays = Array.from({ length: 5 }, () => policy.decide(100));
    expect(delays).toEqual([250, 500, 1000, 2000, 4000].map((delayMs, index) => ({ delayMs, attempt: index + 1 })));
    expect(policy.decide(100)).toBe('give-up');
  });

  it('forgets crashes after a steady run', () => {
    const policy = new RestartPolicy();
    policy.decide(100);
    policy.decide(100);
    expect(policy.decide(60_000)).toEqual({ delayMs: 250, attempt: 1 });
  });

  it('never gives up when every run is a steady one', () => {
    const policy = new RestartPolicy(0);
    for (let crash = 0; crash < 20; crash += 1) expect(policy.decide(0)).toEqual({ delayMs: 250, attempt: 1 });
  });
});
