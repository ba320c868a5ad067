import { Injectable } from '@nestjs/common';
import { BenefitClaimed } from '@tidegate/contracts/benefits/v1/benefits_events';
import { MomentDetected, StrategyChanged } from '@tidegate/contracts/campaigns/v1/campaigns_events';
import { CustomerChanged, FactRecorded } from '@tidegate/contracts/customers/v1/customers_events';
import { DeliveryFailed, MessageDelivered, MessageMarked } from '@tidegate/contracts/delivery/v1/delivery_events';
import { LeadAccepted, LeadClosed, LeadReturned } from '@tidegate/contracts/leads/v1/leads_events';
import { Subscriptions, type ReceivedEvent } from '@tidegate/messaging';
import { NoteClaimsUseCase } from './benefit-stocks/use-cases/note-claims/note-claims.use-case';
import { CountFactsUseCase } from './past-facts/use-cases/count-facts/count-facts.use-case';
import { ChangeStrategiesUseCase } from './use-cases/change-strategies/change-strategies.use-case';
import { DecideMomentsUseCase } from './use-cases/decide-moments/decide-moments.use-case';
import { FollowLeadsUseCase } from './use-cases/follow-leads/follow-leads.use-case';
import { ProjectCustomersUseCase } from './use-cases/project-customers/project-customers.use-case';
import { RecordToldOutcomesUseCase } from './use-cases/record-told-outcomes/record-told-outcomes.use-case';
import { TeachHistoryUseCase } from './use-cases/teach-history/teach-history.use-case';

const data = <T>(events: ReceivedEvent<T>[]): T[] => events.map((received) => received.data);

/**
 * Every event inlet of the service. Customers and their facts share a consumer, because a fact teaches of the customer as it stands then;
 * moments, strategies, outcomes and claims have their own, so that a bulk import, or a flash sale, never makes the others wait.
 */
@Injectable()
export class ArbitrationConsumer {
  constructor(
    subscriptions: Subscriptions,
    projectCustomers: ProjectCustomersUseCase,
    countFacts: CountFactsUseCase,
    teachHistory: TeachHistoryUseCase,
    changeStrategies: ChangeStrategiesUseCase,
    decideMoments: DecideMomentsUseCase,
    outcomes: RecordToldOutcomesUseCase,
    followLeads: FollowLeadsUseCase,
    noteClaims: NoteClaimsUseCase,
  ) {
    subscriptions.on(CustomerChanged, (events, tx) => projectCustomers.execute(data(events), tx));
    subscriptions.on(FactRecorded, async (events, tx) => {
      await countFacts.execute(data(events), tx);
      await teachHistory.execute(data(events), tx);
      await outcomes.facts(data(events), tx);
    });
    subscriptions.on(StrategyChanged, (events, tx) => changeStrategies.execute(data(events), tx), {
      consumer: 'strategies',
    });
    subscriptions.on(MomentDetected, (events, tx) => decideMoments.execute(data(events), tx), { consumer: 'moments' });
    subscriptions.on(BenefitClaimed, (events, tx) => noteClaims.execute(data(events), tx), { consumer: 'claims' });
    const told = { consumer: 'outcomes' };
    // With what ends a lead, so that both keep their order.
    subscriptions.on(LeadReturned, (events, tx) => followLeads.execute(data(events), tx), told);
    subscriptions.on(LeadAccepted, (events, tx) => outcomes.leadsAccepted(data(events), tx), told);
    subscriptions.on(LeadClosed, (events, tx) => outcomes.leadsClosed(data(events), tx), told);
    subscriptions.on(MessageDelivered, (events, tx) => outcomes.delivered(data(events), tx), told);
    subscriptions.on(MessageMarked, (events, tx) => outcomes.marked(data(events), tx), told);
    subscriptions.on(DeliveryFailed, (events, tx) => outcomes.failed(data(events), tx), told);
  }
}
