import type { CandidatePlan, PlannedCandidate } from './candidate-plan';
import { boundedPropensity, scoreOf, weightIn, type Priority } from './priority';
import { REASONS, type Reason } from './reason';
import type { Candidate } from './strategy';

/** One candidate's way through the funnel. The priority is there when it reached the ranking. */
export interface CandidateResult {
  candidate: Candidate;
  reason: Reason;
  priority: Priority | null;
}

const CHOSEN = REASONS.indexOf('CHOSEN');
const codeOf = (reason: Reason): number => REASONS.indexOf(reason);

/**
 * What became of each candidate, by its place in the plan. Kept in plain arrays: of the hundreds of candidates of a decision few are ever
 * looked at one by one.
 */
export class Verdicts {
  readonly isNonPersonalised: boolean;
  private readonly codes: Uint8Array;
  /** NaN for those that did not reach the ranking. */
  private readonly propensities: Float64Array;
  private readonly weights: Float64Array;
  readonly scores: Float64Array;

  constructor(
    readonly plan: CandidatePlan,
    isNonPersonalised: boolean,
  ) {
    const { length } = plan.candidates;
    this.isNonPersonalised = isNonPersonalised;
    this.codes = new Uint8Array(length);
    this.propensities = new Float64Array(length).fill(Number.NaN);
    this.weights = new Float64Array(plan.channels.length);
    this.scores = new Float64Array(length);
  }

  get length(): number {
    return this.codes.length;
  }

  candidateAt(index: number): Candidate {
    return this.plannedAt(index).candidate;
  }

  reasonAt(index: number): Reason {
    return REASONS[this.codes[index] as number] as Reason;
  }

  isChosenAt(index: number): boolean {
    return this.codes[index] === CHOSEN;
  }

  put(index: number, reason: Reason): void {
    this.codes[index] = codeOf(reason);
  }

  weigh(channelIndex: number, weight: number): void {
    this.weights[channelIndex] = weight;
  }

  rank(index: number, rawPropensity: number): void {
    const { factors, channelIndex } = this.plannedAt(index);
    const propensity = boundedPropensity(rawPropensity);
    this.propensities[index] = propensity;
    const contextWeight = weightIn(factors.contextWeight, this.weights[channelIndex] as number);
    this.scores[index] = scoreOf(propensity, contextWeight, factors);
  }

  priorityAt(index: number): Priority | null {
    const propensity = this.propensities[index] as number;
    if (Number.isNaN(propensity)) return null;
    const { factors, channelIndex } = this.plannedAt(index);
    const contextWeight = weightIn(factors.contextWeight, this.weights[channelIndex] as number);
    const { value, lever } = factors;
    return { propensity, contextWeight, value, lever, score: this.scores[index] as number };
  }

  resultAt(index: number): CandidateResult {
    return { candidate: this.candidateAt(index), reason: this.reasonAt(index), priority: this.priorityAt(index) };
  }

  /** Reasons that occur, each once. */
  reasons(): Reason[] {
    return [...new Set(this.codes)].map((code) => REASONS[code] as Reason);
  }

  private plannedAt(index: number): PlannedCandidate {
    return this.plan.candidates[index] as PlannedCandidate;
  }
}
