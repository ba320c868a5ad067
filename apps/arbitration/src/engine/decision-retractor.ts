import { Injectable } from '@nestjs/common';
import { DecisionRetracted } from '@tidegate/contracts/arbitration/v1/arbitration_events';
import { event, type Transaction } from '@tidegate/mongo';
import { Clock } from '@tidegate/service';
import type { CustomerState } from '../domain/customer-state';
import type { DecisionRecord } from '../domain/decision';
import { stopReservation } from '../domain/outcome';
import { droppedRecord } from '../domain/queued-decision';
import { retracted, retractionOf } from '../domain/retraction';
import { CustomerStateRepository } from '../repositories/customer-state.repository';
import { DecisionRepository } from '../repositories/decision.repository';
import { toBriefMessage } from './decision-message';
import { DecisionTeller } from './decision-teller';

/** Of a customer's decisions the newest are looked at, beside all those that hold something. */
const LOOKED_AT_MAX = 500;

/**
 * Stops what was decided for customers who allow it no more and has not taken place yet. It writes the customer's own documents alone, so that it
 * waits for nobody who spends the same capacity: `FreeStoppedDecisionsUseCase` gives back what others compete for.
 */
@Injectable()
export class DecisionRetractor {
  constructor(
    private readonly decisions: DecisionRepository,
    private readonly customers: CustomerStateRepository,
    private readonly teller: DecisionTeller,
    private readonly clock: Clock,
  ) {}

  /**
   * Customers as this transaction wrote them: a decision made meanwhile meets it in a write conflict. What waits for the end of quiet hours was told
   * to nobody, and is told of as not chosen; what was told of is retracted.
   */
  async retractOf(customers: readonly CustomerState[], tx: Transaction): Promise<void> {
    // One after another: a session runs one operation at a time.
    for (const customer of customers) await this.retractOne(customer, tx);
  }

  private async retractOne(customer: CustomerState, tx: Transaction): Promise<void> {
    const now = this.clock.now();
    const untold: DecisionRecord[] = [];
    const told: DecisionRecord[] = [];
    let rest = customer;
    for (const open of await this.openOf(customer, tx)) {
      const reason = retractionOf(open, customer);
      if (reason === null) continue;
      const stopped = stopReservation(open, rest, now);
      const record = stopped?.decision ?? open;
      rest = stopped?.customer ?? rest;
      if (record.queuedUntil == null) told.push(retracted(record, reason, now));
      else untold.push(droppedRecord(record, reason));
    }
    await this.decisions.saveSettled(untold, tx);
    await this.decisions.saveRetracted(told, tx);
    if (rest !== customer) await this.customers.saveMany([rest], 'contacts', tx);
    await this.teller.tellLate(untold, tx);
    for (const record of told) {
      tx.emit(event(DecisionRetracted, record.decisionId, { decision: toBriefMessage(record) }));
    }
  }

  /** The decisions that something may be done about, whole. */
  private async openOf(customer: CustomerState, tx: Transaction): Promise<DecisionRecord[]> {
    const listed = await this.decisions.listNewest(customer.customerId, LOOKED_AT_MAX, tx);
    const known = new Set(listed.map(({ decisionId }) => decisionId));
    const older = customer.contacts.filter(({ decisionId }) => !known.has(decisionId));
    const open = [...listed.filter((record) => retractionOf(record, customer) !== null), ...older];
    if (open.length === 0) return [];
    const ids = open.map(({ decisionId }) => decisionId);
    return [...(await this.decisions.findMany(ids, tx)).values()];
  }
}
