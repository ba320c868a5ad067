import type { Provider } from '@nestjs/common';
import { ArbitrationServiceService } from '@tidegate/contracts/arbitration/v1/arbitration';
import { BenefitsServiceService } from '@tidegate/contracts/benefits/v1/benefits';
import { CampaignsServiceService } from '@tidegate/contracts/campaigns/v1/campaigns';
import { CustomersServiceService } from '@tidegate/contracts/customers/v1/customers';
import { createClient, type GrpcService } from '@tidegate/grpc';
import { continueTrace, currentContext, runInContext } from '@tidegate/observability';
import { ServiceEnv } from '@tidegate/service';

export const ARBITRATION_CLIENT = Symbol('arbitration');
export const BENEFITS_CLIENT = Symbol('benefits');
export const CAMPAIGNS_CLIENT = Symbol('campaigns');
export const CUSTOMERS_CLIENT = Symbol('customers');

const peer = (token: symbol, service: GrpcService, name: string): Provider => ({
  provide: token,
  useFactory: (env: ServiceEnv) => createClient(service, env.peerUrl(name)),
  inject: [ServiceEnv],
});

/** The services that a lead's brief is made of. */
export const PEERS: Provider[] = [
  peer(ARBITRATION_CLIENT, ArbitrationServiceService, 'arbitration'),
  peer(BENEFITS_CLIENT, BenefitsServiceService, 'benefits'),
  peer(CAMPAIGNS_CLIENT, CampaignsServiceService, 'campaigns'),
  peer(CUSTOMERS_CLIENT, CustomersServiceService, 'customers'),
];

/**
 * Calls peers as this service: the lead is what entitles the agent, who may sit in another part of the organisation than
 * the customer.
 */
export const asService = <T>(work: () => Promise<T>): Promise<T> =>
  runInContext(
    {
      traceparent: continueTrace(currentContext()?.traceparent),
      actor: { id: 'leads', kind: 'service', roles: [], orgPath: '' },
    },
    work,
  );
