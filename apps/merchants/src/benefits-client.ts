import type { BenefitsServiceService } from '@tidegate/contracts/benefits/v1/benefits';
import type { Client } from '@tidegate/grpc';

export const BENEFITS_CLIENT = Symbol('BENEFITS_CLIENT');
export type BenefitsClient = Client<typeof BenefitsServiceService>;
