import { Injectable } from '@nestjs/common';
import {
  DecisionMade,
  DecisionRetracted,
  OutcomeRecorded,
} from '@tidegate/contracts/arbitration/v1/arbitration_events';
import { CustomerChanged, FactRecorded } from '@tidegate/contracts/customers/v1/customers_events';
import { Subscriptions } from '@tidegate/messaging';
import type { GoalNews } from './domain/goal-moves';
import { toCustomerFacts } from './messages/customer.message';
import { FollowGoalsUseCase } from './use-cases/follow-goals/follow-goals.use-case';

const CONSUMER = { consumer: 'goals' };

/** Fact type by which bank systems tell what came of a campaign. */
const CAMPAIGN_OUTCOME = 'campaign-outcome';

/** What moves goals, on a consumer of its own: neither moments nor lists wait for it. */
@Injectable()
export class GoalsConsumer {
  constructor(subscriptions: Subscriptions, followGoals: FollowGoalsUseCase) {
    const on =
      <T>(toNews: (data: T, heardAt: Date) => GoalNews[]) =>
      (events: readonly { data: T; time: Date }[], tx: Parameters<FollowGoalsUseCase['execute']>[1]) =>
        followGoals.execute(
          events.flatMap(({ data, time }) => toNews(data, time)),
          tx,
        );
    subscriptions.on(DecisionMade, on(decided('treated')), CONSUMER);
    subscriptions.on(DecisionRetracted, on(decided('retracted')), CONSUMER);
    subscriptions.on(OutcomeRecorded, on(outcome), CONSUMER);
    subscriptions.on(CustomerChanged, on(balance), CONSUMER);
    subscriptions.on(FactRecorded, on(factNews), CONSUMER);
  }
}

const decided =
  (kind: 'treated' | 'retracted') =>
  ({ decision }: DecisionMade | DecisionRetracted, heardAt: Date): GoalNews[] => {
    if (decision?.group !== 'treated') return [];
    const { strategyId, customerId, decidedAt } = decision;
    return [{ kind, strategyId, customerId, at: decidedAt ?? heardAt }];
  };

const outcome = (told: OutcomeRecorded, heardAt: Date): GoalNews[] =>
  told.strategyId === ''
    ? []
    : [
        {
          kind: 'outcome',
          strategyId: told.strategyId,
          customerId: told.customerId,
          outcome: told.outcome,
          at: told.occurredAt ?? heardAt,
        },
      ];

const balance = ({ customer }: CustomerChanged, heardAt: Date): GoalNews[] =>
  customer === undefined ? [] : [{ kind: 'balance', customer: toCustomerFacts(customer), at: heardAt }];

function factNews(fact: FactRecorded, heardAt: Date): GoalNews[] {
  const at = fact.occurredAt ?? fact.acceptedAt ?? heardAt;
  return fact.customerId === '' ? [] : [...fee(fact, at), ...outcomeFact(fact, at)];
}

/** One that names a decision alone is told of as that decision's outcome. */
function outcomeFact({ factType, customerId, data }: FactRecorded, at: Date): GoalNews[] {
  const strategyId = textOf(data?.strategyId) || textOf(data?.strategy_id);
  const outcome = textOf(data?.outcome);
  const isMeant = factType === CAMPAIGN_OUTCOME && strategyId !== '' && outcome !== '';
  return isMeant ? [{ kind: 'outcome_fact', strategyId, customerId, outcome, at }] : [];
}

function fee({ customerId, factType, data }: FactRecorded, at: Date): GoalNews[] {
  const amountMinor: unknown = data?.amountMinor;
  const isAmount = typeof amountMinor === 'number' && Number.isSafeInteger(amountMinor);
  return isAmount ? [{ kind: 'fact', customerId, factType, amountMinor, currency: textOf(data?.currency), at }] : [];
}

const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');
