import { CapacityMoved, DecisionMade, DecisionRetracted } from '@tidegate/contracts/arbitration/v1/arbitration_events';
import {
  NameListMembersMoved,
  StrategyChanged,
  StrategySnapshot,
} from '@tidegate/contracts/campaigns/v1/campaigns_events';
import { PersonsChanged } from '@tidegate/contracts/customers/v1/customers_events';
import { endsTheSameHoweverTold, FakeClock, told, type ToldEvent } from '@tidegate/testing';
import { CallCentre } from './call-centre';
import { buildDecisionMade } from './decision.factory';

const HOUR_MS = 3_600_000;
const start = new FakeClock().now().getTime();
const later = (hours: number): Date => new Date(start + hours * HOUR_MS);

const capacityMoved = (number: number, overrides: Partial<CapacityMoved>): ToldEvent =>
  told(
    CapacityMoved,
    CapacityMoved.fromPartial({ decisionId: `d-${number}`, customerId: `c-${number}`, ...overrides }),
  );
const owned = (number: number, hours: number, toAgentId: string): ToldEvent =>
  told(
    NameListMembersMoved,
    NameListMembersMoved.fromPartial({
      listId: 'list',
      strategyId: 'term-deposit',
      moved: [{ customerId: `c-${number}`, toAgentId }],
      movedAt: later(-hours),
    }),
  );
const retracted = (number: number): ToldEvent =>
  told(DecisionRetracted, buildDecisionMade(number, { promisedAt: later(1), retractedReason: 'COMPLAINT_HOLD' }));
const joined = (numbers: number[], personKey: string, version: number): ToldEvent =>
  told(PersonsChanged, {
    profiles: numbers.map((number) => ({ customerId: `c-${number}`, personKey, version })),
  });

/** Of strategies without leads: what those come to is the desk's business. */
const strategy = (strategyId: string, state: string, revision: number): ToldEvent =>
  told(StrategyChanged, { snapshot: StrategySnapshot.fromPartial({ strategy: { strategyId, state }, revision }) });

const events = [
  strategy('paused', 'published', 1),
  strategy('paused', 'paused', 2),
  strategy('resumed', 'paused', 3),
  strategy('resumed', 'published', 4),
  strategy('over', 'paused', 5),
  strategy('over', 'retired', 6),
  owned(1, 9, 'agent-a'),
  ...[1, 2, 3, 4, 5].map((number) => told(DecisionMade, buildDecisionMade(number, { promisedAt: later(1) }))),
  told(DecisionMade, buildDecisionMade(7, { promisedAt: later(1) })),
  retracted(7),
  retracted(8),
  told(DecisionMade, buildDecisionMade(6, { reason: 'OUTRANKED' })),
  joined([1, 2], 'c-1', 1),
  joined([2, 3], 'c-2', 2),
  joined([2], 'c-1', 3),
  owned(1, 8, 'agent-b'),
  owned(2, 7, 'agent-a'),
  capacityMoved(2, { promisedAt: later(2), moveCount: 1 }),
  capacityMoved(3, { isReleased: true, moveCount: 1 }),
  capacityMoved(4, { promisedAt: later(3), moveCount: 1 }),
  capacityMoved(4, { promisedAt: later(5), moveCount: 2 }),
  capacityMoved(5, { promisedAt: later(2), moveCount: 1 }),
  capacityMoved(5, { isReleased: true, moveCount: 2 }),
];

endsTheSameHoweverTold(
  async () => {
    const centre = await CallCentre.open({ clock: new FakeClock() });
    await centre.putQueue();
    for (const seatId of ['a', 'b']) await centre.putSeat(seatId, { state: 'away' });
    return { service: centre.service, events, stop: () => centre.service.stop() };
  },
  {
    leaves: {
      main: ['leads', 'lead_owners'],
      persons: ['person_links'],
      retractions: ['leads'],
      strategies: ['strategy_states'],
    },
    // A slot that was out of date when it was heard of is no step of the way.
    unlike: { leads: ['steps'] },
  },
);
