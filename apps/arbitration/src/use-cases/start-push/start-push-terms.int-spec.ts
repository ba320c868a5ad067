import { Quota } from '@tidegate/contracts/arbitration/v1/quotas';
import type { DomainError } from '@tidegate/errors';
import { appAction, ArbitrationFixture, callAction } from '../../testing/arbitration.fixture';
import { idsOf, members, PushRunner } from '../../testing/push-runner';

// Goal: a push keeps capacity, quota, its own limits and its budget at once, and says what each loser lost to.

let fixture: ArbitrationFixture;
let run: PushRunner;

beforeAll(async () => {
  fixture = await ArbitrationFixture.start(2);
  run = new PushRunner(fixture);
  await fixture.putPolicy({});
});
afterAll(() => fixture?.stop());

describe('a push with limits and a budget of its own', () => {
  const listed = members('terms', 400);
  const price = (customerId: string): number => Number(customerId.split('-')[1]);
  let pushId: string;

  beforeAll(async () => {
    await fixture.putCustomers(listed.map((one) => ({ ...one, attributes: { tier: price(one.customerId) } })));
    await run.putCapacity('terms', 100);
    const rich = { field: 'attributes.tier', op: 'gte', value: 300 };
    await fixture.putStrategy(
      'terms',
      [
        callAction('terms-call', 'terms', { valueMinor: 1_000 }),
        callAction('terms-rich', 'terms', { valueMinor: 5_000, suitability: rich }),
        appAction('terms-sms', { valueMinor: 400, treatments: [{ channel: 'sms', title: 'x' }] }),
      ],
      { quota: 180 },
    );
    pushId = await run.start('terms', idsOf(listed), {
      terms: {
        limits: [
          { kind: 'budget', key: '', max: 7_300 },
          { kind: 'action', key: 'terms-rich', max: 40 },
          { kind: 'channel', key: 'sms', max: 90 },
        ],
        costs: [
          { channel: 'remote_bank', costMinor: 100 },
          { channel: 'sms', costMinor: 10 },
        ],
      },
    });
  });

  it('keeps every one of them, and comes as near to the bound as whole members can', async () => {
    const push = await run.finished(pushId);
    const used = new Map(push.limits.map((line) => [line.limit, line]));
    for (const { used: count, max } of push.limits) expect(count).toBeLessThanOrEqual(max);
    // 40 rich calls, then calls and messages for what the budget still pays.
    expect(used.get('action:terms-rich')).toMatchObject({ used: 40, max: 40 });
    expect(used.get('budget')?.used).toBe(7_300);
    // The best there is: messages pay 40 for a unit of money, calls 10.
    expect(push.plannedValue).toBe(40 * 5_000 + 90 * 400 + 24 * 1_000);
    expect(push.plannedValue).toBeLessThanOrEqual(push.valueBound);

    const decisions = await run.decisionsOf(pushId);
    expect(decisions).toHaveLength(400);
    const chosen = decisions.filter(({ isChosen }) => isChosen);
    const spent = chosen.reduce((sum, { channel }) => sum + (channel === 'sms' ? 10 : 100), 0);
    expect(spent).toBe(7_300);
    expect(
      chosen.filter(({ actionId }) => actionId === 'terms-rich').map(({ customerId }) => price(customerId) >= 300),
    ).toEqual(new Array(40).fill(true));
    const losers = decisions.filter(({ isChosen }) => !isChosen);
    expect(losers.every(({ reason, lostTo }) => reason === 'OUTRANKED' && lostTo !== '')).toBe(true);
  });

  it('is found among the pushes of its strategy', async () => {
    const again = await run.finished(await run.start('terms', ['terms-1', 'terms-2']));
    const first = await fixture.client().listPushes({ strategyId: 'terms', pageSize: 1, pageToken: '' });
    expect(first.pushes.map((push) => push.pushId)).toEqual([again.pushId]);
    const { nextPageToken: pageToken } = first;
    const rest = await fixture.client().listPushes({ strategyId: 'terms', pageSize: 5, pageToken });
    expect(rest.pushes.map((push) => push.pushId)).toEqual([pushId]);
  });

  it('says what can never be chosen, and refuses terms that mean nothing', async () => {
    const none = await run.finished(
      await run.start('terms', ['terms-7'], {
        replica: 1,
        terms: {
          limits: [{ kind: 'budget', key: '', max: 5 }],
          costs: [{ channel: '', actionId: '', costMinor: 10 }],
        },
      }),
    );
    expect(none.countByReason).toEqual({ BUDGET_EXHAUSTED: 1 });
    const terms = { limits: [{ kind: 'channel', key: '', max: 5 }], costs: [{ costMinor: 1 }] };
    const error: DomainError = await run.start('terms', ['terms-3', 'x', 'y'], { terms }).then(
      () => Promise.reject(new Error('it was taken')),
      (refusal: DomainError) => refusal,
    );
    expect(error.reason).toBe('VALIDATION_FAILED');
  });
});

describe('a push with a quota that strategies share', () => {
  it('gives it to as many as it lasts for, and tells the others that it was the quota', async () => {
    const budget = {
      quotaId: 'shared',
      name: 'Shared',
      kind: 'budget',
      currency: 'CNY',
      period: 'total',
      orgPath: 'hq',
    };
    const quota = Quota.fromPartial({ ...budget, limitAmount: 70 });
    await fixture.quotas().putQuota({ requestId: 'shared', quota });
    const listed = members('shared', 400);
    await fixture.putCustomers(listed);
    const quotaUses = [{ quotaId: 'shared', actionIds: [], channels: [], amount: 7 }];
    await fixture.putStrategy('shared', [appAction('shared')], { quotaUses });
    const pushId = await run.start('shared', idsOf(listed));
    const push = await run.finished(pushId);
    expect(push.countByReason).toEqual({ CHOSEN: 10, OUTRANKED: 390 });
    expect(push.limits).toEqual([{ limit: 'quota:shared', max: 70, used: 70 }]);
    const losers = (await run.decisionsOf(pushId)).filter(({ isChosen }) => !isChosen);
    expect(losers.filter(({ lostTo }) => lostTo !== 'quota:shared')).toEqual([]);
    const { quota: left } = await fixture.quotas().getQuota({ quotaId: 'shared' });
    expect(left).toMatchObject({ reservedAmount: 70, usedAmount: 0 });
    // Nothing is left for anybody after it.
    const next = await run.finished(await run.start('shared', ['shared-0', 'shared-1']));
    expect(next.countByReason).toEqual({ QUOTA_EXHAUSTED: 2 });
  });
});
