import { Injectable } from '@nestjs/common';
import { CapacityMoved, OutcomeRecorded } from '@tidegate/contracts/arbitration/v1/arbitration_events';
import { notFound } from '@tidegate/errors';
import { event, settle, type Settled, type Transaction } from '@tidegate/mongo';
import { Clock } from '@tidegate/service';
import { count, holdIds, type Capacity } from '../domain/capacity';
import { refusesProfiling } from '../domain/consent';
import { unknownCustomer, type CustomerState } from '../domain/customer-state';
import { countedAs, holdOf, type DecisionRecord } from '../domain/decision';
import { forgetOld } from '../domain/forget';
import { targetOf } from '../domain/models/adaptive-model';
import type { Lesson } from '../domain/models/lesson';
import {
  expireReservation,
  freeReservation,
  freeStopped,
  lessonOf,
  recordOutcome,
  takeUp,
  tookPlaceAt,
  type Outcome,
  type OutcomeEffect,
} from '../domain/outcome';
import { unansweredAt } from '../domain/unanswered';
import { CapacityRepository } from '../repositories/capacity.repository';
import { CustomerStateRepository } from '../repositories/customer-state.repository';
import { DecisionRepository } from '../repositories/decision.repository';
import type { PromiseBook } from '../domain/promise-book';
import type { QuotaBook } from '../domain/quota-book';
import { LessonRepository } from '../repositories/lesson.repository';
import { QuotaRepository } from '../repositories/quota.repository';
import { StockPromiseRepository } from '../repositories/stock-promise.repository';
import { toCapacityMoved } from './capacity-message';
import { ModelRegistry } from './model-registry';
import { PolicyHolder } from './policy-holder';

export interface ToldOutcome {
  decisionId: string;
  outcome: Outcome;
  at: Date;
  /** Throws when the caller may not see customers of this organisation. */
  authorize?: (decision: DecisionRecord) => void;
}

/** A batch of outcomes on its way: what was read, and what those before have changed. */
interface Batch {
  decisions: Map<string, DecisionRecord>;
  customers: Map<string, CustomerState>;
  capacities: Map<string, Capacity>;
  chosenCounts: Map<string, number>;
  quotas: QuotaBook;
  promises: PromiseBook;
  lessons: Map<string, Lesson[]>;
  changedDecisions: Set<string>;
  changedCustomers: Set<string>;
  changedCapacities: Set<string>;
  changedQuotas: Set<string>;
}

/** Records what came of decisions, in batches: contact, capacity, quota, suppression and lesson move in one transaction. */
@Injectable()
export class OutcomeRecorder {
  constructor(
    private readonly decisions: DecisionRepository,
    private readonly customers: CustomerStateRepository,
    private readonly capacities: CapacityRepository,
    private readonly quotas: QuotaRepository,
    private readonly promises: StockPromiseRepository,
    private readonly lessons: LessonRepository,
    private readonly models: ModelRegistry,
    private readonly policies: PolicyHolder,
    private readonly clock: Clock,
  ) {}

  /** Answers each with its decision; one already recorded changes nothing. */
  async recordAll(told: readonly ToldOutcome[], tx: Transaction): Promise<Settled<DecisionRecord>[]> {
    const batch = await this.open(
      told.map(({ decisionId }) => decisionId),
      tx,
    );
    const settled = told.map((each) => settle(() => this.recordOne(batch, each, tx)));
    await this.save(batch, tx);
    return settled;
  }

  /** Frees reservations that ran out, and tells whoever works them; those that were committed meanwhile are left alone. */
  async expireAll(decisionIds: readonly string[], tx: Transaction): Promise<void> {
    const batch = await this.open(decisionIds, tx);
    const now = this.clock.now();
    for (const decision of [...batch.decisions.values()]) {
      const effect = expireReservation(decision, customerOf(batch, decision), now);
      if (effect === null) continue;
      this.apply(batch, effect);
      const { decisionId, queue } = decision;
      if (queue !== '') tx.emit(event(CapacityMoved, decisionId, toCapacityMoved(effect.decision, true)));
    }
    await this.save(batch, tx);
  }

  /** Commits what people took up, before anything is known of its end; unknown decisions are left alone. */
  async takeUpAll(told: readonly { decisionId: string; at: Date }[], tx: Transaction): Promise<void> {
    const batch = await this.open(
      told.map(({ decisionId }) => decisionId),
      tx,
    );
    for (const { decisionId, at } of told) {
      const decision = batch.decisions.get(decisionId);
      const effect = decision && takeUp(decision, customerOf(batch, decision), at, this.clock.now());
      if (effect) this.apply(batch, effect);
    }
    await this.save(batch, tx);
  }

  /** Frees what decisions reserved that nobody was told of. Answers them as they are then; what they say otherwise is the caller's to save. */
  async freeAll(decisions: readonly DecisionRecord[], tx: Transaction): Promise<DecisionRecord[]> {
    if (decisions.length === 0) return [];
    const batch = await this.open(
      decisions.map(({ decisionId }) => decisionId),
      tx,
    );
    const freed = decisions.map((decision) => {
      const effect = freeReservation(decision, customerOf(batch, decision));
      if (effect !== null) this.apply(batch, effect);
      return effect?.decision ?? decision;
    });
    await this.save(batch, tx);
    return freed;
  }

  /** Gives back what stopped decisions took of what others compete for; what was given back already is left alone. */
  async freeStopped(decisionIds: readonly string[], tx: Transaction): Promise<void> {
    const batch = await this.open(decisionIds, tx);
    for (const decision of [...batch.decisions.values()]) {
      const effect = freeStopped(decision, customerOf(batch, decision));
      if (effect !== null) this.apply(batch, effect);
    }
    await this.save(batch, tx);
  }

  /** Teaches that nothing more came of messages whose time for an answer is over; each once. */
  async teachUnanswered(decisionIds: readonly string[], tx: Transaction): Promise<void> {
    const batch = await this.open(decisionIds, tx);
    const now = this.clock.now();
    for (const decision of [...batch.decisions.values()]) {
      const at = unansweredAt(decision);
      if (at === null || at > now) continue;
      const taught = this.teach(batch, decision, 'no_answer', at);
      // Where nothing may be learnt of the customer, it is not asked again either.
      batch.decisions.set(decision.decisionId, { ...taught, isTaught: true });
      batch.changedDecisions.add(decision.decisionId);
    }
    await this.save(batch, tx);
  }

  private async open(decisionIds: readonly string[], tx: Transaction): Promise<Batch> {
    const decisions = await this.decisions.findMany(decisionIds, tx);
    const all = [...decisions.values()];
    const customers = await this.customers.findMany(
      all.map(({ customerId }) => customerId),
      tx,
    );
    const slots = all.flatMap((decision) => holdIds(holdOf(decision)));
    const limited = all.filter(({ hasQuota }) => hasQuota).map(({ strategyId }) => strategyId);
    const quotaIds = all.flatMap(({ quotaTakes = [] }) => quotaTakes.map(({ quotaId }) => quotaId));
    const stockIds = all.flatMap(({ stockTakes = [] }) => stockTakes.map(({ stockId }) => stockId));
    const { timeZone } = this.policies.current;
    const now = this.clock.now();
    return {
      decisions,
      customers,
      capacities: await this.capacities.findMany([...new Set(slots)], tx),
      chosenCounts: await this.capacities.findChosenCounts([...new Set(limited)], tx),
      quotas: await this.quotas.openBook(quotaIds, { timeZone, now }, tx),
      promises: await this.promises.openBook(stockIds, { now }, tx),
      lessons: new Map(),
      changedDecisions: new Set(),
      changedCustomers: new Set(),
      changedCapacities: new Set(),
      changedQuotas: new Set(),
    };
  }

  private recordOne(
    batch: Batch,
    { decisionId, outcome, at: said, authorize }: ToldOutcome,
    tx: Transaction,
  ): DecisionRecord {
    const decision = batch.decisions.get(decisionId);
    if (decision === undefined) throw notFound('DECISION_NOT_FOUND', 'There is no decision of this id.');
    authorize?.(decision);
    const now = this.clock.now();
    const effect = recordOutcome(decision, customerOf(batch, decision), outcome, said, now);
    if (effect === null) return decision;
    const at = tookPlaceAt(decision, said, now);
    const taught = this.teach(batch, effect.decision, outcome, at);
    this.apply(batch, { ...effect, decision: taught });
    const { customerId, strategyId, actionId, channel } = decision;
    const told = { decisionId, customerId, strategyId, actionId, channel, outcome, occurredAt: at };
    tx.emit(event(OutcomeRecorded, decisionId, told));
    return taught;
  }

  /** A decision teaches once, by the first outcome that settles it; nothing is learnt of who refuses profiling by then. */
  private teach(batch: Batch, decision: DecisionRecord, outcome: string, at: Date): DecisionRecord {
    const slot = this.models.find(decision.modelSlot)?.slot;
    if (slot === undefined || decision.isTaught || decision.features === null) return decision;
    if (refusesProfiling(customerOf(batch, decision), decision.channel)) return decision;
    const isSuccess = lessonOf(outcome, slot.successOutcome);
    if (isSuccess === null) return decision;
    const lessons = batch.lessons.get(slot.slot) ?? [];
    lessons.push({
      attributes: decision.features,
      isSuccess,
      source: decision.decisionId,
      at,
      target: targetOf(decision.actionId, decision.channel),
    });
    batch.lessons.set(slot.slot, lessons);
    return { ...decision, isTaught: true };
  }

  private apply(batch: Batch, { decision, customer, capacity, quota }: OutcomeEffect): void {
    const before = countedAs(batch.decisions.get(decision.decisionId) ?? decision);
    batch.quotas.follow(decision.quotaTakes ?? [], before, decision.reservation);
    // Once it is claimed the unit is not there to be promised to another.
    if (!decision.isClaimed) batch.promises.follow(decision.stockTakes ?? [], before, decision.reservation);
    batch.decisions.set(decision.decisionId, decision);
    batch.changedDecisions.add(decision.decisionId);
    if (customer !== batch.customers.get(customer.customerId)) {
      batch.customers.set(customer.customerId, forgetOld(customer, this.policies.current, this.clock.now()));
      batch.changedCustomers.add(customer.customerId);
    }
    if (capacity.released !== 0 || capacity.used !== 0) {
      for (const id of holdIds(holdOf(decision))) {
        const known = batch.capacities.get(id);
        if (known === undefined) continue;
        count(known, decision.capacitySlot, { reserved: -capacity.released, used: capacity.used });
        batch.changedCapacities.add(id);
      }
    }
    if (quota !== 0) {
      batch.chosenCounts.set(decision.strategyId, (batch.chosenCounts.get(decision.strategyId) ?? 0) + quota);
      batch.changedQuotas.add(decision.strategyId);
    }
  }

  private async save(batch: Batch, tx: Transaction): Promise<void> {
    await this.decisions.saveMany(pick(batch.decisions, batch.changedDecisions), tx);
    await this.customers.saveMany(pick(batch.customers, batch.changedCustomers), 'contacts', tx);
    await this.capacities.saveMany(pick(batch.capacities, batch.changedCapacities), tx);
    const quotas = [...batch.changedQuotas].map((id): [string, number] => [id, batch.chosenCounts.get(id) ?? 0]);
    await this.capacities.saveChosenCounts(new Map(quotas), tx);
    await this.quotas.closeBook(batch.quotas, tx);
    await this.promises.closeBook(batch.promises, tx);
    for (const [slot, lessons] of batch.lessons) await this.lessons.append(slot, lessons, tx);
  }
}

const customerOf = (batch: Batch, { customerId }: DecisionRecord): CustomerState =>
  batch.customers.get(customerId) ?? unknownCustomer(customerId);

const pick = <T>(all: ReadonlyMap<string, T>, keys: ReadonlySet<string>): T[] =>
  [...keys].flatMap((key) => all.get(key) ?? []);
