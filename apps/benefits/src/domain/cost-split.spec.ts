import fc from 'fast-check';
import { splitCost } from './cost-split';
import type { CostShare } from './stock';

const shares = fc
  .array(fc.integer({ min: 1, max: 1_000 }), { minLength: 1, maxLength: 6 })
  .map((weights): CostShare[] => {
    const total = weights.reduce((sum, weight) => sum + weight, 0);
    const points = weights.map((weight) => Math.max(1, Math.floor((weight * 10_000) / total)));
    points[0] = points[0]! + 10_000 - points.reduce((sum, point) => sum + point, 0);
    return points.map((basisPoints, index) => ({ funder: 'third_party', partyId: `p${index}`, basisPoints }));
  });

describe(splitCost.name, () => {
  it('always adds up and never strays by more than one minor unit', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1_000_000_00 }), shares, (amountMinor, split) => {
        const parts = splitCost(amountMinor, split, 'm1');
        expect(parts.reduce((sum, part) => sum + part.amountMinor, 0)).toBe(amountMinor);
        parts.forEach((part, index) => {
          expect(Math.abs(part.amountMinor - (amountMinor * split[index]!.basisPoints) / 10_000)).toBeLessThan(1);
        });
      }),
    );
  });

  it('names the redeeming merchant where the stock leaves it open', () => {
    const parts = splitCost(
      801,
      [
        { funder: 'bank', partyId: 'hq', basisPoints: 7_000 },
        { funder: 'merchant', partyId: '', basisPoints: 3_000 },
      ],
      'm1',
    );
    expect(parts).toEqual([
      { funder: 'bank', partyId: 'hq', amountMinor: 561 },
      { funder: 'merchant', partyId: 'm1', amountMinor: 240 },
    ]);
  });
});
