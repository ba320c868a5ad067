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
});
