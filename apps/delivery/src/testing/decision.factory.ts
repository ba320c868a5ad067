import { Decision } from '@tidegate/contracts/arbitration/v1/arbitration';

/** A decision for the app, as arbitration tells of it; ids follow from the number. */
export const buildDecision = (number: number, overrides: Partial<Decision> = {}): Decision =>
  Decision.fromPartial({
    decisionId: `d-${number}`,
    customerId: 'c-1',
    mode: 'moment',
    strategyId: 'spring',
    actionId: 'red-packet',
    channel: 'app',
    title: `Title ${number}`,
    body: 'A red packet for you',
    benefitStockId: 'spring-red-packet',
    reason: 'CHOSEN',
    group: 'treated',
    candidates: [],
    ...overrides,
  });
