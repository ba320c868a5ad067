import { addScore, aucOf, emptyHistogram, liftOf, type ScoreHistogram } from './score-histogram';

/** Upper ends of the calibration bins. Response rates are small, so the bins are finer there. */
export const CALIBRATION_BIN_ENDS: readonly number[] = [0.01, 0.02, 0.05, 0.1, 0.15, 0.2, 0.3, 0.4, 0.6, 1];
/** The recent averages look back about this many outcomes. */
export const RECENT_OUTCOMES = 1000;
const SMALLEST_PROBABILITY = 1e-9;

/** Outcomes whose score fell in one bin: a calibrated model has `meanScore` near `outcomeRate`. */
export interface CalibrationBin {
  upTo: number;
  count: number;
  meanScore: number;
  outcomeRate: number;
}

export interface MeterReport {
  count: number;
  positives: number;
  baseRate: number;
  recentBaseRate: number;
  /** Mean log-loss of the scores as they were before each outcome became known, so nothing is scored on what it had learnt. */
  logLoss: number;
  recentLogLoss: number;
  /** What always saying the recent base rate would have lost; a model worth its slot stays below. */
  recentBaseRateLogLoss: number;
  calibration: CalibrationBin[];
  /** Mean squared difference of score and outcome. */
  brier: number;
  auc: number;
  liftTopTenth: number;
}

/** Plain numbers, safe to store as JSON. */
export interface MeterState {
  count: number;
  positives: number;
  logLossSum: number;
  brierSum: number;
  histogram: ScoreHistogram;
  recentWeight: number;
  recentPositives: number;
  recentLogLoss: number;
  recentBaseLogLoss: number;
  bins: { count: number; scoreSum: number; positives: number }[];
}

export const emptyMeter = (): MeterState => ({
  count: 0,
  positives: 0,
  logLossSum: 0,
  brierSum: 0,
  histogram: emptyHistogram(),
  recentWeight: 0,
  recentPositives: 0,
  recentLogLoss: 0,
  recentBaseLogLoss: 0,
  bins: CALIBRATION_BIN_ENDS.map(() => ({ count: 0, scoreSum: 0, positives: 0 })),
});

export const logLossOf = (score: number, outcome: boolean): number =>
  -Math.log(Math.max(SMALLEST_PROBABILITY, outcome ? score : 1 - score));

/** Counts one outcome against the score that was given before it. Changes `meter`. */
export const recordOutcome = (meter: MeterState, score: number, outcome: boolean): void => {
  const keep = 1 - 1 / RECENT_OUTCOMES;
  const hit = outcome ? 1 : 0;
  const loss = logLossOf(score, outcome);
  const baseLoss = logLossOf((meter.recentPositives + 0.5) / (meter.recentWeight + 1), outcome);
  meter.count += 1;
  meter.positives += hit;
  meter.logLossSum += loss;
  meter.brierSum += (score - hit) ** 2;
  addScore(meter.histogram, score, outcome);
  meter.recentWeight = meter.recentWeight * keep + 1;
  meter.recentPositives = meter.recentPositives * keep + hit;
  meter.recentLogLoss = meter.recentLogLoss * keep + loss;
  meter.recentBaseLogLoss = meter.recentBaseLogLoss * keep + baseLoss;
  const bin =
    meter.bins[
      Math.max(
        0,
        CALIBRATION_BIN_ENDS.findIndex((end) => score <= end),
      )
    ];
  if (bin === undefined) return;
  bin.count += 1;
  bin.scoreSum += score;
  bin.positives += hit;
};

export const readMeter = (meter: MeterState): MeterReport => ({
  count: meter.count,
  positives: meter.positives,
  baseRate: ratio(meter.positives, meter.count),
  recentBaseRate: ratio(meter.recentPositives, meter.recentWeight),
  logLoss: ratio(meter.logLossSum, meter.count),
  recentLogLoss: ratio(meter.recentLogLoss, meter.recentWeight),
  recentBaseRateLogLoss: ratio(meter.recentBaseLogLoss, meter.recentWeight),
  calibration: meter.bins.map((bin, i) => ({
    upTo: CALIBRATION_BIN_ENDS[i] ?? 1,
    count: bin.count,
    meanScore: ratio(bin.scoreSum, bin.count),
    outcomeRate: ratio(bin.positives, bin.count),
  })),
  brier: ratio(meter.brierSum, meter.count),
  auc: aucOf(meter.histogram),
  liftTopTenth: liftOf(meter.histogram),
});

const ratio = (part: number, whole: number): number => (whole === 0 ? 0 : part / whole);
