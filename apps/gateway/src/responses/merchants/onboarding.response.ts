import type * as rpc from '@tidegate/contracts/merchants/v1/onboarding';
import { shown } from '../../http/shown';
import { Merchant } from './merchant.response';

export class ReviewMerchantResponse implements rpc.ReviewMerchantResponse {
  @shown.part(() => Merchant) merchant!: Merchant | undefined;
}

export class ActivateMerchantResponse implements rpc.ActivateMerchantResponse {
  @shown.part(() => Merchant) merchant!: Merchant | undefined;
}

export class SuspendMerchantResponse implements rpc.SuspendMerchantResponse {
  @shown.part(() => Merchant) merchant!: Merchant | undefined;
}

export class MerchantChange implements rpc.MerchantChange {
  @shown.text('put, review, activate, suspend.') move!: string;
  @shown.text('Empty for the first.') fromState!: string;
  @shown.text() toState!: string;
  @shown.text() actorId!: string;
  @shown.text() comment!: string;
  @shown.time() changedAt!: Date | undefined;
}

export class ListMerchantChangesResponse implements rpc.ListMerchantChangesResponse {
  @shown.parts(() => MerchantChange) changes!: MerchantChange[];
  @shown.text() nextPageToken!: string;
}
