import type * as rpc from '@tidegate/contracts/merchants/v1/traffic';
import { shown } from '../../http/shown';

export class VisitGoal implements rpc.VisitGoal {
  @shown.text() goalId!: string;
  @shown.whole() visitCount!: number;
  @shown.whole('Days of the bank’s calendar, today included.') withinDays!: number;
  @shown.text('What who reaches it is given.') rewardStockId!: string;
}

export class SubsidyRule implements rpc.SubsidyRule {
  @shown.text('ISO 4217; empty: nothing is paid.') currency!: string;
  @shown.whole() perVisitMinor!: number;
  @shown.whole() perRedemptionMinor!: number;
  @shown.whole() redemptionBasisPoints!: number;
  @shown.whole('How many days after a visit a redemption still counts.') attributionDays!: number;
  @shown.whole('Of one merchant; 0 for no limit.') dailyLimitMinor!: number;
  @shown.whole('Of one merchant; 0 for no limit.') totalLimitMinor!: number;
  @shown.text('bank: the merchant earns it; merchant: he pays it to the bank.') payer!: string;
}

export class TrafficPlan implements rpc.TrafficPlan {
  @shown.text() planId!: string;
  @shown.text() name!: string;
  @shown.text('app_to_store, store_to_outlet, outlet_to_app.') direction!: string;
  @shown.text() orgPath!: string;
  @shown.texts('Empty for all of the organisation.') storeIds!: string[];
  @shown.texts('Empty for all of the organisation.') outletPaths!: string[];
  @shown.time() startsAt!: Date | undefined;
  @shown.time() endsAt!: Date | undefined;
  @shown.whole() tokenLifeSeconds!: number;
  @shown.whole('Customers who may come with one token of a store or an outlet.') tokenUseLimit!: number;
  @shown.parts(() => VisitGoal) goals!: VisitGoal[];
  @shown.part(() => SubsidyRule) subsidy!: SubsidyRule | undefined;
}

export class PutTrafficPlanResponse implements rpc.PutTrafficPlanResponse {
  @shown.part(() => TrafficPlan) plan!: TrafficPlan | undefined;
}

export class GetTrafficPlanResponse implements rpc.GetTrafficPlanResponse {
  @shown.part(() => TrafficPlan) plan!: TrafficPlan | undefined;
}

export class ListTrafficPlansResponse implements rpc.ListTrafficPlansResponse {
  @shown.parts(() => TrafficPlan) plans!: TrafficPlan[];
  @shown.text() nextPageToken!: string;
}

export class TrafficResult implements rpc.TrafficResult {
  @shown.text('The store, the outlet’s path, or "app".') placeId!: string;
  @shown.text() merchantId!: string;
  @shown.whole() visitCount!: number;
  @shown.whole('Natural persons, by the joins of now.') customerCount!: number;
  @shown.whole('Attributed redemptions.') redemptionCount!: number;
  @shown.whole('After reversals.') subsidyMinor!: number;
}

export class ListTrafficResultsResponse implements rpc.ListTrafficResultsResponse {
  @shown.parts(() => TrafficResult) results!: TrafficResult[];
  @shown.text() nextPageToken!: string;
}
