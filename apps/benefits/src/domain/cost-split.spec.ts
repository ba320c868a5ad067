import fc from 'fast-check';
import { borneBy, joinPromises, promiseOf, takePromised, type ShareAmount } from './cost-split';
import type { CostShare } from './stock';

const shares = fc
  .array(fc.integer({ min: 1, max: 1_000 }), { minLength: 1, maxLength: 6 })
  .map((weights): CostShare[] => {
    const total = weights.reduce((sum, weight) => sum + weight, 0);
    const points = weights.map((weight) => Math.max(1, Math.floor((weight * 10_000) / total)));
    points[0] = points[0]! + 10_000 - points.reduce((sum, point) => sum + point, 0);
    return points.map((basisPoints, index) => ({ funder: 'third_party', partyId: `p${index}`, basisPoints }));
  });
const sum = (parts: ShareAmount[]): number => parts.reduce((total, { amountMinor }) => total + amountMinor, 0);
const of = (parts: ShareAmount[], partyId: string): number =>
  parts.find((part) => part.partyId === partyId)?.amountMinor ?? 0;
const sorted = (parts: ShareAmount[]): ShareAmount[] =>
  [...parts].sort((a, b) => a.partyId.localeCompare(b.partyId) || a.funder.localeCompare(b.funder));

const BANK_AND_REDEEMER: CostShare[] = [
  { funder: 'bank', partyId: 'hq', basisPoints: 7_000 },
  { funder: 'merchant', partyId: '', basisPoints: 3_000 },
];

describe(promiseOf.name, () => {
  it('always adds up and never strays by as much as one minor unit', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1_000_000_00 }), shares, (faceValueMinor, split) => {
        const promised = promiseOf(faceValueMinor, split);
        expect(sum(promised)).toBe(faceValueMinor);
        for (const { partyId, basisPoints } of split) {
          expect(Math.abs(of(promised, partyId) - (faceValueMinor * basisPoints) / 10_000)).toBeLessThan(1);
        }
      }),
    );
  });

  it('has one part for each party that has any', () => {
    const split = [...BANK_AND_REDEEMER, { funder: 'bank', partyId: 'hq', basisPoints: 0 } as const];
    expect(promiseOf(801, split)).toEqual([
      { funder: 'bank', partyId: 'hq', amountMinor: 561 },
      { funder: 'merchant', partyId: '', amountMinor: 240 },
    ]);
    expect(promiseOf(1, BANK_AND_REDEEMER)).toEqual([{ funder: 'bank', partyId: 'hq', amountMinor: 1 }]);
  });
});

describe(takePromised.name, () => {
  it('gives every part back to who promised it, to the minor unit, in whatever parts it is taken and put back', () => {
    const step = fc.record({ portion: fc.double({ min: 0, max: 1, noNaN: true }), isPutBack: fc.boolean() });
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 1_000_000_00 }),
        shares,
        fc.array(step, { maxLength: 20 }),
        (face, split, steps) => {
          const promised = promiseOf(face, split);
          let left = promised;
          let taken: ShareAmount[][] = [];
          for (const { portion, isPutBack } of steps) {
            if (isPutBack && taken.length > 0) {
              left = joinPromises([...left, ...taken[0]!]);
              taken = taken.slice(1);
              continue;
            }
            const amountMinor = Math.floor(sum(left) * portion);
            const parts = takePromised(left, amountMinor);
            expect([sum(parts.taken), sum(parts.left)]).toEqual([amountMinor, sum(left) - amountMinor]);
            expect([...parts.taken, ...parts.left].every((part) => part.amountMinor > 0)).toBe(true);
            taken.push(parts.taken);
            left = parts.left;
          }
          const rest = takePromised(left, sum(left));
          expect(rest.left).toEqual([]);
          expect(sorted(joinPromises([...taken.flat(), ...rest.taken]))).toEqual(sorted(promised));
        },
      ),
    );
  });

  it('takes of each party in proportion, rounded by the largest remainder', () => {
    const promised = promiseOf(801, BANK_AND_REDEEMER);
    expect(takePromised(promised, 101)).toEqual({
      taken: [
        { funder: 'bank', partyId: 'hq', amountMinor: 71 },
        { funder: 'merchant', partyId: '', amountMinor: 30 },
      ],
      left: [
        { funder: 'bank', partyId: 'hq', amountMinor: 490 },
        { funder: 'merchant', partyId: '', amountMinor: 210 },
      ],
    });
  });
});

describe(borneBy.name, () => {
  it('names the redeeming merchant where the split leaves it open, once', () => {
    const promised: ShareAmount[] = [
      { funder: 'bank', partyId: 'hq', amountMinor: 560 },
      { funder: 'merchant', partyId: '', amountMinor: 200 },
      { funder: 'merchant', partyId: 'm1', amountMinor: 40 },
    ];
    expect(borneBy(promised, 'm1')).toEqual([
      { funder: 'bank', partyId: 'hq', amountMinor: 560 },
      { funder: 'merchant', partyId: 'm1', amountMinor: 240 },
    ]);
    expect(borneBy(promised, 'm2')).toContainEqual({ funder: 'merchant', partyId: 'm2', amountMinor: 200 });
  });
});
