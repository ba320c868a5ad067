import type { MerchantKey as MerchantKeyMessage } from '@tidegate/contracts/merchants/v1/merchants';
import type { MerchantKey } from './domain/merchant-key';

/** A key as others see it: without an end, the field is unset. */
export const toKeyMessage = ({ expiresAt, ...key }: MerchantKey): MerchantKeyMessage => ({
  ...key,
  expiresAt: expiresAt ?? undefined,
});
