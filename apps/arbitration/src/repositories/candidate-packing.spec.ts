import fc from 'fast-check';
import { packCandidates, unpackCandidates } from './candidate-packing';

const number = fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => value || 0);
const priority = fc.record({ propensity: number, contextWeight: number, value: number, lever: number, score: number });
const candidate = fc.record({
  strategyId: fc.string(),
  strategyVersion: fc.nat(),
  actionId: fc.string(),
  channel: fc.string(),
  isChosen: fc.boolean(),
  reason: fc.string(),
  priority: fc.option(priority),
  shadowPropensity: number,
  isExploration: fc.boolean(),
});

describe('packed candidates', () => {
  it('come out as they went in', () => {
    fc.assert(
      fc.property(fc.array(candidate), (candidates) => {
        expect(unpackCandidates(packCandidates(candidates))).toEqual(candidates);
      }),
    );
  });
});
