import { Push, type AppendPushMembersRequest } from '@tidegate/contracts/arbitration/v1/arbitration';
import {
  CreateNameListRequest,
  ListNameListMembersRequest,
  type NameList,
  type NameListMember,
} from '@tidegate/contracts/campaigns/v1/campaigns';
import { NameListsServiceService, SplitPlan, Team } from '@tidegate/contracts/campaigns/v1/name_lists';
import { CustomerChanged } from '@tidegate/contracts/customers/v1/customers_events';
import type { Client } from '@tidegate/grpc';
import { isAtOrBelow } from '@tidegate/org-path';
import { eventually, type FakeClock } from '@tidegate/testing';
import {
  actionMessage,
  customerMessage,
  publish,
  startCampaigns,
  strategyMessage,
  type ArbitrationHandlers,
  type Harness,
} from './campaigns-harness';

export type NameListsClient = Client<typeof NameListsServiceService>;

/** A customer of the story, with what matters for lists. */
export interface StoryCustomer {
  customerId: string;
  orgPath: string;
  attributes?: Record<string, string>;
  /** Why arbitration screens him out. */
  reason?: string;
}

export interface StoryHooks {
  beforeScreening(): Promise<void>;
  beforePush(): Promise<void>;
  beforeChunk(chunk: AppendPushMembersRequest): Promise<void>;
}

/** The service with a published strategy, a base of customers, and an arbitration that remembers what was pushed. */
export interface ListStory {
  harness: Harness;
  lists: NameListsClient;
  pushed: AppendPushMembersRequest[];
  /** What arbitration does before it answers; nothing unless a test sets it. */
  hooks: StoryHooks;
  build(requestId: string, overrides?: Partial<CreateNameListRequest>): Promise<NameList>;
  get(listId: string): Promise<NameList>;
  /** Waits until nothing goes on with the list. */
  idle(listId: string): Promise<NameList>;
  members(listId: string, filter?: Partial<ListNameListMembersRequest>): Promise<NameListMember[]>;
  stop(): Promise<void>;
}

export const STRATEGY = 'spring';

/**
 * @param chunkSize members that `customers` gives at once at most: a chunk of a list each time
 * @param arbitration answers of its own, in place of the story's
 */
export async function startListStory(
  base: StoryCustomer[],
  clock: FakeClock,
  chunkSize = Infinity,
  arbitration: ArbitrationHandlers = {},
): Promise<ListStory> {
  const pushed: AppendPushMembersRequest[] = [];
  const nothing = () => Promise.resolve();
  const hooks: StoryHooks = { beforeScreening: nothing, beforePush: nothing, beforeChunk: nothing };
  const sorted = [...base].sort((a, b) => (a.customerId < b.customerId ? -1 : 1));
  const reasons = new Map(base.map(({ customerId, reason = '' }) => [customerId, reason]));
  const orgPaths = new Map(base.map(({ customerId, orgPath }) => [customerId, orgPath]));
  const harness = await startCampaigns({
    clock,
    customers: {
      previewSegment: () => Promise.resolve({ count: base.length, sampleCustomerIds: [], tookMs: 1 }),
      listSegmentMembers: ({ pageToken, pageSize, orgPath }) => {
        const from = Number(pageToken || 0);
        const own = sorted.filter((each) => orgPath === '' || isAtOrBelow(each.orgPath, orgPath));
        const next = from + Math.min(pageSize, chunkSize);
        const members = own.slice(from, next).map(({ customerId }) => ({ customerId, externalId: `x-${customerId}` }));
        return Promise.resolve({ members, nextPageToken: next < own.length ? String(next) : '' });
      },
      findCustomerIds: ({ externalIds, orgPath }) =>
        Promise.resolve({
          customers: externalIds
            .map((externalId) => ({ externalId, customerId: externalId.replace(/^x-/, '') }))
            .filter(({ customerId }) => isAtOrBelow(orgPaths.get(customerId) ?? '', orgPath)),
        }),
    },
    arbitration: {
      screenCustomers: async ({ customerIds }) => {
        await hooks.beforeScreening();
        const reasonOf = (customerId: string): string => reasons.get(customerId) ?? 'CUSTOMER_UNKNOWN';
        return { customers: customerIds.map((customerId) => ({ customerId, reason: reasonOf(customerId) })) };
      },
      startPush: async ({ requestId }) => {
        await hooks.beforePush();
        return { push: pushOf(`push-${requestId}`) };
      },
      appendPushMembers: async (request) => {
        await hooks.beforeChunk(request);
        pushed.push(request);
        return { push: pushOf(request.pushId) };
      },
      ...arbitration,
    },
  });
  await harness.maker.putAction({ requestId: 'a', action: actionMessage() });
  await publish(harness, strategyMessage({ strategyId: STRATEGY }));
  await knowCustomers(harness, base);
  const { maker, service } = harness;
  const get = async (listId: string): Promise<NameList> => (await maker.getNameList({ listId })).nameList!;
  const idle = (listId: string): Promise<NameList> =>
    eventually(async () => {
      const list = await get(listId);
      expect(list.state).not.toBe('building');
      expect(list.job).toBeUndefined();
      return list;
    });
  return {
    harness,
    lists: service.client(NameListsServiceService, { id: 'maker' }),
    pushed,
    hooks,
    get,
    idle,
    build: async (requestId, overrides = {}) => {
      const request = CreateNameListRequest.fromPartial({
        requestId,
        strategyId: STRATEGY,
        name: requestId,
        ...overrides,
      });
      const { nameList } = await maker.createNameList(request);
      return request.source === 'csv' ? nameList! : idle(nameList!.listId);
    },
    members: async (listId, filter = {}) => {
      const members: NameListMember[] = [];
      for (let pageToken = ''; ;) {
        const request = ListNameListMembersRequest.fromPartial({ listId, pageSize: 7, pageToken, ...filter });
        const page = await maker.listNameListMembers(request);
        members.push(...page.members);
        if (page.nextPageToken === '') return members;
        pageToken = page.nextPageToken;
      }
    },
    stop: () => harness.stop(),
  };
}

async function knowCustomers({ service }: Harness, base: StoryCustomer[]): Promise<void> {
  const events = base.map(({ customerId, orgPath, attributes = {} }) => ({
    customer: customerMessage(customerId, { orgPath, attributes }),
  }));
  await service.publish(CustomerChanged, 'c', events);
  await eventually(async () => {
    expect(await service.mongo.connection.collection('customer_facts').countDocuments()).toBe(base.length);
  });
}

const pushOf = (pushId: string): Push => Push.fromPartial({ pushId, strategyId: STRATEGY, state: 'receiving' });

export const teamMessage = (teamId: string, orgPath: string, people: Record<string, number>): Team =>
  Team.fromPartial({
    teamId,
    name: teamId,
    orgPath,
    people: Object.entries(people).map(([agentId, capacity]) => ({ agentId, name: agentId, capacity })),
  });

export const planMessage = (overrides: Partial<SplitPlan> = {}): SplitPlan => SplitPlan.fromPartial(overrides);
