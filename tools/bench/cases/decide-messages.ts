import { Action, Strategy } from '@tidegate/contracts/campaigns/v1/campaigns';
import { StrategySnapshot as SnapshotMessage } from '@tidegate/contracts/campaigns/v1/campaigns_events';
import { Customer } from '@tidegate/contracts/customers/v1/customers';
import type { StrategySnapshot } from '../../../apps/arbitration/src/domain/compile-strategy';
import type { CustomerState } from '../../../apps/arbitration/src/domain/customer-state';

const DAY_MS = 86_400_000;

/** A customer of a bench's world as the customers service tells of him. */
export function toCustomer({ customerId, facts }: CustomerState): Customer {
  if (facts === null) throw new Error('a customer of the bench has facts');
  return Customer.fromPartial({
    ...facts,
    customerId,
    birthDate: new Date(`${facts.birthDate}T00:00:00Z`),
    tags: facts.tags.map(({ tag, value }) => ({ tag, value, source: 'import' })),
    consents: facts.consents,
    rfm: facts.rfm ?? undefined,
  });
}

/** A strategy of a bench's world as the campaigns service publishes it, in force from yesterday until tomorrow. */
export const toSnapshot = (snapshot: StrategySnapshot): SnapshotMessage =>
  SnapshotMessage.fromPartial({
    strategy: Strategy.fromPartial({
      strategyId: snapshot.strategyId,
      version: 1,
      name: snapshot.strategyId,
      orgPath: 'hq',
      state: 'published',
      startsAt: new Date(Date.now() - DAY_MS),
      endsAt: new Date(Date.now() + DAY_MS),
      holdoutBasisPoints: snapshot.holdoutBasisPoints,
    }),
    audience: (snapshot.audience ?? undefined) as Record<string, unknown> | undefined,
    actions: snapshot.actions.map(({ eligibility, applicability, suitability, ...action }) =>
      Action.fromPartial({
        ...action,
        modelSlot: '',
        eligibility: eligibility as Record<string, unknown>,
        applicability: applicability as Record<string, unknown>,
        suitability: suitability as Record<string, unknown>,
      }),
    ),
    revision: 1,
  });
