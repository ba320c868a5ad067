import fc from 'fast-check';
import { NOON, secondsAfter } from '../testing/lead.factory';
import { compareRank, rankKey, type Ranked } from './rank';

const ranked: fc.Arbitrary<Ranked> = fc.record({
  urgency: fc.constantFrom(0, 1),
  priority: fc.oneof(fc.constantFrom(0, -0, 0.5, 1, 1e-9), fc.double({ noNaN: true, noDefaultInfinity: true })),
  createdAt: fc.integer({ min: -3, max: 3 }).map((seconds) => secondsAfter(NOON, seconds)),
  leadId: fc.constantFrom('a', 'b', 'c'),
});

describe('the rank of a lead', () => {
  it('sorts as text as it sorts by its parts', () => {
    fc.assert(
      fc.property(ranked, ranked, (a, b) => {
        const [keyA, keyB] = [rankKey(a), rankKey(b)];
        expect(Math.sign(compareRank(a, b))).toBe(keyA < keyB ? -1 : keyA > keyB ? 1 : 0);
      }),
      { numRuns: 2_000 },
    );
  });
});
