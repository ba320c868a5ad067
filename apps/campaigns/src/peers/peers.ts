import type { ArbitrationServiceService } from '@tidegate/contracts/arbitration/v1/arbitration';
import type { QuotasServiceService } from '@tidegate/contracts/arbitration/v1/quotas';
import type { SimulationServiceService } from '@tidegate/contracts/arbitration/v1/simulation';
import type { BenefitsServiceService } from '@tidegate/contracts/benefits/v1/benefits';
import type { CustomersServiceService } from '@tidegate/contracts/customers/v1/customers';
import type { LeadsServiceService } from '@tidegate/contracts/leads/v1/leads';
import type { Client } from '@tidegate/grpc';
import { continueTrace, currentContext, runInContext } from '@tidegate/observability';

export const CUSTOMERS_CLIENT = Symbol('customers client');
export const ARBITRATION_CLIENT = Symbol('arbitration client');
export const QUOTAS_CLIENT = Symbol('quotas client');
export const SIMULATION_CLIENT = Symbol('simulation client');
export const BENEFITS_CLIENT = Symbol('benefits client');
export const LEADS_CLIENT = Symbol('leads client');

export type CustomersClient = Client<typeof CustomersServiceService>;
export type ArbitrationClient = Client<typeof ArbitrationServiceService>;
export type QuotasClient = Client<typeof QuotasServiceService>;
export type SimulationClient = Client<typeof SimulationServiceService>;
export type BenefitsClient = Client<typeof BenefitsServiceService>;
export type LeadsClient = Client<typeof LeadsServiceService>;

/** Calls peers as this service, for what it has judged itself. */
export const asService = <T>(work: () => Promise<T>): Promise<T> =>
  runInContext(
    {
      traceparent: continueTrace(currentContext()?.traceparent),
      actor: { id: 'campaigns', kind: 'service', roles: [], orgPath: '' },
    },
    work,
  );
