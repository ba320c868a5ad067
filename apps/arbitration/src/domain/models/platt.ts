import { logLossOf } from './outcome-meter';
import { sigmoid } from './ftrl';

/** Outcomes that the comparison looks back on. */
const LOSS_RETENTION = 0.999;
/** Before so many outcomes, and without this much gain for each, scores are left as they are. */
const OUTCOMES_MIN = 200;
const GAIN_MIN = 0.0005;
const RATE = 0.05;
const LOGIT_MAX = 12;

/** Plain numbers, safe to store as JSON. */
export interface PlattState {
  slope: number;
  intercept: number;
  /** Sums of squared gradients. */
  slopeSquares: number;
  interceptSquares: number;
  count: number;
  weight: number;
  rawLoss: number;
  ownLoss: number;
}

export const emptyPlatt = (): PlattState => ({
  slope: 1,
  intercept: 0,
  slopeSquares: 1,
  interceptSquares: 1,
  count: 0,
  weight: 0,
  rawLoss: 0,
  ownLoss: 0,
});

/** Whether recalibrating foresaw the recent outcomes better than leaving the scores. */
export const pays = ({ count, weight, rawLoss, ownLoss }: PlattState): boolean =>
  count >= OUTCOMES_MIN && (rawLoss - ownLoss) / weight > GAIN_MIN;

/** The recalibrated score, or the raw one while recalibrating does not pay. A higher score stays the higher one. */
export const recalibrate = (state: PlattState, raw: number): number => (pays(state) ? mapped(state, raw) : raw);

/**
 * Takes one outcome in with the raw score of before. Changes `state`.
 * Source: J. Platt, "Probabilistic outputs for support vector machines" (1999), fitted by online gradient steps with the rates of
 * J. Duchi et al., "Adaptive subgradient methods" (JMLR 2011).
 */
export const learnPlatt = (state: PlattState, raw: number, outcome: boolean): void => {
  const own = mapped(state, raw);
  state.count += 1;
  state.weight = state.weight * LOSS_RETENTION + 1;
  state.rawLoss = state.rawLoss * LOSS_RETENTION + logLossOf(raw, outcome);
  state.ownLoss = state.ownLoss * LOSS_RETENTION + logLossOf(own, outcome);
  const error = own - (outcome ? 1 : 0);
  const slopeGradient = error * logitOf(raw);
  state.slopeSquares += slopeGradient ** 2;
  state.interceptSquares += error ** 2;
  // Kept above 0, so that the order of scores never turns.
  state.slope = Math.max(0.1, state.slope - (RATE * slopeGradient) / Math.sqrt(state.slopeSquares));
  state.intercept -= (RATE * error) / Math.sqrt(state.interceptSquares);
};

const mapped = ({ slope, intercept }: PlattState, raw: number): number => sigmoid(slope * logitOf(raw) + intercept);

const logitOf = (score: number): number => {
  const logit = Math.log(score / (1 - score));
  return Math.max(-LOGIT_MAX, Math.min(LOGIT_MAX, logit));
};
