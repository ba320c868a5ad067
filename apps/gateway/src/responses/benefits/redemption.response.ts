import type * as rpc from '@tidegate/contracts/benefits/v1/benefits';
import { shown } from '../../http/shown';

export class IssueRedemptionCodeResponse implements rpc.IssueRedemptionCodeResponse {
  @shown.text() code!: string;
  @shown.time() expiresAt!: Date | undefined;
  @shown.text('Twelve digits to type in where the code cannot be scanned; empty unless asked for.') number!: string;
}

export class IssueCodeSeedResponse implements rpc.IssueCodeSeedResponse {
  @shown.text('32 bytes, base64url: a secret of this phone.') seed!: string;
  @shown.whole('Goes into every code.') epoch!: number;
  @shown.whole() stepSeconds!: number;
  @shown.time('At the latest when the benefit expires.') expiresAt!: Date | undefined;
  @shown.time('For phones whose clock differs.') serverTime!: Date | undefined;
}

/** One share of a redemption's cost, in minor units; shares add up to the redemption's amount. */
export class ShareAmount implements rpc.ShareAmount {
  @shown.text() funder!: string;
  @shown.text() partyId!: string;
  @shown.whole() amountMinor!: number;
}

/** A completed redemption 核销 without who the customer was, as its merchant sees it. */
export class OwnRedemption implements Omit<rpc.Redemption, 'customerId'> {
  @shown.text() redemptionId!: string;
  @shown.text() instanceId!: string;
  @shown.text() stockId!: string;
  @shown.text() merchantId!: string;
  @shown.text() storeId!: string;
  @shown.text() clerkId!: string;
  @shown.whole() amountMinor!: number;
  @shown.text() currency!: string;
  @shown.parts(() => ShareAmount) shares!: ShareAmount[];
  @shown.time() redeemedAt!: Date | undefined;
  @shown.text('Redemptions of one sale share it.') saleId!: string;
}

/** A completed redemption 核销. */
export class Redemption extends OwnRedemption implements rpc.Redemption {
  @shown.text() customerId!: string;
}

/** A redemption taken back 冲正. */
export class Reversal implements rpc.Reversal {
  @shown.text() redemptionId!: string;
  @shown.text() reversalId!: string;
  @shown.text() merchantId!: string;
  @shown.whole() amountMinor!: number;
  @shown.text() currency!: string;
  @shown.parts(() => ShareAmount) shares!: ShareAmount[];
  @shown.time() reversedAt!: Date | undefined;
  @shown.text() reason!: string;
  @shown.text('Where it was taken back.') storeId!: string;
  @shown.text('Who took it back.') clerkId!: string;
  @shown.text('The sale of the redemption; empty in those of before it was kept.') saleId!: string;
}

export class GetRedemptionResponse implements rpc.GetRedemptionResponse {
  @shown.part(() => Redemption) redemption!: Redemption | undefined;
  @shown.flag('It was taken back 冲正.') isReversed!: boolean;
  @shown.part(() => Reversal, 'How, where and by whom; left out when it was not.') reversal!: Reversal | undefined;
}

export class ListRedemptionsResponse implements rpc.ListRedemptionsResponse {
  @shown.parts(() => Redemption) redemptions!: Redemption[];
  @shown.text() nextPageToken!: string;
}
