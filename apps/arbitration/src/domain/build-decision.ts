import { ownerOf, type KnownCustomer } from './customer-state';
import type { Choice } from './choose';
import type { DecideOutput } from './decide';
import type { ContactRule } from './contact-policy';
import type { CandidateRecord, DecisionMode, DecisionRecord, PushPlace } from './decision';
import type { AttributeValue } from './models/features';
import type { ModelUse } from './models/slot-score';
import { decisionInputs } from './decision-inputs';
import { readsOf } from './decision-reads';
import { keptCandidates } from './kept-candidates';
import { lettersOf } from './left-candidates';
import { CUSTOMER_UNKNOWN, furthestStop } from './reason';
import { renderText, scopeOf } from './render-text';
import type { Situation } from './situation';

/** What is the same for every decision of one command. */
export interface DecisionFrame {
  customerId: string;
  mode: DecisionMode;
  push: PushPlace | null;
  isExploration: boolean;
  momentId: string;
  factAcceptedAt: Date | null;
  inputHash: string;
  decidedAt: Date;
  policyVersion: number;
  contactRules: ContactRule[];
  keptUntil: Date;
  /** Names the candidates of a push, so that its records need not; empty where they do. */
  candidateListId: string;
}

export interface BuildInput {
  frame: DecisionFrame;
  customer: KnownCustomer;
  situation: Situation;
  output: DecideOutput;
  /** Leaves out candidates and inputs, of which a brief answer says nothing. */
  isBrief?: boolean;
  /** For the decision that says that nothing was chosen. */
  decisionIdOfNone: string;
  /** What the channel or the moment knew, for `{{fact.*}}`. */
  fact: Readonly<Record<string, unknown>>;
  shadowOf: (slot: string) => number | null;
  /** Which model ranks for him in a slot; null when there is no such slot. */
  useOf: (slot: string) => ModelUse | null;
  featuresOf: (slot: string) => Record<string, AttributeValue> | null;
}

/** The records of one command: one for each choice, or one that says why there is none. */
export function buildDecisions(input: BuildInput): DecisionRecord[] {
  const { output, frame } = input;
  const { facts } = input.customer;
  if (output.choices.length > 0) return output.choices.map((choice) => chosenRecord(input, choice));
  const reason = furthestStop(output.verdicts.reasons());
  const none = emptyRecord(frame, input.decisionIdOfNone, facts.orgPath);
  return [Object.assign(none, { group: output.group, reason }, sharedParts(input, null))];
}

/** A member of a push of whom nothing is known. */
export const buildUnknown = (frame: DecisionFrame, decisionId: string): DecisionRecord => ({
  ...emptyRecord(frame, decisionId, ''),
  reason: CUSTOMER_UNKNOWN,
});

function chosenRecord(input: BuildInput, choice: Choice): DecisionRecord {
  const { frame, customer, fact, output } = input;
  const { facts } = customer;
  const { candidate, priority } = choice.result;
  const { strategy, action, treatment } = candidate;
  const scope = scopeOf(treatment.channel, { customer: facts, fact });
  const owner = ownerOf({ facts });
  const chosen: Partial<DecisionRecord> = {
    ownerId: owner.personId,
    teamId: owner.teamId,
    group: 'treated',
    reason: 'CHOSEN',
    strategyId: strategy.strategyId,
    strategyVersion: strategy.version,
    actionId: action.actionId,
    actionGroup: action.group,
    purpose: action.purpose,
    channel: treatment.channel,
    title: renderText(treatment.title, scope),
    body: renderText(treatment.body, scope),
    queue: treatment.queue,
    capacitySlot: choice.hold?.slot ?? '',
    promisedAt: choice.promisedAt,
    scriptId: treatment.scriptId,
    scriptVersion: treatment.scriptVersion,
    benefitStockId: treatment.benefitStockId,
    priority,
    isExploration: frame.isExploration || choice.isExploration,
    hasQuota: strategy.quota > 0,
    quotaTakes: choice.quotaTakes,
    reservation: 'reserved',
    expiresAt: choice.contact.expiresAt,
    modelSlot: action.modelSlot,
    // Nothing personal is kept of who must not be looked at, so nothing is learnt of him either.
    features: action.modelSlot === '' || output.isNonPersonalised ? null : input.featuresOf(action.modelSlot),
    queuedUntil: choice.queuedUntil,
  };
  if (treatment.endpointId !== '') chosen.endpointId = treatment.endpointId;
  if (choice.hold) chosen.capacityPools = [...choice.hold.pools];
  if (choice.stockTakes.length > 0) chosen.stockTakes = choice.stockTakes;
  // Not spread: of a literal with so many fields that costs twenty times as much, and every decision makes one.
  return Object.assign(
    emptyRecord(frame, choice.contact.decisionId, facts.orgPath),
    chosen,
    sharedParts(input, choice),
  );
}

function sharedParts(input: BuildInput, choice: Choice | null): Partial<DecisionRecord> {
  const { output, customer, fact, situation } = input;
  const { plan } = output.verdicts;
  const parts: Partial<DecisionRecord> = {
    push: placeOf(input, choice),
    factsVersion: customer.facts.version,
    engagementVersions: readsOf(plan, situation.levels).versions,
    isNonPersonalised: output.isNonPersonalised,
    modelUses: modelUses(input),
    inputs: input.isBrief ? null : decisionInputs(plan, customer, fact, situation),
  };
  return input.isBrief ? parts : Object.assign(parts, candidateParts(input, choice));
}

/** The place in the push, with the figures that hold now: what the plan saw of somebody who refuses profiling since is not kept. */
function placeOf({ frame: { push }, output }: BuildInput, choice: Choice | null): PushPlace | null {
  if (push === null) return null;
  // What the plan ranked by may be of another action or channel of the slot.
  const chosen = choice !== null && { championPropensity: choice.result.priority?.propensity ?? 1 };
  const neutral = push.rank > 0 &&
    output.isNonPersonalised && { championPropensity: firstPropensity(output), shadowPropensity: 0 };
  return { ...push, ...neutral, ...chosen };
}

/** Of the first candidate that reached the ranking; 0 without any. */
function firstPropensity({ verdicts }: DecideOutput): number {
  for (let index = 0; index < verdicts.length; index += 1) {
    if (verdicts.isRankedAt(index)) return verdicts.priorityAt(index)?.propensity ?? 0;
  }
  return 0;
}

/** Of the slots whose models had a part in the ranking; none when nothing personal ranked. */
function modelUses({ output: { verdicts, isNonPersonalised }, useOf }: BuildInput): ModelUse[] {
  if (isNonPersonalised || verdicts.plan.modelSlots.length === 0) return [];
  const ranked = new Set<string>();
  for (let index = 0; index < verdicts.length; index += 1) {
    if (verdicts.isRankedAt(index)) ranked.add(verdicts.candidateAt(index).action.modelSlot);
  }
  ranked.delete('');
  return [...ranked].flatMap((slot) => useOf(slot) ?? []);
}

function candidateParts(
  { output, shadowOf, frame }: BuildInput,
  own: Choice | null,
): Pick<DecisionRecord, 'candidates' | 'leftCandidates'> {
  const { verdicts } = output;
  const record = (index: number): CandidateRecord => {
    const { candidate, reason, priority } = output.verdicts.resultAt(index);
    const hasShadow = priority !== null && !output.isNonPersonalised;
    return {
      strategyId: candidate.strategy.strategyId,
      strategyVersion: candidate.strategy.version,
      actionId: candidate.action.actionId,
      channel: candidate.treatment.channel,
      isChosen: index === own?.index,
      reason,
      priority,
      shadowPropensity: hasShadow ? (shadowOf(candidate.action.modelSlot) ?? 0) : 0,
      isExploration: index === own?.index && (frame.isExploration || own.isExploration),
    };
  };
  const { candidateListId: listId } = frame;
  if (listId === '') return { candidates: Array.from({ length: verdicts.length }, (_, index) => record(index)) };
  const kept = keptCandidates(verdicts, own?.index ?? -1);
  const candidates = kept.map(record);
  if (kept.length === verdicts.length) return { candidates };
  const letters = lettersOf(verdicts.length, kept, (index) => verdicts.reasonAt(index));
  return { candidates, leftCandidates: { listId, letters } };
}

const emptyRecord = (frame: DecisionFrame, decisionId: string, orgPath: string): DecisionRecord => ({
  decisionId,
  customerId: frame.customerId,
  orgPath,
  mode: frame.mode,
  group: 'none',
  reason: '',
  strategyId: '',
  strategyVersion: 0,
  actionId: '',
  actionGroup: '',
  purpose: '',
  contactRules: frame.contactRules,
  channel: '',
  title: '',
  body: '',
  queue: '',
  capacitySlot: '',
  scriptId: '',
  scriptVersion: 0,
  benefitStockId: '',
  priority: null,
  candidates: [],
  isExploration: false,
  hasQuota: false,
  reservation: 'none',
  expiresAt: null,
  outcomes: [],
  modelSlot: '',
  features: null,
  modelUses: [],
  isTaught: false,
  push: frame.push,
  momentId: frame.momentId,
  factAcceptedAt: frame.factAcceptedAt,
  decidedAt: frame.decidedAt,
  policyVersion: frame.policyVersion,
  factsVersion: 0,
  engagementVersions: [],
  isNonPersonalised: false,
  queuedUntil: null,
  promisedAt: null,
  inputs: null,
  keptUntil: frame.keptUntil,
  inputHash: frame.inputHash,
});
