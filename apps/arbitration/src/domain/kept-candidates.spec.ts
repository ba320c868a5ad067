import { candidatesOf } from './strategy';
import { CandidatePlan } from './candidate-plan';
import { anAction, aStrategy } from '../testing/decision.factory';
import { keptCandidates } from './kept-candidates';
import { Verdicts } from './verdicts';

const verdictsOf = (count: number): Verdicts => {
  const actions = Array.from({ length: count }, (_, index) =>
    anAction({ actionId: `a-${index}`, valueMinor: index + 1 }),
  );
  const verdicts = new Verdicts(new CandidatePlan(candidatesOf(aStrategy({ actions }))), false);
  verdicts.weigh(0, 1);
  return verdicts;
};

describe('the candidates that a pushed decision keeps', () => {
  it('are all of few', () => {
    expect(keptCandidates(verdictsOf(24), -1)).toEqual(Array.from({ length: 24 }, (_, index) => index));
  });

  it('are the chosen one, the best ranked and the first stopped of many, in their order', () => {
    const verdicts = verdictsOf(200);
    for (let index = 100; index < 120; index += 1) verdicts.rank(index, 1);
    const ranked = Array.from({ length: 20 }, (_, index) => 100 + index);
    expect(keptCandidates(verdicts, 150)).toEqual([0, 1, 2, ...ranked, 150]);
    expect(keptCandidates(verdicts, -1)).toEqual([0, 1, 2, 3, ...ranked]);
  });
});
