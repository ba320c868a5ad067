import { aStore } from '../testing/merchants.factory';
import { requireTillPlace } from './till-place';

const HERE = { longitude: 121.475, latitude: 31.233 };
/** So many metres to the north of here: a degree is 111,195 m. */
const north = (metres: number) => ({ ...HERE, latitude: HERE.latitude + metres / 111_195 });
const reasonOf = (tillRadiusMeters: number, place?: typeof HERE): unknown => {
  try {
    requireTillPlace(aStore({ ...HERE, tillRadiusMeters }), place);
    return 'there';
  } catch (error) {
    const { reason, metadata } = error as { reason: string; metadata: Record<string, string> };
    return [reason, metadata];
  }
};

it('lets a till be silent where its store asks for nothing, and holds it to 500 m when it speaks', () => {
  expect([reasonOf(0), reasonOf(0, HERE), reasonOf(0, north(499))]).toEqual(['there', 'there', 'there']);
  expect(reasonOf(0, north(502))).toEqual(['TILL_TOO_FAR', { distanceMeters: '502', radiusMeters: '500' }]);
});

it('asks where the till is when the store has a radius, and holds it to that', () => {
  expect(reasonOf(50)).toEqual(['TILL_PLACE_MISSING', {}]);
  expect([reasonOf(50, north(49)), reasonOf(2_000, north(1_999))]).toEqual(['there', 'there']);
  expect(reasonOf(50, north(52))).toEqual(['TILL_TOO_FAR', { distanceMeters: '52', radiusMeters: '50' }]);
  // The same place by another name of its meridian.
  expect(reasonOf(50, { ...HERE, longitude: HERE.longitude - 360 })).toBe('there');
});
