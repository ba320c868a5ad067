import {
  ArbitrationServiceService,
  StartPushRequest,
  type Decision,
} from '@tidegate/contracts/arbitration/v1/arbitration';
import { DecisionMade } from '@tidegate/contracts/arbitration/v1/arbitration_events';
import { Mongo } from '@tidegate/mongo';
import { eventually } from '@tidegate/testing';
import { PushRepository } from '../../repositories/push.repository';
import { ArbitrationFixture, callAction } from '../../testing/arbitration.fixture';
import { PushRunner, SLOT } from '../../testing/push-runner';
import { SettleDueDecisionsUseCase } from './settle-due-decisions.use-case';

// Goal: what a push chose in quiet hours reaches nobody who left the list's part of the organisation meanwhile, and what it held is free.

/** Monday the second of March, 22:00 in Shanghai; the night ends at 08:00. */
const NIGHT = new Date('2026-03-02T14:00:00Z');
const MORNING = new Date('2026-03-03T00:00:00Z');

let fixture: ArbitrationFixture;
let runner: PushRunner;
const heard: Decision[] = [];

beforeAll(async () => {
  fixture = await ArbitrationFixture.start(2);
  runner = new PushRunner(fixture);
  fixture.first.bus.listen(DecisionMade, ({ data }) => void (data.decision && heard.push(data.decision)));
  fixture.clock.set(NIGHT);
  const night = { channel: 'remote_bank', fromMinute: 21 * 60, toMinute: 8 * 60, mode: 'queue' };
  await fixture.putPolicy({ quietHours: [{ ...night, isQuietOnHolidays: true, isServiceExempt: false }] });
  await runner.putCapacity('seats', 9);
});
afterAll(() => fixture?.stop());

/** A push of a list of the east, under a strategy of this organisation, decided at night. */
const pushed = async (strategyId: string, strategyOrgPath: string, customerIds: string[]): Promise<string> => {
  await fixture.putCustomers(customerIds.map((customerId) => ({ customerId })));
  await fixture.putStrategy(strategyId, [callAction(strategyId, 'seats')], { orgPath: strategyOrgPath });
  const campaigns = fixture.first.client(ArbitrationServiceService, { id: 'campaigns', kind: 'service' });
  const { push } = await campaigns.startPush(
    StartPushRequest.fromPartial({
      ...{ requestId: strategyId, strategyId, listId: strategyId },
      ...{ orgPath: 'hq/east', capacitySlot: SLOT },
    }),
  );
  const { pushId } = push!;
  await campaigns.appendPushMembers({ pushId, sequence: 0, customerIds, isLast: true });
  expect((await runner.finished(pushId)).countByReason).toEqual({ CHOSEN: customerIds.length });
  return pushId;
};
const settle = (): Promise<unknown> =>
  Promise.all(fixture.replicas.map(({ app }) => app.get(SettleDueDecisionsUseCase).execute()));
const reservedSeats = async (): Promise<number | undefined> =>
  (await fixture.client().listCapacity({ queue: 'seats', pageSize: 0, pageToken: '' })).capacities[0]?.reserved;
const told = (): unknown[] =>
  heard
    .map(({ customerId, reason, group }) => [customerId, reason, group])
    .sort(([one], [other]) => String(one).localeCompare(String(other)));

it('asks again whether the customer belongs to the organisation of the list', async () => {
  await pushed('handed', 'hq', ['ann', 'wes', 'zoe']);
  // Of before lists had an organisation of their own: it was the strategy's.
  const oldPushId = await pushed('own', 'hq/east', ['bea', 'wim']);
  await fixture.first.app.get(Mongo).transaction(async (tx) => {
    const pushes = fixture.first.app.get(PushRepository);
    await pushes.save({ ...(await pushes.find(oldPushId, tx))!, orgPath: undefined }, tx);
  });
  expect(await reservedSeats()).toBe(5);
  expect(heard).toEqual([]);
  await fixture.putCustomers([
    { customerId: 'wes', orgPath: 'hq/west', version: 2 },
    { customerId: 'wim', orgPath: 'hq/west', version: 2 },
    { customerId: 'zoe', orgPath: 'hq/east/shanghai', version: 2 },
  ]);
  fixture.clock.set(MORNING);
  await settle();
  await eventually(() =>
    expect(told()).toEqual([
      ['ann', 'CHOSEN', 'treated'],
      ['bea', 'CHOSEN', 'treated'],
      ['wes', 'ORG_OUT_OF_SCOPE', 'none'],
      ['wim', 'ORG_OUT_OF_SCOPE', 'none'],
      ['zoe', 'CHOSEN', 'treated'],
    ]),
  );
  expect(await reservedSeats()).toBe(3);
});
