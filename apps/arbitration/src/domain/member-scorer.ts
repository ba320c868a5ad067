import { planOf, type CandidatePlan } from './candidate-plan';
import { isRankedNeutrally } from './consent';
import type { CustomerState } from './customer-state';
import { Funnel } from './funnel';
import type { SlotsOf } from './promise-times';
import { boundedPropensity, scoreOf, situationWeight, weightIn } from './priority';
import { codeOf, CUSTOMER_UNKNOWN, reasonOf, type ReasonCode, type Stop } from './reason';
import { ruleSubject } from './rule-subject';
import type { Situation } from './situation';
import type { Candidate, StrategyAction } from './strategy';

const PASSED: ReasonCode = codeOf(null);
const UNMEANT: ReasonCode = codeOf('NOT_IN_AUDIENCE');

/** What a model slot says of the member at hand, or of anybody where the ranking may look at nothing personal. */
export interface Propensities {
  of: (modelSlot: string, candidate: Candidate) => number;
  neutralOf: (modelSlot: string, candidate: Candidate) => number;
}

export interface MemberScorerOptions {
  /** False where the strategies' audiences are asked. */
  isListed?: boolean;
  /** Whose the list is; customers of other parts of the organisation are left alone. */
  listOrgPath?: string;
  /** Candidate → 1 for those whose reason is wanted apart. */
  watched?: Uint8Array;
  /** Whether an action has its time for the member at hand; one that has not is meant for others. All have without it. */
  isTimely?: (action: StrategyAction) => boolean;
  /** Slots of people's time that may be promised: rules of time are asked for then. Without it all is for now. */
  slotsOf?: SlotsOf;
  /** Model slots that tell actions and channels apart; of the others each is asked once for a member. */
  targeted?: ReadonlySet<string>;
}

/**
 * Takes the members of a list through every rule, one after another, and says which candidates pass and what each is worth. What is scarce
 * has no part in it. The arrays are used again for the next member, so that nothing is allocated for a pair of member and candidate.
 */
export class MemberScorer {
  /** Indexes of the candidates that passed, and their P × C × V × L; valid up to `count`. */
  readonly passing: Uint16Array;
  readonly scores: Float64Array;
  count = 0;
  /** Nothing personal ranked the member: he refused profiling. */
  isNeutral = false;
  /** Why nothing passed, by the candidate that came furthest; empty when something did. */
  stop = '';
  /** Of the watched candidates: code of the reason why none passed, by the one that came furthest; that of null when one did. */
  watchedCode: ReasonCode = PASSED;
  /** Index of the watched candidate that came furthest of those that did not pass; -1 when there was none. */
  watchedFurthest = -1;
  private readonly plan: CandidatePlan;
  private readonly funnel: Funnel;
  /** Candidate → code of the reason why no limit leaves it any room. */
  private readonly full: Uint8Array;
  /** Candidate → its context weight × value × lever. */
  private readonly weights: Float64Array;
  /** Candidate → the question that its propensity answers: of its slot, or of its action and channel in the slot. */
  private readonly questionOf: Uint16Array;
  /** Of the member at hand by question; -1 until asked. */
  private readonly known: Float64Array;

  constructor(
    private readonly candidates: readonly Candidate[],
    /** For each candidate the reason why no limit leaves it any room, or null. */
    exhausted: readonly (Stop | null)[],
    private readonly situation: Situation,
    private readonly options: MemberScorerOptions = {},
  ) {
    this.plan = planOf(candidates);
    this.funnel = new Funnel(this.plan, situation);
    this.full = Uint8Array.from(exhausted, codeOf);
    this.passing = new Uint16Array(candidates.length);
    this.scores = new Float64Array(candidates.length);
    this.weights = Float64Array.from(this.plan.candidates, ({ candidate: { treatment }, factors }) => {
      const weight = situationWeight(situation.policy.contextWeights, treatment.channel, '');
      return scoreOf(1, weightIn(factors.contextWeight, weight), factors);
    });
    const questions = new Map<string, number>();
    this.questionOf = Uint16Array.from(candidates, ({ action, treatment }) => {
      const isTargeted = options.targeted?.has(action.modelSlot) ?? false;
      const key = isTargeted
        ? JSON.stringify([action.modelSlot, action.actionId, treatment.channel])
        : action.modelSlot;
      if (!questions.has(key)) questions.set(key, questions.size);
      return questions.get(key)!;
    });
    this.known = new Float64Array(questions.size);
  }

  /** Each question that a passing candidate needs is asked once. */
  score(customer: CustomerState | undefined, propensities: Propensities): void {
    this.count = 0;
    this.isNeutral = false;
    this.stop = CUSTOMER_UNKNOWN;
    this.watchedCode = PASSED;
    this.watchedFurthest = -1;
    if (customer === undefined || customer.facts === null) return;
    const { now } = this.situation;
    const subject = {
      customer: ruleSubject(customer.customerId, customer.facts, customer.past),
      now,
      isListed: this.options.isListed ?? true,
      listOrgPath: this.options.listOrgPath,
    };
    this.funnel.begin(customer, subject, true, this.options.slotsOf);
    this.isNeutral = isRankedNeutrally(customer, this.plan.channels);
    const propensityOf = this.isNeutral ? propensities.neutralOf : propensities.of;
    this.known.fill(-1);
    const { actionOf, actionEndOf } = this.plan;
    const { watched, isTimely: isTimelyAction } = this.options;
    let furthest = PASSED;
    let watchedFurthest = PASSED;
    let hasWatched = false;
    for (let index = 0; index < this.candidates.length; index += 1) {
      const isWatched = watched?.[index] === 1;
      const place = actionOf[index]!;
      const isTimely = isTimelyAction?.(this.plan.actions[place]!.action) ?? true;
      let code = isTimely ? this.funnel.actionCode(place) : UNMEANT;
      // What stops the action stops it on all its channels.
      if (code !== PASSED) index = actionEndOf[index]! - 1;
      else {
        code = this.funnel.channelCode(index) || this.funnel.contactCode(index, customer.contacts) || this.full[index]!;
        if (code === PASSED) this.pass(index, propensityOf);
      }
      if (code > furthest) furthest = code;
      if (isWatched && code === PASSED) hasWatched = true;
      if (isWatched && code > watchedFurthest) {
        watchedFurthest = code;
        this.watchedFurthest = index;
      }
    }
    this.watchedCode = hasWatched ? PASSED : watchedFurthest;
    this.stop = this.count > 0 ? '' : reasonOf(furthest);
  }

  private pass(index: number, propensityOf: Propensities['of']): void {
    const question = this.questionOf[index]!;
    if (this.known[question]! < 0) {
      const candidate = this.candidates[index]!;
      const { modelSlot } = candidate.action;
      this.known[question] = modelSlot === '' ? 1 : boundedPropensity(propensityOf(modelSlot, candidate));
    }
    this.passing[this.count] = index;
    this.scores[this.count] = this.known[question]! * this.weights[index]!;
    this.count += 1;
  }
}
