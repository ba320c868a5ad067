import type { Defined } from '../../definitions/domain/definition';
import type { RewardTerms } from '../../granting/domain/reward-terms';
import type { ActivityFilter } from './activity';

/** What an activity adds to the growth value. */
export interface GrowthSource {
  filter: ActivityFilter;
  /** Per activity, or per step of its amount when `stepAmountMinor` is set. */
  growth: number;
  stepAmountMinor: number;
  /** 0 for none. */
  growthMaxPerDay: number;
}

export interface LevelBenefit {
  reward: RewardTerms;
  every: string;
}

/** A level; the lowest first, which has 0 to reach and to keep. */
export interface GrowthLevel {
  name: string;
  upGrowth: number;
  keepGrowth: number;
  benefits: LevelBenefit[];
}

/** The rules of a growth plan 成长体系; see growth.proto. */
export interface GrowthTerms {
  timeZone: string;
  /** 0 for all that was ever brought. */
  windowMonths: number;
  graceDays: number;
  sources: GrowthSource[];
  levels: GrowthLevel[];
}

export type GrowthPlan = Defined<GrowthTerms>;
