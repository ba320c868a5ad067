import { NameListsServiceService, type PersonShare } from '@tidegate/contracts/campaigns/v1/name_lists';
import { FakeClock } from '@tidegate/testing';
import {
  planMessage,
  startListStory,
  teamMessage,
  type ListStory,
  type StoryCustomer,
} from '../../../testing/list-story';

// Goal: step by step over the API, everyone who passed is placed or named as unplaced, and no capacity is exceeded, whoever else splits.

const EAST = 'hq/east/sh';
const WEST = 'hq/west/cd';
const base: StoryCustomer[] = [
  ...Array.from({ length: 12 }, (_, i) => ({ customerId: `c-east-${String(i).padStart(2, '0')}`, orgPath: EAST })),
  ...Array.from({ length: 6 }, (_, i) => ({ customerId: `c-west-${i}`, orgPath: WEST })),
  { customerId: 'c-owned-0', orgPath: EAST, attributes: { ownerId: 'wei' } },
  { customerId: 'c-payroll', orgPath: WEST, attributes: { employer: 'ACME' } },
  { customerId: 'c-refused', orgPath: EAST, reason: 'CONSENT_MISSING' },
  { customerId: 'c-control', orgPath: EAST, reason: 'HOLDOUT_GLOBAL' },
];
const PASSED = 20;

let story: ListStory;
beforeAll(async () => {
  story = await startListStory(base, new FakeClock());
  const teams = [
    teamMessage('east', EAST, { amy: 6, bo: 6 }),
    teamMessage('west', 'hq/west', { wei: 5, xu: 1 }),
    teamMessage('busy', 'hq', { zed: 10 }),
  ];
  for (const team of teams) await story.lists.putTeam({ requestId: team.teamId, team });
});
afterAll(() => story?.stop());

const split = (listId: string, requestId: string, plan: Parameters<typeof planMessage>[0]) =>
  story.lists.splitNameList({ requestId, listId, plan: planMessage(plan) });
const peopleOf = async (listId: string): Promise<Record<string, PersonShare>> => {
  const answer = await story.lists.getNameListSplit({ listId });
  return Object.fromEntries(answer.split!.people.map((each) => [each.agentId, each]));
};
const refusal = (reason: string) => expect.objectContaining({ reason }) as Error;

it('follows the 5×5 method: filter, match, judge, split, dispatch', async () => {
  const { lists, build, idle, members, pushed, harness } = story;
  const { listId, ...filtered } = await build('steps', { relationAttributes: ['employer'] });
  expect(filtered).toMatchObject({
    state: 'ready',
    memberCount: base.length,
    expectedCount: base.length,
    passedCount: PASSED,
    screenedCountByReason: { CONSENT_MISSING: 1, HOLDOUT_GLOBAL: 1 },
    relationAttributes: ['ownerId', 'employer'],
    isSplit: false,
  });
  await expect(lists.getNameListSplit({ listId })).rejects.toThrow(refusal('NAME_LIST_NOT_SPLIT'));

  const judge = (agentId: string, willingness: number, ability: number) =>
    lists.judgePerson({
      requestId: `judge-${agentId}`,
      teamId: 'east',
      agentId,
      topic: 'deposits',
      willingness,
      ability,
      note: '',
    });
  await judge('amy', 5, 4);
  const { team } = await judge('bo', 2, 5);
  expect(team?.people[1]?.judgements).toMatchObject([
    { topic: 'deposits', willingness: 2, ability: 5, judgedBy: 'maker' },
  ]);

  const plan = { teamIds: ['east', 'west'], topic: 'deposits', relations: ['owner', 'outlet'], recallAfterDays: 3 };
  const asked = await split(listId, 's1', plan);
  expect(asked.nameList?.job).toMatchObject({ kind: 'split', doneCount: 0, totalCount: 2 });
  expect((await split(listId, 's1', plan)).nameList).toEqual(asked.nameList);
  const done = await idle(listId);
  expect(done).toMatchObject({ isSplit: true, placedCount: PASSED - 2 });
  const answer = await lists.getNameListSplit({ listId });
  expect(answer.split).toMatchObject({
    placedCount: 18,
    placedCountByRelation: { owner: 1, outlet: 17 },
    unplacedCountByReason: { CAPACITY_FULL: 2 },
    plan: { maxRounds: 3 },
  });
  expect(await peopleOf(listId)).toMatchObject({
    amy: { placedCount: 6, willingness: 5, ability: 4, capacity: 6, quota: -1 },
    bo: { placedCount: 6 },
    wei: { placedCount: 5 },
    xu: { placedCount: 1 },
  });

  await harness.maker.dispatchNameList({ requestId: 'd1', listId, capacitySlot: '', horizonDays: 0 });
  const placed = (await members(listId)).filter(({ agentId }) => agentId !== '').map(({ customerId }) => customerId);
  expect(placed).toHaveLength(18);
  expect(pushed.flatMap(({ customerIds }) => customerIds).sort()).toEqual([...placed, 'c-control'].sort());
  await expect(split(listId, 's2', plan)).rejects.toThrow(refusal('NAME_LIST_NOT_READY'));
});

it('is repeated with another plan until it is dispatched, and names who nobody has', async () => {
  const { lists, build, idle, members } = story;
  const { listId } = await build('again', { relationAttributes: ['employer'] });
  const zed = teamMessage('payroll', 'hq', { pam: 10 });
  zed.people[0]!.relations = [{ attribute: 'employer', value: 'ACME' }];
  await lists.putTeam({ requestId: 'payroll', team: zed });
  await split(listId, 'first', { teamIds: ['payroll'], relations: ['employer'] });
  expect(await idle(listId)).toMatchObject({ placedCount: 1 });
  expect(await members(listId, { agentId: 'pam' })).toMatchObject([
    { customerId: 'c-payroll', placedBy: 'employer', unplacedReason: '', isPassed: true },
  ]);
  expect(await members(listId, { reason: 'NO_RELATION' })).toHaveLength(PASSED - 1);
  expect(await members(listId, { reason: 'CONSENT_MISSING' })).toMatchObject([
    { customerId: 'c-refused', agentId: '' },
  ]);

  const quota = { teamIds: ['payroll'], relations: ['anyone'], teamQuotas: [{ teamId: 'payroll', quota: 4 }] };
  await split(listId, 'second', quota);
  expect(await idle(listId)).toMatchObject({ placedCount: 4 });
  const { split: result } = await lists.getNameListSplit({ listId });
  expect(result?.unplacedCountByReason).toEqual({ TEAM_QUOTA_EXHAUSTED: PASSED - 4 });
  const { member } = await lists.getNameListMember({ listId, customerId: 'c-payroll' });
  expect(member).toMatchObject({ customerId: 'c-payroll', isPassed: true });
  await expect(lists.getNameListMember({ listId, customerId: 'c-other' })).rejects.toThrow(
    refusal('NAME_LIST_MEMBER_NOT_FOUND'),
  );
});

it('never gives a person more than his capacity, however many lists are split at once', async () => {
  const { lists, build, idle, harness } = story;
  await harness.replica();
  const built = await Promise.all(['r1', 'r2', 'r3'].map((id) => build(id)));
  const plan = { teamIds: ['busy'], relations: ['anyone'] };
  await Promise.all(built.map(({ listId }) => split(listId, `race-${listId}`, plan)));
  const done = await Promise.all(built.map(({ listId }) => idle(listId)));
  expect(done.reduce((sum, { placedCount }) => sum + placedCount, 0)).toBe(10);
  const reasons = await Promise.all(
    built.map(async ({ listId }) => (await lists.getNameListSplit({ listId })).split?.unplacedCountByReason),
  );
  expect(reasons.reduce((sum, each) => sum + (each?.CAPACITY_FULL ?? 0), 0)).toBe(3 * PASSED - 10);
});

it('counts what a person has of other lists by whichever team', async () => {
  const { lists, build, idle, get, harness } = story;
  const put = (requestId: string, teamId: string, people: Record<string, number>) =>
    lists.putTeam({ requestId, team: teamMessage(teamId, 'hq', people) });
  const anyone = { relations: ['anyone'] };
  await put('ann-1', 'ann-before', { ann: 4 });
  const first = (await build('ann-1')).listId;
  await split(first, 'ann-1', { teamIds: ['ann-before'], ...anyone });
  expect(await idle(first)).toMatchObject({ placedCount: 4 });
  await put('ann-2', 'ann-before', { bea: 1 });
  await put('ann-3', 'ann-after', { ann: 5 });
  const [second, third] = [(await build('ann-2')).listId, (await build('ann-3')).listId];
  // While the first is still being given to her, whom its team has lost, the second waits; the third has its turn after it.
  const teams = harness.service.mongo.connection.collection('teams');
  await teams.updateOne({ _id: 'ann-before' as never }, { $set: { workingListId: first } });
  await split(second, 'ann-2', { teamIds: ['ann-after'], ...anyone });
  await put('cas', 'cas', { cas: 1 });
  await split(third, 'ann-3', { teamIds: ['cas'], ...anyone });
  await idle(third);
  expect((await get(second)).job).toMatchObject({ kind: 'split', doneCount: 0 });
  await teams.updateOne({ _id: 'ann-before' as never }, { $set: { workingListId: '' } });
  expect(await idle(second)).toMatchObject({ placedCount: 1 });

  await put('dot-1', 'dot-one', { dot: 7 });
  await put('dot-2', 'dot-two', { dot: 7 });
  const built = await Promise.all(['dot-1', 'dot-2', 'dot-3', 'dot-4'].map((id) => build(id)));
  await Promise.all(
    built.map(({ listId }, i) => split(listId, `dot-${i}`, { teamIds: [i % 2 ? 'dot-one' : 'dot-two'], ...anyone })),
  );
  const done = await Promise.all(built.map(({ listId }) => idle(listId)));
  expect(done.reduce((sum, { placedCount }) => sum + placedCount, 0)).toBe(7);
  expect(await teams.countDocuments({ workingListId: { $nin: ['', null] } })).toBe(0);
});

it('frees its people when it is closed without a dispatch', async () => {
  const { lists, build, idle, harness } = story;
  await lists.putTeam({ requestId: 'kim', team: teamMessage('kim', 'hq', { kim: 5 }) });
  const [unwanted, wanted] = [(await build('unwanted')).listId, (await build('wanted')).listId];
  const plan = { teamIds: ['kim'], relations: ['anyone'] };
  await split(unwanted, 'unwanted', plan);
  expect(await idle(unwanted)).toMatchObject({ placedCount: 5 });
  await split(wanted, 'wanted-1', plan);
  expect(await idle(wanted)).toMatchObject({ placedCount: 0 });
  const closed = await lists.closeNameList({ requestId: 'unwanted', listId: unwanted });
  expect(closed.nameList?.state).toBe('closed');
  await split(wanted, 'wanted-2', plan);
  expect(await idle(wanted)).toMatchObject({ placedCount: 5 });
  const order = { requestId: 'unwanted', listId: unwanted, capacitySlot: '', horizonDays: 0 };
  await expect(harness.maker.dispatchNameList(order)).rejects.toThrow(refusal('NAME_LIST_NOT_READY'));
});

it('ends with the reason where it cannot be made, and the list is as it was', async () => {
  const { lists, build, idle, harness } = story;
  const put = (requestId: string, teamId: string, people: Record<string, number>) =>
    lists.putTeam({ requestId, team: teamMessage(teamId, 'hq', people) });
  await put('eli', 'eli', { eli: 3 });
  await put('fay', 'fay', { fay: 3 });
  const { listId } = await build('torn');
  const teams = harness.service.mongo.connection.collection('teams');
  await teams.updateOne({ _id: 'eli' as never }, { $set: { workingListId: 'another' } });
  await split(listId, 'torn-1', { teamIds: ['eli', 'fay'], relations: ['anyone'] });
  await put('both', 'fay', { eli: 3, fay: 3 });
  await teams.updateOne({ _id: 'eli' as never }, { $set: { workingListId: '' } });
  expect(await idle(listId)).toMatchObject({ state: 'ready', isSplit: false, failureReason: 'PERSON_REPEATED' });
  await expect(lists.getNameListSplit({ listId })).rejects.toThrow(refusal('NAME_LIST_NOT_SPLIT'));
  await split(listId, 'torn-2', { teamIds: ['fay'], relations: ['anyone'] });
  expect(await idle(listId)).toMatchObject({ isSplit: true, placedCount: 6, failureReason: '' });
});

it('is taken back by a cancel, and the list is as it was', async () => {
  const { lists, build, get, harness } = story;
  const { listId } = await build('taken-back');
  const teams = harness.service.mongo.connection.collection('teams');
  // Another list has the team to itself, so this one waits.
  await teams.updateOne({ _id: 'west' as never }, { $set: { workingListId: 'another' } });
  await split(listId, 'waits', { teamIds: ['west'] });
  await expect(split(listId, 'twice', { teamIds: ['west'] })).rejects.toThrow(refusal('NAME_LIST_BUSY'));
  await expect(
    harness.maker.dispatchNameList({ requestId: 'early', listId, capacitySlot: '', horizonDays: 0 }),
  ).rejects.toThrow(refusal('NAME_LIST_BUSY'));
  await harness.maker.cancelNameList({ listId });
  expect(await get(listId)).toMatchObject({ state: 'ready', isSplit: false, job: undefined });
  await expect(lists.getNameListSplit({ listId })).rejects.toThrow(refusal('NAME_LIST_NOT_SPLIT'));
  await teams.updateOne({ _id: 'west' as never }, { $set: { workingListId: '' } });
});

it('refuses plans that make no sense, and whoever has no business with it', async () => {
  const { lists, build, harness } = story;
  const { listId } = await build('refusals');
  const wrong: [Parameters<typeof planMessage>[0], string][] = [
    [{ teamIds: [] }, 'VALIDATION_FAILED'],
    [{ teamIds: ['nobody'] }, 'TEAM_NOT_FOUND'],
    [{ teamIds: ['east'], relations: ['employer'] }, 'RELATION_UNKNOWN'],
    [{ teamIds: ['east'], teamQuotas: [{ teamId: 'west', quota: 1 }] }, 'TEAM_NOT_FOUND'],
    [{ teamIds: ['east'], minAbility: 6 }, 'VALIDATION_FAILED'],
  ];
  for (const [i, [plan, reason]] of wrong.entries()) {
    await expect(split(listId, `wrong-${i}`, plan)).rejects.toThrow(refusal(reason));
  }
  await lists.putTeam({ requestId: 'double', team: teamMessage('double', 'hq', { amy: 1 }) });
  await expect(split(listId, 'double', { teamIds: ['east', 'double'] })).rejects.toThrow(refusal('PERSON_REPEATED'));

  const west = harness.service.client(NameListsServiceService, { id: 'w', orgPath: 'hq/west' });
  const plan = planMessage({ teamIds: ['west'] });
  await expect(west.splitNameList({ requestId: 'w', listId, plan })).rejects.toThrow(refusal('ORG_OUT_OF_SCOPE'));
  await expect(west.getTeam({ teamId: 'east' })).rejects.toThrow(refusal('ORG_OUT_OF_SCOPE'));
  expect((await west.listTeams({ pageSize: 0, pageToken: '' })).teams.map(({ teamId }) => teamId)).toEqual(['west']);
  const amy = harness.service.client(NameListsServiceService, { id: 'amy' });
  const self = { teamId: 'east', agentId: 'amy', topic: '', willingness: 5, ability: 5, note: '' };
  await expect(amy.judgePerson({ requestId: 'self', ...self })).rejects.toThrow(refusal('SELF_JUDGEMENT'));
  const customer = harness.service.client(NameListsServiceService, { kind: 'customer', id: 'c', orgPath: '' });
  await expect(customer.listTeams({ pageSize: 0, pageToken: '' })).rejects.toThrow(refusal('STAFF_ONLY'));
});
