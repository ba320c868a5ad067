import type * as benefits from '@tidegate/contracts/benefits/v1/benefits';
import type * as merchants from '@tidegate/contracts/merchants/v1/merchants';
import { shown } from '../../http/shown';
import { Reversal, ShareAmount } from '../../responses/benefits/redemption.response';

type WithoutCustomer<T extends { customerId: string }> = Omit<T, 'customerId'>;

/** A benefit as a till may see it: not whose it is. */
export class ShownBenefit implements WithoutCustomer<benefits.Instance> {
  @shown.text() instanceId!: string;
  @shown.text() stockId!: string;
  @shown.text() stockName!: string;
  @shown.text() kind!: string;
  @shown.text('One of: issued, held, gifting, redeemed, transferred, expired, void, reversed.') state!: string;
  @shown.whole() faceValueMinor!: number;
  @shown.text() currency!: string;
  @shown.time() claimedAt!: Date | undefined;
  @shown.time() expiresAt!: Date | undefined;
  @shown.flag() isTransferable!: boolean;
  @shown.whole('What is left of the face value.') remainingMinor!: number;
  @shown.text('The instance it was given from; empty for one that was claimed.') fromInstanceId!: string;
}

/** A completed redemption 核销 as its merchant may see it: not who the customer was. */
export class OwnRedemption implements WithoutCustomer<benefits.Redemption> {
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

/** Of one-step redemptions and committed holds. */
export class RedeemedAnswer {
  @shown.part(() => OwnRedemption, 'The first of redemptions.') redemption!: OwnRedemption | undefined;
  @shown.parts(() => OwnRedemption) redemptions!: OwnRedemption[];
}

export class ValidatedAnswer {
  @shown.parts(() => ShownBenefit) instances!: ShownBenefit[];
  @shown.whole('What the sale would take of all of them.') amountMinor!: number;
}

export class HeldAnswer {
  @shown.text() holdId!: string;
  @shown.part(() => ShownBenefit, 'The first of instances.') instance!: ShownBenefit | undefined;
  @shown.time() expiresAt!: Date | undefined;
  @shown.parts(() => ShownBenefit) instances!: ShownBenefit[];
  @shown.whole('What the sale will take of all of them.') amountMinor!: number;
}

export class VoidedAnswer {
  @shown.part(() => ShownBenefit, 'The first of instances.') instance!: ShownBenefit | undefined;
  @shown.parts(() => ShownBenefit) instances!: ShownBenefit[];
}

export class ReverseAtStoreResponse implements merchants.ReverseAtStoreResponse {
  @shown.part(() => Reversal) reversal!: Reversal | undefined;
}

export class OwnRedemptionAnswer {
  @shown.part(() => OwnRedemption) redemption!: OwnRedemption | undefined;
  @shown.flag('It was taken back 冲正.') isReversed!: boolean;
  @shown.part(() => Reversal, 'How, where and by whom; left out when it was not.') reversal!: Reversal | undefined;
}

export class OwnRedemptionsAnswer {
  @shown.parts(() => OwnRedemption) redemptions!: OwnRedemption[];
  @shown.text() nextPageToken!: string;
}

/** The message without the customer, whom a merchant has no need to know. */
export function withoutCustomer<T extends { customerId: string }>({ customerId: _hidden, ...shownToo }: T) {
  return shownToo;
}

/** What was redeemed, as the till may see it. */
export const toRedeemed = ({ redemptions }: merchants.RedeemAtStoreResponse): RedeemedAnswer => {
  const own = redemptions.map(withoutCustomer);
  return { redemption: own[0], redemptions: own };
};

/** The benefits of an answer, as the till may see them. */
export const toShown = (instances: benefits.Instance[]): Pick<VoidedAnswer, 'instance' | 'instances'> => {
  const own = instances.map(withoutCustomer);
  return { instance: own[0], instances: own };
};
