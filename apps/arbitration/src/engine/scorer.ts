import { logger } from '@tidegate/observability';
import type { CustomerFacts, KeptScore } from '../domain/customer-state';
import { targetOf } from '../domain/models/adaptive-model';
import { groupOf } from '../domain/models/model-group';
import { fallbackOf, idOf, type ModelRef } from '../domain/models/model-slot';
import type { ModelUse, SlotScore } from '../domain/models/slot-score';
import { modelAttributes } from '../domain/rule-subject';
import type { Candidate } from '../domain/strategy';
import type { HeldSlots, LoadedSlot, ModelRegistry } from './model-registry';

/** Rows that WebAssembly scores in one turn; more would keep other calls waiting. */
const ROWS_PER_TURN = 128;

const log = logger('models');

/** Someone to be scored. */
export interface ScoredCustomer {
  customerId: string;
  facts: CustomerFacts;
  modelScores?: Record<string, KeptScore>;
}

/** What ranks for one customer in one slot. */
interface Ranker {
  use: ModelUse;
  /** Null when base rates rank. */
  ref: ModelRef | null;
}

/**
 * Propensities for one batch of decisions, all by the slots as they stood when it was made. A trained model says the same of a customer
 * whatever the candidate, so each is asked once; one that learns tells actions and channels apart. What a trained model said in a push's plan is never asked again.
 */
export class Scorer {
  private readonly slots: HeldSlots;
  private readonly rankers = new Map<string, Ranker>();
  /** Of the trained model that ranks, or of the learning one by target. */
  private readonly scores = new Map<string, number>();
  private readonly adaptive = new Map<string, (target: string) => number>();
  private readonly shadows = new Map<string, number>();

  constructor(
    private readonly models: ModelRegistry,
    private readonly now: Date,
  ) {
    this.slots = models.held;
  }

  /** Uses what was said before. */
  give(customerId: string, given: readonly SlotScore[]): void {
    for (const { slot, champion, shadow, use } of given) {
      const key = keyOf(customerId, slot);
      if (shadow !== null) this.shadows.set(key, shadow);
      // Of what tells actions and channels apart the plan knows one figure only.
      if (use !== undefined && (use.modelId === '' || use.modelId === 'adaptive')) continue;
      this.scores.set(key, champion);
      if (use !== undefined) this.rankers.set(key, { use, ref: GIVEN });
    }
  }

  /** Asks trained models ahead, in batches: the funnel itself does not wait. */
  async prepare(customers: readonly ScoredCustomer[], candidates: readonly Candidate[]): Promise<void> {
    await this.prepareSlots(customers, [...slotsOf(candidates)]);
  }

  /** As `prepare`, for the slots themselves. */
  async prepareSlots(customers: readonly ScoredCustomer[], slots: readonly string[]): Promise<void> {
    for (const name of slots) {
      const loaded = this.slots.get(name);
      if (loaded === undefined) continue;
      const byModel = new Map<string, { ref: TrainedRef; customers: ScoredCustomer[] }>();
      for (const customer of customers) {
        const { ref } = this.rankerOf(customer, loaded);
        if (ref?.kind !== 'onnx' || this.scores.has(keyOf(customer.customerId, name))) continue;
        const group = byModel.get(ref.modelId) ?? { ref, customers: [] };
        group.customers.push(customer);
        byModel.set(ref.modelId, group);
      }
      for (const group of byModel.values()) await this.rankByTrained(loaded, group);
    }
  }

  /** Slots whose propensities differ by action and channel. */
  targetedSlots(candidates: readonly Candidate[]): Set<string> {
    const slots = [...slotsOf(candidates)];
    return new Set(slots.filter((name) => this.slots.get(name)?.learner?.model.isPerTarget));
  }

  /** The propensity that ranks a candidate for a customer; 1 when the action has no model. */
  propensityOf(customer: ScoredCustomer, candidate: Candidate): number {
    const name = candidate.action.modelSlot;
    const loaded = name === '' ? undefined : this.slots.get(name);
    const given = this.scores.get(keyOf(customer.customerId, name));
    if (given !== undefined) return given;
    if (loaded === undefined) return 1;
    const { ref } = this.rankerOf(customer, loaded);
    return ref?.kind === 'adaptive'
      ? this.adaptiveOf(customer, loaded)(targetOfCandidate(candidate))
      : this.neutralOf(candidate);
  }

  /**
   * How often the action succeeds on the channel with anybody: nothing personal. Where no model of the slot learns, what its champion says on
   * average, as its trial told: as 1 it would outrank all whom a model ranks. 1 when neither is known.
   */
  neutralOf(candidate: Candidate): number {
    const loaded = this.slots.get(candidate.action.modelSlot);
    if (loaded === undefined) return 1;
    return loaded.learner?.model.baseRateOf(targetOfCandidate(candidate)) ?? meanScoreOf(loaded) ?? 1;
  }

  /** Asks the shadows of these customers, after the ranking that they have no part in. */
  async scoreShadows(asked: ReadonlyMap<string, readonly ScoredCustomer[]>): Promise<void> {
    for (const [name, customers] of asked) {
      const loaded = this.slots.get(name);
      const shadow = loaded?.slot.shadow;
      if (loaded === undefined || shadow == null) continue;
      const fresh = customers.filter(({ customerId }) => !this.shadows.has(keyOf(customerId, name)));
      if (shadow.kind === 'onnx')
        await this.run(shadow, fresh, (customer, score) => this.putShadow(customer, name, score));
      else {
        for (const customer of fresh) {
          const score =
            shadow.kind === 'adaptive' ? this.adaptiveOf(customer, loaded)('') : this.keptOf(customer, loaded, shadow);
          if (score !== null) this.putShadow(customer, name, score);
        }
      }
    }
  }

  shadowOf(customerId: string, slot: string): number | null {
    return this.shadows.get(keyOf(customerId, slot)) ?? null;
  }

  /** Which model ranks for the customer in a slot; null when there is no such slot. */
  useOf(customer: ScoredCustomer, slot: string): ModelUse | null {
    const known = this.rankers.get(keyOf(customer.customerId, slot));
    if (known !== undefined) return known.use;
    const loaded = this.slots.get(slot);
    return loaded === undefined ? null : this.rankerOf(customer, loaded).use;
  }

  private rankerOf(customer: ScoredCustomer, loaded: LoadedSlot): Ranker {
    const key = keyOf(customer.customerId, loaded.slot.slot);
    let ranker = this.rankers.get(key);
    if (ranker === undefined) {
      ranker = this.chooseRanker(customer, loaded);
      this.rankers.set(key, ranker);
    }
    return ranker;
  }

  private chooseRanker(customer: ScoredCustomer, loaded: LoadedSlot): Ranker {
    const { slot } = loaded;
    const group = groupOf(slot, customer.facts.personKey || customer.customerId);
    const base: ModelUse = {
      slot: slot.slot,
      group,
      modelId: '',
      isFallback: false,
      slotVersion: slot.version,
      shadowModelId: slot.shadow === null ? '' : idOf(slot.shadow),
      challengerBasisPoints: slot.challengerBasisPoints,
      noModelBasisPoints: slot.noModelBasisPoints,
    };
    if (group === 'no_model') return { use: base, ref: null };
    const wanted = group === 'challenger' && slot.challenger !== null ? slot.challenger : slot.champion;
    if (wanted.kind !== 'remote') return { use: { ...base, modelId: idOf(wanted) }, ref: wanted };
    const kept = this.keptOf(customer, loaded, wanted);
    if (kept === null) return this.fallBack(base, loaded);
    this.scores.set(keyOf(customer.customerId, slot.slot), kept);
    return { use: { ...base, modelId: wanted.modelId }, ref: wanted };
  }

  private fallBack(use: ModelUse, { slot }: LoadedSlot): Ranker {
    const ref = fallbackOf(slot);
    return { use: { ...use, modelId: ref === null ? '' : idOf(ref), isFallback: true }, ref };
  }

  /** What a remote model said of the customer, unless it is too old. */
  private keptOf({ modelScores }: ScoredCustomer, { models }: LoadedSlot, { modelId }: TrainedRef): number | null {
    const kept = modelScores?.[modelId];
    const maxAgeMs = (models.get(modelId)?.remote?.scoreMaxAgeSeconds ?? 0) * 1_000;
    return kept !== undefined && this.now.getTime() - kept.at.getTime() <= maxAgeMs ? kept.score : null;
  }

  /** Whom a model cannot score, or all when it fails, it leaves to base rates: a decision is made all the same, and says so. */
  private async rankByTrained(
    { slot }: LoadedSlot,
    { ref, customers }: { ref: TrainedRef; customers: readonly ScoredCustomer[] },
  ): Promise<void> {
    try {
      await this.run(ref, customers, ({ customerId }, score) => this.scores.set(keyOf(customerId, slot.slot), score));
    } catch (err) {
      log.error({ err, slot: slot.slot, modelId: ref.modelId }, 'a model failed; base rates rank in its place');
    }
    for (const { customerId } of customers) {
      const key = keyOf(customerId, slot.slot);
      const ranker = this.rankers.get(key);
      if (this.scores.has(key) || ranker === undefined) continue;
      this.rankers.set(key, { use: { ...ranker.use, modelId: '', isFallback: true }, ref: null });
    }
  }

  private adaptiveOf(customer: ScoredCustomer, { slot, learner }: LoadedSlot): (target: string) => number {
    const key = keyOf(customer.customerId, slot.slot);
    let scorer = this.adaptive.get(key);
    if (scorer === undefined) {
      scorer = learner?.model.scorerOf(modelAttributes(customer.facts)) ?? (() => 1);
      this.adaptive.set(key, scorer);
    }
    return scorer;
  }

  private putShadow({ customerId }: ScoredCustomer, slot: string, score: number): void {
    this.shadows.set(keyOf(customerId, slot), score);
  }

  private async run(
    ref: TrainedRef,
    customers: readonly ScoredCustomer[],
    put: (customer: ScoredCustomer, score: number) => void,
  ): Promise<void> {
    if (customers.length === 0) return;
    const model = await this.models.onnxOf(ref);
    for (let from = 0; from < customers.length; from += ROWS_PER_TURN) {
      const rows = customers.slice(from, from + ROWS_PER_TURN);
      const scores = await model.scoreBatch(rows.map(({ facts }) => modelAttributes(facts)));
      rows.forEach((customer, index) => {
        const score = scores[index] ?? null;
        if (score !== null) put(customer, score);
      });
    }
  }
}

/** What the champion, or the last one before it of which it is known, said on average of the customers of its trial. */
const meanScoreOf = ({ slot: { champion, formerChampions }, models }: LoadedSlot): number | undefined =>
  [champion, ...formerChampions]
    .map((ref) => models.get(idOf(ref))?.trial?.scoreMean)
    .find((mean) => mean !== undefined);

type TrainedRef = ModelRef & { kind: 'onnx' | 'remote' };

/** Stands for a model that spoke before. */
const GIVEN: ModelRef = { kind: 'remote', modelId: '' };

const keyOf = (customerId: string, slot: string): string => `${slot}|${customerId}`;

const targetOfCandidate = ({ action, treatment }: Candidate): string => targetOf(action.actionId, treatment.channel);

const slotsOf = (candidates: readonly Candidate[]): Set<string> =>
  new Set(candidates.map(({ action }) => action.modelSlot).filter((slot) => slot !== ''));
