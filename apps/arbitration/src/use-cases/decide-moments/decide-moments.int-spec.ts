import { DecisionMade } from '@tidegate/contracts/arbitration/v1/arbitration_events';
import { MomentDetected } from '@tidegate/contracts/campaigns/v1/campaigns_events';
import { eventually } from '@tidegate/testing';
import { StrategyCatalogue } from '../../engine/strategy-catalogue';
import { appAction, ArbitrationFixture, callAction } from '../../testing/arbitration.fixture';
import { DecideMomentsUseCase } from './decide-moments.use-case';

// Goal: a moment becomes exactly one decision over the channels of its actions, and waits for what it needs to know.

let fixture: ArbitrationFixture;
const heard: DecisionMade[] = [];

beforeAll(async () => {
  fixture = await ArbitrationFixture.start(2);
  await fixture.putPolicy({});
  fixture.first.bus.listen(DecisionMade, ({ data }) => heard.push(data));
  await fixture.client().putCapacity({ requestId: 'branch', queue: 'branch', slot: 'default', units: 1 });
});
afterAll(() => fixture?.stop());

const moment = (momentId: string, customerId: string, overrides: Partial<MomentDetected> = {}): MomentDetected =>
  MomentDetected.fromPartial({
    momentId,
    customerId,
    strategyId: 'outflow',
    ruleId: 'large-outflow',
    actionIds: ['keep'],
    factId: `fact-${momentId}`,
    factData: { amount: 120_000 },
    factAcceptedAt: new Date('2026-03-02T01:59:59.500Z'),
    ...overrides,
  });
const decisionsOf = async (customerId: string) =>
  (await fixture.client().listDecisions({ customerId, pageSize: 0, pageToken: '' })).decisions;
const putStrategy = (): Promise<void> =>
  fixture.putStrategy(
    'outflow',
    [
      callAction('keep', 'branch', {
        treatments: [
          { channel: 'branch', title: 'Call on {{customer.externalId}}: {{fact.amount}} left', queue: 'branch' },
          { channel: 'app', title: 'We are here', body: 'About {{fact.amount}}', contextWeight: 0.1 },
        ],
        eligibility: { field: 'event.amount', op: 'gte', value: 100_000 },
      }),
      appAction('other'),
    ],
    { momentRules: [{ ruleId: 'large-outflow', kind: 'threshold', factType: 'transaction', actionIds: ['keep'] }] },
  );

it('is tried again until customer and strategy have arrived', async () => {
  await fixture.first.publish(MomentDetected, 'early', [moment('early', 'yara')]);
  await fixture.putCustomers([{ customerId: 'yara' }]);
  await putStrategy();
  const decision = await eventually(async () => {
    const [found] = await decisionsOf('yara');
    if (found === undefined) throw new Error('not decided yet');
    return found;
  });
  expect(decision).toMatchObject({
    mode: 'moment',
    momentId: 'early',
    actionId: 'keep',
    channel: 'branch',
    title: 'Call on ext-yara: 120000 left',
    capacitySlot: '2026-03-02',
    factAcceptedAt: new Date('2026-03-02T01:59:59.500Z'),
  });
  expect(decision.candidates.map(({ channel, reason }) => [channel, reason])).toEqual([
    ['branch', 'CHOSEN'],
    ['app', 'OUTRANKED'],
  ]);
});

it('makes one decision of a moment told twice, and falls back to the app when no one is free', async () => {
  await fixture.putCustomers([{ customerId: 'zoe' }]);
  const told = moment('twice', 'zoe');
  await fixture.first.publish(MomentDetected, 'twice', [told, told], 'twice-1');
  await fixture.first.publish(MomentDetected, 'twice', [told], 'twice-1');
  await fixture.first.publish(MomentDetected, 'twice', [told], 'twice-2');
  await eventually(() => expect(heard.filter(({ decision }) => decision?.momentId === 'twice')).toHaveLength(1));
  await fixture.first.publish(MomentDetected, 'small', [moment('small', 'zoe', { factData: { amount: 5 } })]);
  await eventually(async () => expect(await decisionsOf('zoe')).toHaveLength(2));
  const decisions = await decisionsOf('zoe');
  expect(decisions.find(({ momentId }) => momentId === 'twice')).toMatchObject({
    channel: 'app',
    body: 'About 120000',
  });
  expect(decisions.find(({ momentId }) => momentId === 'small')).toMatchObject({
    reason: 'NOT_ELIGIBLE',
    group: 'none',
  });
});

it('keeps actions that wait for their moment out of pulls', async () => {
  await fixture.putCustomers([{ customerId: 'adam' }]);
  const { decisions } = await fixture.client().decide({
    requestId: 'adam',
    customerId: 'adam',
    channels: ['app', 'branch'],
    maxActions: 5,
    isCommitted: true,
    context: { amount: 500_000 },
  });
  expect(decisions.map(({ actionId }) => actionId)).toEqual(['other']);
});

it('is decided by the strategy that found it, not by one of before', async () => {
  await fixture.putCustomers([{ customerId: 'vera' }]);
  const { revision } = fixture.first.app.get(StrategyCatalogue).find('outflow')!;
  const told = moment('newer', 'vera', { actionIds: ['other'], strategyRevision: revision + 1 });
  const refused = fixture.first.mongo.transaction((tx) =>
    fixture.first.app.get(DecideMomentsUseCase).execute([told], tx),
  );
  await expect(refused).rejects.toMatchObject({ reason: 'PROJECTION_BEHIND', code: 'UNAVAILABLE' });
  await fixture.first.publish(MomentDetected, 'newer', [told]);
  const changed = [appAction('other', { treatments: [{ channel: 'app', title: 'Of the new version', body: '' }] })];
  await fixture.putStrategy('outflow', changed, {
    momentRules: [{ ruleId: 'large-outflow', kind: 'threshold', factType: 'transaction', actionIds: ['other'] }],
  });
  const decision = await eventually(async () => {
    const [found] = await decisionsOf('vera');
    if (found === undefined) throw new Error('not decided yet');
    return found;
  });
  expect(decision).toMatchObject({ momentId: 'newer', title: 'Of the new version' });
});
