import type * as rpc from '@tidegate/contracts/benefits/v1/benefits';
import { shown } from '../../http/shown';

/** Who pays for a redeemed benefit, in basis points of its amount (shares add up to 10000). */
export class CostShare implements rpc.CostShare {
  @shown.text('One of: bank, merchant, third_party.') funder!: string;
  @shown.text(
    'The organisation path, merchant id or third party\'s id. For funder "merchant" an empty id means the redeeming merchant.',
  )
  partyId!: string;
  @shown.whole() basisPoints!: number;
}

/** A stock 批次: what is given, how many, to whom, when, and who pays. */
export class Stock implements rpc.Stock {
  @shown.text() stockId!: string;
  @shown.text() name!: string;
  @shown.text('One of: red_packet, amount_discount.') kind!: string;
  @shown.whole() faceValueMinor!: number;
  @shown.text('ISO 4217.') currency!: string;
  @shown.whole('Smallest order amount for a redemption, minor units; 0 for none.') thresholdMinor!: number;
  @shown.whole() totalLimit!: number;
  @shown.whole("0 for none. The day is the bank's calendar day in time_zone.") dailyLimit!: number;
  @shown.whole('0 for none.') perCustomerLimit!: number;
  @shown.time() claimStartsAt!: Date | undefined;
  @shown.time() claimEndsAt!: Date | undefined;
  @shown.whole('How long an instance lives after its claim.') validForSeconds!: number;
  @shown.flag() isTransferable!: boolean;
  @shown.texts('Merchants that may redeem it; empty for all.') merchantIds!: string[];
  @shown.parts(() => CostShare) costShares!: CostShare[];
  @shown.text() orgPath!: string;
  @shown.text('IANA name, for daily limits.') timeZone!: string;
  @shown.text('One of: open, closed.') state!: string;
  @shown.whole() claimedCount!: number;
  @shown.time() createdAt!: Date | undefined;
}

export class CreateStockResponse implements rpc.CreateStockResponse {
  @shown.part(() => Stock) stock!: Stock | undefined;
}

export class GetStockResponse implements rpc.GetStockResponse {
  @shown.part(() => Stock) stock!: Stock | undefined;
}

export class ListStocksResponse implements rpc.ListStocksResponse {
  @shown.parts(() => Stock) stocks!: Stock[];
  @shown.text() nextPageToken!: string;
}
