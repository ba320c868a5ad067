import type { CandidateRecord } from '../domain/decision';

type PackedCandidate = [
  strategyId: string,
  strategyVersion: number,
  actionId: string,
  channel: string,
  reason: string,
  isChosen: 0 | 1,
  isExploration: 0 | 1,
  shadowPropensity: number,
  ...priority: number[],
];

/**
 * The candidates of a decision as one text. Fifty of them as nested documents took two thirds of a pull's time at the database, and nobody
 * asks the database about a candidate: they are read with their decision or not at all.
 */
export const packCandidates = (candidates: readonly CandidateRecord[]): string =>
  JSON.stringify(
    candidates.map((one): PackedCandidate => [
      one.strategyId,
      one.strategyVersion,
      one.actionId,
      one.channel,
      one.reason,
      one.isChosen ? 1 : 0,
      one.isExploration ? 1 : 0,
      one.shadowPropensity,
      ...(one.priority === null
        ? []
        : [
            one.priority.propensity,
            one.priority.contextWeight,
            one.priority.value,
            one.priority.lever,
            one.priority.score,
          ]),
    ]),
  );

export const unpackCandidates = (packed: string): CandidateRecord[] =>
  (JSON.parse(packed) as PackedCandidate[]).map(
    ([
      strategyId,
      strategyVersion,
      actionId,
      channel,
      reason,
      isChosen,
      isExploration,
      shadowPropensity,
      ...priority
    ]) => ({
      strategyId,
      strategyVersion,
      actionId,
      channel,
      isChosen: isChosen === 1,
      reason,
      priority: toPriority(priority),
      shadowPropensity,
      isExploration: isExploration === 1,
    }),
  );

function toPriority([propensity, contextWeight, value, lever, score]: number[]): CandidateRecord['priority'] {
  if (propensity === undefined || contextWeight === undefined || value === undefined) return null;
  return { propensity, contextWeight, value, lever: lever ?? 1, score: score ?? 0 };
}
