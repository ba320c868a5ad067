import { OutcomeRecorded } from '@tidegate/contracts/arbitration/v1/arbitration_events';
import { NameListMembersMoved, type MovedMember } from '@tidegate/contracts/campaigns/v1/campaigns_events';
import { Lead } from '@tidegate/contracts/leads/v1/leads';
import { LeadAccepted, LeadClosed } from '@tidegate/contracts/leads/v1/leads_events';
import { refused } from '@tidegate/errors';
import { eventually, FakeClock } from '@tidegate/testing';
import { planMessage, startListStory, STRATEGY, teamMessage, type ListStory } from '../../../testing/list-story';

// Goal: who is not touched for N days goes to somebody else, by the period alone, and who was touched stays.

const DAY_MS = 86_400_000;
const base = Array.from({ length: 6 }, (_, i) => ({ customerId: `c${i}`, orgPath: 'hq/east' }));
const clock = new FakeClock();
let story: ListStory;
let listId: string;
beforeAll(async () => {
  story = await startListStory(base, clock);
  const team = teamMessage('east', 'hq/east', { amy: 3, bo: 3 });
  await story.lists.putTeam({ requestId: 'east', team });
  listId = (await story.build('weekly')).listId;
  const plan = planMessage({ teamIds: ['east'], recallAfterDays: 3, maxRounds: 2 });
  await story.lists.splitNameList({ requestId: 's', listId, plan });
  await story.idle(listId);
});
afterAll(() => story?.stop());

const leadOf = (customerId: string, overrides: Partial<Lead> = {}): Lead =>
  Lead.fromPartial({
    leadId: `lead-${customerId}`,
    strategyId: STRATEGY,
    customerId,
    seatId: 'seat-1',
    acceptedAt: clock.now(),
    ...overrides,
  });
const ownersOf = async (): Promise<Record<string, string>> =>
  Object.fromEntries((await story.members(listId)).map(({ customerId, agentId }) => [customerId, agentId]));
const rounds = async () =>
  (await story.lists.listNameListAdjustments({ listId, pageSize: 0, pageToken: '' })).adjustments;
const roundsAre = (count: number) =>
  eventually(async () => {
    clock.advance(1_000);
    expect(await rounds()).toHaveLength(count);
  });
const refusal = (reason: string) => expect.objectContaining({ reason }) as Error;

it('adjusts a dispatched list day by day', async () => {
  const { lists, harness, members } = story;
  const moved: MovedMember[] = [];
  const stop = harness.service.bus.listen(NameListMembersMoved, ({ data }) => moved.push(...data.moved));
  await expect(lists.adjustNameList({ requestId: 'early', listId })).rejects.toThrow(
    refusal('NAME_LIST_NOT_DISPATCHED'),
  );
  // A touch before the dispatch is of another list.
  const early = leadOf('c5', { acceptedAt: new Date(clock.now().getTime() - DAY_MS) });
  await harness.service.publish(LeadAccepted, 'early', [{ lead: early }]);
  await harness.maker.dispatchNameList({ requestId: 'd', listId, capacitySlot: '', horizonDays: 0 });
  const before = await ownersOf();
  const mine = Object.keys(before).filter((customerId) => before[customerId] === 'amy');
  expect(mine).toHaveLength(3);
  const [touched, answered, told] = mine as [string, string, string];
  const late = Object.keys(before).filter((customerId) => customerId !== touched && customerId !== answered);
  const outcomeOf = (customerId: string, outcome: string): OutcomeRecorded =>
    OutcomeRecorded.fromPartial({ strategyId: STRATEGY, customerId, outcome, channel: 'app', occurredAt: clock.now() });

  clock.advance(60_000);
  await harness.service.publish(LeadAccepted, 'a', [{ lead: leadOf(touched) }]);
  await harness.service.publish(LeadClosed, 'z', [
    { lead: leadOf(late[0]!, { acceptedAt: undefined }), outcome: 'released', closedAt: clock.now() },
  ]);
  // A message that arrived touches nobody, an answer does.
  await harness.service.publish(OutcomeRecorded, 'o', [outcomeOf(told, 'delivered'), outcomeOf(answered, 'rejected')]);
  for (const customerId of [touched, answered]) {
    await eventually(async () => {
      expect((await members(listId)).find((member) => member.customerId === customerId)?.touchedAt).toBeDefined();
    });
  }
  clock.advance(DAY_MS);
  await roundsAre(1);
  expect((await rounds())[0]).toMatchObject({ round: 1, touchedCount: 2, recalledCount: 0, givenCount: 0 });
  expect(await ownersOf()).toEqual(before);

  clock.advance(2 * DAY_MS);
  await roundsAre(2);
  // Amy may have three untouched ones, Bo too: all four change hands.
  expect((await rounds())[0]).toMatchObject({ round: 2, touchedCount: 0, recalledCount: 4, givenCount: 4 });
  const after = await ownersOf();
  expect([after[touched], after[answered]]).toEqual(['amy', 'amy']);
  for (const customerId of late) expect(after[customerId]).toBe(before[customerId] === 'amy' ? 'bo' : 'amy');
  // Whoever had no lead, or one that has ended, gets one of his new person: they are pushed anew, once, and nobody else is.
  const again = () => story.pushed.filter(({ pushId }) => pushId.startsWith(`push-name-list-${listId}-`));
  await eventually(() => expect(again().some(({ isLast }) => isLast)).toBe(true));
  expect(new Set(again().map(({ pushId }) => pushId)).size).toBe(1);
  expect([...new Set(again().flatMap(({ customerIds }) => customerIds))].sort()).toEqual([...late].sort());
  await eventually(() => expect(moved).toHaveLength(6 + 4));
  expect(moved.find(({ customerId, fromAgentId }) => customerId === late[0] && fromAgentId !== '')).toEqual({
    customerId: late[0],
    fromAgentId: before[late[0]!],
    toAgentId: after[late[0]!],
  });

  clock.advance(3 * DAY_MS);
  await roundsAre(3);
  expect((await rounds())[0]).toMatchObject({ recalledCount: 4, givenCount: 0 });
  const { split } = await lists.getNameListSplit({ listId });
  expect(split).toMatchObject({
    placedCount: 2,
    touchedCount: 2,
    unplacedCountByReason: { ROUNDS_USED_UP: 4 },
    plan: { recallAfterDays: 3 },
  });
  // Given to nobody, pushed for nobody.
  expect(new Set(again().map(({ pushId }) => pushId)).size).toBe(1);
  const last = (await members(listId)).find(({ customerId }) => customerId === late[0]);
  expect(last).toMatchObject({ agentId: '', unplacedReason: 'ROUNDS_USED_UP' });
  expect([...last!.recalledFrom].sort()).toEqual(['amy', 'bo']);
  stop();
});

it('adjusts on demand, once for a request, and not after the list is closed', async () => {
  const { lists, idle } = story;
  const asked = await lists.adjustNameList({ requestId: 'now', listId });
  expect(asked.nameList?.job).toMatchObject({ kind: 'adjust' });
  await idle(listId);
  const count = (await rounds()).length;
  expect((await lists.adjustNameList({ requestId: 'now', listId })).nameList).toEqual(asked.nameList);
  expect(await rounds()).toHaveLength(count);
  const closed = await lists.closeNameList({ requestId: 'c', listId });
  expect(closed.nameList?.state).toBe('closed');
  await expect(lists.adjustNameList({ requestId: 'late', listId })).rejects.toThrow(
    refusal('NAME_LIST_NOT_DISPATCHED'),
  );
});

it('is adjusted, and closed, also when somebody is in two of its teams by now', async () => {
  const { build, lists, harness, idle } = story;
  const put = (requestId: string, teamId: string, people: Record<string, number>) =>
    lists.putTeam({ requestId, team: teamMessage(teamId, 'hq/east', people) });
  await put('north', 'north', { nell: 2 });
  await put('south', 'south', { sam: 2 });
  const two = (await build('two')).listId;
  await lists.splitNameList({ requestId: 'two', listId: two, plan: planMessage({ teamIds: ['north', 'south'] }) });
  expect(await idle(two)).toMatchObject({ placedCount: 4 });
  await harness.maker.dispatchNameList({ requestId: 'two', listId: two, capacitySlot: '', horizonDays: 0 });
  await put('south-2', 'south', { sam: 2, nell: 9 });
  await lists.adjustNameList({ requestId: 'two', listId: two });
  await idle(two);
  const { adjustments } = await lists.listNameListAdjustments({ listId: two, pageSize: 0, pageToken: '' });
  expect(adjustments).toMatchObject([{ round: 1, recalledCount: 0 }]);
  const { nameList } = await lists.closeNameList({ requestId: 'two', listId: two });
  expect(nameList?.state).toBe('closed');
});

it('counts a contact while the list is still being handed over', async () => {
  const { build, lists, harness, hooks, idle, members } = story;
  await lists.putTeam({ requestId: 'slow', team: teamMessage('slow', 'hq/east', { cy: 6 }) });
  const slow = (await build('slow')).listId;
  await lists.splitNameList({ requestId: 'slow', listId: slow, plan: planMessage({ teamIds: ['slow'] }) });
  await idle(slow);
  let acceptedAt: Date | undefined;
  hooks.beforeChunk = () => {
    clock.advance(1_000);
    acceptedAt = clock.now();
    clock.advance(1_000);
    return Promise.resolve();
  };
  await harness.maker.dispatchNameList({ requestId: 'slow', listId: slow, capacitySlot: '', horizonDays: 0 });
  hooks.beforeChunk = () => Promise.resolve();
  await harness.service.publish(LeadAccepted, 'quick', [{ lead: leadOf('c0', { leadId: 'quick', acceptedAt }) }]);
  await eventually(async () => {
    expect((await members(slow)).find(({ customerId }) => customerId === 'c0')?.touchedAt).toEqual(acceptedAt);
  });
  await lists.adjustNameList({ requestId: 'slow', listId: slow });
  await idle(slow);
  const { adjustments } = await lists.listNameListAdjustments({ listId: slow, pageSize: 0, pageToken: '' });
  expect(adjustments).toMatchObject([{ touchedCount: 1, recalledCount: 0 }]);
});

it('begins at once where it is asked for right after the dispatch', async () => {
  const { build, lists, harness, idle } = story;
  const fresh = (await build('fresh')).listId;
  await lists.splitNameList({ requestId: 'f', listId: fresh, plan: planMessage({ teamIds: ['east'] }) });
  await idle(fresh);
  await harness.maker.dispatchNameList({ requestId: 'f', listId: fresh, capacitySlot: '', horizonDays: 0 });
  await lists.adjustNameList({ requestId: 'f', listId: fresh });
  await idle(fresh);
  const { adjustments } = await lists.listNameListAdjustments({ listId: fresh, pageSize: 0, pageToken: '' });
  expect(adjustments).toMatchObject([{ round: 1, touchedCount: 0, recalledCount: 0 }]);
});

it('gives what somebody who left had not touched to whoever joined, also where nobody is recalled by time', async () => {
  const { build, lists, harness, idle, members, pushed } = story;
  await lists.putTeam({ requestId: 'left', team: teamMessage('left', 'hq/east', { hal: 6 }) });
  const left = (await build('left')).listId;
  await lists.splitNameList({ requestId: 'l', listId: left, plan: planMessage({ teamIds: ['left'], maxRounds: 1 }) });
  await idle(left);
  await harness.maker.dispatchNameList({ requestId: 'l', listId: left, capacitySlot: '', horizonDays: 0 });
  await lists.putTeam({ requestId: 'joined', team: teamMessage('left', 'hq/east', { ivy: 4 }) });
  await lists.adjustNameList({ requestId: 'l', listId: left });
  await idle(left);
  const { adjustments } = await lists.listNameListAdjustments({ listId: left, pageSize: 0, pageToken: '' });
  expect(adjustments).toMatchObject([{ recalledCount: 6, givenCount: 4 }]);
  const all = await members(left);
  expect(all.filter(({ agentId }) => agentId === 'ivy')).toHaveLength(4);
  expect(all.filter(({ unplacedReason }) => unplacedReason === 'CAPACITY_FULL')).toHaveLength(2);
  const again = pushed.filter(({ pushId }) => pushId.startsWith(`push-name-list-${left}-`));
  expect(again.flatMap(({ customerIds }) => customerIds)).toHaveLength(4);
});

it('waits while the strategy is paused, and gives nobody away without a lead', async () => {
  const { build, get, lists, harness, hooks, idle, pushed } = story;
  const pause = (requestId: string) => harness.checker.moveStrategy({ requestId, strategyId: STRATEGY, move: 'pause' });
  const resume = (requestId: string) =>
    harness.checker.moveStrategy({ requestId, strategyId: STRATEGY, move: 'resume' });
  await lists.putTeam({ requestId: 'paused', team: teamMessage('paused', 'hq/east', { di: 6, ed: 6 }) });
  const paused = (await build('paused')).listId;
  const plan = planMessage({ teamIds: ['paused'], recallAfterDays: 1 });
  await lists.splitNameList({ requestId: 'p', listId: paused, plan });
  await idle(paused);
  await harness.maker.dispatchNameList({ requestId: 'p', listId: paused, capacitySlot: '', horizonDays: 0 });
  const rounds = async () =>
    (await lists.listNameListAdjustments({ listId: paused, pageSize: 0, pageToken: '' })).adjustments;
  const nextAdjustmentAt = async () => (await lists.getNameListSplit({ listId: paused })).split?.nextAdjustmentAt;

  await pause('p1');
  const due = await nextAdjustmentAt();
  clock.advance(2 * DAY_MS);
  await eventually(async () => expect((await nextAdjustmentAt())?.getTime()).toBeGreaterThan(due!.getTime()));
  expect(await rounds()).toEqual([]);
  await expect(lists.adjustNameList({ requestId: 'p-now', listId: paused })).rejects.toThrow(
    refusal('STRATEGY_NOT_PUBLISHED'),
  );

  // Paused once more when the members have moved: their push waits.
  await resume('p2');
  let isPaused = true;
  hooks.beforePush = () =>
    isPaused ? Promise.reject(refused('STRATEGY_NOT_LIVE', 'It is paused.')) : Promise.resolve();
  await lists.adjustNameList({ requestId: 'p-again', listId: paused });
  await eventually(async () => expect(await rounds()).toMatchObject([{ recalledCount: 6, givenCount: 6 }]));
  await eventually(async () => {
    expect(await get(paused)).toMatchObject({ waitingFor: 'STRATEGY_NOT_LIVE', job: { kind: 'push' } });
  });
  const again = () => pushed.filter(({ pushId }) => pushId.startsWith(`push-name-list-${paused}-`));
  expect(again()).toEqual([]);
  isPaused = false;
  await eventually(async () => {
    clock.advance(30_000);
    expect((await get(paused)).job).toBeUndefined();
  });
  expect(again().flatMap(({ customerIds }) => customerIds)).toHaveLength(6);
  hooks.beforePush = () => Promise.resolve();
});

it('leaves out the push of a strategy that ends meanwhile, and gives nobody away after that', async () => {
  const { build, lists, harness, hooks, idle, pushed } = story;
  await lists.putTeam({ requestId: 'ended', team: teamMessage('ended', 'hq/east', { fay: 6, gus: 6 }) });
  const ended = (await build('ended')).listId;
  const plan = planMessage({ teamIds: ['ended'], recallAfterDays: 1 });
  await lists.splitNameList({ requestId: 'e', listId: ended, plan });
  await idle(ended);
  await harness.maker.dispatchNameList({ requestId: 'e', listId: ended, capacitySlot: '', horizonDays: 0 });
  hooks.beforePush = async () => {
    await harness.checker.moveStrategy({ requestId: 'retire', strategyId: STRATEGY, move: 'retire' });
    throw refused('STRATEGY_NOT_LIVE', 'It has ended.');
  };
  clock.advance(2 * DAY_MS);
  const rounds = async () =>
    (await lists.listNameListAdjustments({ listId: ended, pageSize: 0, pageToken: '' })).adjustments;
  await eventually(async () => expect(await rounds()).toMatchObject([{ givenCount: 6 }]));
  await idle(ended);
  expect(pushed.filter(({ pushId }) => pushId.startsWith(`push-name-list-${ended}-`))).toEqual([]);

  clock.advance(2 * DAY_MS);
  const nextAdjustmentAt = async () => (await lists.getNameListSplit({ listId: ended })).split?.nextAdjustmentAt;
  await eventually(async () => expect(await nextAdjustmentAt()).toBeUndefined());
  expect(await rounds()).toHaveLength(1);
  await expect(lists.adjustNameList({ requestId: 'e-now', listId: ended })).rejects.toThrow(
    refusal('STRATEGY_NOT_PUBLISHED'),
  );
});
