import type * as rpc from '@tidegate/contracts/benefits/v1/rewards';
import { shown } from '../../http/shown';

/** What is given as a reward. */
export class Reward implements rpc.Reward {
  @shown.text('One of: points, benefit, make_up_card (sign-in only).') kind!: string;
  @shown.whole() points!: number;
  @shown.whole('They live to the end of the month so many months on.') pointsValidMonths!: number;
  @shown.text('For a benefit: the stock it is taken from.') stockId!: string;
}

/** A reward that was earned, and what became of it. */
export class OwedReward implements rpc.OwedReward {
  @shown.text() rewardId!: string;
  @shown.text() customerId!: string;
  @shown.text('The feature that owes it.') cause!: string;
  @shown.text('The programme, campaign or mission of that feature.') reference!: string;
  @shown.part(() => Reward) reward!: Reward | undefined;
  @shown.text('One of: owed, granted, refused.') state!: string;
  @shown.text(
    'Why it was refused, e.g. STOCK_SOLD_OUT; of an owed one why it could not be granted so far, e.g. STOCK_PAUSED.',
  )
  reason!: string;
  @shown.text('The granted benefit.') instanceId!: string;
  @shown.time() createdAt!: Date | undefined;
  @shown.time() settledAt!: Date | undefined;
}

export class ListRewardsResponse implements rpc.ListRewardsResponse {
  @shown.parts(() => OwedReward) rewards!: OwedReward[];
  @shown.text() nextPageToken!: string;
}
