import fc from 'fast-check';
import { decided } from '../testing/decided';
import { aBook, anAction, aPolicy, aSituation, aStrategy, aTreatment } from '../testing/decision.factory';
import { furthestStop } from './reason';

// Goal: who is told the best only is told the same, with less work.

it('chooses the same when only the best is told, without asking those that cannot win', () => {
  const anOffer = fc.record({
    valueMinor: fc.integer({ min: 0, max: 5 }),
    leverPercent: fc.constantFrom(0, 50, 100, 200),
    contextWeight: fc.constantFrom(0.5, 1, 2),
    channel: fc.constantFrom('app', 'sms', 'remote_bank'),
    propensity: fc.constantFrom(0, 0.3, 0.5, 1, Number.NaN),
    hasModel: fc.boolean(),
    isEligible: fc.boolean(),
    isSuitable: fc.boolean(),
  });
  const weights = fc.array(
    fc.record({
      channel: fc.constantFrom('app', 'sms', ''),
      moment: fc.constant(''),
      weight: fc.constantFrom(0.1, 3),
    }),
    { maxLength: 2 },
  );
  let askedAll = 0;
  let asked = 0;
  fc.assert(
    fc.property(fc.array(anOffer, { maxLength: 12 }), weights, fc.nat(1), (offers, contextWeights, units) => {
      const count = (isIt: boolean) => () => {
        asked += 1;
        return isIt;
      };
      const actions = offers.map(({ channel, contextWeight, isEligible, isSuitable, ...offer }, index) =>
        anAction({
          ...offer,
          actionId: `${index}`,
          modelSlot: offer.hasModel ? 'm' : '',
          isEligible: count(isEligible),
          isSuitable: () => isSuitable,
          treatments: [aTreatment({ channel, contextWeight, queue: channel === 'remote_bank' ? 'rb' : '' })],
        }),
      );
      const strategies = [aStrategy({ actions })];
      const outcome = (isBrief: boolean) => {
        const { choices, group, verdicts, isNonPersonalised } = decided({
          strategies,
          situation: aSituation(aPolicy({ contextWeights })),
          book: aBook([{ units }]),
          propensityOf: ({ action: { actionId } }) => offers[Number(actionId)]?.propensity ?? 1,
          isBrief,
        });
        const stop = choices.length === 0 ? furthestStop(verdicts.reasons()) : '';
        return { choices, group, stop, isNonPersonalised };
      };
      asked = 0;
      const whole = outcome(false);
      const askedForAll = asked;
      asked = 0;
      expect(outcome(true)).toEqual(whole);
      expect(asked).toBeLessThanOrEqual(askedForAll);
      askedAll += Number(asked < askedForAll);
    }),
    { numRuns: 2_000 },
  );
  expect(askedAll).toBeGreaterThan(100);
});

it('looks at all when the best of a strategy that explores is asked for', () => {
  const actions = [anAction({ actionId: 'a', valueMinor: 9 }), anAction({ actionId: 'b', valueMinor: 1 })];
  const chosenOf = (explorationBasisPoints: number) =>
    decided({
      strategies: [aStrategy({ actions, explorationBasisPoints })],
      isBrief: true,
      randomOf: () => {
        const draws = [0, 0.99];
        return () => draws.shift() ?? 0;
      },
    }).choices.map(({ contact }) => contact.actionId);
  expect(chosenOf(10_000)).toEqual(['b']);
  expect(chosenOf(0)).toEqual(['a']);
});
