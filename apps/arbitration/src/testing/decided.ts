import { decide, type DecideOutput } from '../domain/decide';
import type { DecideInput } from '../domain/decide-input';
import { candidatesOf, type Strategy } from '../domain/strategy';
import { aBook, aCustomer, aSituation, aStrategy } from './decision.factory';

/** Decides on all candidates of the strategies; whatever a test does not say is neutral. */
export const decided = (overrides: Partial<DecideInput> & { strategies?: Strategy[] } = {}): DecideOutput =>
  decide({
    customer: aCustomer(),
    candidates: (overrides.strategies ?? [aStrategy()]).flatMap((strategy) => candidatesOf(strategy)),
    situation: aSituation(),
    book: aBook(),
    propensityOf: () => 0.5,
    maxActions: 1,
    decisionIdOf: (index) => `d-${index + 1}`,
    ...overrides,
  });

export const reasonsOf = (output: DecideOutput): string[] => output.results.map(({ reason }) => reason);
