import { DecideRequest, type Decision } from '@tidegate/contracts/arbitration/v1/arbitration';
import { CapacityMoved } from '@tidegate/contracts/arbitration/v1/arbitration_events';
import { Shift, ShiftsServiceService, type CapacitySlot } from '@tidegate/contracts/arbitration/v1/shifts';
import { eventually } from '@tidegate/testing';
import { ArbitrationFixture, callAction } from '../../../testing/arbitration.fixture';
import { idsOf, members } from '../../../testing/push-runner';
import { PlanDaysTask } from '../../plan-days.task';

// Goal: shifts are the units that decisions spend: exact for queue, team and person, over days, over two replicas, and when somebody falls ill.

const MONDAY = '2026-03-02';
let fixture: ArbitrationFixture;
let requestCount = 0;
const heard: CapacityMoved[] = [];

beforeAll(async () => {
  fixture = await ArbitrationFixture.start(2);
  fixture.first.bus.listen(CapacityMoved, ({ data }) => heard.push(data));
  await fixture.putPolicy({});
});
afterAll(() => fixture?.stop());

const requestId = (): string => `shift-${(requestCount += 1)}`;
const shifts = (replica = 0, actor?: object) => fixture.replicas[replica]!.client(ShiftsServiceService, actor);
const planQueue = (queue: string, slotMinutes = 60, daysAhead = 7) =>
  shifts().putShiftPlan({ requestId: requestId(), plan: { queue, orgPath: 'hq/east', slotMinutes, daysAhead } });
const aShift = (queue: string, personId: string, overrides: Partial<Shift> = {}): Shift =>
  Shift.fromPartial({
    shiftId: `${queue}-${personId}`,
    queue,
    personId,
    teamId: 'east',
    weekdays: [1, 2, 3, 4, 5],
    hours: { fromMinute: 600, toMinute: 720 },
    unitsPerHour: 1,
    followsCalendar: true,
    firstDay: MONDAY,
    ...overrides,
  });
const putShift = (queue: string, personId: string, overrides: Partial<Shift> = {}) =>
  shifts().putShift({ requestId: requestId(), shift: aShift(queue, personId, overrides) });
/** A call for the customers of one test alone. */
const putStrategy = (test: string) =>
  fixture.putStrategy(test, [
    callAction(`${test}-call`, test, { eligibility: { field: 'attributes.test', op: 'eq', value: test } }),
  ]);
const slotsOf = async (queue: string, of: { personId?: string; teamId?: string } = {}, days = 8) => {
  const request = { queue, teamId: '', personId: '', fromDay: '', days, ...of };
  return (await shifts().listCapacitySlots(request)).slots;
};
const sumOf = (slots: CapacitySlot[], key: 'planned' | 'reserved' | 'used' | 'free'): number =>
  slots.reduce((sum, slot) => sum + slot[key], 0);
const decide = async (customerId: string, replica = 0, isCommitted = true): Promise<Decision> => {
  const request = { requestId: `decide-${customerId}`, customerId, channels: ['remote_bank'], isCommitted };
  return (await fixture.client(replica).decide(DecideRequest.fromPartial(request))).decisions[0]!;
};

it('gives units to queue, team and person by slot, and lets another branch neither see nor change them', async () => {
  await planQueue('view');
  await putShift('view', 'ann');
  await putShift('view', 'ben', { unitsPerHour: 2, breaks: [{ fromMinute: 600, toMinute: 630 }] });
  const [first, second] = await slotsOf('view', {}, 1);
  expect(first).toMatchObject({ slot: `${MONDAY}T10:00`, planned: 2, reserved: 0, used: 0, free: 2 });
  expect(first).toMatchObject({ startsAt: new Date('2026-03-02T02:00:00Z'), endsAt: new Date('2026-03-02T03:00:00Z') });
  expect(second).toMatchObject({ slot: `${MONDAY}T11:00`, planned: 3 });
  expect(sumOf(await slotsOf('view', { teamId: 'east' }, 1), 'planned')).toBe(5);
  expect(sumOf(await slotsOf('view', { personId: 'ben' }), 'planned')).toBe(3 * 6);
  const west = shifts(0, { kind: 'staff', id: 'w', roles: ['admin'], orgPath: 'hq/west' });
  const others = { reason: 'ORG_OUT_OF_SCOPE' };
  await expect(west.putShift({ requestId: 'w', shift: aShift('view', 'wes') })).rejects.toMatchObject(others);
  await expect(west.removeShift({ requestId: 'w', shiftId: 'view-ann' })).rejects.toMatchObject(others);
  await expect(west.listShifts({ queue: 'view', pageSize: 0, pageToken: '' })).rejects.toMatchObject(others);
  await expect(putShift('nowhere', 'ann')).rejects.toMatchObject({ reason: 'SHIFT_PLAN_NOT_FOUND' });
  const none = { requestId: requestId(), shiftId: 'none' };
  await expect(shifts().removeShift(none)).rejects.toMatchObject({ reason: 'SHIFT_NOT_FOUND' });
  await expect(putShift('view', 'ann', { minutesPerContact: 5 })).rejects.toMatchObject({
    reason: 'VALIDATION_FAILED',
  });
  const byHand = { requestId: requestId(), queue: 'view', slot: MONDAY, units: 99 };
  await expect(fixture.client().putCapacity(byHand)).rejects.toMatchObject({ reason: 'CAPACITY_FROM_SHIFTS' });
});

it('is for the branch that its plan belongs to now, whoever it was put by', async () => {
  await planQueue('given');
  const at = (branch: string, replica: number) =>
    shifts(replica, { kind: 'staff', id: branch, roles: ['admin'], orgPath: `hq/${branch}` });
  const page = { queue: 'given', pageSize: 0, pageToken: '' };
  const shift = aShift('given', 'ann');
  await at('east', 0).putShift({ requestId: 'given', shift });
  await shifts().putShiftPlan({
    requestId: requestId(),
    plan: { queue: 'given', orgPath: 'hq/west', slotMinutes: 60, daysAhead: 7 },
  });
  const others = { reason: 'ORG_OUT_OF_SCOPE' };
  for (const replica of [0, 1]) {
    const east = at('east', replica);
    await expect(east.putShift({ requestId: 'not-given', shift })).rejects.toMatchObject(others);
    await expect(east.removeShift({ requestId: 'not-given', shiftId: shift.shiftId })).rejects.toMatchObject(others);
    await expect(east.listShifts(page)).rejects.toMatchObject(others);
    expect((await at('west', replica).listShifts(page)).shifts).toHaveLength(1);
  }
  await at('west', 0).removeShift({ requestId: 'taken', shiftId: shift.shiftId });
});

it('never promises more than there is over two replicas, own slots to the owner’s customers', async () => {
  await planQueue('race');
  await putShift('race', 'ann', { unitsPerHour: 3 });
  await putShift('race', 'ben', { unitsPerHour: 2 });
  await putStrategy('race');
  const owned = members('race-owned', 10).map((member) => ({
    ...member,
    attributes: { test: 'race', ownerId: 'ann' },
  }));
  const others = members('race-other', 10).map((member) => ({ ...member, attributes: { test: 'race' } }));
  await fixture.putCustomers([...owned, ...others]);
  const ids = [...idsOf(owned), ...idsOf(others)];
  const decisions = await Promise.all(ids.map((customerId, at) => decide(customerId, at % 2)));
  const chosen = decisions.filter(({ reason }) => reason === 'CHOSEN');
  expect(chosen).toHaveLength(10);
  expect(decisions.filter(({ reason }) => reason === 'CAPACITY_EXHAUSTED')).toHaveLength(10);
  const today = await slotsOf('race', {}, 1);
  expect(today.map(({ planned, reserved }) => [planned, reserved])).toEqual([
    [5, 5],
    [5, 5],
  ]);
  const ofAnn = await slotsOf('race', { personId: 'ann' }, 1);
  expect(sumOf(ofAnn, 'reserved')).toBe(chosen.filter(({ ownerId }) => ownerId === 'ann').length);
  expect(sumOf(ofAnn, 'reserved')).toBeLessThanOrEqual(6);

  const [done, gone] = chosen;
  const outcome = (decisionId: string, name: string) =>
    fixture.client(1).recordOutcome({ requestId: requestId(), decisionId, outcome: name, occurredAt: undefined });
  await outcome(done!.decisionId, 'converted');
  await outcome(gone!.decisionId, 'released');
  const after = await slotsOf('race', {}, 1);
  expect([sumOf(after, 'reserved'), sumOf(after, 'used'), sumOf(after, 'free')]).toEqual([8, 1, 1]);
});

it('gives a member whose owner has no time left what nobody else was planned for, and no more', async () => {
  await planQueue('instead');
  await putShift('instead', 'ann');
  await putShift('instead', 'ben');
  const app = { channel: 'app', title: 'Hello', body: 'A message.' };
  const call = { channel: 'remote_bank', title: 'Call', queue: 'instead', contextWeight: 2 };
  const eligibility = { field: 'attributes.test', op: 'eq', value: 'instead' };
  await fixture.putStrategy('instead', [
    { actionId: 'instead', group: 'deposits', treatments: [call, app], eligibility },
  ]);
  const attributes = { test: 'instead', ownerId: 'ann' };
  const owned = members('instead', 8).map((member) => ({ ...member, attributes }));
  await fixture.putCustomers(owned);
  const client = fixture.client();
  const limits = [{ kind: 'channel', key: 'app', max: 5 }];
  const request = { requestId: requestId(), strategyId: 'instead', listId: 'l', capacitySlot: '', limits, costs: [] };
  const { push } = await client.startPush({ ...request, orgPath: '', horizonDays: 0 });
  const { pushId } = push!;
  await client.appendPushMembers({
    pushId,
    sequence: 0,
    customerIds: idsOf(owned),
    isLast: true,
  });
  await eventually(async () => expect((await client.getPush({ pushId })).push).toMatchObject({ state: 'completed' }), {
    timeoutMs: 60_000,
  });
  const { decisions } = await client.listPushDecisions({ pushId, pageSize: 50, pageToken: '' });
  // The queue's four units are planned for four, though ann has two of them; the others are planned for a message, and one more is left.
  const messages = decisions.filter(({ channel }) => channel === 'app');
  expect(decisions.filter(({ channel }) => channel === 'remote_bank')).toHaveLength(2);
  expect(messages).toHaveLength(5);
  expect(decisions.filter(({ isChosen }) => !isChosen)).toMatchObject([{ reason: 'OUTRANKED' }]);
  const instead = await Promise.all(
    messages.map(async ({ decisionId }) => (await client.getDecision({ decisionId, language: 'en' })).decision!),
  );
  const refused = instead.flatMap(({ candidates }) => candidates.filter(({ channel }) => channel === 'remote_bank'));
  expect(refused.map(({ reason }) => reason)).toContain('CAPACITY_EXHAUSTED');
});

it('spreads a push over the days of its horizon, and says for when each is promised', async () => {
  await planQueue('days');
  await putShift('days', 'ann');
  await putStrategy('days');
  const list = members('days', 9).map((member) => ({ ...member, attributes: { test: 'days' } }));
  await fixture.putCustomers(list);
  const client = fixture.client();
  const start = { requestId: requestId(), strategyId: 'days', listId: 'l', capacitySlot: '', limits: [], costs: [] };
  const { push } = await client.startPush({ ...start, orgPath: '', horizonDays: 3 });
  const pushId = push!.pushId;
  await client.appendPushMembers({ pushId, sequence: 0, customerIds: idsOf(list), isLast: true });
  await eventually(async () => expect((await client.getPush({ pushId })).push).toMatchObject({ state: 'completed' }), {
    timeoutMs: 60_000,
  });
  const page = await client.listPushDecisions({ pushId, pageSize: 50, pageToken: '' });
  const chosen = page.decisions.filter(({ isChosen }) => isChosen);
  expect(chosen).toHaveLength(8);
  const whole = await Promise.all(
    chosen.map(async ({ decisionId }) => (await client.getDecision({ decisionId, language: 'en' })).decision!),
  );
  const bySlot = whole.map(({ capacitySlot }) => capacitySlot).sort();
  expect(bySlot).toEqual(
    [0, 1, 2, 3].flatMap((ahead) => [`2026-03-0${2 + ahead}T10:00`, `2026-03-0${2 + ahead}T11:00`]),
  );
  const tuesday = whole.find(({ capacitySlot }) => capacitySlot === '2026-03-03T11:00');
  expect(tuesday?.promisedAt).toEqual(new Date('2026-03-03T03:00:00Z'));
  expect(whole.find(({ capacitySlot }) => capacitySlot === `${MONDAY}T10:00`)?.promisedAt).toBeUndefined();
});

it('moves what was promised of somebody who falls ill to the next free slots, and gives up what none is left for', async () => {
  await planQueue('ill', 60, 1);
  await putShift('ill', 'ann', { unitsPerHour: 2, lastDay: '2026-03-03' });
  await putShift('ill', 'ben', { lastDay: '2026-03-03' });
  await putStrategy('ill');
  const list = members('ill', 6).map((member, at) => ({
    ...member,
    attributes: { test: 'ill', ownerId: at < 4 ? 'ann' : 'ben' },
  }));
  await fixture.putCustomers(list);
  const decisions = [];
  for (const { customerId } of list) decisions.push(await decide(customerId));
  expect(decisions.every(({ reason }) => reason === 'CHOSEN')).toBe(true);
  // Of a person’s time, the team that he is in.
  expect(decisions.every(({ capacityTeamId }) => capacityTeamId === 'east')).toBe(true);
  expect(sumOf(await slotsOf('ill', {}, 1), 'free')).toBe(0);
  const off = { day: MONDAY, hours: undefined };
  await putShift('ill', 'ann', { unitsPerHour: 2, lastDay: '2026-03-03', exceptions: [off] });
  const [today, tomorrow] = [await slotsOf('ill', {}, 1), (await slotsOf('ill', {}, 2)).slice(2)];
  expect([sumOf(today, 'planned'), sumOf(today, 'reserved')]).toEqual([2, 2]);
  expect([sumOf(tomorrow, 'planned'), sumOf(tomorrow, 'reserved')]).toEqual([6, 4]);
  expect(sumOf((await slotsOf('ill', { personId: 'ann' }, 2)).slice(-2), 'reserved')).toBe(4);
  await shifts().removeShift({ requestId: requestId(), shiftId: 'ill-ann' });
  const both = await slotsOf('ill', {}, 2);
  // Ben has two slots of his own tomorrow; two of Ann's four go there and two are given up.
  expect([sumOf(both, 'planned'), sumOf(both, 'reserved'), sumOf(both, 'free')]).toEqual([4, 4, 0]);
  await eventually(() => expect(heard.filter(({ isReleased }) => isReleased)).toHaveLength(2));
  const [lost] = heard.filter(({ isReleased }) => isReleased);
  const free = await decide(lost!.customerId).catch(() => null);
  expect(free).not.toBeNull();
});

it('keeps a team’s units for the team’s customers, and moves them to its other slots when a colleague is gone', async () => {
  await planQueue('team', 60, 1);
  const lastDay = '2026-03-03';
  await putShift('team', 'ann', { lastDay });
  await putShift('team', 'ben', { lastDay });
  await putShift('team', 'wes', { teamId: 'west', lastDay });
  await putStrategy('team');
  const list = members('team', 6).map((member, at) => ({
    ...member,
    // The second one's manager does not work here; the last one is nobody's.
    attributes: { test: 'team', teamId: at < 5 ? 'east' : '', ownerId: at === 1 ? 'elsewhere' : '' },
  }));
  await fixture.putCustomers(list);
  const decisions = await Promise.all(list.map(({ customerId }, at) => decide(customerId, at % 2)));
  const chosen = decisions.filter(({ reason }) => reason === 'CHOSEN');
  expect(chosen.map(({ teamId }) => teamId).sort()).toEqual(['', 'east', 'east', 'east', 'east']);
  for (const { teamId, capacityTeamId } of chosen) expect(capacityTeamId).toBe(teamId);
  expect(sumOf(await slotsOf('team', { teamId: 'east' }, 1), 'free')).toBe(0);
  expect(sumOf(await slotsOf('team', {}, 1), 'free')).toBe(1);
  // A preview knows them as well: one unit is free, and none of east.
  await fixture.putCustomers([{ customerId: 'team-other', attributes: { test: 'team' } }]);
  const left = decisions.find(({ reason }) => reason !== 'CHOSEN')!.customerId;
  expect((await decide(left, 0, false)).reason).toBe('CAPACITY_EXHAUSTED');
  expect((await decide('team-other', 0, false)).reason).toBe('CHOSEN');

  await shifts().removeShift({ requestId: requestId(), shiftId: 'team-ann' });
  const ofEast = await slotsOf('team', { teamId: 'east' }, 2);
  expect(ofEast.map(({ planned, reserved }) => [planned, reserved])).toEqual(Array.from({ length: 4 }, () => [1, 1]));
  expect(sumOf(await slotsOf('team', {}, 2), 'reserved')).toBe(5);
  await eventually(() => expect(heard.filter(({ queue }) => queue === 'team')).toHaveLength(2));
  expect(heard.filter(({ queue }) => queue === 'team')).toMatchObject([{ teamId: 'east' }, { teamId: 'east' }]);
});

it('plans each new day as it comes, once, whoever looks', async () => {
  await planQueue('roll', 60, 1);
  await putShift('roll', 'ann');
  fixture.clock.advance(86_400_000);
  await Promise.all(fixture.replicas.map(({ app }) => app.get(PlanDaysTask).execute()));
  const slots = await slotsOf('roll', {}, 2);
  expect(slots.map(({ slot }) => slot)).toContain('2026-03-04T10:00');
  expect(sumOf(slots, 'planned')).toBe(4);
});

it('plans for any unit, however long its path', async () => {
  const orgPath = Array.from({ length: 4 }, () => 'u'.repeat(63)).join('/');
  const plan = { queue: 'deep', orgPath, slotMinutes: 60, daysAhead: 7 };
  expect(await shifts().putShiftPlan({ requestId: requestId(), plan })).toMatchObject({ plan: { orgPath } });
});
