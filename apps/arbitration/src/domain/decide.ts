import type { RuleEventContext } from '@tidegate/rules';
import type { ScarceBook } from './capacity';
import type { Contact, CustomerState } from './customer-state';
import { Funnel, scarceStop, type Situation } from './funnel';
import { priorityOf, type Priority } from './priority';
import { isHoldout, type Reason, type Stop } from './reason';
import { ruleSubject } from './rule-subject';
import type { QuotaTake } from './quota';
import { isHuman, type Candidate } from './strategy';

export interface DecideInput {
  customer: CustomerState;
  candidates: readonly Candidate[];
  situation: Situation;
  /** Scarce things as this batch sees them; what is chosen is taken from it. */
  book: ScarceBook;
  /** The champion's propensity; asked only of candidates that reach the ranking. */
  propensityOf: (candidate: Candidate) => number;
  /** How many may be chosen. */
  maxActions: number;
  /** Id of the n-th decision. */
  decisionIdOf: (index: number) => string;
  isListed?: boolean;
  event?: RuleEventContext;
  /** Of a push: whom scarce capacity is kept for. Asked after all rules and before the ranking. */
  gate?: (candidate: Candidate) => Stop | null;
}

/** One candidate's way through the funnel. The priority is there when it reached the ranking. */
export interface CandidateResult {
  candidate: Candidate;
  reason: Reason;
  priority: Priority | null;
}

export interface Choice {
  result: CandidateResult;
  contact: Contact;
  /** What it took of quotas that strategies share. */
  quotaTakes: QuotaTake[];
}

export interface DecideOutput {
  /** One for every candidate, in their order. */
  results: CandidateResult[];
  /** Best first. */
  choices: Choice[];
  /** treated when something was chosen, control when a holdout kept it from that, else none. */
  group: 'treated' | 'control' | 'none';
}

/**
 * Decides which of the candidates happen now: each goes through the funnel, those that pass are ranked by P × C × V × L, and the best are
 * taken as long as limits, capacity and quota allow one more. Nothing but `book` changes. An equal score keeps the candidates' order.
 */
export function decide(input: DecideInput): DecideOutput {
  const { customer, candidates, situation, book, gate } = input;
  if (customer.facts === null) throw new Error('a customer without facts cannot be decided on');
  const subject = {
    customer: ruleSubject(customer.customerId, customer.facts),
    now: situation.now,
    event: input.event,
    isListed: input.isListed ?? false,
  };
  const funnel = new Funnel(customer, subject, situation);
  const results = candidates.map((candidate): CandidateResult => {
    const ruled = funnel.standingStop(candidate) ?? funnel.contactStop(candidate, customer.contacts);
    const gated = ruled === null ? (gate?.(candidate) ?? null) : null;
    const stop = ruled ?? gated ?? scarceStop(candidate, book);
    // What the gate turns away was ranked in its push, so it keeps its priority.
    if (stop !== null && gated === null) return { candidate, reason: stop, priority: null };
    return { candidate, reason: stop ?? 'CHOSEN', priority: priorityOf(candidate, input.propensityOf(candidate)) };
  });
  const choices = choose(input, funnel, results);
  const isControl = results.some(({ reason }) => isHoldout(reason));
  return { results, choices, group: choices.length > 0 ? 'treated' : isControl ? 'control' : 'none' };
}

/** Takes the best of those still marked CHOSEN and gives the others the reason that they were left. */
function choose(input: DecideInput, funnel: Funnel, results: readonly CandidateResult[]): Choice[] {
  const ranked = results
    .filter(({ reason }) => reason === 'CHOSEN')
    .sort((left, right) => (right.priority?.score ?? 0) - (left.priority?.score ?? 0));
  const contacts = [...input.customer.contacts];
  const choices: Choice[] = [];
  for (const result of ranked) {
    result.reason = choices.length === 0 ? 'CHOSEN' : (laterStop(input, funnel, result, choices, contacts) ?? 'CHOSEN');
    if (result.reason !== 'CHOSEN') continue;
    const { strategy, treatment } = result.candidate;
    const contact = contactOf(result.candidate, input.decisionIdOf(choices.length), input.situation);
    input.book.reserve(treatment.queue, strategy);
    contacts.push(contact);
    choices.push({ result, contact, quotaTakes: input.book.quotas.take(treatment.quotaUses) });
  }
  return choices;
}

/** What speaks against one more, after what was chosen before it. */
function laterStop(
  input: DecideInput,
  funnel: Funnel,
  { candidate }: CandidateResult,
  choices: readonly Choice[],
  contacts: readonly Contact[],
): Stop | null {
  if (choices.length >= input.maxActions) return 'OUTRANKED';
  const isTaken = choices.some(({ contact }) => contact.actionId === candidate.action.actionId);
  if (isTaken) return 'OUTRANKED';
  return funnel.contactStop(candidate, contacts) ?? scarceStop(candidate, input.book);
}

const contactOf = ({ strategy, action, treatment }: Candidate, decisionId: string, situation: Situation): Contact => ({
  decisionId,
  strategyId: strategy.strategyId,
  actionId: action.actionId,
  channel: treatment.channel,
  group: action.group,
  at: situation.now,
  isCommitted: false,
  expiresAt: new Date(situation.now.getTime() + situation.policy.reservationTtlSeconds * 1000),
  isHuman: isHuman(treatment),
  isOpen: true,
});
