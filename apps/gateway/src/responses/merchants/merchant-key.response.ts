import type * as rpc from '@tidegate/contracts/merchants/v1/merchants';
import { shown } from '../../http/shown';

export class MerchantKey implements rpc.MerchantKey {
  @shown.text() keyId!: string;
  @shown.text() merchantId!: string;
  @shown.text() publicKeyPem!: string;
  @shown.flag() isRevoked!: boolean;
}

export class PutMerchantKeyResponse implements rpc.PutMerchantKeyResponse {
  @shown.part(() => MerchantKey) key!: MerchantKey | undefined;
}

export class RevokeMerchantKeyResponse implements rpc.RevokeMerchantKeyResponse {
  @shown.part(() => MerchantKey) key!: MerchantKey | undefined;
}
