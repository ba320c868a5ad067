import { DecisionMade } from '@tidegate/contracts/arbitration/v1/arbitration_events';
import { eventually } from '@tidegate/testing';
import { appAction, ArbitrationFixture, callAction } from '../../testing/arbitration.fixture';
import { idsOf, members, PushRunner } from '../../testing/push-runner';

// Goal: what was told of and has not left yet waits while its strategy is paused or its channel is quiet, and never leaves once the strategy is over.

let fixture: ArbitrationFixture;

beforeAll(async () => {
  fixture = await ArbitrationFixture.start();
  await fixture.putPolicy({});
});
afterAll(() => fixture?.stop());

it('lets decisions of a strategy wait for the end of a pause, and stops those of one that is over', async () => {
  const listed = members('m', 2);
  const actions = [appAction('note')];
  await fixture.putCustomers(listed);
  await fixture.putStrategy('stop', actions);
  const run = new PushRunner(fixture);
  const push = await run.finished(await run.start('stop', idsOf(listed)));
  const decisionIds = (await run.decisionsOf(push.pushId)).map(({ decisionId }) => decisionId);
  expect(decisionIds).toHaveLength(2);
  const ask = (ids = decisionIds) => fixture.client().listRetractions({ decisionIds: ids });
  const nothing = { retractions: [], quietDecisions: [] };
  expect(await ask()).toMatchObject(nothing);

  await fixture.putStrategy('stop', actions, { state: 'paused' });
  const { retractions, quietDecisions } = await ask([...decisionIds, 'unknown']);
  expect(retractions).toEqual([]);
  expect(quietDecisions.map(({ decisionId }) => decisionId).sort()).toEqual([...decisionIds].sort());
  for (const { until } of quietDecisions) expect(until!.getTime()).toBeGreaterThan(fixture.clock.now().getTime());
  await fixture.putStrategy('stop', actions);
  expect(await ask()).toMatchObject(nothing);

  const stopped = async (): Promise<void> => {
    const answer = await ask();
    expect(answer.quietDecisions).toEqual([]);
    expect(answer.retractions.map(({ decisionId, reason }) => [decisionId, reason]).sort()).toEqual(
      [...decisionIds].sort().map((decisionId) => [decisionId, 'STRATEGY_STOPPED']),
    );
  };
  await fixture.putStrategy('stop', actions, { endsAt: fixture.clock.now() });
  await stopped();
  await fixture.putStrategy('stop', actions, { state: 'retired' });
  await stopped();
});

it('tells of people’s work when its channel closes, and asked later until when it is quiet and when it closes next', async () => {
  const listed = members('called', 1);
  const night = { channel: 'remote_bank', fromMinute: 21 * 60, toMinute: 8 * 60, mode: 'queue' };
  await fixture.putPolicy({ quietHours: [{ ...night, isQuietOnHolidays: false, isServiceExempt: false }] });
  const told: DecisionMade[] = [];
  const stopListening = fixture.first.bus.listen(DecisionMade, ({ data }) => told.push(data));
  await fixture.putCustomers(listed);
  await fixture.putStrategy('calls', [callAction('call', 'seats')]);
  const run = new PushRunner(fixture);
  await run.putCapacity('seats', 5);
  await run.finished(await run.start('calls', idsOf(listed)));
  const tonight = new Date('2026-03-02T13:00:00Z');
  await eventually(() => expect(told).toMatchObject([{ decision: { reason: 'CHOSEN' }, quietFrom: tonight }]));
  stopListening();

  const { decisionId } = told[0]!.decision!;
  const ask = () => fixture.client().listRetractions({ decisionIds: [decisionId] });
  expect(await ask()).toMatchObject({ quietDecisions: [], closings: [{ decisionId, quietFrom: tonight }] });
  const before = fixture.clock.now();
  fixture.clock.set(new Date('2026-03-02T13:30:00Z'));
  const opens = new Date('2026-03-03T00:00:00Z');
  expect(await ask()).toMatchObject({
    quietDecisions: [{ decisionId, until: opens }],
    closings: [{ decisionId, quietFrom: new Date('2026-03-03T13:00:00Z') }],
  });
  fixture.clock.set(before);
});
