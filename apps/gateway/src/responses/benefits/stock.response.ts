import type * as rpc from '@tidegate/contracts/benefits/v1/benefits';
import { shown } from '../../http/shown';
import { Reward } from './reward.response';

/** Who pays for a redeemed benefit, in basis points of its amount (shares add up to 10000). */
export class CostShare implements rpc.CostShare {
  @shown.text('One of: bank, merchant, third_party.') funder!: string;
  @shown.text(
    'The organisation path, merchant id or third party\'s id. For funder "merchant" an empty id means the redeeming merchant.',
  )
  partyId!: string;
  @shown.whole() basisPoints!: number;
}

/** When a benefit may be used, in the stock's zone. */
export class RedeemWindow implements rpc.RedeemWindow {
  @shown.wholes('ISO weekdays, 1 is Monday; empty for all.') weekdays!: number[];
  @shown.text() from!: string;
  @shown.text('Before `from` it means the next morning, which counts to the day before.') to!: string;
  @shown.whole('Whole days after the first claim; a gift starts none anew.') afterDays!: number;
  @shown.texts('YYYY-MM-DD.') blockedDates!: string[];
}

/** How a stock may be shared 分享. */
export class ShareTerms implements rpc.ShareTerms {
  @shown.whole() linkValidSeconds!: number;
  @shown.whole() linksPerCustomerMax!: number;
  @shown.part(() => Reward, 'What the sharer earns for each new claimer.') sharerReward!: Reward | undefined;
  @shown.whole('Rewards of one sharer at most.') sharerRewardsMax!: number;
}

/** A stock 批次: what is given, how many, to whom, when, and who pays. */
export class Stock implements rpc.Stock {
  @shown.text() stockId!: string;
  @shown.text() name!: string;
  @shown.text('One of: red_packet, amount_discount, percent_discount, physical_gift, points, third_party_code, bundle.')
  kind!: string;
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
  @shown.whole('Over all customer ids of one natural person; 0 for none.') naturalPersonLimit!: number;
  @shown.whole('Most that may be promised in all; 0 for none.') budgetMinor!: number;
  @shown.texts('Stores that may redeem it; empty for all.') storeIds!: string[];
  @shown.texts('Outlets 网点 whose stores may redeem it, or organisations above them; empty for all.')
  outletPaths!: string[];
  @shown.part(() => RedeemWindow) redeemWindow!: RedeemWindow | undefined;
  @shown.whole('Of percent_discount: the share of the sale.') percentBasisPoints!: number;
  @shown.text('Of third_party_code: the pool of its codes.') poolId!: string;
  @shown.texts('Of bundle: the stocks it is made of.') bundleStockIds!: string[];
  @shown.flag('Of bundle: all parts or nothing.') isBundleWhole!: boolean;
  @shown.wholes('Days before a benefit expires on which its holder is reminded; empty means 3.')
  reminderLeadDays!: number[];
  @shown.whole('Shards that its units are counted in; 0 and 1 for one count.') shardCount!: number;
  @shown.flag('Customers may pass on links by which others claim one of their own.') isShareable!: boolean;
  @shown.part(() => ShareTerms, 'Links of 7 days, 20 for each customer, without a reward, when left out.')
  shareTerms!: ShareTerms | undefined;
  @shown.whole('How long a phone makes codes from one seed; 0 for the deployment’s own time.') codeSeedSeconds!: number;
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

export class SetStockStateResponse implements rpc.SetStockStateResponse {
  @shown.part(() => Stock) stock!: Stock | undefined;
}

export class LinkPersonResponse implements rpc.LinkPersonResponse {}
