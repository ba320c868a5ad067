import type * as rpc from '@tidegate/contracts/merchants/v1/merchants';
import { shown } from '../../http/shown';

export class Merchant implements rpc.Merchant {
  @shown.text() merchantId!: string;
  @shown.text() name!: string;
  @shown.text('The organisation that acquired it.') orgPath!: string;
  @shown.text('draft, reviewed, active, suspended.') state!: string;
  @shown.text() settlementAccount!: string;
  @shown.text('Who wrote what is to be reviewed.') madeBy!: string;
  @shown.text('Who reviewed it, another person.') reviewedBy!: string;
}

export class PutMerchantResponse implements rpc.PutMerchantResponse {
  @shown.part(() => Merchant) merchant!: Merchant | undefined;
}

export class GetMerchantResponse implements rpc.GetMerchantResponse {
  @shown.part(() => Merchant) merchant!: Merchant | undefined;
}

export class ListMerchantsResponse implements rpc.ListMerchantsResponse {
  @shown.parts(() => Merchant) merchants!: Merchant[];
  @shown.text() nextPageToken!: string;
}
