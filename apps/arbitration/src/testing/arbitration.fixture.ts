import { ArbitrationServiceService } from '@tidegate/contracts/arbitration/v1/arbitration';
import { QuotasServiceService } from '@tidegate/contracts/arbitration/v1/quotas';
import type { Action, MomentRule, Strategy } from '@tidegate/contracts/campaigns/v1/campaigns';
import { StrategyChanged, StrategySnapshot } from '@tidegate/contracts/campaigns/v1/campaigns_events';
import { Customer } from '@tidegate/contracts/customers/v1/customers';
import { CustomerChanged } from '@tidegate/contracts/customers/v1/customers_events';
import type { Client } from '@tidegate/grpc';
import type { Actor } from '@tidegate/observability';
import { PeriodicTasks } from '@tidegate/service';
import { eventually, FakeClock, startTestService, type TestService } from '@tidegate/testing';
import { ARBITRATION_SERVICES } from '../arbitration-services';
import { ArbitrationModule } from '../arbitration.module';
import { PolicyHolder } from '../engine/policy-holder';
import { StrategyCatalogue } from '../engine/strategy-catalogue';
import { CustomerStateRepository } from '../repositories/customer-state.repository';

export type ArbitrationClient = Client<typeof ArbitrationServiceService>;
export type CustomerDraft = Parameters<typeof Customer.fromPartial>[0];
type ActionDraft = { [K in keyof Action]?: unknown };
type StrategyDraft = Partial<Omit<Strategy, 'momentRules'>> & { momentRules?: Partial<MomentRule>[] };

const CONSENTED_AT = new Date('2026-01-01T00:00:00Z');

/** Where nobody answers. */
export const NO_PEERS = { customers: '127.0.0.1:1', benefits: '127.0.0.1:1' };

/** A running service with what a test of it needs. */
export class ArbitrationFixture {
  private revision = 0;

  private constructor(
    readonly clock: FakeClock,
    readonly replicas: TestService[],
  ) {}

  /** Monday 2026-03-02, ten in the morning in Shanghai, unless the test says otherwise. */
  static async start(replicaCount = 1, peers: Partial<typeof NO_PEERS> = {}): Promise<ArbitrationFixture> {
    const clock = new FakeClock();
    const options = { grpc: ARBITRATION_SERVICES, clock, peers: { ...NO_PEERS, ...peers } };
    const first = await startTestService(ArbitrationModule, options);
    const replicas = [first];
    while (replicas.length < replicaCount) {
      replicas.push(await startTestService(ArbitrationModule, { ...options, shareWith: first }));
    }
    return new ArbitrationFixture(clock, replicas);
  }

  get first(): TestService {
    const [first] = this.replicas;
    if (first === undefined) throw new Error('no replica is running');
    return first;
  }

  client(replica = 0, actor?: Partial<Actor>): ArbitrationClient {
    return (this.replicas[replica] ?? this.first).client(ArbitrationServiceService, actor);
  }

  quotas(replica = 0, actor?: Partial<Actor>): Client<typeof QuotasServiceService> {
    return (this.replicas[replica] ?? this.first).client(QuotasServiceService, actor);
  }

  async stop(): Promise<void> {
    for (const replica of [...this.replicas].reverse()) {
      // Background work must not use collections that are being dropped.
      await replica.app.get(PeriodicTasks).stop();
      await replica.stop();
    }
  }

  /** Tells of customers and waits until they are known; those of one person name each other. */
  async putCustomers(drafts: CustomerDraft[], person: readonly string[] = []): Promise<void> {
    const customers = drafts.map(aCustomerMessage);
    for (let from = 0; from < customers.length; from += 500) {
      const part = customers.slice(from, from + 500);
      await this.first.publish(
        CustomerChanged,
        'customers',
        part.map((customer) => {
          const customerIds = person.filter((id) => id !== customer.customerId);
          return { customer, ...(customerIds.length > 0 && { otherProfiles: { customerIds } }) };
        }),
      );
    }
    const repository = this.first.app.get(CustomerStateRepository);
    await eventually(async () => {
      const known = await repository.findMany(customers.map(({ customerId }) => customerId));
      for (const { customerId, version } of customers) {
        if ((known.get(customerId)?.facts?.version ?? 0) < version) throw new Error(`${customerId} is not known yet`);
      }
    });
  }

  /** Publishes a strategy and waits until every replica holds it. */
  async putStrategy(
    strategyId: string,
    actions: ActionDraft[],
    strategy: StrategyDraft = {},
    rest: { audience?: Record<string, unknown>; scriptVersions?: Record<string, number> } = {},
  ): Promise<void> {
    this.revision += 1;
    const { revision } = this;
    const draft = { strategyId, version: 1, name: strategyId, orgPath: 'hq', state: 'published', ...strategy };
    const snapshot = StrategySnapshot.fromPartial({
      strategy: draft,
      actions: actions.map((action) => ({ purpose: 'marketing', valueMinor: 100, ...action })) as never,
      revision,
      ...rest,
    });
    await this.first.publish(StrategyChanged, strategyId, [{ snapshot }]);
    await eventually(() => {
      for (const replica of this.replicas) {
        const held = replica.app.get(StrategyCatalogue).find(strategyId);
        if (held?.revision !== revision) throw new Error(`${strategyId} is not held yet`);
      }
    });
  }

  /** Puts a policy that says only what the test means, and waits until every replica holds it. */
  async putPolicy(
    policy: Partial<Parameters<ArbitrationClient['putContactPolicy']>[0]['policy'] & object>,
  ): Promise<void> {
    const { policy: current } = await this.client().getContactPolicy({});
    const requestId = `policy-${current?.version ?? 0}`;
    await this.client().putContactPolicy({
      requestId,
      policy: {
        limits: [],
        quietHours: [],
        suppressions: [],
        globalHoldoutBasisPoints: 0,
        timeZone: 'Asia/Shanghai',
        reservationTtlSeconds: 86_400,
        contextWeights: [],
        elderAgeYears: 0,
        elderExcludedChannels: [],
        staffedTag: '',
        decisionRetentionDays: 0,
        version: current?.version ?? 0,
        ...policy,
      },
    });
    await eventually(() => {
      for (const replica of this.replicas) {
        const held = replica.app.get(PolicyHolder).current.version;
        if (held <= (current?.version ?? 0)) throw new Error('the policy is not held yet');
      }
    });
  }
}

/** A customer who consents to marketing on every channel. */
export const aCustomerMessage = (draft: CustomerDraft): Customer =>
  Customer.fromPartial({
    externalId: `ext-${draft.customerId}`,
    orgPath: 'hq/east',
    stage: 'mature',
    version: 1,
    consents: [{ purpose: 'marketing', channel: '*', isGranted: true, changedAt: CONSENTED_AT }],
    ...draft,
  });

export const appAction = (actionId: string, action: ActionDraft = {}): ActionDraft => ({
  actionId,
  group: 'deposits',
  treatments: [{ channel: 'app', title: `Title of ${actionId}`, body: 'Dear {{customer.externalId}}' }],
  ...action,
});

export const callAction = (actionId: string, queue: string, action: ActionDraft = {}): ActionDraft => ({
  actionId,
  group: 'deposits',
  treatments: [{ channel: 'remote_bank', title: `Call about ${actionId}`, queue, scriptId: 'script-1' }],
  ...action,
});
