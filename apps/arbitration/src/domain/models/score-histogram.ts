/** Half-open bins of equal width in log-odds: fine where response rates are small. */
const BINS = 64;
const LOGIT_MAX = 8;

/** How often each height of score met a success and a failure. Plain numbers, safe to store as JSON. */
export interface ScoreHistogram {
  successes: number[];
  failures: number[];
}

export const emptyHistogram = (): ScoreHistogram => ({
  successes: new Array<number>(BINS).fill(0),
  failures: new Array<number>(BINS).fill(0),
});

/** Counts one outcome at its score. Changes `histogram`. */
export const addScore = ({ successes, failures }: ScoreHistogram, score: number, outcome: boolean): void => {
  const logit = Math.log(score / (1 - score));
  const place = Math.floor(((logit + LOGIT_MAX) / (2 * LOGIT_MAX)) * BINS);
  const bin = Math.min(BINS - 1, Math.max(0, Number.isNaN(place) ? 0 : place));
  const side = outcome ? successes : failures;
  side[bin] = (side[bin] ?? 0) + 1;
};

/**
 * Area under the ROC curve: how often a success scored above a failure. Scores of one bin count as equal. 0.5 when one of both is missing.
 * Source: the Mann-Whitney statistic over grouped data.
 */
export const aucOf = ({ successes, failures }: ScoreHistogram): number => {
  let [below, pairs, allSuccesses] = [0, 0, 0];
  successes.forEach((hits, bin) => {
    const misses = failures[bin] ?? 0;
    pairs += hits * (below + misses / 2);
    below += misses;
    allSuccesses += hits;
  });
  return allSuccesses === 0 || below === 0 ? 0.5 : pairs / (allSuccesses * below);
};

/** Success rate of the share that scored highest over that of all; the bin at its edge counts in part. 1 without a success. */
export const liftOf = ({ successes, failures }: ScoreHistogram, topShare = 0.1): number => {
  const counts = successes.map((hits, bin) => hits + (failures[bin] ?? 0));
  const all = counts.reduce((sum, count) => sum + count, 0);
  const allSuccesses = successes.reduce((sum, hits) => sum + hits, 0);
  if (allSuccesses === 0) return 1;
  let [left, found] = [all * topShare, 0];
  for (let bin = counts.length - 1; bin >= 0 && left > 0; bin -= 1) {
    const count = counts[bin] ?? 0;
    if (count === 0) continue;
    const taken = Math.min(left, count);
    found += ((successes[bin] ?? 0) * taken) / count;
    left -= taken;
  }
  return found / (all * topShare) / (allSuccesses / all);
};
