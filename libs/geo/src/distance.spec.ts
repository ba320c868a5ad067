import * as fc from 'fast-check';
import { distanceMetres } from './distance';

it('measures distances: known ones, and as any distance must be', () => {
  const [shanghai, beijing] = [
    { longitude: 121.4737, latitude: 31.2304 },
    { longitude: 116.4074, latitude: 39.9042 },
  ];
  expect(distanceMetres(shanghai, beijing) / 1000).toBeCloseTo(1067.3, 0);
  const place = fc.record({
    longitude: fc.double({ min: -180, max: 180, noNaN: true }),
    latitude: fc.double({ min: -90, max: 90, noNaN: true }),
  });
  fc.assert(
    fc.property(place, place, place, (a, b, c) => {
      expect(distanceMetres(a, b)).toBeCloseTo(distanceMetres(b, a), 3);
      expect(distanceMetres(a, c)).toBeLessThanOrEqual(distanceMetres(a, b) + distanceMetres(b, c) + 0.5);
      expect(distanceMetres(a, a)).toBe(0);
    }),
  );
});
