import type * as rpc from '@tidegate/contracts/merchants/v1/merchants';
import { shown } from '../../http/shown';

export class MerchantKey implements rpc.MerchantKey {
  @shown.text() keyId!: string;
  @shown.text() merchantId!: string;
  @shown.text() publicKeyPem!: string;
  @shown.flag() isRevoked!: boolean;
  @shown.time('When a rotated key stops being valid; unset for one that lives until it is revoked.')
  expiresAt!: Date | undefined;
}

export class PutMerchantKeyResponse implements rpc.PutMerchantKeyResponse {
  @shown.part(() => MerchantKey) key!: MerchantKey | undefined;
}

export class RevokeMerchantKeyResponse implements rpc.RevokeMerchantKeyResponse {
  @shown.part(() => MerchantKey) key!: MerchantKey | undefined;
}

export class RotateMerchantKeyResponse implements rpc.RotateMerchantKeyResponse {
  @shown.part(() => MerchantKey) newKey!: MerchantKey | undefined;
  @shown.part(() => MerchantKey, 'Valid until its overlap ends.') oldKey!: MerchantKey | undefined;
}

export class ListMerchantKeysResponse implements rpc.ListMerchantKeysResponse {
  @shown.parts(() => MerchantKey) keys!: MerchantKey[];
  @shown.text() nextPageToken!: string;
}
