import * as fc from 'fast-check';
import {
  grantedRewardId,
  grantRequestId,
  oweReward,
  settleAttempt,
  type GrantAttempt,
  type OwedReward,
} from './owed-reward';

const now = new Date('2026-03-02T00:00:00Z');
const owed = oweReward(
  {
    rewardId: 'fission|f|c-1',
    customerId: 'c-1',
    reward: { kind: 'benefit', stockId: 's' },
    cause: 'fission',
    reference: 'f',
  },
  now,
);

it('is granted or refused once and for all', () => {
  expect(settleAttempt(owed, { outcome: 'granted', instanceId: 'i-1' }, now)).toMatchObject({
    state: 'granted',
    instanceId: 'i-1',
    settledAt: now,
  });
  expect(settleAttempt(owed, { outcome: 'refused', reason: 'STOCK_SOLD_OUT' }, now)).toMatchObject({
    state: 'refused',
    reason: 'STOCK_SOLD_OUT',
    instanceId: '',
  });
  expect(grantRequestId(owed)).toBe(grantRequestId({ rewardId: owed.rewardId }));
});

it('is named by the request id that it is granted under, and by no other', () => {
  expect(grantedRewardId(grantRequestId(owed))).toBe(owed.rewardId);
  expect(grantedRewardId(owed.rewardId)).toBeUndefined();
});

it('stays as another replica noted it, but for a grant that is noted late', () => {
  const granted: GrantAttempt = { outcome: 'granted', instanceId: 'i-1' };
  const refusal: GrantAttempt = { outcome: 'refused', reason: 'STOCK_SOLD_OUT' };
  const [won, lost] = [settleAttempt(owed, granted, now)!, settleAttempt(owed, refusal, now)!];
  for (const late of [granted, refusal, { outcome: 'failed', reason: 'UNAVAILABLE', attemptCount: 0 } as const]) {
    expect(settleAttempt(won, late, now)).toBeNull();
  }
  expect(settleAttempt(lost, refusal, now)).toBeNull();
  expect(settleAttempt(lost, granted, now)).toMatchObject({ state: 'granted', reason: '', instanceId: 'i-1' });
});

it('is tried again at growing intervals when the attempt failed, however often, for ninety days', () => {
  const day = (count: number): Date => new Date(now.getTime() + count * 24 * 3_600_000);
  const fail = (reward: OwedReward, at = now): OwedReward =>
    settleAttempt(reward, { outcome: 'failed', reason: 'STOCK_PAUSED', attemptCount: reward.attemptCount }, at)!;
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 500 }), (failures) => {
      let reward = owed;
      let pauseMs = 0;
      for (let attempt = 0; attempt < failures; attempt += 1) {
        reward = fail(reward);
        const next = reward.nextAttemptAt.getTime() - now.getTime();
        expect(next).toBeGreaterThanOrEqual(pauseMs);
        expect(next).toBeLessThanOrEqual(15 * 60 * 1000);
        pauseMs = next;
      }
      expect(reward).toMatchObject({ state: 'owed', reason: 'STOCK_PAUSED', attemptCount: failures });
    }),
  );
  expect(fail(owed, day(89))).toMatchObject({ state: 'owed' });
  expect(fail(owed, day(90))).toMatchObject({ state: 'refused', reason: 'STOCK_PAUSED', settledAt: day(90) });
  expect(settleAttempt(owed, { outcome: 'granted', instanceId: 'i' }, day(90))).toMatchObject({ state: 'granted' });
});

it('counts what fails on several replicas at one moment as one attempt', () => {
  const failed: GrantAttempt = { outcome: 'failed', reason: 'STOCK_PAUSED', attemptCount: 0 };
  const once = settleAttempt(owed, failed, now)!;
  expect(once.attemptCount).toBe(1);
  expect(settleAttempt(once, failed, now)).toBeNull();
  // What ends it is noted, whenever the attempt began.
  expect(settleAttempt(once, { outcome: 'refused', reason: 'CLAIM_ENDED' }, now)).toMatchObject({ state: 'refused' });
});
