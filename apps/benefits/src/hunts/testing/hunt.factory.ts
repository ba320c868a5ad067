import type { Definition } from '../../definitions/domain/definition';
import { aDefinition } from '../../definitions/testing/definition.factory';
import type { Hunt, HuntPoint, HuntTerms } from '../domain/hunt';

/** A point on the Bund in Shanghai, found within fifty metres, that brings eight points. */
export const aPoint = (over: Partial<HuntPoint> = {}): HuntPoint => ({
  pointId: 'bund',
  name: 'The Bund 外滩',
  longitude: 121.4903,
  latitude: 31.2397,
  radiusMetres: 50,
  reward: { kind: 'points', points: 8, pointsValidMonths: 12, stockId: '' },
  foundMax: 0,
  ...over,
});

/** A hunt with one point, three finds a day, positions to 30 metres and 30 seconds, 50 m/s. */
export const aHunt = (terms: Partial<HuntTerms> = {}, definition: Partial<Definition> = {}): Hunt => ({
  definition: aDefinition({ definitionId: 'treasure', name: 'Treasure hunt 寻宝', ...definition }),
  terms: {
    timeZone: 'Asia/Shanghai',
    points: [aPoint()],
    foundMaxPerCustomerPerDay: 3,
    accuracyMetresMax: 30,
    positionAgeSecondsMax: 30,
    speedMetresPerSecondMax: 50,
    ...terms,
  },
});
