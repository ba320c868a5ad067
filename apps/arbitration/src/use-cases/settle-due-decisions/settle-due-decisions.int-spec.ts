import { DecisionMade } from '@tidegate/contracts/arbitration/v1/arbitration_events';
import { MomentDetected } from '@tidegate/contracts/campaigns/v1/campaigns_events';
import type { DomainError } from '@tidegate/errors';
import { eventually } from '@tidegate/testing';
import { CustomerStateRepository } from '../../repositories/customer-state.repository';
import { ArbitrationFixture, callAction } from '../../testing/arbitration.fixture';
import { SettleDueDecisionsUseCase } from './settle-due-decisions.use-case';

// Goal: what quiet hours held back goes out once when they end, unless something speaks against it by then, and records go after their time.

const DAY_MS = 86_400_000;
/** Monday the second of March, 22:00 in Shanghai; the night ends at 08:00. */
const NIGHT = new Date('2026-03-02T14:00:00Z');
const MORNING = new Date('2026-03-03T00:00:00Z');

let fixture: ArbitrationFixture;
const heard: DecisionMade[] = [];

beforeAll(async () => {
  fixture = await ArbitrationFixture.start(2);
  fixture.first.bus.listen(DecisionMade, ({ data }) => heard.push(data));
  fixture.clock.set(NIGHT);
  await fixture.putPolicy({
    quietHours: [
      {
        channel: 'remote_bank',
        fromMinute: 21 * 60,
        toMinute: 8 * 60,
        isQuietOnHolidays: true,
        mode: 'queue',
        isServiceExempt: false,
      },
    ],
    reservationTtlSeconds: 3_600,
    decisionRetentionDays: 30,
  });
  await fixture.client().putCapacity({ requestId: 'seats', queue: 'seats', slot: 'default', units: 9 });
  const rule = { field: 'event.amount', op: 'gte', value: 100 };
  await fixture.putStrategy('outflow', [callAction('keep', 'seats', { eligibility: rule })], {
    momentRules: [{ ruleId: 'r', kind: 'threshold', factType: 'transaction', actionIds: ['keep'] }],
  });
  await fixture.putCustomers(['ann', 'ben', 'cyd'].map((customerId) => ({ customerId })));
});
afterAll(() => fixture?.stop());

const decisionsOf = async (customerId: string) =>
  (await fixture.client().listDecisions({ customerId, pageSize: 0, pageToken: '', language: 'en' })).decisions;
const decided = async (customerId: string) => {
  const moment = MomentDetected.fromPartial({
    momentId: `m-${customerId}`,
    customerId,
    strategyId: 'outflow',
    ruleId: 'r',
    actionIds: ['keep'],
    factData: { amount: 500 },
  });
  await fixture.first.publish(MomentDetected, customerId, [moment]);
  return eventually(async () => {
    const [decision] = await decisionsOf(customerId);
    if (decision === undefined) throw new Error('not decided yet');
    return decision;
  });
};
const told = (customerId: string) => heard.filter(({ decision }) => decision?.customerId === customerId);
const settle = (): Promise<unknown> =>
  Promise.all(fixture.replicas.map(({ app }) => app.get(SettleDueDecisionsUseCase).execute()));
const seats = async () =>
  (await fixture.client().listCapacity({ queue: 'seats', pageSize: 0, pageToken: '' })).capacities.find(
    ({ slot }) => slot !== 'default',
  );

it('waits for the morning, judged anew by then, told of once', async () => {
  for (const customerId of ['ann', 'ben', 'cyd']) {
    const decision = await decided(customerId);
    expect(decision).toMatchObject({ reason: 'CHOSEN', queuedUntil: MORNING });
    expect(decision.explanation.join(' ')).toContain('It waits for the end of quiet hours');
  }
  expect(await seats()).toMatchObject({ reserved: 3 });
  await fixture
    .client()
    .applyConsent({ customerId: 'ben', purpose: 'marketing', channel: '*', isGranted: false, version: 2 });
  // At once, and nothing waits for the morning in his place.
  await eventually(() => expect(told('ben').length).toBe(1));
  await eventually(async () => expect(await seats()).toMatchObject({ reserved: 2 }));
  const [ofCyd] = await decisionsOf('cyd');
  const given = { requestId: 'cyd', decisionId: ofCyd!.decisionId, outcome: 'released', occurredAt: undefined };
  await fixture.client().recordOutcome(given);
  fixture.clock.set(new Date(MORNING.getTime() - 1));
  await settle();
  expect(heard).toHaveLength(1);

  fixture.clock.set(MORNING);
  await settle();
  await settle();
  await eventually(() => expect([told('ann').length, told('ben').length]).toEqual([1, 1]));
  expect(told('ann')[0]?.decision).toMatchObject({ reason: 'CHOSEN', actionId: 'keep', queuedUntil: undefined });
  expect(told('ben')[0]?.decision).toMatchObject({ reason: 'CONSENT_MISSING', group: 'none', retractedReason: '' });
  expect(told('cyd')).toEqual([]);
  expect((await decisionsOf('ben'))[0]).toMatchObject({ reason: 'CONSENT_MISSING', queuedUntil: undefined });
  const ben = await fixture.first.app.get(CustomerStateRepository).find('ben');
  expect(ben?.contacts).toEqual([]);
  expect(await seats()).toMatchObject({ reserved: 1 });
});

it('takes the contact along when what was queued has to wait on', async () => {
  fixture.clock.set(new Date('2026-03-05T14:00:00Z'));
  await fixture.putCustomers([{ customerId: 'dee' }]);
  const friday = new Date('2026-03-06T00:00:00Z');
  expect(await decided('dee')).toMatchObject({ queuedUntil: friday });
  // Meanwhile mornings became quiet until ten.
  const quiet = { channel: 'remote_bank', fromMinute: 21 * 60, toMinute: 10 * 60, mode: 'queue' };
  const quietHours = [{ ...quiet, isQuietOnHolidays: true, isServiceExempt: false }];
  await fixture.putPolicy({ quietHours, reservationTtlSeconds: 3_600, decisionRetentionDays: 30 });
  fixture.clock.set(friday);
  await settle();
  const ten = new Date('2026-03-06T02:00:00Z');
  expect((await decisionsOf('dee'))[0]).toMatchObject({ queuedUntil: ten });
  const ends = new Date('2026-03-06T03:00:00Z');
  const dee = () => fixture.first.app.get(CustomerStateRepository).find('dee');
  expect((await dee())?.contacts).toMatchObject([{ at: ten, expiresAt: ends, isCommitted: false }]);
  fixture.clock.set(ten);
  await settle();
  await eventually(() => expect(told('dee').length).toBe(1));
  expect((await dee())?.contacts).toMatchObject([{ at: ten, expiresAt: ends, isCommitted: false }]);
});

it('frees what nobody speaks of, and deletes what was kept long enough', async () => {
  fixture.clock.advance(3_600_001);
  await settle();
  expect(await seats()).toMatchObject({ reserved: 0 });
  const [decision] = await decisionsOf('ann');
  expect(decision?.keptUntil).toEqual(new Date(NIGHT.getTime() + 30 * DAY_MS));
  fixture.clock.set(new Date(NIGHT.getTime() + 30 * DAY_MS));
  await settle();
  expect(await decisionsOf('ann')).toEqual([]);
  const reason = await fixture
    .client()
    .getDecision({ decisionId: decision!.decisionId })
    .catch((error: DomainError) => error.reason);
  expect(reason).toBe('DECISION_NOT_FOUND');
});
