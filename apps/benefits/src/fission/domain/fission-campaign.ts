import type { Defined } from '../../definitions/domain/definition';
import type { RewardTerms } from '../../granting/domain/reward-terms';

export const CONDITION_KINDS = ['joined', 'fact', 'claim', 'redemption'] as const;
export type ConditionKind = (typeof CONDITION_KINDS)[number];

/** The longest time for a condition. */
export const CONDITION_SECONDS_MAX = 366 * 24 * 3600;

/** What an invited customer must do after he has joined; see fission.proto. */
export interface FissionCondition {
  kind: ConditionKind;
  factType: string;
  countMin: number;
  amountMinorMin: number;
  /** Empty for any. */
  stockId: string;
}

/** The rules of a fission campaign 裂变活动. */
export interface FissionTerms {
  timeZone: string;
  condition: FissionCondition;
  conditionWithinSeconds: number;
  inviterReward: RewardTerms | undefined;
  inviteeReward: RewardTerms | undefined;
  /** 0 for no limit. */
  inviteeMaxPerPerson: number;
  /** 0 for no limit. */
  rewardedMaxPerPerson: number;
  personMaxPerDevice: number;
}

export type FissionCampaign = Defined<FissionTerms>;

/** Something a customer did that may count. */
export interface Deed {
  kind: Exclude<ConditionKind, 'joined'>;
  customerId: string;
  /** For a fact. */
  factType: string;
  amountMinor: number;
  /** For claim and redemption. */
  stockId: string;
  happenedAt: Date;
}

/** Whether a deed counts towards a condition, whoever did it and whenever. */
export function counts(condition: FissionCondition, deed: Deed): boolean {
  if (condition.kind !== deed.kind) return false;
  if (deed.kind === 'fact') return deed.factType === condition.factType && deed.amountMinor >= condition.amountMinorMin;
  return condition.stockId === '' || condition.stockId === deed.stockId;
}
