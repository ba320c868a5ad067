import {
  CampaignsServiceService,
  ListNameListsRequest,
  type NameList,
} from '@tidegate/contracts/campaigns/v1/campaigns';
import { NameListsServiceService } from '@tidegate/contracts/campaigns/v1/name_lists';
import { eventually, FakeClock } from '@tidegate/testing';
import {
  planMessage,
  startListStory,
  teamMessage,
  type ListStory,
  type StoryCustomer,
} from '../../../testing/list-story';

// Goal: head office sets, the branch organises, the outlet does: each with its own part, nobody with another's.

const many = (prefix: string, orgPath: string, count: number): StoryCustomer[] =>
  Array.from({ length: count }, (_, i) => ({ customerId: `${prefix}${i}`, orgPath }));
const base: StoryCustomer[] = [
  ...many('e-sh', 'hq/east/sh', 6),
  ...many('e-nb', 'hq/east/nb', 4),
  ...many('w', 'hq/west/cd', 5),
  ...many('s', 'hq/south', 2),
  { customerId: 'control', orgPath: 'hq/east/sh', reason: 'HOLDOUT_STRATEGY' },
  { customerId: 'refused', orgPath: 'hq/east/sh', reason: 'COMPLAINT_HOLD' },
];
let story: ListStory;
beforeAll(async () => {
  story = await startListStory(base, new FakeClock());
});
afterAll(() => story?.stop());

const refusal = (reason: string) => expect.objectContaining({ reason }) as Error;
const ids = (rows: { customerId: string }[]) => rows.map(({ customerId }) => customerId);

it('goes down the organisation, level by level', async () => {
  const { lists, harness, build, idle, members, pushed } = story;
  const { listId } = await build('bank-wide');
  const shares = [
    { orgPath: 'hq/east', quota: 0 },
    { orgPath: 'hq/west', quota: 3 },
  ];
  const asked = await lists.handDownNameList({ requestId: 'h', listId, shares });
  expect(asked.nameList?.job?.kind).toBe('hand_down');
  expect(await idle(listId)).toMatchObject({ state: 'handed_down', placedCount: 13 });
  expect((await lists.handDownNameList({ requestId: 'h', listId, shares })).nameList).toEqual(asked.nameList);
  expect(ids(await members(listId, { reason: 'NO_RELATION' }))).toEqual(['s0', 's1']);
  expect(ids(await members(listId, { reason: 'QUOTA_EXHAUSTED' }))).toEqual(['w3', 'w4']);
  expect((await members(listId)).find(({ customerId }) => customerId === 'w0')).toMatchObject({
    handedToOrgPath: 'hq/west',
    agentId: '',
  });
  await expect(
    harness.maker.dispatchNameList({ requestId: 'd', listId, capacitySlot: '', horizonDays: 0 }),
  ).rejects.toThrow(refusal('NAME_LIST_NOT_READY'));

  const east = harness.service.client(CampaignsServiceService, { id: 'east', orgPath: 'hq/east' });
  const eastLists = harness.service.client(NameListsServiceService, { id: 'east', orgPath: 'hq/east' });
  const seen = (await east.listNameLists(ListNameListsRequest.fromPartial({ parentListId: listId }))).nameLists;
  expect(seen).toMatchObject([
    { orgPath: 'hq/east', state: 'ready', source: 'hand_down', parentListId: listId, memberCount: 11, passedCount: 10 },
  ]);
  await expect(east.getNameList({ listId })).rejects.toThrow(refusal('ORG_OUT_OF_SCOPE'));

  const eastList = seen[0] as NameList;
  await eastLists.handDownNameList({
    requestId: 'e',
    listId: eastList.listId,
    shares: [
      { orgPath: 'hq/east', quota: 0 },
      { orgPath: 'hq/east/sh', quota: 5 },
    ],
  });
  await idle(eastList.listId);
  const { nameLists } = await east.listNameLists(ListNameListsRequest.fromPartial({ parentListId: eastList.listId }));
  const outlet = nameLists.find(({ orgPath }) => orgPath === 'hq/east/sh')!;
  const rest = nameLists.find(({ orgPath }) => orgPath === 'hq/east')!;
  // The sixth of the outlet goes to the branch, which has room.
  expect(ids(await members(outlet.listId))).toEqual(['control', 'e-sh0', 'e-sh1', 'e-sh2', 'e-sh3', 'e-sh4']);
  expect(ids(await members(rest.listId))).toEqual(['e-nb0', 'e-nb1', 'e-nb2', 'e-nb3', 'e-sh5']);

  const sh = harness.service.client(NameListsServiceService, { id: 'sh', orgPath: 'hq/east/sh' });
  await sh.putTeam({ requestId: 't', team: teamMessage('sh', 'hq/east/sh', { lin: 2, mei: 10 }) });
  await sh.splitNameList({ requestId: 's', listId: outlet.listId, plan: planMessage({ teamIds: ['sh'] }) });
  expect(await idle(outlet.listId)).toMatchObject({ placedCount: 5 });
  const shLists = harness.service.client(CampaignsServiceService, { id: 'sh', orgPath: 'hq/east/sh' });
  await shLists.dispatchNameList({ requestId: 'd', listId: outlet.listId, capacitySlot: '', horizonDays: 0 });
  expect(pushed.flatMap(({ customerIds }) => customerIds)).toEqual(ids(await members(outlet.listId)));
});

it('refuses shares of others', async () => {
  const { lists, build, harness } = story;
  const east = harness.service.client(NameListsServiceService, { id: 'east', orgPath: 'hq/east' });
  const { listId } = await build('refused', { orgPath: 'hq/east' });
  const hand = (orgPaths: string[]) => ({
    requestId: orgPaths.join(),
    listId,
    shares: orgPaths.map((orgPath) => ({ orgPath, quota: 0 })),
  });
  await expect(lists.handDownNameList(hand(['hq/west']))).rejects.toThrow(refusal('SHARE_OUT_OF_LIST'));
  await expect(lists.handDownNameList(hand(['hq/east', 'hq/east']))).rejects.toThrow(refusal('SHARE_REPEATED'));
  await expect(lists.handDownNameList(hand([]))).rejects.toThrow(refusal('VALIDATION_FAILED'));
  const west = harness.service.client(NameListsServiceService, { id: 'w', orgPath: 'hq/west' });
  await expect(west.handDownNameList(hand(['hq/west']))).rejects.toThrow(refusal('ORG_OUT_OF_SCOPE'));
  await east.handDownNameList(hand(['hq/east/sh']));
  await eventually(async () => expect((await story.get(listId)).state).toBe('handed_down'));
});
