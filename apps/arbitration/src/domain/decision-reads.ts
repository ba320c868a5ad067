import type { CandidatePlan } from './candidate-plan';
import type { EngagementLevels, EngagementVersion } from './engagement';
import type { CountedMeasure } from './past-facts';

/** What the rules over a list of candidates look at: those of its strategies, and of the issues and groups above their actions. */
export interface DecisionReads {
  attributes: readonly string[];
  tags: ReadonlySet<string>;
  counted: readonly CountedMeasure[];
  /** Purposes with the channels that consent is asked for. */
  consents: ReadonlyMap<string, readonly string[]>;
  /** Which rules of issues and groups they are; empty without any. */
  versions: readonly EngagementVersion[];
}

/** Attributes that rules of the platform's own read: the hours of quiet, and whose customer he is. */
const TIME_ZONE = 'timeZone';
const OWNER = ['ownerId', 'teamId'];

const known = new WeakMap<EngagementLevels, WeakMap<CandidatePlan, DecisionReads>>();

/** Worked out once for a list and the rules above it. */
export function readsOf(plan: CandidatePlan, levels: EngagementLevels): DecisionReads {
  const ofLevels = known.get(levels) ?? new WeakMap<CandidatePlan, DecisionReads>();
  known.set(levels, ofLevels);
  const reads = ofLevels.get(plan) ?? gather(plan, levels);
  ofLevels.set(plan, reads);
  return reads;
}

function gather(plan: CandidatePlan, levels: EngagementLevels): DecisionReads {
  const keys = new Set(plan.actions.flatMap(({ levelKeys }) => levelKeys));
  const above = [...keys].map((key) => levels.get(key)).filter((level) => level !== undefined);
  const all = [...plan.strategies, ...above].map(({ reads }) => reads);
  const own = plan.queues.length > 0 ? [TIME_ZONE, ...OWNER] : [TIME_ZONE];
  const consents = new Map<string, string[]>();
  for (const { candidate } of plan.candidates) {
    const { purpose } = candidate.action;
    const channels = consents.get(purpose) ?? [];
    if (!channels.includes(candidate.treatment.channel)) channels.push(candidate.treatment.channel);
    consents.set(purpose, channels);
  }
  return {
    attributes: [...new Set([...own, ...all.flatMap(({ attributes }) => attributes)])].sort(),
    tags: new Set(all.flatMap(({ tags }) => tags)),
    counted: all.flatMap(({ counted }) => counted),
    consents,
    versions: above.map(({ scope, key, version }) => ({ scope, key, version })),
  };
}
