import * as fc from 'fast-check';
import { addScore, aucOf, emptyHistogram, liftOf } from './score-histogram';

const outcomes = fc.array(fc.tuple(fc.constantFrom(0, 0.001, 0.02, 0.1, 0.3, 0.5, 0.8, 0.99, 1), fc.boolean()), {
  maxLength: 80,
});
const histogramOf = (all: [number, boolean][]) => {
  const histogram = emptyHistogram();
  for (const [score, outcome] of all) addScore(histogram, score, outcome);
  return histogram;
};

it('gives the area under the curve that counting all pairs gives', () => {
  fc.assert(
    fc.property(outcomes, (all) => {
      const hits = all.filter(([, outcome]) => outcome).map(([score]) => score);
      const misses = all.filter(([, outcome]) => !outcome).map(([score]) => score);
      const won = hits.flatMap((hit) => misses.map((miss) => (hit > miss ? 1 : hit === miss ? 0.5 : 0) as number));
      const expected = won.length === 0 ? 0.5 : won.reduce((sum, one) => sum + one, 0) / won.length;
      expect(aucOf(histogramOf(all))).toBeCloseTo(expected, 10);
    }),
  );
});

it('says how much better the highest tenth did', () => {
  const all = Array.from({ length: 1_000 }, (_, i): [number, boolean] => [i < 100 ? 0.8 : 0.1, i < 50 || i >= 950]);
  expect(liftOf(histogramOf(all))).toBeCloseTo(5, 10);
  const flat = Array.from({ length: 1_000 }, (_, i): [number, boolean] => [0.1, i % 5 === 0]);
  expect(liftOf(histogramOf(flat))).toBeCloseTo(1, 10);
  expect(liftOf(emptyHistogram())).toBe(1);
});
