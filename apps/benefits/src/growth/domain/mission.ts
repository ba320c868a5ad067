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
  /** Steps that it did with what other profiles of the person had counted, before its own count was full. */
  doneTogether?: number[];
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

const isStepDone = (all: readonly MissionProgress[], { target }: MissionStep, index: number): boolean =>
  all.some(({ progress, doneTogether }) => (progress[index] ?? 0) >= target || doneTogether?.includes(index));

const sumOf = (all: readonly MissionProgress[], index: number): number =>
  all.reduce((sum, { progress }) => sum + (progress[index] ?? 0), 0);

/** Where the profiles of a person stand together: counts add up, and what one of them did is done. */
export const standingOf = (all: readonly MissionProgress[], { terms }: Mission) => ({
  doneAt: all.find(({ doneAt }) => doneAt)?.doneAt ?? null,
  steps: terms.steps.map((step, index) => {
    const isDone = isStepDone(all, step, index);
    return { isDone, progress: isDone ? step.target : Math.min(step.target, sumOf(all, index)) };
  }),
});

/** Whether any step of the mission counts such activities. */
export const concerns = ({ terms }: Mission, activity: Activity): boolean =>
  terms.steps.some(({ filter }) => counts(filter, activity));

/**
 * Takes an activity into a mission's progress; of a chained mission only the step whose turn it is counts. Each profile of a person keeps
 * its own count, and together they do a step, and the mission, once.
 */
export function advance(
  before: MissionProgress,
  mission: Mission,
  activity: Activity,
  others: readonly MissionProgress[] = [],
): Advanced {
  const { terms } = mission;
  const standing = standingOf([before, ...others], mission);
  const unchanged: Advanced = { progress: before, doneSteps: [], due: [] };
  if (standing.doneAt) return unchanged;
  const current = standing.steps.findIndex(({ isDone }) => !isDone);
  const progress = terms.steps.map((step, index) => {
    const reached = before.progress[index] ?? 0;
    const isOpen = !standing.steps[index]?.isDone && (!terms.isChained || index === current);
    if (!isOpen || !counts(step.filter, activity)) return reached;
    return Math.min(step.target, reached + (step.measure === 'amount' ? activity.amountMinor : 1));
  });
  const moved = progress.flatMap((value, index) => (value === (before.progress[index] ?? 0) ? [] : [index]));
  if (moved.length === 0) return unchanged;
  const doneSteps = moved.filter(
    (index) => (progress[index] ?? 0) + sumOf(others, index) >= (terms.steps[index]?.target ?? 0),
  );
  const isDone = standing.steps.every((step, index) => step.isDone || doneSteps.includes(index));
  const doneTogether = [
    ...(before.doneTogether ?? []),
    ...doneSteps.filter((index) => (progress[index] ?? 0) < (terms.steps[index]?.target ?? 0)),
  ];
  const ofSteps = doneSteps.flatMap((index) => named(`step-${index}`, terms.steps[index]?.rewards ?? []));
  return {
    progress: {
      ...before,
      progress,
      doneAt: isDone ? activity.at : null,
      ...(doneTogether.length > 0 && { doneTogether }),
    },
    doneSteps,
    due: [...ofSteps, ...(isDone ? named('done', terms.rewards) : [])],
  };
}

const named = (key: string, rewards: readonly RewardTerms[]): DueReward[] =>
  rewards.map((reward, index) => ({ key: `${key}|${index}`, reward }));
