import { Inject, Injectable } from '@nestjs/common';
import {
  CustomersServiceService,
  type ListPastMomentsRequest,
  type PastMoments,
} from '@tidegate/contracts/customers/v1/customers';
import { createClient, type Client } from '@tidegate/grpc';
import { continueTrace, runInContext, type Actor } from '@tidegate/observability';
import { conditionOf, type CountedFact, type EventCounter } from '@tidegate/rules';
import { ServiceEnv } from '@tidegate/service';

const CUSTOMERS_CLIENT = Symbol('customers client');
/** The copy may have to be built first. */
const DEADLINE_MS = 60_000;
const SELF: Actor = { id: 'arbitration', kind: 'service', roles: [], orgPath: '' };
const STRIDE = 3;

export const customersClientProvider = {
  provide: CUSTOMERS_CLIENT,
  useFactory: (env: ServiceEnv) =>
    createClient(CustomersServiceService, env.peerUrl('customers'), { deadlineMs: DEADLINE_MS }),
  inject: [ServiceEnv],
};

export interface CustomerSeries {
  customerId: string;
  facts: CountedFact[];
}

/** Facts of before, from `customers`. */
@Injectable()
export class CustomerFactsPeer {
  constructor(@Inject(CUSTOMERS_CLIENT) private readonly client: Client<typeof CustomersServiceService>) {}

  /**
   * What a counter keeps of the next customers; `until` is where to go on, null at the end.
   * @throws PEER_UNAVAILABLE, PEER_TIMED_OUT, COPY_BEHIND
   */
  async listSeries(
    counter: EventCounter,
    after: string,
  ): Promise<{ customers: CustomerSeries[]; until: string | null }> {
    const request = { rule: { events: conditionOf(counter) }, afterCustomerId: after };
    const { customers, isEnd } = await runInContext({ traceparent: continueTrace(undefined), actor: SELF }, () =>
      this.client.listCountedFacts(request),
    );
    const series = customers.map(({ customerId, facts }) => ({ customerId, facts: toFacts(facts) }));
    return { customers: series, until: isEnd ? null : (series.at(-1)?.customerId ?? null) };
  }

  /** @throws PEER_UNAVAILABLE, PEER_TIMED_OUT, RULE_INVALID */
  async listPastMoments(request: ListPastMomentsRequest): Promise<PastMoments[]> {
    const trace = { traceparent: continueTrace(undefined), actor: SELF };
    return (await runInContext(trace, () => this.client.listPastMoments(request))).moments;
  }
}

const toFacts = (doubles: readonly number[]): CountedFact[] =>
  Array.from({ length: Math.floor(doubles.length / STRIDE) }, (_, i) => ({
    atMs: doubles[i * STRIDE] ?? 0,
    hash: doubles[i * STRIDE + 1] ?? 0,
    value: doubles[i * STRIDE + 2] ?? 0,
  }));
