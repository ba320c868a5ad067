import { DecideRequest, type Decision } from '@tidegate/contracts/arbitration/v1/arbitration';
import { Quota } from '@tidegate/contracts/arbitration/v1/quotas';
import { Shift, ShiftsServiceService } from '@tidegate/contracts/arbitration/v1/shifts';
import { CustomerStateRepository } from '../../repositories/customer-state.repository';
import { ArbitrationFixture, callAction } from '../../testing/arbitration.fixture';
import { idsOf, members, PushRunner } from '../../testing/push-runner';

// Goal: a push, a pull and its preview ask for quiet hours and limits at the time for which people's time is promised, not at the time of asking.

const EVENING = new Date('2026-03-02T13:30:00Z');
const shanghai = (text: string): Date => new Date(`2026-03-${text}:00+08:00`);
let fixture: ArbitrationFixture;
let pushes: PushRunner;

beforeAll(async () => {
  fixture = await ArbitrationFixture.start();
  pushes = new PushRunner(fixture);
  const night = { channel: 'remote_bank', fromMinute: 21 * 60, toMinute: 8 * 60, mode: 'discard' };
  await fixture.putPolicy({
    quietHours: [{ ...night, isQuietOnHolidays: true, isServiceExempt: false }],
    limits: [{ scope: 'overall', key: '', maxCount: 1, windowDays: 1, window: 'calendar', purpose: 'marketing' }],
  });
});
afterAll(() => fixture?.stop());

const putUnits = (queue: string, slot: string, units: number) =>
  fixture.client().putCapacity({ requestId: `${queue}-${slot}`, queue, slot, units });
const putCall = (name: string) =>
  fixture.putStrategy(name, [
    callAction(`${name}-call`, name, { eligibility: { field: 'attributes.test', op: 'eq', value: name } }),
  ]);
const pushed = async (strategyId: string, ids: string[], horizonDays: number): Promise<Decision[]> => {
  const pushId = await pushes.start(strategyId, ids, { horizonDays });
  await pushes.finished(pushId);
  const rows = await pushes.decisionsOf(pushId);
  return Promise.all(
    rows.map(async ({ decisionId }) => (await fixture.client().getDecision({ decisionId, language: 'en' })).decision!),
  );
};

it('promises the days that are open to those of a list that is pushed at night', async () => {
  fixture.clock.set(EVENING);
  for (const slot of ['2026-03-02', '2026-03-03', '2026-03-04']) await putUnits('evening', slot, 2);
  await putCall('evening');
  const list = members('evening', 5).map((member) => ({ ...member, attributes: { test: 'evening' } }));
  await fixture.putCustomers(list);
  const decisions = await pushed('evening', idsOf(list), 3);
  const chosen = decisions.filter(({ reason }) => reason === 'CHOSEN');
  expect(chosen.map(({ promisedAt }) => promisedAt?.toISOString()).sort()).toEqual(
    ['03T08:00', '03T08:00', '04T08:00', '04T08:00'].map((text) => shanghai(text).toISOString()),
  );
  const known = await fixture.first.app.get(CustomerStateRepository).findMany(idsOf(list));
  for (const { customerId, promisedAt } of chosen) {
    expect(known.get(customerId)?.contacts).toMatchObject([{ at: promisedAt, isCommitted: false }]);
  }
});

it('promises nobody a second contact on a day that has one', async () => {
  await putCall('again');
  for (const slot of ['2026-03-03', '2026-03-04']) await putUnits('again', slot, 5);
  // Promised a call on the third and on the fourth.
  const [first, second] = [await promisedOn('2026-03-03'), await promisedOn('2026-03-04')];
  for (const customerId of [first, second]) {
    await fixture.putCustomers([{ customerId, version: 2, attributes: { test: 'again' } }]);
  }
  const repository = fixture.first.app.get(CustomerStateRepository);
  // Nobody is at work on them any more, so that the limit alone speaks.
  for (const { contacts } of (await repository.findMany([first, second])).values()) {
    const [{ decisionId } = { decisionId: '' }] = contacts;
    const given = { requestId: `end-${decisionId}`, decisionId, outcome: 'no_answer', occurredAt: undefined };
    fixture.clock.set((await fixture.client().getDecision({ decisionId, language: 'en' })).decision!.promisedAt!);
    await fixture.client().recordOutcome(given);
  }
  fixture.clock.set(shanghai('03T09:00'));
  const decisions = await pushed('again', [first, second], 1);
  const dayOf = (customerId: string) => decisions.find((decision) => decision.customerId === customerId)?.capacitySlot;
  expect([dayOf(first), dayOf(second)]).toEqual(['2026-03-04', '2026-03-03']);
});

/** A member of the first list who was promised a call on the day. */
async function promisedOn(slot: string): Promise<string> {
  for (const customerId of idsOf(members('evening', 5))) {
    const request = { customerId, pageSize: 0, pageToken: '', language: 'en' };
    const [decision] = (await fixture.client().listDecisions(request)).decisions;
    if (decision?.capacitySlot === slot) return customerId;
  }
  throw new Error(`nobody was promised ${slot}`);
}

it('counts a daily quota on the day that people are promised for', async () => {
  fixture.clock.set(shanghai('09T10:00'));
  const terms = { quotaId: 'daily', name: 'Daily', kind: 'volume', limitAmount: 10, period: 'day', orgPath: 'hq' };
  await fixture.quotas().putQuota({ requestId: 'daily', quota: Quota.fromPartial(terms) });
  const quotaNow = async () => (await fixture.quotas().getQuota({ quotaId: 'daily' })).quota;
  // Nobody is there today.
  await putUnits('daily', '2026-03-10', 20);
  const eligibility = { field: 'attributes.test', op: 'eq', value: 'daily' };
  const quotaUses = [{ quotaId: 'daily', actionIds: [], channels: [], amount: 1 }];
  await fixture.putStrategy('daily', [callAction('daily-call', 'daily', { eligibility })], { quotaUses });
  const list = members('daily', 25).map((member) => ({ ...member, attributes: { test: 'daily' } }));
  await fixture.putCustomers(list);
  const chosenOf = (decisions: Decision[]) => decisions.filter(({ reason }) => reason === 'CHOSEN');
  const first = await pushed('daily', idsOf(list), 1);
  expect(chosenOf(first).map(({ capacitySlot }) => capacitySlot)).toEqual(
    Array.from({ length: 10 }, () => '2026-03-10'),
  );
  expect(await quotaNow()).toMatchObject({ periodKey: '2026-03-09', reservedAmount: 0 });

  fixture.clock.set(shanghai('10T10:00'));
  expect(await quotaNow()).toMatchObject({ periodKey: '2026-03-10', reservedAmount: 10 });
  const others = first.filter(({ reason }) => reason !== 'CHOSEN').map(({ customerId }) => customerId);
  const second = await pushed('daily', others, 1);
  expect(new Set(second.map(({ reason }) => reason))).toEqual(new Set(['QUOTA_EXHAUSTED']));
  const [gone] = chosenOf(first);
  const outcome = { requestId: 'gone', decisionId: gone!.decisionId, outcome: 'released', occurredAt: undefined };
  await fixture.client().recordOutcome(outcome);
  expect(await quotaNow()).toMatchObject({ periodKey: '2026-03-10', reservedAmount: 9 });
});

it('promises a pull, and says so in its preview, the first shift that is open', async () => {
  fixture.clock.set(shanghai('05T07:00'));
  const shifts = fixture.first.client(ShiftsServiceService);
  const plan = { queue: 'early', orgPath: 'hq/east', slotMinutes: 60, daysAhead: 1 };
  await shifts.putShiftPlan({ requestId: 'plan', plan });
  const shift = Shift.fromPartial({
    shiftId: 'early-ann',
    queue: 'early',
    personId: 'ann',
    teamId: 'east',
    weekdays: [1, 2, 3, 4, 5],
    hours: { fromMinute: 7 * 60, toMinute: 10 * 60 },
    unitsPerHour: 1,
    followsCalendar: true,
    firstDay: '2026-03-05',
  });
  await shifts.putShift({ requestId: 'shift', shift });
  await putCall('early');
  await fixture.putCustomers([{ customerId: 'eve', attributes: { test: 'early' } }]);
  const ask = async (isCommitted: boolean): Promise<Decision> => {
    const request = { requestId: 'early-1', customerId: 'eve', channels: ['remote_bank'], isCommitted };
    return (await fixture.client().decide(DecideRequest.fromPartial(request))).decisions[0]!;
  };
  const promised = { reason: 'CHOSEN', capacitySlot: '2026-03-05T08:00', promisedAt: shanghai('05T08:00') };
  expect(await ask(false)).toMatchObject(promised);
  expect(await ask(true)).toMatchObject(promised);
});
