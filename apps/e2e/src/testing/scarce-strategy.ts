import { Action, Strategy } from '@tidegate/contracts/campaigns/v1/campaigns';
import { StrategySnapshot } from '@tidegate/contracts/campaigns/v1/campaigns_events';
import { Customer } from '@tidegate/contracts/customers/v1/customers';

/** A customer who agreed to everything. */
export const willing = (customerId: string): Customer =>
  Customer.fromPartial({
    customerId,
    externalId: customerId,
    orgPath: 'hq/east',
    stage: 'mature',
    attributes: { balance: 1_000 },
    consents: [{ purpose: 'marketing', channel: '*', isGranted: true, changedAt: new Date('2026-01-01T00:00:00Z') }],
    version: 1,
  });

/** A live strategy with one action on one human channel and queue. */
export const callsOnly = (strategyId: string, queue: string): StrategySnapshot =>
  StrategySnapshot.fromPartial({
    strategy: Strategy.fromPartial({
      strategyId,
      version: 1,
      name: strategyId,
      orgPath: 'hq',
      state: 'published',
      actionIds: [`${strategyId}-call`],
      startsAt: new Date(Date.now() - 86_400_000),
      endsAt: new Date(Date.now() + 86_400_000),
    }),
    actions: [
      Action.fromPartial({
        actionId: `${strategyId}-call`,
        name: 'A call',
        issue: 'growth',
        group: 'deposits',
        treatments: [{ channel: 'remote_bank', title: 'Call', body: 'Call the customer.', queue, contextWeight: 1 }],
        valueMinor: 100_000,
        currency: 'CNY',
        leverPercent: 100,
        purpose: 'marketing',
        orgPath: 'hq',
        version: 1,
      }),
    ],
    revision: 1,
  });
