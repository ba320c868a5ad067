import type { ArbitrationServiceService } from '@tidegate/contracts/arbitration/v1/arbitration';
import type { Client } from '@tidegate/grpc';

export const ARBITRATION_CLIENT = Symbol('ARBITRATION_CLIENT');
export type ArbitrationClient = Client<typeof ArbitrationServiceService>;

/** The channel 渠道 of merchants' tills. */
export const MERCHANT_CHANNEL = 'merchant';
