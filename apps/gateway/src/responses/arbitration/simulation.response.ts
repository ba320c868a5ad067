import type * as rpc from '@tidegate/contracts/arbitration/v1/simulation';
import type * as campaigns from '@tidegate/contracts/campaigns/v1/strategy_simulation';
import { shown } from '../../http/shown';

export class SimulatedVolume implements rpc.SimulatedVolume {
  @shown.text('YYYY-MM-DD of the bank’s zone.') day!: string;
  @shown.text() channel!: string;
  @shown.whole() draftCount!: number;
  @shown.whole() liveCount!: number;
  @shown.decimal('Sum of priorities.') draftValue!: number;
  @shown.decimal() liveValue!: number;
}

export class SimulatedQueue implements rpc.SimulatedQueue {
  @shown.text() day!: string;
  @shown.text() queue!: string;
  @shown.whole('Free that day, in proportion to the sample.') freeUnits!: number;
  @shown.whole() draftCount!: number;
  @shown.whole() liveCount!: number;
}

export class SimulatedStrategy implements rpc.SimulatedStrategy {
  @shown.text() strategyId!: string;
  @shown.whole() draftCount!: number;
  @shown.whole() liveCount!: number;
  @shown.decimal() draftValue!: number;
  @shown.decimal() liveValue!: number;
}

export class StrategyConflict implements rpc.StrategyConflict {
  @shown.text() strategyId!: string;
  @shown.whole('The draft passed every rule, and the other was chosen.') lostCount!: number;
  @shown.whole('The draft was chosen for whom the other is chosen without it.') tookCount!: number;
  @shown.whole('A contact of the other used up the limit.') contactLimitCount!: number;
  @shown.whole(
    'Contacts of the other use seats, a quota or units of a benefit that were gone for the draft’s customers.',
  )
  exhaustedCount!: number;
}

export class BrokenMomentRule implements rpc.BrokenMomentRule {
  @shown.text() strategyId!: string;
  @shown.text('Empty when it was published before ids were told.') ruleId!: string;
  @shown.text('RULE_INVALID, RULE_SEGMENT_UNKNOWN, RULE_TOO_LARGE.') reason!: string;
  @shown.text() message!: string;
}

export class SimulationReport implements rpc.SimulationReport {
  @shown.parts(() => SimulatedVolume) volumes!: SimulatedVolume[];
  @shown.parts(() => SimulatedQueue) queues!: SimulatedQueue[];
  @shown.parts(() => SimulatedStrategy) strategies!: SimulatedStrategy[];
  @shown.parts(() => StrategyConflict) conflicts!: StrategyConflict[];
  @shown.whole() audienceCount!: number;
  @shown.whole() reachedCount!: number;
  @shown.counts() nothingCountByReason!: Record<string, number>;
  @shown.whole() sameCount!: number;
  @shown.whole() gainedCount!: number;
  @shown.whole() lostCount!: number;
  @shown.whole() switchedCount!: number;
  @shown.texts('Actions of the draft that wait for a moment of truth that is not played (see docs/simulation.md).')
  notPlayedActionIds!: string[];
  @shown.whole('How many such actions the other live strategies have.') liveNotPlayedCount!: number;
  @shown.parts(
    () => BrokenMomentRule,
    'Moments of live strategies that are not played, for their condition is no rule.',
  )
  brokenRules!: BrokenMomentRule[];
}

export class Simulation implements rpc.Simulation {
  @shown.text() simulationId!: string;
  @shown.text() strategyId!: string;
  @shown.whole() strategyVersion!: number;
  @shown.text('running, completed, failed, cancelled.') state!: string;
  @shown.text() firstDay!: string;
  @shown.whole() dayCount!: number;
  @shown.whole('Customers known.') baseCount!: number;
  @shown.whole('How many of them are simulated.') customerCount!: number;
  @shown.whole() progressPercent!: number;
  @shown.text() failureReason!: string;
  @shown.text() startedBy!: string;
  @shown.time() startedAt!: Date | undefined;
  @shown.time() finishedAt!: Date | undefined;
  @shown.part(() => SimulationReport, 'When completed; lists leave it out.') report!: SimulationReport | undefined;
}

export class SimulateStrategyResponse implements campaigns.SimulateStrategyResponse {
  @shown.text() simulationId!: string;
}

export class GetSimulationResponse implements rpc.GetSimulationResponse {
  @shown.part(() => Simulation) simulation!: Simulation | undefined;
}

export class ListSimulationsResponse implements rpc.ListSimulationsResponse {
  @shown.parts(() => Simulation) simulations!: Simulation[];
  @shown.text() nextPageToken!: string;
}

export class CancelSimulationResponse implements rpc.CancelSimulationResponse {
  @shown.part(() => Simulation) simulation!: Simulation | undefined;
}

export class SimulatedContact implements rpc.SimulatedContact {
  @shown.text() day!: string;
  @shown.text() strategyId!: string;
  @shown.text() actionId!: string;
  @shown.text() channel!: string;
}

export class SimulatedCustomer implements rpc.SimulatedCustomer {
  @shown.text() customerId!: string;
  @shown.text('Why the strategy does not reach the customer; empty when it does.') reason!: string;
  @shown.text('same, gained, lost, switched.') change!: string;
  @shown.parts(() => SimulatedContact) draftContacts!: SimulatedContact[];
  @shown.parts(() => SimulatedContact) liveContacts!: SimulatedContact[];
}

export class ListSimulationCustomersResponse implements rpc.ListSimulationCustomersResponse {
  @shown.parts(() => SimulatedCustomer) customers!: SimulatedCustomer[];
  @shown.text() nextPageToken!: string;
}
