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

/** One candidate, with the places of everything that is asked once for several candidates. */
export interface PlannedCandidate {
  candidate: Candidate;
  action: PlannedAction;
  actionIndex: number;
  channelIndex: number;
  /** Purpose and channel: consent, holds and quiet hours. */
  purposeIndex: number;
  /** Purpose, channel and group: contact limits. */
  limitIndex: number;
  isHuman: boolean;
  factors: PriorityFactors;
}

/**
 * A list of candidates prepared for the funnel: what several candidates have in common is numbered, so that a decision asks each rule once
 * and remembers the answers in arrays. Made once for each list, which must not change.
 */
export class CandidatePlan {
  readonly candidates: PlannedCandidate[];
  readonly channels: readonly string[];
  readonly strategyCount: number;
  readonly actionCount: number;
  readonly purposeCount: number;
  readonly limitCount: number;
  /** Attributes and tags that any rule of the candidates reads. */
  readonly attributesRead: readonly string[];
  readonly tagsRead: readonly string[];

  constructor(candidates: readonly Candidate[]) {
    const [channels, purposes, limits] = [new Numbering(), new Numbering(), new Numbering()];
    const strategies = new Map<Strategy, number>();
    const actions = new Map<StrategyAction, PlannedAction>();
    const actionIndexes = new Map<StrategyAction, number>();
    this.candidates = candidates.map((candidate) => {
      const { strategy, action, treatment } = candidate;
      const strategyIndex = strategies.get(strategy) ?? strategies.size;
      strategies.set(strategy, strategyIndex);
      const planned = actions.get(action) ?? { action, strategy, strategyIndex, levelKeys: levelKeysOf(action) };
      const actionIndex = actionIndexes.get(action) ?? actionIndexes.size;
      actions.set(action, planned);
      actionIndexes.set(action, actionIndex);
      return {
        candidate,
        action: planned,
        actionIndex,
        channelIndex: channels.of(treatment.channel),
        // A channel can be worked by people in one action and by a machine in another.
        purposeIndex: purposes.of(action.purpose, treatment.channel, String(isHuman(treatment))),
        limitIndex: limits.of(action.purpose, treatment.channel, action.group),
        isHuman: isHuman(treatment),
        factors: factorsOf(candidate),
      };
    });
    this.channels = channels.texts;
    this.strategyCount = strategies.size;
    this.actionCount = actions.size;
    this.purposeCount = purposes.texts.length;
    this.limitCount = limits.texts.length;
    this.attributesRead = [...new Set([...strategies.keys()].flatMap(({ reads }) => reads.attributes))].sort();
    this.tagsRead = [...new Set([...strategies.keys()].flatMap(({ reads }) => reads.tags))].sort();
  }
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
