import type { Hold } from './capacity';
import { ownerOf, type Contact } from './customer-state';
import type { DecideInput } from './decide-input';
import { scarceStop, type Funnel } from './funnel';
import type { QuotaTake } from './quota';
import { codeOf, stopOf, type Stop } from './reason';
import type { StockTake } from './stock-promise';
import { isHuman, type Candidate } from './strategy';
import type { CandidateResult, Verdicts } from './verdicts';

const BASIS_POINTS = 10_000;
const OUTRANKED = codeOf('OUTRANKED');

export interface Choice {
  /** Place of the candidate among all. */
  index: number;
  result: CandidateResult;
  contact: Contact;
  isExploration: boolean;
  /** Chosen in quiet hours, to go out then; null for at once. */
  queuedUntil: Date | null;
  /** The unit of people's time it took. */
  hold: Hold | null;
  /** When its slot begins, or quiet hours end in it; null when it may be worked at once. */
  promisedAt: Date | null;
  /** What it took of quotas that strategies share. */
  quotaTakes: QuotaTake[];
  /** Units of benefit stocks that it promised. */
  stockTakes: StockTake[];
}

/** Takes the best of those still marked CHOSEN and gives the others the reason that they were left. */
export function choose(input: DecideInput, funnel: Funnel, verdicts: Verdicts): Choice[] {
  const explored = explore(input, verdicts);
  const first = explored ?? best(verdicts);
  if (first === -1) return [];
  const contacts = [...input.customer.contacts];
  const choices = [
    take(input, funnel, verdicts, { index: first, place: 0, isExploration: explored !== null }, contacts),
  ];
  contacts.push(...choices.map(({ contact }) => contact));
  if (input.maxActions === 1) outrankOthers(verdicts, first);
  else {
    funnel.contactsChanged();
    for (const index of ranking(verdicts)) {
      if (index === first) continue;
      const stop = laterStop(input, funnel, verdicts, index, choices, contacts);
      if (stop !== null) {
        verdicts.put(index, codeOf(stop));
        continue;
      }
      const choice = take(input, funnel, verdicts, { index, place: choices.length, isExploration: false }, contacts);
      choices.push(choice);
      contacts.push(choice.contact);
      funnel.contactsChanged();
    }
  }
  return choices;
}

/** The first of the highest score; -1 when nothing passed. */
function best(verdicts: Verdicts): number {
  let found = -1;
  for (let index = 0; index < verdicts.length; index += 1) {
    if (!verdicts.isChosenAt(index)) continue;
    if (found === -1 || verdicts.scoreAt(index) > verdicts.scoreAt(found)) found = index;
  }
  return found;
}

/**
 * One of the passed candidates of the best one's strategy, each as likely as the others, in the share of decisions that the strategy gives to
 * exploration, so that models also learn of what they think little of; null in all others.
 */
function explore({ randomOf }: DecideInput, verdicts: Verdicts): number | null {
  const first = randomOf === undefined ? -1 : best(verdicts);
  if (randomOf === undefined || first === -1) return null;
  const { strategy } = verdicts.candidateAt(first);
  if (strategy.explorationBasisPoints === 0) return null;
  const random = randomOf();
  if (random() * BASIS_POINTS >= strategy.explorationBasisPoints) return null;
  const passed = ranking(verdicts).filter((index) => verdicts.candidateAt(index).strategy === strategy);
  return passed[Math.floor(random() * passed.length)] ?? null;
}

const ranking = (verdicts: Verdicts): number[] =>
  Array.from({ length: verdicts.length }, (_, index) => index)
    .filter((index) => verdicts.isChosenAt(index))
    .sort((left, right) => verdicts.scoreAt(right) - verdicts.scoreAt(left));

function outrankOthers(verdicts: Verdicts, chosen: number): void {
  for (let index = 0; index < verdicts.length; index += 1) {
    if (index !== chosen && verdicts.isChosenAt(index)) verdicts.put(index, OUTRANKED);
  }
}

/** What speaks against one more, after what was chosen before it. */
function laterStop(
  input: DecideInput,
  funnel: Funnel,
  verdicts: Verdicts,
  index: number,
  choices: readonly Choice[],
  contacts: readonly Contact[],
): Stop | null {
  const candidate = verdicts.candidateAt(index);
  if (choices.length >= input.maxActions) return 'OUTRANKED';
  if (choices.some(({ contact }) => contact.actionId === candidate.action.actionId)) return 'OUTRANKED';
  const stop = stopOf(funnel.contactCode(index, contacts));
  return stop ?? scarceStop(candidate, input.book, ownerOf(input.customer), funnel.timesFor(index, contacts));
}

function take(
  input: DecideInput,
  funnel: Funnel,
  verdicts: Verdicts,
  { index, place, isExploration }: { index: number; place: number; isExploration: boolean },
  contacts: readonly Contact[],
): Choice {
  const candidate = verdicts.candidateAt(index);
  const { strategy, treatment } = candidate;
  const times = funnel.timesFor(index, contacts);
  const { hold, stockTakes, quotaTakes } = input.book.reserve(treatment, strategy, ownerOf(input.customer), times);
  const { queuedUntil, promisedAt } = funnel.promiseOf(index, hold);
  const at = promisedAt ?? queuedUntil ?? input.situation.now;
  const contact = contactOf(candidate, input.decisionIdOf(place), at, input);
  const result = verdicts.resultAt(index);
  return { index, result, contact, isExploration, queuedUntil, hold, promisedAt, quotaTakes, stockTakes };
}

const contactOf = (
  { strategy, action, treatment }: Candidate,
  decisionId: string,
  at: Date,
  { situation }: DecideInput,
): Contact => ({
  decisionId,
  strategyId: strategy.strategyId,
  actionId: action.actionId,
  channel: treatment.channel,
  group: action.group,
  purpose: action.purpose,
  at,
  isCommitted: false,
  expiresAt: new Date(at.getTime() + situation.policy.reservationTtlSeconds * 1000),
  isHuman: isHuman(treatment),
  isOpen: true,
});
