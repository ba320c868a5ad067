import { aCustomer, aFacts, anAction, aSituation, aStrategy, NOW } from '../testing/decision.factory';
import { decided } from '../testing/decided';
import { buildDecisions, type DecisionFrame } from './build-decision';
import { hasFacts, type CustomerState } from './customer-state';
import type { DecisionRecord } from './decision';

const place = { pushId: 'p', listId: 'l', rank: 3, order: 3, lostTo: '' };
const frame: DecisionFrame = {
  ...{ customerId: 'c-1', mode: 'push', isExploration: false, momentId: '', factAcceptedAt: null, inputHash: '' },
  ...{ decidedAt: NOW, policyVersion: 1, contactRules: [], keptUntil: NOW, candidateListId: 'list' },
  // As the plan found it.
  push: { ...place, championPropensity: 0.9, shadowPropensity: 0.8 },
};
const strategies = [aStrategy({ actions: [anAction({ modelSlot: 'slot' })] })];
const granted = aFacts().consents;
const refused = { purpose: 'profiling', channel: 'app', isGranted: false, changedAt: NOW };

function built(customer: CustomerState, isOpen: boolean): DecisionRecord {
  const gate = isOpen ? undefined : () => 'OUTRANKED' as const;
  const propensities = { propensityOf: () => 0.9, neutralPropensityOf: () => 0.1 };
  const output = decided({ customer, strategies, gate, ...propensities });
  if (!hasFacts(customer)) throw new Error('a customer without facts');
  const said = { shadowOf: () => 0.8, useOf: () => null, featuresOf: () => ({}) };
  return buildDecisions({
    frame,
    customer,
    situation: aSituation(),
    output,
    decisionIdOfNone: 'none',
    fact: {},
    ...said,
  })[0]!;
}

describe.each([
  ['chosen', true],
  ['not chosen', false],
])('a pushed decision that is %s', (_, isOpen) => {
  it('keeps what champion and shadow said', () => {
    const record = built(aCustomer(), isOpen);
    expect(record.push).toEqual({ ...place, championPropensity: 0.9, shadowPropensity: 0.8 });
    expect(record.candidates).toMatchObject([{ shadowPropensity: 0.8 }]);
  });

  it('keeps nothing of it once the customer refuses profiling, though the plan saw him before', () => {
    const record = built(aCustomer({ facts: aFacts({ consents: [...granted, refused] }) }), isOpen);
    expect(record.push).toEqual({ ...place, championPropensity: 0.1, shadowPropensity: 0 });
    expect(record.candidates).toMatchObject([{ shadowPropensity: 0, priority: { propensity: 0.1 } }]);
    expect(record).toMatchObject({ isNonPersonalised: true, features: null, modelUses: [] });
  });
});
