import { planOf, SCARCE, SCORED, type CandidatePlan } from './candidate-plan';
import { choose, type Choice } from './choose';
import { isRankedNeutrally } from './consent';
import { ownerOf } from './customer-state';
import type { DecideInput } from './decide-input';
import { funnelOf, scarceStop } from './funnel';
import { situationWeight } from './priority';
import { codeOf, isHoldout } from './reason';
import { ruleSubject } from './rule-subject';
import type { Candidate } from './strategy';
import { Verdicts, type CandidateResult } from './verdicts';

const PASSED = codeOf('CHOSEN');
const OUTRANKED = codeOf('OUTRANKED');

export interface DecideOutput {
  verdicts: Verdicts;
  /** One for every candidate, in their order; made when asked for. */
  readonly results: CandidateResult[];
  /** Best first. */
  choices: Choice[];
  /** treated when something was chosen, control when a holdout kept it from that, else none. */
  group: 'treated' | 'control' | 'none';
  /** The ranking looked at nothing personal. */
  isNonPersonalised: boolean;
}

/**
 * Decides which of the candidates happen now: each goes through the funnel, those that pass are ranked by P × C × V × L, and the best are
 * taken as long as limits, capacity and quota allow one more. Nothing but `book` changes. An equal score keeps the candidates' order.
 */
export function decide(input: DecideInput): DecideOutput {
  const { customer, situation } = input;
  if (customer.facts === null) throw new Error('a customer without facts cannot be decided on');
  const plan = planOf(input.candidates);
  const funnel = funnelOf(plan, situation);
  const isListed = input.isListed ?? false;
  const subject = {
    customer: ruleSubject(customer.customerId, customer.facts, customer.past),
    now: situation.now,
    event: input.event,
    isListed,
    listOrgPath: input.listOrgPath,
  };
  funnel.begin(customer, subject, input.canQueue, input.book.capacity.openSlots);
  const verdicts = new Verdicts(plan, isNonPersonalised(input, plan));
  const { contextWeights } = situation.policy;
  for (let index = 0; index < plan.channels.length; index += 1) {
    verdicts.weigh(index, situationWeight(contextWeights, plan.channels[index] as string, input.moment ?? ''));
  }
  if (isBestEnough(input, plan)) judgeUntilBest(input, plan, verdicts);
  else judge(input, plan, verdicts);
  const choices = choose(input, funnel, verdicts);
  return new Output(verdicts, choices);
}

/** Sends every candidate through the funnel and ranks those that pass. */
function judge(input: DecideInput, plan: CandidatePlan, verdicts: Verdicts): void {
  const judgeOne = judgeIn(input, plan, verdicts);
  const funnel = funnelOf(plan, input.situation);
  for (let index = 0; index < verdicts.length; index += 1) {
    const byAction = funnel.actionCode(plan.actionOf[index] as number);
    if (byAction === PASSED) judgeOne(index);
    else {
      const end = plan.actionEndOf[index] as number;
      verdicts.putAll(index, end, byAction);
      index = end - 1;
    }
  }
}

/** Where one is chosen and no other is told of, those worth most come first, and the rest is not asked once none of it can win. */
function judgeUntilBest(input: DecideInput, plan: CandidatePlan, verdicts: Verdicts): void {
  const judgeOne = judgeIn(input, plan, verdicts);
  const funnel = funnelOf(plan, input.situation);
  let best = -1;
  verdicts.putAll(0, verdicts.length, OUTRANKED);
  for (const index of verdicts.mostWorthFirst()) {
    if (verdicts.worthAt(index) < best) break;
    const byAction = funnel.actionCode(plan.actionOf[index] as number);
    if (byAction === PASSED) judgeOne(index);
    else verdicts.put(index, byAction);
    if (verdicts.isChosenAt(index)) best = Math.max(best, verdicts.scoreAt(index));
  }
}

/** Where the best may be left for another one of its strategy, all must be known. */
const isBestEnough = (input: DecideInput, plan: CandidatePlan): boolean =>
  input.isBrief === true && input.maxActions === 1 && input.gate === undefined && !plan.isExploring;

/** Judges one candidate whose action passed. */
function judgeIn(input: DecideInput, plan: CandidatePlan, verdicts: Verdicts): (index: number) => void {
  const { book, gate, situation } = input;
  const { contacts } = input.customer;
  const owner = ownerOf(input.customer);
  const funnel = funnelOf(plan, situation);
  return (index) => {
    const ruled = funnel.channelCode(index) || funnel.contactCode(index, contacts);
    if (ruled !== PASSED) {
      verdicts.put(index, ruled);
      return;
    }
    const traits = plan.traitsOf[index] as number;
    const candidate = verdicts.candidateAt(index);
    const gated = gate === undefined ? null : gate(candidate);
    const isScarce = (traits & SCARCE) !== 0;
    const stop = gated ?? (isScarce ? scarceStop(candidate, book, owner, funnel.timesFor(index, contacts)) : null);
    verdicts.put(index, codeOf(stop));
    // What the gate turns away was ranked in its push, so it keeps its priority.
    if (stop !== null && gated === null) return;
    verdicts.rank(index, (traits & SCORED) === 0 ? 1 : propensityOf(input, verdicts, candidate));
  };
}

class Output implements DecideOutput {
  readonly group: DecideOutput['group'];
  private made: CandidateResult[] | null = null;

  constructor(
    readonly verdicts: Verdicts,
    readonly choices: Choice[],
  ) {
    const isControl = choices.length === 0 && verdicts.reasons().some(isHoldout);
    this.group = choices.length > 0 ? 'treated' : isControl ? 'control' : 'none';
  }

  get isNonPersonalised(): boolean {
    return this.verdicts.isNonPersonalised;
  }

  get results(): CandidateResult[] {
    this.made ??= Array.from({ length: this.verdicts.length }, (_, index) => this.verdicts.resultAt(index));
    return this.made;
  }
}

function propensityOf(input: DecideInput, { isNonPersonalised }: Verdicts, candidate: Candidate): number {
  return isNonPersonalised ? (input.neutralPropensityOf?.(candidate) ?? 1) : input.propensityOf(candidate);
}

const isNonPersonalised = (input: DecideInput, { channels }: CandidatePlan): boolean =>
  input.isNonPersonalised === true || isRankedNeutrally(input.customer, channels);
