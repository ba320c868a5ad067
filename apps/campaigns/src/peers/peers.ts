import type { ArbitrationServiceService } from '@tidegate/contracts/arbitration/v1/arbitration';
import type { CustomersServiceService } from '@tidegate/contracts/customers/v1/customers';
import type { Client } from '@tidegate/grpc';

export const CUSTOMERS_CLIENT = Symbol('customers client');
export const ARBITRATION_CLIENT = Symbol('arbitration client');

export type CustomersClient = Client<typeof CustomersServiceService>;
export type ArbitrationClient = Client<typeof ArbitrationServiceService>;
