import { invalid } from '@tidegate/errors';

/** Names as in the paper; `alpha` and `beta` set each coordinate's learning rate, `l1` and `l2` hold weights down. */
export interface FtrlSettings {
  alpha: number;
  beta: number;
  l1: number;
  l2: number;
  /**
   * Share of a coordinate's squared-gradient sum that is kept each time the coordinate is on. 1 is the paper's algorithm; below 1
   * old evidence fades, so that the learning rate never dies and the model follows a base that drifts.
   */
  retention: number;
  /** Days after which an outcome weighs half as evidence, however many came since; absent for no fading with time. */
  halfLifeDays?: number;
}

/** An outcome beside what was on. */
export interface OutcomeTerms {
  /** Counts it as that many outcomes. */
  weight?: number;
  /** When it happened; without it no time has passed. */
  at?: Date;
}

/** Slots ascending with their two sums and the minute (since 1970, 0 for none) of their last outcome, enough to go on exactly where it stopped. */
export interface FtrlState {
  slots: Uint32Array;
  z: Float64Array;
  n: Float64Array;
  minutes: Uint32Array;
}

/** A logit past this adds nothing that a double can tell from certainty. */
const MAX_LOGIT = 35;
const START_CAPACITY = 256;
const MINUTE_MS = 60_000;
const MINUTES_PER_DAY = 1_440;
/** Weights a model may hold, so that its snapshot stays storable; a slot first seen after that is not learnt. */
export const MAX_LIVE_SLOTS = 50_000;

export const sigmoid = (logit: number): number => 1 / (1 + Math.exp(-Math.max(-MAX_LOGIT, Math.min(MAX_LOGIT, logit))));

/**
 * Logistic regression learnt one outcome at a time, with one learning rate for each weight. Rows are lists of slots that are on
 * (value 1). Only slots that have been learnt from take memory. Deterministic: the same outcomes in the same order give the same
 * weights to the last bit.
 *
 * Source: McMahan et al., "Ad click prediction: a view from the trenches", KDD 2013, Algorithm 1. With `retention` below 1 the sum n
 * becomes an exponentially fading one; z keeps the paper's form, so a weight does not jump when its rate changes. `halfLifeDays` lets n fade by
 * the time since the slot's last outcome in the same way.
 */
export class FtrlRegression {
  private readonly positions = new Map<number, number>();
  private z = new Float64Array(START_CAPACITY);
  private n = new Float64Array(START_CAPACITY);
  private minutes = new Uint32Array(START_CAPACITY);
  /** What z and n come to, kept because weights are read far more often than learnt. */
  private weights = new Float64Array(START_CAPACITY);

  /** @throws VALIDATION_FAILED when a setting is out of its range. */
  constructor(readonly settings: FtrlSettings) {
    checkSettings(settings);
  }

  /** Number of slots learnt from so far. */
  get size(): number {
    return this.positions.size;
  }

  /** Probability of the outcome, 0 to 1. */
  predict(slots: readonly number[]): number {
    return sigmoid(this.logit(slots));
  }

  logit(slots: readonly number[]): number {
    let sum = 0;
    for (const slot of slots) {
      const position = this.positions.get(slot);
      if (position !== undefined) sum += this.weights[position] ?? 0;
    }
    return sum;
  }

  /** Learns one outcome and returns the probability it was given before. */
  learn(slots: readonly number[], outcome: boolean, { weight = 1, at }: OutcomeTerms = {}): number {
    const { alpha } = this.settings;
    const minute = at === undefined ? 0 : Math.max(0, Math.floor(at.getTime() / MINUTE_MS));
    const probability = this.predict(slots);
    const gradient = (probability - (outcome ? 1 : 0)) * weight;
    const squared = gradient * gradient;
    for (const slot of slots) {
      const position = this.positionOf(slot);
      if (position === undefined) continue;
      const before = this.n[position] ?? 0;
      const after = before * this.keptAt(position, minute) + squared;
      const sigma = (Math.sqrt(after) - Math.sqrt(before)) / alpha;
      this.z[position] = (this.z[position] ?? 0) + gradient - sigma * (this.weights[position] ?? 0);
      this.n[position] = after;
      this.weights[position] = this.weightAt(position);
      this.minutes[position] = Math.max(minute, this.minutes[position] ?? 0);
    }
    return probability;
  }

  /** The weight of a slot; 0 when nothing was learnt there. */
  weight(slot: number): number {
    const position = this.positions.get(slot);
    return position === undefined ? 0 : (this.weights[position] ?? 0);
  }

  state(): FtrlState {
    const entries = [...this.positions].sort(([left], [right]) => left - right);
    return {
      slots: Uint32Array.from(entries, ([slot]) => slot),
      z: Float64Array.from(entries, ([, position]) => this.z[position] ?? 0),
      n: Float64Array.from(entries, ([, position]) => this.n[position] ?? 0),
      minutes: Uint32Array.from(entries, ([, position]) => this.minutes[position] ?? 0),
    };
  }

  static from(settings: FtrlSettings, state: FtrlState): FtrlRegression {
    const model = new FtrlRegression(settings);
    state.slots.forEach((slot, i) => {
      const position = model.positionOf(slot);
      if (position === undefined) return;
      model.z[position] = state.z[i] ?? 0;
      model.n[position] = state.n[i] ?? 0;
      model.minutes[position] = state.minutes[i] ?? 0;
      model.weights[position] = model.weightAt(position);
    });
    return model;
  }

  /** Share of the evidence of a slot that is left at a moment. */
  private keptAt(position: number, minute: number): number {
    const { retention, halfLifeDays } = this.settings;
    const before = this.minutes[position] ?? 0;
    if (halfLifeDays === undefined || before === 0 || minute <= before) return retention;
    return retention * 2 ** (-(minute - before) / (MINUTES_PER_DAY * halfLifeDays));
  }

  private weightAt(position: number): number {
    const { alpha, beta, l1, l2 } = this.settings;
    const z = this.z[position] ?? 0;
    if (Math.abs(z) <= l1) return 0;
    return -(z - Math.sign(z) * l1) / ((beta + Math.sqrt(this.n[position] ?? 0)) / alpha + l2);
  }

  private positionOf(slot: number): number | undefined {
    const known = this.positions.get(slot);
    if (known !== undefined || this.positions.size >= MAX_LIVE_SLOTS) return known;
    const position = this.positions.size;
    if (position === this.z.length) {
      this.z = grown(this.z);
      this.n = grown(this.n);
      this.weights = grown(this.weights);
      const minutes = new Uint32Array(this.minutes.length * 2);
      minutes.set(this.minutes);
      this.minutes = minutes;
    }
    this.positions.set(slot, position);
    return position;
  }
}

const grown = (values: Float64Array<ArrayBuffer>): Float64Array<ArrayBuffer> => {
  const larger = new Float64Array(values.length * 2);
  larger.set(values);
  return larger;
};

const checkSettings = (settings: FtrlSettings): void => {
  const { alpha, beta, l1, l2, retention, halfLifeDays = 1 } = settings;
  const violations = [
    ...(alpha > 0 && alpha <= 10 ? [] : [{ field: 'alpha', description: 'must be above 0 and at most 10' }]),
    ...(beta >= 0 && beta <= 100 ? [] : [{ field: 'beta', description: 'must be 0 to 100' }]),
    ...(l1 >= 0 && l1 <= 1000 ? [] : [{ field: 'l1', description: 'must be 0 to 1000' }]),
    ...(l2 >= 0 && l2 <= 1000 ? [] : [{ field: 'l2', description: 'must be 0 to 1000' }]),
    ...(halfLifeDays >= 1 && halfLifeDays <= 3_650
      ? []
      : [{ field: 'halfLifeDays', description: 'must be 1 to 3650' }]),
    ...(retention >= 0.9 && retention <= 1 ? [] : [{ field: 'retention', description: 'must be 0.9 to 1' }]),
  ];
  if (violations.length > 0) throw invalid(violations, 'The learning settings are not valid.');
};
