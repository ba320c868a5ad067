import * as fc from 'fast-check';
import { CircuitBreaker } from './circuit-breaker';

it('lets no call through for a while after three failures, then one alone', () => {
  const breaker = new CircuitBreaker();
  for (let i = 0; i < 3; i += 1) {
    expect(breaker.admits(1_000)).toBe(true);
    breaker.failed(1_000);
  }
  expect([1_000, 5_999].map((now) => breaker.admits(now))).toEqual([false, false]);
  expect([6_000, 6_000].map((now) => breaker.admits(now))).toEqual([true, false]);
  breaker.failed(6_000);
  expect([15_999, 16_000].map((now) => breaker.admits(now))).toEqual([false, true]);
  breaker.succeeded();
  expect([16_000, 16_000].map((now) => breaker.admits(now))).toEqual([true, true]);
});

it('always lets one through again within five minutes', () => {
  fc.assert(
    fc.property(fc.array(fc.boolean(), { maxLength: 40 }), (results) => {
      const breaker = new CircuitBreaker();
      let now = 0;
      for (const isGood of results) {
        if (!breaker.admits(now)) {
          now += 300_000;
          expect(breaker.admits(now)).toBe(true);
        }
        if (isGood) breaker.succeeded();
        else breaker.failed(now);
      }
    }),
  );
});
