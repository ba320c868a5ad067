import type { MeterState } from './outcome-meter';
import { emptyMeter, readMeter, recordOutcome } from './outcome-meter';

/** Outcomes of one point, and points kept: the oldest go. */
export const OUTCOMES_PER_POINT = 500;
const POINTS_MAX = 60;

/** How the scores of one window of outcomes did, each given before its outcome was learnt (progressive validation). */
export interface LearningPoint {
  count: number;
  positives: number;
  auc: number;
  liftTopTenth: number;
  logLoss: number;
  brier: number;
  baseRate: number;
}

/** Plain values, safe to store as JSON. */
export interface LearningCurve {
  points: LearningPoint[];
  open: MeterState;
}

export const emptyCurve = (): LearningCurve => ({ points: [], open: emptyMeter() });

/** Counts one outcome; a full window becomes a point. Changes `curve`. */
export const addToCurve = (curve: LearningCurve, score: number, outcome: boolean): void => {
  recordOutcome(curve.open, score, outcome);
  if (curve.open.count < OUTCOMES_PER_POINT) return;
  curve.points = [...curve.points, pointOf(curve.open)].slice(-POINTS_MAX);
  curve.open = emptyMeter();
};

/** Oldest first; the window that is still open last. */
export const readCurve = ({ points, open }: LearningCurve): LearningPoint[] =>
  open.count === 0 ? points : [...points, pointOf(open)];

const pointOf = (meter: MeterState): LearningPoint => {
  const { count, positives, auc, liftTopTenth, logLoss, brier, baseRate } = readMeter(meter);
  return { count, positives, auc, liftTopTenth, logLoss, brier, baseRate };
};
