import type * as rpc from '@tidegate/contracts/campaigns/v1/goals';
import { shown } from '../../http/shown';

/** A goal 目标 and how far it is reached. */
export class Goal implements rpc.Goal {
  @shown.text() goalId!: string;
  @shown.text() name!: string;
  @shown.text() strategyId!: string;
  @shown.text('The organisation whose customers count.') orgPath!: string;
  @shown.text('aum, customers, fee_income.') kind!: string;
  @shown.whole('Minor units of the currency, or customers.') targetAmount!: number;
  @shown.text('Empty for customers.') currency!: string;
  @shown.time() startsAt!: Date | undefined;
  @shown.time() endsAt!: Date | undefined;
  @shown.text('customers: the outcome that counts.') successOutcome!: string;
  @shown.text('fee_income: type of the facts with data.amountMinor.') factType!: string;
  @shown.whole() version!: number;
  @shown.whole('What its members have brought; balances may fall below where they began.') achievedAmount!: number;
  @shown.whole(
    'Customers of the organisation that the strategy has treated, but for those of whom every decision was retracted and no outcome recorded.',
  )
  memberCount!: number;
  @shown.whole('Of the target.') progressBasisPoints!: number;
  @shown.whole('What would be reached by now at an even pace.') expectedAmount!: number;
  @shown.time() updatedAt!: Date | undefined;
}

export class PutGoalResponse implements rpc.PutGoalResponse {
  @shown.part(() => Goal) goal!: Goal | undefined;
}

export class GetGoalResponse implements rpc.GetGoalResponse {
  @shown.part(() => Goal) goal!: Goal | undefined;
}

export class ListGoalsResponse implements rpc.ListGoalsResponse {
  @shown.parts(() => Goal) goals!: Goal[];
  @shown.text() nextPageToken!: string;
}
