import type { Defined } from '../../definitions/domain/definition';
import type { RewardTerms } from '../../granting/domain/reward-terms';

/** A point on the map; degrees are WGS 84. */
export interface HuntPoint {
  pointId: string;
  name: string;
  longitude: number;
  latitude: number;
  radiusMetres: number;
  reward: RewardTerms;
  /** 0 for no limit. */
  foundMax: number;
}

/** The rules of a hunt 寻宝; see hunts.proto. */
export interface HuntTerms {
  timeZone: string;
  points: HuntPoint[];
  /** 0 for no limit. */
  foundMaxPerCustomerPerDay: number;
  accuracyMetresMax: number;
  positionAgeSecondsMax: number;
  speedMetresPerSecondMax: number;
}

export type Hunt = Defined<HuntTerms>;
