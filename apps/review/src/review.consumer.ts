import { Injectable } from '@nestjs/common';
import { DecisionMade, OutcomeRecorded } from '@tidegate/contracts/arbitration/v1/arbitration_events';
import {
  BenefitClaimed,
  BenefitRedeemed,
  BenefitStateChanged,
  BenefitTransferred,
  ClaimsRefused,
} from '@tidegate/contracts/benefits/v1/benefits_events';
import { MomentDetected, StrategyChanged } from '@tidegate/contracts/campaigns/v1/campaigns_events';
import { FactRecorded, PersonsChanged } from '@tidegate/contracts/customers/v1/customers_events';
import { DeliveryFailed, MessageDelivered, MessageMarked } from '@tidegate/contracts/delivery/v1/delivery_events';
import {
  LeadAccepted,
  LeadClosed,
  LeadCreated,
  LeadOffered,
  LeadReturned,
} from '@tidegate/contracts/leads/v1/leads_events';
import { SettlementBatchPosted } from '@tidegate/contracts/merchants/v1/merchants_events';
import { Subscriptions } from '@tidegate/messaging';
import type { EventType } from '@tidegate/mongo';
import * as benefit from './domain/benefit-rows';
import * as contact from './domain/contact-rows';
import * as decision from './domain/decision-rows';
import type { FactRow } from './domain/fact';
import { personRows } from './domain/person-rows';
import { RecordFactsUseCase } from './use-cases/record-facts/record-facts.use-case';

/** Reports may be so much behind; in return a busy hour costs few transactions. */
const GATHER_MS = 300;

/** Every event inlet of the service: what an event says becomes the rows of a fact. */
@Injectable()
export class ReviewConsumer {
  constructor(
    private readonly subscriptions: Subscriptions,
    private readonly recordFacts: RecordFactsUseCase,
  ) {
    this.record(DecisionMade, decision.decisionRows);
    this.record(OutcomeRecorded, decision.outcomeRows);
    this.record(StrategyChanged, decision.strategyRows);
    this.record(MomentDetected, decision.momentRows);
    this.record(FactRecorded, decision.factRows);
    this.record(PersonsChanged, personRows, ({ profiles }) => profiles.length);
    this.record(LeadCreated, contact.leadCreatedRows);
    this.record(LeadOffered, contact.leadOfferedRows);
    this.record(LeadAccepted, contact.leadAcceptedRows);
    this.record(LeadReturned, contact.leadReturnedRows);
    this.record(LeadClosed, contact.leadClosedRows);
    this.record(MessageDelivered, contact.deliveredRows);
    this.record(DeliveryFailed, contact.deliveryFailedRows);
    this.record(MessageMarked, contact.markedRows);
    this.record(BenefitClaimed, benefit.claimRows);
    this.record(ClaimsRefused, benefit.refusalRows);
    this.record(BenefitTransferred, benefit.transferRows);
    this.record(BenefitRedeemed, benefit.redemptionRows);
    this.record(BenefitStateChanged, benefit.stateRows);
    this.record(SettlementBatchPosted, benefit.settlementRows);
  }

  private record<T>(type: EventType<T>, rowsOf: (data: T) => FactRow[], weightOf?: (data: T) => number): void {
    const options = { gatherMs: GATHER_MS, ...(weightOf && { weightOf }) };
    this.subscriptions.on(type, (events, tx) => this.recordFacts.execute(events, rowsOf, tx), options);
  }
}
