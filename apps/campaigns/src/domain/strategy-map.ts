/** What makes this the time to speak: lifecycle 生命周期, product 产品, event 实时事件. */
export const SCENARIO_KINDS = ['lifecycle', 'product', 'event'] as const;
export type ScenarioKind = (typeof SCENARIO_KINDS)[number];

export interface Scenario {
  kind: ScenarioKind;
  name: string;
}

/** One cell of a strategy map 策略图谱: what is said and given for one action on one channel. */
export interface MapCell {
  actionId: string;
  channel: string;
  /** Empty for the treatment's own. */
  scriptId: string;
  /** 0 for the newest at publishing. */
  scriptVersion: number;
  /** Empty for the treatment's own. */
  benefitStockId: string;
}

/** What every choice takes of a quota that arbitration keeps. */
export interface QuotaUse {
  quotaId: string;
  /** Empty for all. */
  actionIds: string[];
  /** Empty for all. */
  channels: string[];
  amount: number;
}

/** How the strategy will be judged 策略后评估. */
export interface EvaluationPlan {
  successOutcome: string;
  windowDays: number;
  minGroupSize: number;
  expectedLiftBasisPoints: number;
  reviewAt: Date | null;
}

/** What a strategy map says besides audience, actions and channels. */
export interface StrategyMap {
  scenario: Scenario | null;
  productId: string;
  cells: MapCell[];
  quotaUses: QuotaUse[];
  evaluationPlan: EvaluationPlan | null;
  /** Template it was drafted from; empty when written by hand. */
  templateId: string;
}

/** A strategy without a map. */
export const EMPTY_MAP: StrategyMap = {
  scenario: null,
  productId: '',
  cells: [],
  quotaUses: [],
  evaluationPlan: null,
  templateId: '',
};

/** What versions lack that are older than the map, or than the hash of what is reviewed. */
export const OLDER_VERSION = { ...EMPTY_MAP, restoredVersion: 0, contentHash: '' };
