import type * as rpc from '@tidegate/contracts/benefits/v1/growth';
import { shown } from '../../http/shown';
import { Definition } from './definition.response';
import { Reward } from './reward.response';

/** Which activities count. */
export class ActivityFilter implements rpc.ActivityFilter {
  @shown.text('A fact’s type, or sign_in, benefit_claimed, benefit_redeemed, exchange.') activityType!: string;
  @shown.texts('Empty for all.') operations!: string[];
  @shown.texts('Empty for all.') channels!: string[];
  @shown.text('Empty for all.') currency!: string;
  @shown.whole('0 for none.') amountMinorMin!: number;
}

/** What an activity adds to the growth value. */
export class GrowthSource implements rpc.GrowthSource {
  @shown.part(() => ActivityFilter) filter!: ActivityFilter | undefined;
  @shown.whole() growth!: number;
  @shown.whole('When set, growth is per so many minor units.') stepAmountMinor!: number;
  @shown.whole('0 for none.') growthMaxPerDay!: number;
}

/** What a level brings by itself. */
export class LevelBenefit implements rpc.LevelBenefit {
  @shown.part(() => Reward) reward!: Reward | undefined;
  @shown.text('once or month.') every!: string;
}

/** A level 等级. */
export class GrowthLevel implements rpc.GrowthLevel {
  @shown.text() name!: string;
  @shown.whole('The growth value that lifts to it.') upGrowth!: number;
  @shown.whole('The growth value that keeps it.') keepGrowth!: number;
  @shown.parts(() => LevelBenefit) benefits!: LevelBenefit[];
}

export class GrowthTerms implements rpc.GrowthTerms {
  @shown.text('IANA name.') timeZone!: string;
  @shown.whole('How many months count, the present one with them; 0 for all.') windowMonths!: number;
  @shown.whole('How long a level is kept whose growth is gone.') graceDays!: number;
  @shown.parts(() => GrowthSource) sources!: GrowthSource[];
  @shown.parts(() => GrowthLevel) levels!: GrowthLevel[];
}

/** A growth plan 成长体系. */
export class GrowthPlan implements rpc.GrowthPlan {
  @shown.part(() => Definition) definition!: Definition | undefined;
  @shown.part(() => GrowthTerms) terms!: GrowthTerms | undefined;
}

export class CreateGrowthPlanResponse implements rpc.CreateGrowthPlanResponse {
  @shown.part(() => GrowthPlan) plan!: GrowthPlan | undefined;
}

export class MoveGrowthPlanResponse implements rpc.MoveGrowthPlanResponse {
  @shown.part(() => GrowthPlan) plan!: GrowthPlan | undefined;
}

export class ListGrowthPlansResponse implements rpc.ListGrowthPlansResponse {
  @shown.parts(() => GrowthPlan) plans!: GrowthPlan[];
  @shown.text() nextPageToken!: string;
}

/** Where a customer stands in a plan. */
export class GrowthStanding implements rpc.GrowthStanding {
  @shown.text() planId!: string;
  @shown.text() planName!: string;
  @shown.whole('From 1.') level!: number;
  @shown.text() levelName!: string;
  @shown.whole() growth!: number;
  @shown.whole('What the next level needs; 0 at the highest.') nextLevelGrowth!: number;
  @shown.time('Set while the level is kept by grace only.') graceEndsAt!: Date | undefined;
}

export class GetGrowthResponse implements rpc.GetGrowthResponse {
  @shown.parts(() => GrowthStanding) standings!: GrowthStanding[];
}
