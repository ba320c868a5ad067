import type { CandidatePlan, PlannedCandidate } from './candidate-plan';
import { boundedPropensity, scoreOf, weightIn, type Priority } from './priority';
import { codeOf, reasonOf, type Reason, type ReasonCode } from './reason';
import type { Candidate } from './strategy';

/** One candidate's way through the funnel. The priority is there when it reached the ranking. */
export interface CandidateResult {
  candidate: Candidate;
  reason: Reason;
  priority: Priority | null;
}

const CHOSEN = codeOf('CHOSEN');

/**
 * What became of each candidate, by its place in the plan. Kept in plain arrays: of the hundreds of candidates of a decision few are ever
 * looked at one by one.
 */
export class Verdicts {
  readonly isNonPersonalised: boolean;
  private readonly codes: Uint8Array;
  /** Scores, then propensities: 0 for those that did not reach the ranking. One array, for what is made of each decision costs most. */
  private readonly figures: Float64Array;
  private readonly weights: Float64Array;

  constructor(
    readonly plan: CandidatePlan,
    isNonPersonalised: boolean,
  ) {
    const { length } = plan.candidates;
    this.isNonPersonalised = isNonPersonalised;
    this.codes = new Uint8Array(length);
    this.figures = new Float64Array(2 * length);
    this.weights = new Float64Array(plan.channels.length);
  }

  get length(): number {
    return this.codes.length;
  }

  candidateAt(index: number): Candidate {
    return this.plannedAt(index).candidate;
  }

  reasonAt(index: number): Reason {
    return reasonOf(this.codes[index] as ReasonCode);
  }

  isChosenAt(index: number): boolean {
    return this.codes[index] === CHOSEN;
  }

  put(index: number, code: ReasonCode): void {
    this.codes[index] = code;
  }

  putAll(from: number, to: number, code: ReasonCode): void {
    this.codes.fill(code, from, to);
  }

  weigh(channelIndex: number, weight: number): void {
    this.weights[channelIndex] = weight;
  }

  rank(index: number, rawPropensity: number): void {
    const { factors } = this.plannedAt(index);
    const propensity = boundedPropensity(rawPropensity);
    this.figures[this.length + index] = propensity;
    this.figures[index] = scoreOf(propensity, this.weightAt(index), factors);
  }

  /** What the candidate's score comes to with the highest propensity. */
  worthAt(index: number): number {
    return scoreOf(1, this.weightAt(index), this.plannedAt(index).factors);
  }

  /** Places of all candidates by their worth. */
  mostWorthFirst(): Uint32Array {
    return this.plan.orderBy(this.weights, (index) => this.worthAt(index));
  }

  isRankedAt(index: number): boolean {
    return this.propensityAt(index) > 0;
  }

  scoreAt(index: number): number {
    return this.figures[index] as number;
  }

  priorityAt(index: number): Priority | null {
    const propensity = this.propensityAt(index);
    if (propensity === 0) return null;
    const { factors } = this.plannedAt(index);
    const contextWeight = this.weightAt(index);
    const { value, lever } = factors;
    return { propensity, contextWeight, value, lever, score: this.scoreAt(index) };
  }

  resultAt(index: number): CandidateResult {
    return { candidate: this.candidateAt(index), reason: this.reasonAt(index), priority: this.priorityAt(index) };
  }

  /** Reasons that occur, each once. */
  reasons(): Reason[] {
    const seen = new Set<ReasonCode>();
    for (let index = 0; index < this.codes.length; index += 1) seen.add(this.codes[index] as ReasonCode);
    return [...seen].map(reasonOf);
  }

  private propensityAt(index: number): number {
    return this.figures[this.length + index] as number;
  }

  private weightAt(index: number): number {
    const { factors } = this.plannedAt(index);
    return weightIn(factors.contextWeight, this.weights[this.plan.channelOf[index] as number] as number);
  }

  private plannedAt(index: number): PlannedCandidate {
    return this.plan.candidates[index] as PlannedCandidate;
  }
}
