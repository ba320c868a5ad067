import type { DecideRequest } from '@tidegate/contracts/arbitration/v1/arbitration';

/** Few enough that each is asked about again while he is held. */
export const CUSTOMERS = 100;

export const CHANNELS = ['app', 'sms', 'wecom', 'remote_bank'] as const;

export const customerIdOf = (index: number): string => `grpc-customer-${index}`;

/** A preview as the app asks for it: what cannot win is left out. */
export const brief = (customerId: string): DecideRequest => ({
  requestId: '',
  customerId,
  channels: [...CHANNELS],
  maxActions: 1,
  isCommitted: false,
  isBrief: true,
  context: undefined,
});
