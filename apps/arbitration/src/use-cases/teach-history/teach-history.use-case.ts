import { Injectable } from '@nestjs/common';
import type { FactRecorded } from '@tidegate/contracts/customers/v1/customers_events';
import { DomainError } from '@tidegate/errors';
import type { Transaction } from '@tidegate/mongo';
import { ANY_CHANNEL, refusesProfiling } from '../../domain/consent';
import type { CustomerState } from '../../domain/customer-state';
import { textOf } from '../../domain/fact-data';
import { targetOf } from '../../domain/models/adaptive-model';
import type { Lesson } from '../../domain/models/lesson';
import { lessonOf } from '../../domain/outcome';
import { modelAttributes } from '../../domain/rule-subject';
import { ModelRegistry, type LoadedSlot } from '../../engine/model-registry';
import { StrategyCatalogue } from '../../engine/strategy-catalogue';
import { CustomerStateRepository } from '../../repositories/customer-state.repository';
import { LessonRepository } from '../../repositories/lesson.repository';

/** A fact with the slot it teaches. */
interface TaughtFact {
  fact: FactRecorded;
  loaded: LoadedSlot;
}

/**
 * Teaches model slots from outcomes that are told as facts, such as a campaign of the past. They are final: whatever is not the success is
 * a failure. An outcome that names one of our own decisions is recorded as that decision's (`RecordToldOutcomesUseCase`), and teaches there; of who refuses profiling
 * nothing is learnt.
 */
@Injectable()
export class TeachHistoryUseCase {
  constructor(
    private readonly models: ModelRegistry,
    private readonly strategies: StrategyCatalogue,
    private readonly customers: CustomerStateRepository,
    private readonly lessons: LessonRepository,
  ) {}

  /** @throws PROJECTION_BEHIND (to be tried again) when a customer has not arrived here yet */
  async execute(facts: readonly FactRecorded[], tx: Transaction): Promise<void> {
    const taught = facts.flatMap((fact) => this.taughtBy(fact).map((loaded) => ({ fact, loaded })));
    if (taught.length === 0) return;
    const customers = await this.customers.findMany(
      taught.map(({ fact }) => fact.customerId),
      tx,
    );
    const bySlot = new Map<string, Lesson[]>();
    for (const each of taught) {
      const { slot } = each.loaded.slot;
      const lessons = bySlot.get(slot) ?? [];
      const lesson = toLesson(each, customers.get(each.fact.customerId));
      if (lesson !== null) lessons.push(lesson);
      bySlot.set(slot, lessons);
    }
    for (const [slot, lessons] of bySlot) await this.lessons.append(slot, lessons, tx);
  }

  private taughtBy({ factType, data }: FactRecorded): LoadedSlot[] {
    const loaded = this.models.taughtBy(factType).filter(({ learner }) => learner !== null);
    if (loaded.length === 0 || textOf(data, 'decisionId', 'decision_id') !== '') return [];
    if (textOf(data, 'outcome') === '') return [];
    // An action that a strategy names teaches its own slot alone.
    const slot = this.strategies.modelSlotOf(textOf(data, 'actionId', 'action_id'));
    return loaded.filter((one) => slot === undefined || slot === one.slot.slot);
  }
}

function toLesson({ fact, loaded: { slot, learner } }: TaughtFact, customer: CustomerState | undefined): Lesson | null {
  if (customer?.facts == null) {
    throw new DomainError({
      code: 'UNAVAILABLE',
      reason: 'PROJECTION_BEHIND',
      message: 'The customer has not arrived here yet.',
    });
  }
  const channel = textOf(fact.data, 'channel');
  if (refusesProfiling(customer, channel || ANY_CHANNEL)) return null;
  const outcome = textOf(fact.data, 'outcome');
  return {
    attributes: learner?.featuresOf(modelAttributes(customer.facts)) ?? {},
    isSuccess: lessonOf(outcome, slot.successOutcome) ?? false,
    source: fact.factId,
    ...(fact.occurredAt && { at: fact.occurredAt }),
    target: targetOf(textOf(fact.data, 'actionId', 'action_id'), channel),
  };
}
