import type { Stock } from '@tidegate/contracts/benefits/v1/benefits';
import { shown } from '../../http/shown';
import { RedeemWindow } from '../../responses/benefits/stock.response';

/** What a customer may see of a stock: not who pays for it. */
export class OfferedStock {
  @shown.text() stockId!: string;
  @shown.text() name!: string;
  @shown.text('As in the admin API, e.g. red_packet.') kind!: string;
  @shown.whole() faceValueMinor!: number;
  @shown.text('ISO 4217.') currency!: string;
  @shown.whole('Smallest order amount for a redemption, minor units; 0 for none.') thresholdMinor!: number;
  @shown.whole() totalLimit!: number;
  @shown.whole() claimedCount!: number;
  @shown.whole('0 for none.') perCustomerLimit!: number;
  @shown.time() claimStartsAt!: Date | undefined;
  @shown.time() claimEndsAt!: Date | undefined;
  @shown.whole('How long a claimed benefit lives.') validForSeconds!: number;
  @shown.flag() isTransferable!: boolean;
  @shown.flag() isShareable!: boolean;
  @shown.text('open, paused or closed.') state!: string;
  @shown.whole('Of percent_discount: the share of the sale, in basis points.') percentBasisPoints!: number;
  @shown.part(() => RedeemWindow, 'Any time when left out.') redeemWindow!: RedeemWindow | undefined;
  @shown.text('IANA name: days and hours of the redeem window are those of this zone.') timeZone!: string;
  @shown.texts('Merchants where it may be used; empty for all.') merchantIds!: string[];
  @shown.texts('Stores where it may be used, or a gift is picked up; empty for all.') storeIds!: string[];
  @shown.texts('Outlets 网点 at whose stores it may be used, or organisations above them; empty for all.')
  outletPaths!: string[];
  @shown.texts('Of bundle: the stocks it opens into; each says where it may be used.') bundleStockIds!: string[];
}

export class OfferedStockAnswer {
  @shown.part(() => OfferedStock) stock!: OfferedStock | undefined;
  @shown.time('To count down to claimStartsAt by the server’s clock.') serverTime!: Date;
}

export const toOfferedStock = (stock: Stock): OfferedStock => ({
  stockId: stock.stockId,
  name: stock.name,
  kind: stock.kind,
  faceValueMinor: stock.faceValueMinor,
  currency: stock.currency,
  thresholdMinor: stock.thresholdMinor,
  totalLimit: stock.totalLimit,
  claimedCount: stock.claimedCount,
  perCustomerLimit: stock.perCustomerLimit,
  claimStartsAt: stock.claimStartsAt,
  claimEndsAt: stock.claimEndsAt,
  validForSeconds: stock.validForSeconds,
  isTransferable: stock.isTransferable,
  isShareable: stock.isShareable,
  state: stock.state,
  percentBasisPoints: stock.percentBasisPoints,
  redeemWindow: stock.redeemWindow,
  timeZone: stock.timeZone,
  merchantIds: stock.merchantIds,
  storeIds: stock.storeIds,
  outletPaths: stock.outletPaths,
  bundleStockIds: stock.bundleStockIds,
});

/** Points and bundles are used up with their claim, a third party's code at its provider. */
export const isUsedAtStores = ({ kind }: Pick<Stock, 'kind'>): boolean =>
  !['points', 'bundle', 'third_party_code'].includes(kind);
