import { aCustomer, aFacts, anAction, aSituation, aStrategy } from '../testing/decision.factory';
import { decided, reasonsOf } from '../testing/decided';
import { MemberScorer, type MemberScorerOptions } from './member-scorer';
import { candidatesOf } from './strategy';

const candidates = candidatesOf(aStrategy({ actions: [anAction({ modelSlot: 'slot' })] }));
const scorerOf = (options: MemberScorerOptions): MemberScorer =>
  new MemberScorer(candidates, [null], aSituation(), options);
const propensities = { of: () => 0.5, neutralOf: () => 0.1 };

describe('a member of a list', () => {
  it.each([
    ['hq/east', ''],
    ['hq/east/shanghai', ''],
    ['hq/west', 'ORG_OUT_OF_SCOPE'],
    ['hq/eastern', 'ORG_OUT_OF_SCOPE'],
    ['hq', 'ORG_OUT_OF_SCOPE'],
  ])('of %s is planned for on a list of hq/east alone where he belongs to it', (orgPath, stop) => {
    const customer = aCustomer({ facts: aFacts({ orgPath }) });
    const scorer = scorerOf({ listOrgPath: 'hq/east' });
    scorer.score(customer, propensities);
    expect([scorer.stop, scorer.count]).toEqual([stop, stop === '' ? 1 : 0]);
    const output = decided({ customer, isListed: true, listOrgPath: 'hq/east' });
    expect(reasonsOf(output)).toEqual([stop || 'CHOSEN']);
  });
});
