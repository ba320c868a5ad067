import type { CustomerFacts } from './customer-state';
import type { CandidateResult, Choice, DecideOutput } from './decide';
import type { CandidateRecord, DecisionMode, DecisionRecord, PushPlace } from './decision';
import type { AttributeValue } from './models/features';
import { CUSTOMER_UNKNOWN, furthestStop } from './reason';
import { renderText } from './render-text';

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
}

export interface BuildInput {
  frame: DecisionFrame;
  facts: CustomerFacts;
  output: DecideOutput;
  /** For the decision that says that nothing was chosen. */
  decisionIdOfNone: string;
  /** What the channel or the moment knew, for `{{fact.*}}`. */
  fact: Readonly<Record<string, unknown>>;
  shadowOf: (slot: string) => number | null;
  featuresOf: (slot: string) => Record<string, AttributeValue> | null;
  slotOf: (queue: string) => string;
}

/** The records of one command: one for each choice, or one that says why there is none. */
export function buildDecisions(input: BuildInput): DecisionRecord[] {
  const { output, frame, facts } = input;
  if (output.choices.length > 0) return output.choices.map((choice) => chosenRecord(input, choice));
  const reason = furthestStop(output.results.map((result) => result.reason));
  return [
    {
      ...emptyRecord(frame, input.decisionIdOfNone, facts.orgPath),
      group: output.group,
      reason,
      candidates: candidateRecords(input, null),
      factsVersion: facts.version,
    },
  ];
}

/** A member of a push of whom nothing is known. */
export const buildUnknown = (frame: DecisionFrame, decisionId: string): DecisionRecord => ({
  ...emptyRecord(frame, decisionId, ''),
  reason: CUSTOMER_UNKNOWN,
});

function chosenRecord(input: BuildInput, choice: Choice): DecisionRecord {
  const { frame, facts, fact } = input;
  const { candidate, priority } = choice.result;
  const { strategy, action, treatment } = candidate;
  const scope = { customer: facts, fact };
  return {
    ...emptyRecord(frame, choice.contact.decisionId, facts.orgPath),
    group: 'treated',
    reason: 'CHOSEN',
    strategyId: strategy.strategyId,
    strategyVersion: strategy.version,
    actionId: action.actionId,
    actionGroup: action.group,
    channel: treatment.channel,
    title: renderText(treatment.title, scope),
    body: renderText(treatment.body, scope),
    queue: treatment.queue,
    capacitySlot: treatment.queue === '' ? '' : input.slotOf(treatment.queue),
    scriptId: treatment.scriptId,
    scriptVersion: treatment.scriptVersion,
    benefitStockId: treatment.benefitStockId,
    priority,
    candidates: candidateRecords(input, choice.result),
    isExploration: frame.isExploration,
    hasQuota: strategy.quota > 0,
    quotaTakes: choice.quotaTakes,
    reservation: 'reserved',
    expiresAt: choice.contact.expiresAt,
    modelSlot: action.modelSlot,
    features: action.modelSlot === '' ? null : input.featuresOf(action.modelSlot),
    factsVersion: facts.version,
  };
}

const candidateRecords = ({ output, shadowOf, frame }: BuildInput, own: CandidateResult | null): CandidateRecord[] =>
  output.results.map((result) => {
    const { candidate, reason, priority } = result;
    return {
      strategyId: candidate.strategy.strategyId,
      strategyVersion: candidate.strategy.version,
      actionId: candidate.action.actionId,
      channel: candidate.treatment.channel,
      isChosen: result === own,
      reason,
      priority,
      shadowPropensity: priority === null ? 0 : (shadowOf(candidate.action.modelSlot) ?? 0),
      isExploration: result === own && frame.isExploration,
    };
  });

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
  isTaught: false,
  push: frame.push,
  momentId: frame.momentId,
  factAcceptedAt: frame.factAcceptedAt,
  decidedAt: frame.decidedAt,
  policyVersion: frame.policyVersion,
  factsVersion: 0,
  inputHash: frame.inputHash,
});
