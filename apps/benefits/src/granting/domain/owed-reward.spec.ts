import * as fc from 'fast-check';
import { grantedRewardId, grantRequestId, oweReward, settleAttempt, type GrantAttempt } from './owed-reward';

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
  for (const late of [granted, refusal, { outcome: 'failed', reason: 'UNAVAILABLE' } as const]) {
    expect(settleAttempt(won, late, now)).toBeNull();
  }
  expect(settleAttempt(lost, refusal, now)).toBeNull();
  expect(settleAttempt(lost, granted, now)).toMatchObject({ state: 'granted', reason: '', instanceId: 'i-1' });
});

it('is tried again at growing intervals when the attempt failed, and given up in the end', () => {
  const failed: GrantAttempt = { outcome: 'failed', reason: 'UNAVAILABLE' };
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 99 }), (failures) => {
      let reward = owed;
      let pauseMs = 0;
      for (let attempt = 0; attempt < failures; attempt += 1) {
        reward = settleAttempt(reward, failed, now)!;
        const next = reward.nextAttemptAt.getTime() - now.getTime();
        expect(next).toBeGreaterThanOrEqual(pauseMs);
        expect(next).toBeLessThanOrEqual(15 * 60 * 1000);
        pauseMs = next;
      }
      expect(reward).toMatchObject({ state: 'owed', reason: 'UNAVAILABLE', attemptCount: failures });
    }),
  );
  let reward = owed;
  for (let attempt = 0; attempt < 100; attempt += 1) reward = settleAttempt(reward, failed, now)!;
  expect(reward).toMatchObject({ state: 'refused', reason: 'UNAVAILABLE' });
});
