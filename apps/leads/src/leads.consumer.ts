import { Injectable } from '@nestjs/common';
import { CapacityMoved, DecisionMade, DecisionRetracted } from '@tidegate/contracts/arbitration/v1/arbitration_events';
import { NameListMembersMoved, StrategyChanged } from '@tidegate/contracts/campaigns/v1/campaigns_events';
import { PersonsChanged } from '@tidegate/contracts/customers/v1/customers_events';
import { Subscriptions } from '@tidegate/messaging';
import type { LeadOwner } from './domain/lead-owner';
import { CreateLeadsUseCase } from './use-cases/create-leads/create-leads.use-case';
import { FollowPersonsUseCase } from '@tidegate/person-links';
import { FollowStrategiesUseCase } from './use-cases/follow-strategies/follow-strategies.use-case';
import { OwnLeadsUseCase } from './use-cases/own-leads/own-leads.use-case';
import { PromiseLeadsUseCase } from './use-cases/promise-leads/promise-leads.use-case';
import { RetractLeadsUseCase } from './use-cases/retract-leads/retract-leads.use-case';

/** Every event inlet of the service. */
@Injectable()
export class LeadsConsumer {
  constructor(
    subscriptions: Subscriptions,
    createLeads: CreateLeadsUseCase,
    ownLeads: OwnLeadsUseCase,
    promiseLeads: PromiseLeadsUseCase,
    retractLeads: RetractLeadsUseCase,
    followPersons: FollowPersonsUseCase,
    followStrategies: FollowStrategiesUseCase,
  ) {
    subscriptions.on(DecisionMade, (events, tx) =>
      createLeads.execute(
        events.flatMap(({ data: { decision, quietFrom } }) => (decision ? [{ ...decision, quietFrom }] : [])),
        tx,
      ),
    );
    subscriptions.on(CapacityMoved, (events, tx) =>
      promiseLeads.execute(
        events.map(({ data }) => data),
        tx,
      ),
    );
    // Of their own, so that what is to be stopped never waits behind the leads of a push.
    const stopped = { consumer: 'retractions' };
    subscriptions.on(
      DecisionRetracted,
      (events, tx) =>
        retractLeads.execute(
          events.flatMap(({ data }) => data.decision ?? []),
          tx,
        ),
      stopped,
    );
    // Nor may a pause wait behind them.
    subscriptions.on(
      StrategyChanged,
      (events, tx) =>
        followStrategies.execute(
          events.map(({ data }) => data),
          tx,
        ),
      { consumer: 'strategies' },
    );
    // An import's news must not hold up leads.
    subscriptions.on(
      PersonsChanged,
      (events, tx) =>
        followPersons.execute(
          events.flatMap(({ data }) => data.profiles),
          tx,
        ),
      { consumer: 'persons', weightOf: ({ profiles }) => profiles.length },
    );
    subscriptions.on(NameListMembersMoved, (events, tx) =>
      ownLeads.execute(
        events.flatMap(({ data, time }) => toOwners(data, time)),
        tx,
      ),
    );
  }
}

const toOwners = ({ strategyId, moved, movedAt }: NameListMembersMoved, heardAt: Date): LeadOwner[] =>
  moved.map(({ customerId, fromAgentId, toAgentId }) => ({
    strategyId,
    customerId,
    agentId: toAgentId,
    isRecalled: fromAgentId !== '',
    movedAt: movedAt ?? heardAt,
  }));
