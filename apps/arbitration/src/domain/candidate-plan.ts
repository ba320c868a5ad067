import { levelKey } from './engagement';
import { factorsOf, type PriorityFactors } from './priority';
import { isHuman, type Candidate, type StrategyAction, type Strategy } from './strategy';

/** Gives each distinct text a number, from 0. */
class Numbering {
  readonly texts: string[] = [];
  private readonly numbers = new Map<string, number>();

  of(...parts: string[]): number {
    const text = parts.join('|');
    let number = this.numbers.get(text);
    if (number === undefined) {
      number = this.texts.length;
      this.numbers.set(text, number);
      this.texts.push(text);
    }
    return number;
  }
}

/** An action of one strategy, with where the answers of the rules about it are remembered. */
export interface PlannedAction {
  action: StrategyAction;
  strategy: Strategy;
  strategyIndex: number;
  /** Keys of the engagement levels above it, the widest first. */
  levelKeys: readonly string[];
}

/** One candidate, with what of its priority does not change. */
export interface PlannedCandidate {
  candidate: Candidate;
  factors: PriorityFactors;
}

/** Weights differ by the policy's version and the moment. */
const ORDERS_MAX = 100;

/** Bits of a candidate's traits. */
export const HUMAN = 1;
/** It needs people's time or a quota. */
export const SCARCE = 2;
/** It has a model. */
export const SCORED = 4;
/** It brings a benefit of a stock. */
export const BENEFIT = 8;

/**
 * A list of candidates prepared for the funnel: what several candidates have in common is numbered, so that a decision asks each rule once
 * and remembers the answers in arrays. Made once for each list, which must not change.
 */
export class CandidatePlan {
  readonly candidates: PlannedCandidate[];
  readonly actions: PlannedAction[];
  /** By candidate: place of its action, of its channel, of purpose, channel and queue, and of these and the group. */
  readonly actionOf: Uint32Array;
  readonly channelOf: Uint32Array;
  readonly purposeOf: Uint32Array;
  readonly limitOf: Uint32Array;
  readonly traitsOf: Uint8Array;
  /** By candidate: the first after it that is of another action. */
  readonly actionEndOf: Uint32Array;
  readonly channels: readonly string[];
  readonly strategyCount: number;
  readonly purposeCount: number;
  readonly limitCount: number;
  /** Whether a strategy gives a share of its decisions to others than the best. */
  readonly isExploring: boolean;
  /** What is scarce, and which models are asked, for any of the candidates. */
  readonly queues: readonly string[];
  readonly limitedStrategyIds: readonly string[];
  readonly quotaIds: readonly string[];
  readonly modelSlots: readonly string[];
  readonly strategies: readonly Strategy[];

  private readonly orders = new Map<string, Uint32Array>();

  constructor(candidates: readonly Candidate[]) {
    const [channels, purposes, limits] = [new Numbering(), new Numbering(), new Numbering()];
    const strategies = new Map<Strategy, number>();
    const actions = new Map<StrategyAction, number>();
    const { length } = candidates;
    this.actionOf = new Uint32Array(length);
    this.channelOf = new Uint32Array(length);
    this.purposeOf = new Uint32Array(length);
    this.limitOf = new Uint32Array(length);
    this.traitsOf = new Uint8Array(length);
    this.actions = [];
    this.candidates = candidates.map((candidate, index) => {
      const { strategy, action, treatment } = candidate;
      const strategyIndex = strategies.get(strategy) ?? strategies.size;
      strategies.set(strategy, strategyIndex);
      const actionIndex = actions.get(action) ?? actions.size;
      actions.set(action, actionIndex);
      this.actions[actionIndex] ??= { action, strategy, strategyIndex, levelKeys: levelKeysOf(action) };
      this.actionOf[index] = actionIndex;
      this.channelOf[index] = channels.of(treatment.channel);
      // A channel can be worked by people in one action and by a machine in another, and each queue has times of its own.
      this.purposeOf[index] = purposes.of(action.purpose, treatment.channel, treatment.queue);
      this.limitOf[index] = limits.of(action.purpose, treatment.channel, action.group, treatment.queue);
      this.traitsOf[index] = traitsOf(candidate);
      return { candidate, factors: factorsOf(candidate) };
    });
    this.actionEndOf = endsOf(this.actionOf);
    this.channels = channels.texts;
    this.strategies = [...strategies.keys()];
    this.strategyCount = strategies.size;
    this.purposeCount = purposes.texts.length;
    this.limitCount = limits.texts.length;
    this.isExploring = [...strategies.keys()].some(({ explorationBasisPoints }) => explorationBasisPoints > 0);
    const treatments = candidates.map(({ treatment }) => treatment);
    this.queues = distinct(treatments.map(({ queue }) => queue)).filter((queue) => queue !== '');
    this.quotaIds = distinct(treatments.flatMap(({ quotaUses }) => quotaUses.map(({ quotaId }) => quotaId)));
    this.limitedStrategyIds = [...strategies.keys()].filter(({ quota }) => quota > 0).map((one) => one.strategyId);
    this.modelSlots = distinct([...actions.keys()].map(({ modelSlot }) => modelSlot)).filter((slot) => slot !== '');
  }

  /** Places of all candidates, the highest worth first; equals in their order. Made once for each set of channels' weights. */
  orderBy(weights: Float64Array, worthAt: (index: number) => number): Uint32Array {
    const key = weights.join('|');
    let order = this.orders.get(key);
    if (order === undefined) {
      order = Uint32Array.from(this.candidates.keys()).sort((a, b) => worthAt(b) - worthAt(a) || a - b);
      if (this.orders.size >= ORDERS_MAX) this.orders.clear();
      this.orders.set(key, order);
    }
    return order;
  }
}

const distinct = (texts: readonly string[]): string[] => [...new Set(texts)];

const traitsOf = ({ strategy, action, treatment }: Candidate): number =>
  (isHuman(treatment) ? HUMAN | SCARCE : 0) |
  (strategy.quota > 0 || treatment.quotaUses.length > 0 ? SCARCE : 0) |
  (action.modelSlot === '' ? 0 : SCORED) |
  (treatment.benefitStockId === '' ? 0 : BENEFIT | SCARCE);

/** By place: the next place that holds another value. */
function endsOf(values: Uint32Array): Uint32Array {
  const ends = new Uint32Array(values.length);
  for (let index = values.length - 1; index >= 0; index -= 1) {
    ends[index] = values[index] === values[index + 1] ? (ends[index + 1] as number) : index + 1;
  }
  return ends;
}

const levelKeysOf = ({ issue, group }: StrategyAction): string[] => [
  ...(issue === '' ? [] : [levelKey('issue', issue)]),
  ...(group === '' ? [] : [levelKey('group', group)]),
];

const plans = new WeakMap<readonly Candidate[], CandidatePlan>();

/** The plan of a list, made when it is asked for first. */
export function planOf(candidates: readonly Candidate[]): CandidatePlan {
  let plan = plans.get(candidates);
  if (plan === undefined) {
    plan = new CandidatePlan(candidates);
    plans.set(candidates, plan);
  }
  return plan;
}
