import { periodStart, type Period } from '../../definitions/domain/calendar-period';
import type { Defined } from '../../definitions/domain/definition';
import type { RewardTerms } from '../../granting/domain/reward-terms';
import { counts, type Activity, type ActivityFilter } from './activity';

export interface MissionStep {
  name: string;
  filter: ActivityFilter;
  measure: string;
  target: number;
  rewards: RewardTerms[];
}

/** The rules of a mission 任务, single or of several steps; see growth.proto. */
export interface MissionTerms {
  timeZone: string;
  period: Period;
  steps: MissionStep[];
  /** Steps count one after another, not side by side. */
  isChained: boolean;
  rewards: RewardTerms[];
  /** A mission that must be done before this one counts; empty for none. */
  afterMissionId: string;
}

export type Mission = Defined<MissionTerms>;

/** One customer's progress in one period of a mission. */
export interface MissionProgress {
  missionId: string;
  customerId: string;
  /** First day of the period; empty for once. */
  periodStart: string;
  /** By step; never more than its target. */
  progress: number[];
  doneAt: Date | null;
}

/** The key of the progress that a moment counts for. */
export const progressKey = (missionId: string, customerId: string, start: string): string =>
  `${missionId}|${customerId}|${start}`;

export const periodOf = ({ terms }: Mission, at: Date): string => periodStart(terms.period, at, terms.timeZone);

export const emptyProgress = (mission: Mission, customerId: string, at: Date): MissionProgress => ({
  missionId: mission.definition.definitionId,
  customerId,
  periodStart: periodOf(mission, at),
  progress: mission.terms.steps.map(() => 0),
  doneAt: null,
});

/** A reward that is due, with a name of its own inside the period. */
interface DueReward {
  key: string;
  reward: RewardTerms;
}

export interface Advanced {
  progress: MissionProgress;
  /** Steps that were done by it, from 0. */
  doneSteps: number[];
  due: DueReward[];
}

const isStepDone = ({ target }: MissionStep, progress: number): boolean => progress >= target;

/** Whether any step of the mission counts such activities. */
export const concerns = ({ terms }: Mission, activity: Activity): boolean =>
  terms.steps.some(({ filter }) => counts(filter, activity));

/** Takes an activity into a mission's progress; of a chained mission only the step whose turn it is counts. */
export function advance(before: MissionProgress, { terms }: Mission, activity: Activity): Advanced {
  const unchanged: Advanced = { progress: before, doneSteps: [], due: [] };
  if (before.doneAt) return unchanged;
  const current = terms.steps.findIndex((step, index) => !isStepDone(step, before.progress[index] ?? 0));
  const progress = terms.steps.map((step, index) => {
    const reached = before.progress[index] ?? 0;
    const isOpen = !isStepDone(step, reached) && (!terms.isChained || index === current);
    if (!isOpen || !counts(step.filter, activity)) return reached;
    return Math.min(step.target, reached + (step.measure === 'amount' ? activity.amountMinor : 1));
  });
  if (progress.every((value, index) => value === (before.progress[index] ?? 0))) return unchanged;
  const doneSteps = terms.steps.flatMap((step, index) =>
    isStepDone(step, progress[index] ?? 0) && !isStepDone(step, before.progress[index] ?? 0) ? [index] : [],
  );
  const isDone = terms.steps.every((step, index) => isStepDone(step, progress[index] ?? 0));
  const ofSteps = doneSteps.flatMap((index) => named(`step-${index}`, terms.steps[index]?.rewards ?? []));
  return {
    progress: { ...before, progress, doneAt: isDone ? activity.at : null },
    doneSteps,
    due: [...ofSteps, ...(isDone ? named('done', terms.rewards) : [])],
  };
}

const named = (key: string, rewards: readonly RewardTerms[]): DueReward[] =>
  rewards.map((reward, index) => ({ key: `${key}|${index}`, reward }));
