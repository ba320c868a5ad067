import type { RequestKey } from '@tidegate/mongo';
import type { Gift } from '../domain/gift';
import type { Instance } from '../domain/instance';

/** What customers, or time, may do with a gift. */
export type GiftCommand =
  | { do: 'offer'; request: RequestKey; giftId: string; instanceId: string; customerId: string }
  | { do: 'accept'; request: RequestKey; giftId: string; token: string; customerId: string }
  | { do: 'cancel'; request: RequestKey; giftId: string; customerId: string }
  | { do: 'expire'; giftId: string };

/** The gift, and the instance the caller has: what he offered, got back or received. */
export interface GiftAnswer {
  gift: Gift;
  instance: Instance;
}
