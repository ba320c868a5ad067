/** Upper ends of the bins of scores. Response rates are small, so the bins are finer there. */
const BIN_ENDS: readonly number[] = [0.01, 0.02, 0.05, 0.1, 0.15, 0.2, 0.3, 0.4, 0.6, 0.8, 1];

/** How a model did on real customers, before it may stand in a slot. */
export interface ModelTrial {
  triedAt: Date;
  rowCount: number;
  /** Of one row alone. */
  latencyP50Ms: number;
  latencyP99Ms: number;
  scoreMin: number;
  scoreMax: number;
  scoreMean: number;
  bins: { upTo: number; count: number }[];
}

/** The trial of these scores and the time each took, in milliseconds; at least one of both. */
export function trialOf(scores: readonly number[], latenciesMs: readonly number[], triedAt: Date): ModelTrial {
  const times = [...latenciesMs].sort((left, right) => left - right);
  const at = (share: number): number => times[Math.min(times.length - 1, Math.ceil(share * times.length) - 1)] ?? 0;
  return {
    triedAt,
    rowCount: scores.length,
    latencyP50Ms: at(0.5),
    latencyP99Ms: at(0.99),
    scoreMin: Math.min(...scores),
    scoreMax: Math.max(...scores),
    scoreMean: scores.reduce((sum, score) => sum + score, 0) / scores.length,
    bins: BIN_ENDS.map((upTo, i) => ({
      upTo,
      count: scores.filter((score) => score <= upTo && score > (BIN_ENDS[i - 1] ?? -1)).length,
    })),
  };
}
