import type { CustomerFacts } from '../domain/customer-state';
import type { SlotScore } from '../domain/models/slot-score';
import { modelAttributes } from '../domain/rule-subject';
import type { Candidate } from '../domain/strategy';
import type { LoadedSlot, ModelRegistry } from './model-registry';

/** Rows that WebAssembly scores in one turn; more would keep other calls waiting. */
const ROWS_PER_TURN = 128;

/** Someone to be scored. */
export interface ScoredCustomer {
  customerId: string;
  facts: CustomerFacts;
}

/**
 * Propensities for one batch of decisions. A slot says the same of a customer whatever the candidate, so each is asked once. What was
 * given from a push's plan is never asked again.
 */
export class Scorer {
  private readonly champions = new Map<string, number>();
  private readonly shadows = new Map<string, number>();

  constructor(private readonly models: ModelRegistry) {}

  /** Uses scores that were made before. */
  give(customerId: string, scores: readonly SlotScore[]): void {
    for (const { slot, champion, shadow } of scores) {
      this.champions.set(keyOf(customerId, slot), champion);
      if (shadow !== null) this.shadows.set(keyOf(customerId, slot), shadow);
    }
  }

  /** Asks trained champions ahead, in batches: the funnel itself does not wait. */
  async prepare(customers: readonly ScoredCustomer[], candidates: readonly Candidate[]): Promise<void> {
    await this.prepareSlots(customers, [...slotsOf(candidates)]);
  }

  /** As `prepare`, for the slots themselves. */
  async prepareSlots(customers: readonly ScoredCustomer[], slots: readonly string[]): Promise<void> {
    for (const name of slots) {
      const loaded = this.models.find(name);
      if (loaded?.slot.champion.kind === 'onnx') await this.run(loaded, 'champion', customers, this.champions);
    }
  }

  /** The champion's propensity; 1 when the action has no model. */
  championOf({ customerId, facts }: ScoredCustomer, slot: string): number {
    if (slot === '') return 1;
    const key = keyOf(customerId, slot);
    const known = this.champions.get(key);
    if (known !== undefined) return known;
    const score = this.models.find(slot)?.learner?.model.score(modelAttributes(facts)) ?? 1;
    this.champions.set(key, score);
    return score;
  }

  /** How often the slot's actions succeed with anybody: nothing personal. 1 when nothing was learnt of it. */
  neutralOf(slot: string): number {
    return this.models.find(slot)?.learner?.baseRate ?? 1;
  }

  /** Asks the shadows of these customers, after the ranking that they have no part in. */
  async scoreShadows(asked: ReadonlyMap<string, readonly ScoredCustomer[]>): Promise<void> {
    for (const [name, customers] of asked) {
      const loaded = this.models.find(name);
      if (loaded === undefined || loaded.slot.shadow === null) continue;
      const fresh = customers.filter(({ customerId }) => !this.shadows.has(keyOf(customerId, name)));
      if (loaded.slot.shadow.kind === 'onnx') await this.run(loaded, 'shadow', fresh, this.shadows);
      else {
        for (const { customerId, facts } of fresh) {
          const score = loaded.learner?.model.score(modelAttributes(facts)) ?? 0;
          this.shadows.set(keyOf(customerId, name), score);
        }
      }
    }
  }

  shadowOf(customerId: string, slot: string): number | null {
    return this.shadows.get(keyOf(customerId, slot)) ?? null;
  }

  private async run(
    loaded: LoadedSlot,
    place: 'champion' | 'shadow',
    customers: readonly ScoredCustomer[],
    into: Map<string, number>,
  ): Promise<void> {
    const fresh = customers.filter(({ customerId }) => !into.has(keyOf(customerId, loaded.slot.slot)));
    if (fresh.length === 0) return;
    const model = await this.models.onnxOf(loaded.slot[place]);
    for (let from = 0; model !== null && from < fresh.length; from += ROWS_PER_TURN) {
      const rows = fresh.slice(from, from + ROWS_PER_TURN);
      const scores = await model.scoreBatch(rows.map(({ facts }) => modelAttributes(facts)));
      rows.forEach(({ customerId }, index) => into.set(keyOf(customerId, loaded.slot.slot), scores[index] ?? 0));
    }
  }
}

const keyOf = (customerId: string, slot: string): string => `${slot}|${customerId}`;

const slotsOf = (candidates: readonly Candidate[]): Set<string> =>
  new Set(candidates.map(({ action }) => action.modelSlot).filter((slot) => slot !== ''));
