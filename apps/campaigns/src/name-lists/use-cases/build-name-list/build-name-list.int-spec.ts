import {
  Push,
  type AppendPushMembersRequest,
  type StartPushRequest,
} from '@tidegate/contracts/arbitration/v1/arbitration';
import {
  CampaignsServiceService,
  CreateNameListRequest,
  ListNameListMembersRequest,
  type NameList,
} from '@tidegate/contracts/campaigns/v1/campaigns';
import { NameListDispatched } from '@tidegate/contracts/campaigns/v1/campaigns_events';
import { CustomerChanged } from '@tidegate/contracts/customers/v1/customers_events';
import { DomainError, refused } from '@tidegate/errors';
import { eventually, FakeClock } from '@tidegate/testing';
import {
  actionMessage,
  customerMessage,
  publish,
  startCampaigns,
  strategyMessage,
  type Harness,
} from '../../../testing/campaigns-harness';

// Goal: a list holds each member of the segment once, whatever dies on the way, and is handed over once.

const COUNT = 6_000;
const PAGE = 1_000;
const customerIds = Array.from({ length: COUNT }, (_, i) => `c${String(i).padStart(5, '0')}`);
/** One customer in ten has given no consent. */
const isRefused = (customerId: string): boolean => customerId.endsWith('7');

const clock = new FakeClock();
let harness: Harness;
/** What a page's request waits for, and how it fails, when a test says so. */
let beforePage: (pageToken: string) => Promise<void>;
let pageRequests: string[];
const orgPathsAsked = new Set<string>();
let pushes: StartPushRequest[];
let chunks: AppendPushMembersRequest[];
let beforeChunk: (chunk: AppendPushMembersRequest) => void;

beforeAll(async () => {
  harness = await startCampaigns({
    clock,
    customers: {
      listSegmentMembers: async ({ pageToken, orgPath }) => {
        pageRequests.push(pageToken);
        orgPathsAsked.add(orgPath);
        await beforePage(pageToken);
        const from = Number(pageToken || 0);
        const members = customerIds
          .slice(from, from + PAGE)
          .map((customerId) => ({ customerId, externalId: `x-${customerId}` }));
        return { members, nextPageToken: from + PAGE < COUNT ? String(from + PAGE) : '' };
      },
    },
    arbitration: {
      screenCustomers: ({ customerIds: asked }) =>
        Promise.resolve({
          customers: asked.map((customerId) => ({
            customerId,
            reason: isRefused(customerId) ? 'CONSENT_MISSING' : '',
          })),
        }),
      startPush: (request) => {
        pushes.push(request);
        if (request.capacitySlot === 'closed') return Promise.reject(refused('STRATEGY_NOT_LIVE', 'Not live.'));
        return Promise.resolve({ push: { ...noPush, pushId: `push-of-${request.requestId}` } });
      },
      appendPushMembers: (request) => {
        beforeChunk(request);
        chunks.push(request);
        return Promise.resolve({ push: { ...noPush, pushId: request.pushId } });
      },
    },
  });
  await harness.maker.putAction({ requestId: 'a', action: actionMessage() });
  await publish(harness, strategyMessage({ strategyId: 'week' }));
});
afterAll(() => harness?.stop());
beforeEach(() => {
  beforePage = () => Promise.resolve();
  beforeChunk = () => undefined;
  [pageRequests, pushes, chunks] = [[], [], []];
  orgPathsAsked.clear();
});

const noPush = Push.fromPartial({ strategyId: 'week', state: 'receiving' });

const create = async (requestId: string): Promise<string> => {
  const request = CreateNameListRequest.fromPartial({ requestId, strategyId: 'week', name: 'Week 10' });
  const { nameList } = await harness.maker.createNameList(request);
  return nameList!.listId;
};
const get = async (listId: string): Promise<NameList> => (await harness.maker.getNameList({ listId })).nameList!;
const inState = (listId: string, state: string): Promise<NameList> =>
  eventually(async () => {
    const list = await get(listId);
    expect(list.state).toBe(state);
    return list;
  });
const membersOf = async (listId: string): Promise<{ customerId: string; isPassed: boolean; reason: string }[]> => {
  const members = [];
  for (let pageToken = ''; ;) {
    const page = await harness.maker.listNameListMembers(
      ListNameListMembersRequest.fromPartial({ listId, pageSize: 700, pageToken }),
    );
    members.push(...page.members);
    if (page.nextPageToken === '') return members;
    pageToken = page.nextPageToken;
  }
};

it('builds a screened list in the background, and hands the passed members over once', async () => {
  const told: string[] = [];
  const stop = harness.service.bus.listen(NameListDispatched, ({ data }) => told.push(data.nameList?.pushId ?? ''));
  const listId = await create('build');
  expect(await create('build')).toBe(listId);
  const list = await inState(listId, 'ready');
  expect(list).toMatchObject({
    memberCount: COUNT,
    passedCount: 5_400,
    screenedCountByReason: { CONSENT_MISSING: 600 },
    segmentId: 'everybody',
    orgPath: 'hq',
  });
  const members = await membersOf(listId);
  expect(members.map(({ customerId }) => customerId)).toEqual(customerIds);
  expect(members.filter(({ isPassed }) => !isPassed).every(({ reason }) => reason === 'CONSENT_MISSING')).toBe(true);

  const order = { requestId: 'd1', listId, capacitySlot: '2026-W10', horizonDays: 0 };
  const dispatched = await harness.maker.dispatchNameList(order);
  expect(dispatched.nameList).toMatchObject({ state: 'dispatched', pushId: `push-of-name-list-${listId}` });
  expect(await harness.maker.dispatchNameList(order)).toEqual(dispatched);
  await expect(harness.maker.dispatchNameList({ ...order, requestId: 'd2' })).rejects.toMatchObject({
    code: 'FAILED_PRECONDITION',
    reason: 'NAME_LIST_NOT_READY',
  });
  expect(pushes).toMatchObject([{ strategyId: 'week', listId, capacitySlot: '2026-W10', horizonDays: 0 }]);
  expect(chunks.map(({ sequence, isLast }) => [sequence, isLast])).toEqual(
    Array.from({ length: COUNT / PAGE }, (_, i) => [i, i === COUNT / PAGE - 1]),
  );
  expect(chunks.flatMap((chunk) => chunk.customerIds)).toEqual(customerIds.filter((id) => !isRefused(id)));
  await eventually(() => expect(told).toEqual([`push-of-name-list-${listId}`]));
  stop();
});

it('goes on where a dead replica stopped, without doubles, even when that one comes back', async () => {
  await harness.replica();
  let wake: () => void = () => undefined;
  let isStuck = false;
  beforePage = (pageToken) => {
    if (pageToken !== '3000' || isStuck) return Promise.resolve();
    isStuck = true;
    return new Promise((resolve) => {
      wake = resolve;
    });
  };
  const listId = await create('taken-over');
  await eventually(async () => {
    expect(isStuck).toBe(true);
    expect((await get(listId)).memberCount).toBe(3_000);
  });
  // Long enough for the silent holder to be taken for dead.
  clock.advance(120_000);
  const list = await inState(listId, 'ready');
  expect(pageRequests.filter((pageToken) => pageToken === '0' || pageToken === '')).toHaveLength(1);
  expect(pageRequests.filter((pageToken) => pageToken === '3000')).toHaveLength(2);
  wake();
  const members = await membersOf(listId);
  expect(members.map(({ customerId }) => customerId)).toEqual(customerIds);
  expect(await get(listId)).toEqual(list);
});

it('tries a page again after a pause, and gives up what cannot succeed', async () => {
  const fail = (code: 'UNAVAILABLE' | 'NOT_FOUND', reason: string) =>
    new DomainError({ code, reason, message: reason });
  let hasFailed = false;
  beforePage = (pageToken) => {
    if (pageToken !== '1000' || hasFailed) return Promise.resolve();
    hasFailed = true;
    return Promise.reject(new DomainError({ code: 'ABORTED', reason: 'WRITE_CONFLICT', message: 'again' }));
  };
  const listId = await create('retried');
  await eventually(() => expect(hasFailed).toBe(true));
  await eventually(async () => {
    clock.advance(1_000);
    expect((await get(listId)).state).toBe('ready');
  });
  expect(await membersOf(listId)).toHaveLength(COUNT);

  beforePage = () => Promise.reject(fail('NOT_FOUND', 'SEGMENT_NOT_FOUND'));
  const doomed = await inState(await create('doomed'), 'failed');
  expect(doomed).toMatchObject({ failureReason: 'SEGMENT_NOT_FOUND', memberCount: 0 });
});

it('is cancelled between pages, and only while it is built', async () => {
  let wake: () => void = () => undefined;
  beforePage = (pageToken) =>
    pageToken === '2000'
      ? new Promise((resolve) => {
          wake = resolve;
        })
      : Promise.resolve();
  const listId = await create('cancelled');
  await eventually(async () => expect((await get(listId)).memberCount).toBe(2_000));
  const dispatch = harness.maker.dispatchNameList({ requestId: 'early', listId, capacitySlot: '', horizonDays: 0 });
  await expect(dispatch).rejects.toMatchObject({ reason: 'NAME_LIST_NOT_READY' });
  const { nameList } = await harness.maker.cancelNameList({ listId });
  expect(nameList).toMatchObject({ state: 'cancelled', memberCount: 2_000 });
  wake();
  expect((await harness.maker.cancelNameList({ listId })).nameList?.state).toBe('cancelled');

  beforePage = () => Promise.resolve();
  const done = await create('done');
  await inState(done, 'ready');
  expect(await get(listId)).toMatchObject({ state: 'cancelled', memberCount: 2_000 });
  await expect(harness.maker.cancelNameList({ listId: done })).rejects.toMatchObject({ reason: 'NAME_LIST_FINISHED' });
  await expect(harness.maker.cancelNameList({ listId: 'gone' })).rejects.toMatchObject({
    code: 'NOT_FOUND',
    reason: 'NAME_LIST_NOT_FOUND',
  });
});

it('finishes a dispatch that was cut off, as the same push', async () => {
  const listId = await create('cut-off');
  await inState(listId, 'ready');
  let failures = 0;
  beforeChunk = ({ sequence }) => {
    if (sequence !== 1 || failures > 0) return;
    failures += 1;
    throw new DomainError({ code: 'DEADLINE_EXCEEDED', reason: 'SLOW', message: 'slow' });
  };
  const order = { requestId: 'cut', listId, capacitySlot: '', horizonDays: 0 };
  await expect(harness.maker.dispatchNameList(order)).rejects.toMatchObject({ code: 'DEADLINE_EXCEEDED' });
  // Nobody asks again: the background finishes what was begun.
  clock.advance(120_000);
  const list = await inState(listId, 'dispatched');
  expect(new Set(pushes.map(({ requestId }) => requestId)).size).toBe(1);
  const bySequence = new Map(chunks.map((chunk) => [chunk.sequence, chunk.customerIds]));
  expect([...bySequence.values()].flat()).toEqual(customerIds.filter((id) => !isRefused(id)));
  expect((await harness.maker.dispatchNameList(order)).nameList).toEqual(list);
});

it('takes a refused dispatch back, for another slot', async () => {
  const listId = await create('refused');
  await inState(listId, 'ready');
  const order = { requestId: 'closed', listId, capacitySlot: 'closed', horizonDays: 0 };
  await expect(harness.maker.dispatchNameList(order)).rejects.toMatchObject({ reason: 'STRATEGY_NOT_LIVE' });
  const { nameList } = await harness.maker.dispatchNameList({ ...order, capacitySlot: 'open' });
  expect(nameList?.state).toBe('dispatched');
});

it('holds nobody of another organisation, and needs a published strategy and a segment', async () => {
  const { maker, service, segments } = harness;
  const western = customerIds
    .slice(0, 3)
    .map((customerId) => ({ customer: customerMessage(customerId, { orgPath: 'hq/west' }) }));
  const eastern = [{ customer: customerMessage(customerIds[3]!, { orgPath: 'hq/east/sh' }) }];
  await service.publish(CustomerChanged, 'c', [...western, ...eastern]);
  await publish(harness, strategyMessage({ strategyId: 'eastern', orgPath: 'hq/east' }));
  await eventually(async () => {
    expect(await service.mongo.connection.collection('customer_facts').countDocuments()).toBe(4);
  });
  const request = CreateNameListRequest.fromPartial({ requestId: 'e', strategyId: 'eastern', name: 'East' });
  const { nameList } = await maker.createNameList(request);
  const list = await inState(nameList!.listId, 'ready');
  // Asked for by the list's organisation, and left out by our own copy all the same.
  expect([...orgPathsAsked]).toEqual(['hq/east']);
  expect(list).toMatchObject({ memberCount: COUNT - 3, screenedCountByReason: { CONSENT_MISSING: 600 } });
  expect((await membersOf(list.listId)).map(({ customerId }) => customerId)).toEqual(customerIds.slice(3));

  await expect(maker.createNameList({ ...request, requestId: 'e2', segmentId: 'gone' })).rejects.toMatchObject({
    reason: 'SEGMENT_NOT_FOUND',
  });
  await expect(maker.createNameList({ ...request, requestId: 'e2', strategyId: 'gone' })).rejects.toMatchObject({
    reason: 'STRATEGY_NOT_FOUND',
  });
  await expect(
    maker.listNameListMembers(ListNameListMembersRequest.fromPartial({ listId: 'gone' })),
  ).rejects.toMatchObject({
    reason: 'NAME_LIST_NOT_FOUND',
  });
  await maker.moveStrategy({ requestId: 'p', strategyId: 'eastern', move: 'pause' });
  segments.delete('everybody');
  await expect(maker.createNameList({ ...request, requestId: 'e3' })).rejects.toMatchObject({
    code: 'FAILED_PRECONDITION',
    reason: 'STRATEGY_NOT_PUBLISHED',
  });
  expect((await maker.createNameList(request)).nameList?.listId).toBe(list.listId);
  const west = service.client(CampaignsServiceService, { orgPath: 'hq/west' });
  await expect(west.getNameList({ listId: list.listId })).rejects.toMatchObject({ reason: 'ORG_OUT_OF_SCOPE' });
});
