import type { Metadata } from '@grpc/grpc-js';
import { ArbitrationServiceService } from '@tidegate/contracts/arbitration/v1/arbitration';
import { SimulationServiceService } from '@tidegate/contracts/arbitration/v1/simulation';
import { Quota, QuotasServiceService } from '@tidegate/contracts/arbitration/v1/quotas';
import { BenefitsServiceService, Stock } from '@tidegate/contracts/benefits/v1/benefits';
import {
  Action,
  CampaignsServiceService,
  MomentRule,
  Script,
  Strategy,
  Treatment,
} from '@tidegate/contracts/campaigns/v1/campaigns';
import { StrategyDeskServiceService } from '@tidegate/contracts/campaigns/v1/strategy_desk';
import { Customer, CustomersServiceService, type SegmentAuthor } from '@tidegate/contracts/customers/v1/customers';
import { LeadsServiceService, Queue } from '@tidegate/contracts/leads/v1/leads';
import { DomainError, notFound } from '@tidegate/errors';
import { actorOf, requireOrgScope, type Client, type Handlers } from '@tidegate/grpc';
import { isAtOrBelow } from '@tidegate/org-path';
import { fakePeer, startTestService, type TestService, type TestServiceOptions } from '@tidegate/testing';
import { CAMPAIGNS_SERVICES } from '../campaigns-services';
import { CampaignsModule } from '../campaigns.module';

type CustomersHandlers = Partial<Handlers<typeof CustomersServiceService>>;
export type ArbitrationHandlers = Partial<
  Handlers<typeof ArbitrationServiceService> & Handlers<typeof SimulationServiceService>
>;
export type CampaignsClient = Client<typeof CampaignsServiceService>;
export type StrategyDeskClient = Client<typeof StrategyDeskServiceService>;

/** The service with neighbours that a test plays itself. */
export interface Harness {
  service: TestService;
  /** Segment id → rule, as `customers` would answer. */
  segments: Map<string, Record<string, unknown>>;
  /** Segment id → whose it is; the head office's where it is not said. */
  segmentOrgPaths: Map<string, string>;
  /** Segment id → who wrote it, the newest version last; nobody and version 1 where it is not said. */
  segmentAuthors: Map<string, SegmentAuthor[]>;
  /** Stock id → what `benefits` would answer. */
  stocks: Map<string, Partial<Stock>>;
  /** Quota id → what `arbitration` would answer. */
  quotas: Map<string, Partial<Quota>>;
  /** Queue → whose it is, as `leads` would answer; rb and east are there from the start. All but rb are of branches, if nothing else is said. */
  queueOrgPaths: Map<string, string>;
  queueChannels: Map<string, string>;
  replica(): Promise<TestService>;
  maker: CampaignsClient;
  checker: CampaignsClient;
  /** The strategy desk, as the maker and as the checker. */
  makerDesk: StrategyDeskClient;
  checkerDesk: StrategyDeskClient;
  stop(): Promise<void>;
}

export async function startCampaigns(
  options: Pick<TestServiceOptions, 'clock'> & {
    customers?: CustomersHandlers;
    arbitration?: ArbitrationHandlers;
  } = {},
): Promise<Harness> {
  const segments = new Map<string, Record<string, unknown>>([['everybody', { all: [] }]]);
  const segmentOrgPaths = new Map<string, string>();
  const segmentAuthors = new Map<string, SegmentAuthor[]>();
  const customers = await fakePeer(CustomersServiceService, {
    getSegment: async ({ segmentId }, metadata) => {
      const rule = segments.get(segmentId);
      if (rule === undefined) throw notFound('SEGMENT_NOT_FOUND', 'There is no such segment.');
      const orgPath = segmentOrgPaths.get(segmentId) ?? 'hq';
      requireOrgScope(actorOf(metadata), orgPath);
      const authors = segmentAuthors.get(segmentId) ?? [];
      const version = authors.at(-1)?.version ?? 1;
      return { segment: { segmentId, name: segmentId, rule, orgPath, version, updatedAt: undefined, authors } };
    },
    putSegment: ({ segment, isNew }) => {
      if (segment) {
        if (isNew && segments.has(segment.segmentId)) return Promise.reject(segmentExists());
        segments.set(segment.segmentId, segment.rule ?? {});
        segmentOrgPaths.set(segment.segmentId, segment.orgPath);
      }
      return Promise.resolve({ segment });
    },
    previewSegment: () => Promise.resolve({ count: 100_000, sampleCustomerIds: [], tookMs: 1 }),
    ...options.customers,
  });
  const stocks = new Map<string, Partial<Stock>>();
  const benefits = await fakePeer(BenefitsServiceService, {
    getStock: async ({ stockId }, metadata) => {
      const known = stocks.get(stockId);
      if (known === undefined) throw notFound('STOCK_NOT_FOUND', 'There is no such stock.');
      const stock = Stock.fromPartial({ stockId, orgPath: 'hq', state: 'open', totalLimit: 10, ...known });
      requireOrgScope(actorOf(metadata), stock.orgPath);
      return { stock };
    },
  });
  const quotas = new Map<string, Partial<Quota>>();
  const arbitration = await fakePeer(
    { ...ArbitrationServiceService, ...QuotasServiceService, ...SimulationServiceService },
    {
      getQuota: async ({ quotaId }: { quotaId: string }, metadata: Metadata) => {
        const known = quotas.get(quotaId);
        if (known === undefined) throw notFound('QUOTA_NOT_FOUND', 'There is no such quota.');
        const quota = Quota.fromPartial({ quotaId, orgPath: 'hq', period: 'total', ...known });
        const actor = actorOf(metadata);
        if (!isAtOrBelow(actor.orgPath, quota.orgPath)) requireOrgScope(actor, quota.orgPath);
        return { quota };
      },
      ...options.arbitration,
    },
  );
  const queueOrgPaths = new Map(['rb', 'east'].map((queue) => [queue, 'hq']));
  const queueChannels = new Map([['rb', 'remote_bank']]);
  const leads = await fakePeer(LeadsServiceService, {
    listQueues: ({ queues: wanted }) => {
      const known = wanted.flatMap((queue) => {
        const orgPath = queueOrgPaths.get(queue);
        return orgPath === undefined
          ? []
          : [Queue.fromPartial({ queue, orgPath, channel: queueChannels.get(queue) ?? 'branch' })];
      });
      return Promise.resolve({ queues: known, nextPageToken: '' });
    },
  });
  const peers = { customers: customers.url, arbitration: arbitration.url, benefits: benefits.url, leads: leads.url };
  const start = (shareWith?: TestService) =>
    startTestService(CampaignsModule, { grpc: CAMPAIGNS_SERVICES, peers, clock: options.clock, shareWith });
  const service = await start();
  const replicas: TestService[] = [];
  return {
    service,
    segments,
    segmentOrgPaths,
    segmentAuthors,
    stocks,
    quotas,
    queueOrgPaths,
    queueChannels,
    replica: async () => {
      const replica = await start(service);
      replicas.push(replica);
      return replica;
    },
    maker: service.client(CampaignsServiceService, { id: 'maker' }),
    checker: service.client(CampaignsServiceService, { id: 'checker' }),
    makerDesk: service.client(StrategyDeskServiceService, { id: 'maker' }),
    checkerDesk: service.client(StrategyDeskServiceService, { id: 'checker' }),
    stop: async () => {
      for (const replica of replicas) await replica.stop();
      await service.stop();
      await Promise.all([customers.stop(), arbitration.stop(), benefits.stop(), leads.stop()]);
    },
  };
}

const segmentExists = (): DomainError =>
  new DomainError({ code: 'ALREADY_EXISTS', reason: 'SEGMENT_EXISTS', message: 'There is a segment of this id.' });

export const appTreatment = (overrides: Partial<Treatment> = {}): Treatment =>
  Treatment.fromPartial({ channel: 'app', title: 'A better rate', body: 'Dear {{customer.externalId}}', ...overrides });

export const actionMessage = (overrides: Partial<Action> = {}): Action =>
  Action.fromPartial({
    actionId: 'deposit',
    name: 'Term deposit',
    issue: 'growth',
    group: 'deposits',
    treatments: [appTreatment()],
    valueMinor: 100_000,
    currency: 'CNY',
    leverPercent: 100,
    purpose: 'marketing',
    orgPath: 'hq',
    ...overrides,
  });

export const scriptMessage = (overrides: Partial<Script> = {}): Script =>
  Script.fromPartial({
    scriptId: 'call',
    title: 'Deposit call',
    opening: 'This is {{agent.name}}.',
    talkingPoints: ['You are {{customer.attributes.job}}.'],
    objections: [{ objection: 'No time', answer: 'When may I call?' }],
    nextStep: 'Send the link.',
    orgPath: 'hq',
    ...overrides,
  });

export const strategyMessage = (overrides: Partial<Strategy> = {}): Strategy =>
  Strategy.fromPartial({
    strategyId: 'deposit-by-app',
    name: 'Deposit by app',
    orgPath: 'hq',
    segmentId: 'everybody',
    actionIds: ['deposit'],
    ...overrides,
  });

export const momentRuleMessage = (overrides: Partial<MomentRule> = {}): MomentRule =>
  MomentRule.fromPartial({
    ruleId: 'outflow',
    kind: 'threshold',
    factType: 'transaction',
    condition: { field: 'event.amount', op: 'gte', value: 10_000 },
    actionIds: ['deposit'],
    ...overrides,
  });

export const customerMessage = (customerId: string, overrides: Partial<Customer> = {}): Customer =>
  Customer.fromPartial({
    customerId,
    externalId: `x-${customerId}`,
    orgPath: 'hq/east',
    stage: 'mature',
    attributes: {},
    version: 1,
    ...overrides,
  });

/** Takes a draft through review. */
export async function publish(
  { maker, checker }: Pick<Harness, 'maker' | 'checker'>,
  draft: Strategy,
): Promise<Strategy> {
  const { strategyId } = draft;
  const id = `${strategyId}-${draft.version}`;
  if (draft.version === 0) await maker.createStrategy({ requestId: `create-${id}`, strategy: draft });
  else await maker.updateStrategy({ requestId: `update-${id}`, strategy: draft });
  const { strategy: submitted } = await maker.submitStrategy({ requestId: `submit-${id}`, strategyId });
  const review = { strategyId, comment: 'fine', contentHash: submitted?.contentHash ?? '' };
  const { strategy } = await checker.approveStrategy({ requestId: `approve-${id}`, ...review });
  if (strategy === undefined) throw new Error('no strategy in the answer');
  return strategy;
}

/** What the reviewer says of what was submitted last, having read it. */
export async function reviewOf({ checker }: Pick<Harness, 'checker'>, strategyId: string, what: string) {
  const { strategy } = await checker.getStrategy({ strategyId, version: 0 });
  return { requestId: `${what}-${strategyId}`, strategyId, comment: '', contentHash: strategy?.contentHash ?? '' };
}
