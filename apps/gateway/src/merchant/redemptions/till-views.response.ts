import type * as benefits from '@tidegate/contracts/benefits/v1/benefits';
import type * as merchants from '@tidegate/contracts/merchants/v1/merchants';
import { shown } from '../../http/shown';
import { ShownBenefit } from '../../responses/benefits/instance.response';
import { OwnRedemption, Reversal } from '../../responses/benefits/redemption.response';

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
