import { readFileSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { ArbitrationServiceService } from '@tidegate/contracts/arbitration/v1/arbitration';
import {
  Action,
  CampaignsServiceService,
  CreateNameListRequest,
  Strategy,
  type NameList,
} from '@tidegate/contracts/campaigns/v1/campaigns';
import { NameListsServiceService, SplitPlan, Team } from '@tidegate/contracts/campaigns/v1/name_lists';
import { CustomersServiceService } from '@tidegate/contracts/customers/v1/customers';
import mongoose from 'mongoose';
import { createClient } from '../../../libs/grpc/src/index';
import { asActor, fakePeer, headOffice } from '../../../libs/testing/src/index';
import { byRatio, byValue, type BenchRow } from '../row';
import { onServices, type BenchStack } from '../stack';

/** `NAME_LIST_MEMBERS=100000` for another. */
const MEMBERS = Number(process.env['NAME_LIST_MEMBERS'] ?? 1_000_000);
const INSERT_BATCH = 5_000;
const TEAMS = 10;
const PEOPLE = 20;
const WAIT_MS = 200;
const MIB = 1024 * 1024;
const GROWTH_MIB_MAX = 150;

const idOf = (i: number): string => `${i.toString(16).padStart(8, '0')}-0000-4000-8000-000000000000`;
const outletOf = (i: number): string => `hq/branch-${i % TEAMS}/outlet-${i % 100}`;
const ownerOf = (i: number): string => (i % 4 === 0 ? `agent-${i % TEAMS}-${i % PEOPLE}` : '');

/**
 * A list of a million: built, screened and frozen, then split to 200 people by owner, outlet and anyone. Only campaigns runs; the bench plays its
 * neighbours, so that the figure is what the list itself costs. The floor is a bare insertMany of a document for each customer.
 */
export async function nameList(_: BenchStack, tell: (line: string) => void): Promise<BenchRow[]> {
  const [customers, arbitration] = [await playCustomers(), await playArbitration()];
  const played = { CUSTOMERS_GRPC_URL: customers.url, ARBITRATION_GRPC_URL: arbitration.url };
  try {
    return await onServices(['campaigns'], tell, (stack) => measure(stack, tell), played);
  } finally {
    await Promise.all([customers.stop(), arbitration.stop()]);
  }
}

async function measure(stack: BenchStack, tell: (line: string) => void): Promise<BenchRow[]> {
  const floor = await insertCustomers(stack);
  tell(`name-list: ${floor.toFixed(0)} bare documents/s`);
  const campaigns = await stack.client('campaigns', CampaignsServiceService);
  const lists = await stack.client('campaigns', NameListsServiceService);
  await publish(stack);
  const memory = new Memory((await stack.endpoints()).services.find(({ name }) => name === 'campaigns')?.pid ?? null);

  const get = async (listId: string): Promise<NameList> => (await campaigns.getNameList({ listId })).nameList!;
  const request = CreateNameListRequest.fromPartial({ requestId: 'million', strategyId: 'bench', name: 'million' });
  const listId = (await campaigns.createNameList(request)).nameList!.listId;
  const buildMs = await waited(get, listId, memory, (list) => list.state !== 'building');
  const built = await get(listId);
  if (built.state !== 'ready' || built.memberCount !== MEMBERS) throw new Error(`name-list: ${JSON.stringify(built)}`);
  tell(`name-list: built in ${(buildMs / 1000).toFixed(1)} s, ${memory.text()}`);

  const teamIds = Array.from({ length: TEAMS }, (_each, i) => `team-${i}`);
  for (const [i, teamId] of teamIds.entries()) await lists.putTeam({ requestId: teamId, team: teamOf(i, teamId) });
  const plan = SplitPlan.fromPartial({ teamIds, relations: ['owner', 'outlet', 'anyone'] });
  await lists.splitNameList({ requestId: 'split', listId, plan });
  const splitMs = await waited(get, listId, memory, (list) => list.job === undefined);
  const { split } = await lists.getNameListSplit({ listId });
  tell(`name-list: split in ${(splitMs / 1000).toFixed(1)} s, ${memory.text()}, ${split?.placedCount} placed`);
  return [
    byRatio(
      `name-list: ${MEMBERS.toLocaleString('en')} built and frozen`,
      'members per second',
      (MEMBERS / buildMs) * 1000,
      floor,
      '>=',
      0.5,
    ),
    byRatio(
      `name-list: ${MEMBERS.toLocaleString('en')} split by three relations`,
      'members per second',
      (MEMBERS / splitMs) * 1000,
      floor,
      '>=',
      0.5,
    ),
    byValue(
      'name-list: memory grown after the first tenth',
      'MiB',
      memory.grown(),
      memory.first(),
      '<=',
      GROWTH_MIB_MAX,
    ),
  ];
}

async function waited(
  get: (listId: string) => Promise<NameList>,
  listId: string,
  memory: Memory,
  isDone: (list: NameList) => boolean,
): Promise<number> {
  const startedAt = performance.now();
  for (;;) {
    const list = await get(listId);
    memory.look(list.memberCount);
    if (isDone(list)) return performance.now() - startedAt;
    await delay(WAIT_MS);
  }
}

/** Resident memory of a process: the most in the first tenth of a build, and the most after it. */
class Memory {
  private early = 0;
  private late = 0;

  constructor(private readonly pid: number | null) {}

  look(memberCount: number): void {
    const kib = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${this.pid}/status`, 'utf8'))?.[1];
    const bytes = Number(kib) * 1024;
    if (memberCount <= MEMBERS / 10) this.early = Math.max(this.early, bytes);
    else this.late = Math.max(this.late, bytes);
  }

  first = (): number => this.early / MIB;
  grown = (): number => Math.max(0, this.late - this.early) / MIB;
  text = (): string => `${this.first().toFixed(0)} MiB at first, ${(this.late / MIB).toFixed(0)} MiB later`;
}

const teamOf = (i: number, teamId: string): Team =>
  Team.fromPartial({
    teamId,
    name: teamId,
    orgPath: `hq/branch-${i}`,
    people: Array.from({ length: PEOPLE }, (_each, n) => ({ agentId: `agent-${i}-${n}`, capacity: 5_000 })),
  });

/** Copies of a million customers, as their events would have left them; documents per second. */
async function insertCustomers(stack: BenchStack): Promise<number> {
  const client = await new mongoose.mongo.MongoClient((await stack.endpoints()).mongodbUri).connect();
  const facts = client.db('tidegate_campaigns').collection<{ _id: string }>('customer_facts');
  const startedAt = performance.now();
  for (let from = 0; from < MEMBERS; from += INSERT_BATCH) {
    const documents = Array.from({ length: INSERT_BATCH }, (_each, n) => {
      const i = from + n;
      const attributes = { ownerId: ownerOf(i), balance: i % 20_000 };
      const fixed = { stage: 'mature', birthDate: null, tags: [], rfm: null, version: 1, dateKeys: [] };
      return { _id: idOf(i), externalId: `x-${i}`, orgPath: outletOf(i), attributes, ...fixed };
    });
    await facts.insertMany(documents);
  }
  const perSecond = (MEMBERS / (performance.now() - startedAt)) * 1000;
  await client.close();
  return perSecond;
}

async function publish(stack: BenchStack): Promise<void> {
  const { services } = await stack.endpoints();
  const url = services.find(({ name }) => name === 'campaigns')?.grpcUrl ?? '';
  const client = createClient(CampaignsServiceService, url, { deadlineMs: 60_000 });
  const maker = asActor<typeof CampaignsServiceService>(client, { ...headOffice, id: 'maker' });
  const checker = asActor<typeof CampaignsServiceService>(client, { ...headOffice, id: 'checker' });
  const treatments = [{ channel: 'app', title: 'Rate', body: 'A better rate' }];
  const action = Action.fromPartial({
    actionId: 'bench',
    name: 'bench',
    issue: 'growth',
    group: 'deposits',
    treatments,
    currency: 'CNY',
    leverPercent: 100,
    purpose: 'marketing',
    orgPath: 'hq',
  });
  await maker.putAction({ requestId: 'action', action });
  const id = { strategyId: 'bench', name: 'bench', orgPath: 'hq', segmentId: 'all', actionIds: ['bench'] };
  await maker.createStrategy({ requestId: 'create', strategy: Strategy.fromPartial(id) });
  const { strategy } = await maker.submitStrategy({ requestId: 'submit', strategyId: 'bench' });
  const contentHash = strategy?.contentHash ?? '';
  await checker.approveStrategy({ requestId: 'approve', strategyId: 'bench', comment: '', contentHash });
  client.close();
}

const playCustomers = () =>
  fakePeer(CustomersServiceService, {
    getSegment: ({ segmentId }) => {
      const fixed = {
        name: segmentId,
        rule: { all: [] },
        orgPath: 'hq',
        version: 1,
        updatedAt: undefined,
        authors: [],
      };
      return Promise.resolve({ segment: { segmentId, ...fixed } });
    },
    previewSegment: () => Promise.resolve({ count: MEMBERS, sampleCustomerIds: [], tookMs: 1 }),
    listSegmentMembers: ({ pageToken, pageSize }) => {
      const from = Number(pageToken || 0);
      const size = Math.min(pageSize, MEMBERS - from);
      const members = Array.from({ length: size }, (_each, n) => ({
        customerId: idOf(from + n),
        externalId: `x-${from + n}`,
      }));
      return Promise.resolve({ members, nextPageToken: from + size < MEMBERS ? String(from + size) : '' });
    },
  });

const playArbitration = () =>
  fakePeer(ArbitrationServiceService, {
    screenCustomers: ({ customerIds }) =>
      Promise.resolve({
        customers: customerIds.map((customerId, i) => ({ customerId, reason: i % 10 === 0 ? 'CONSENT_MISSING' : '' })),
      }),
  });
