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

const EARTH_RADIUS_METRES = 6_371_008.8;
const radians = (degrees: number): number => (degrees * Math.PI) / 180;

/** Place on earth. */
export interface Place {
  longitude: number;
  latitude: number;
}

/** Great-circle distance by the haversine formula, on a sphere of the mean earth radius (IUGG): exact to half a percent. */
export function distanceMetres(a: Place, b: Place): number {
  const [latitudeA, latitudeB] = [radians(a.latitude), radians(b.latitude)];
  const h =
    Math.sin((latitudeB - latitudeA) / 2) ** 2 +
    Math.cos(latitudeA) * Math.cos(latitudeB) * Math.sin(radians(b.longitude - a.longitude) / 2) ** 2;
  return 2 * EARTH_RADIUS_METRES * Math.asin(Math.min(1, Math.sqrt(h)));
}
