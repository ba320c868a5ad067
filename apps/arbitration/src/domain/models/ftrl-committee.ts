import { invalid } from '@tidegate/errors';
import { FtrlRegression, sigmoid, type FtrlSettings, type FtrlState, type OutcomeTerms } from './ftrl';
import { logLossOf } from './outcome-meter';

const MAX_LEARNERS = 8;
/** Share of its past loss that a learner carries past each outcome: it is judged on about the last thousand. */
const LOSS_RETENTION = 0.999;

export interface LearnerState {
  weights: FtrlState;
  recentLoss: number;
}

/**
 * Several regressions that learn the same outcomes at different rates, heard in proportion to how well each foresaw the recent ones.
 * Which rate is right depends on how fast the customers change, which no history can show; here the outcomes settle it as they come.
 *
 * Source: dynamic model averaging, Raftery, Kárný, Ettler, Technometrics 52(1), 2010, with the logits averaged, so that a token still
 * has one weight.
 */
export class FtrlCommittee {
  private shares: number[];

  /** @throws VALIDATION_FAILED when there is no learner, there are more than eight, or a setting is out of its range. */
  constructor(
    settings: readonly FtrlSettings[],
    private readonly learners: readonly FtrlRegression[] = createLearners(settings),
    private readonly recentLosses: number[] = settings.map(() => 0),
  ) {
    this.shares = sharesOf(recentLosses);
  }

  /** Number of slots learnt from so far. */
  get size(): number {
    return this.learners[0]?.size ?? 0;
  }

  predict(slots: readonly number[]): number {
    return sigmoid(this.logit(slots));
  }

  /** Log-odds; those of two disjoint lists of slots add up. */
  logit(slots: readonly number[]): number {
    return this.mean((learner) => learner.logit(slots));
  }

  /** Learns one outcome and returns the probability it was given before. */
  learn(slots: readonly number[], outcome: boolean, terms: OutcomeTerms = {}): number {
    const { weight = 1 } = terms;
    const probability = this.predict(slots);
    this.learners.forEach((learner, i) => {
      const loss = logLossOf(learner.learn(slots, outcome, terms), outcome) * weight;
      this.recentLosses[i] = (this.recentLosses[i] ?? 0) * LOSS_RETENTION + loss;
    });
    this.shares = sharesOf(this.recentLosses);
    return probability;
  }

  weight(slot: number): number {
    return this.mean((learner) => learner.weight(slot));
  }

  /** How much each learner is heard, in the order of the settings; together 1. */
  listeningShares(): number[] {
    return [...this.shares];
  }

  state(): LearnerState[] {
    return this.learners.map((learner, i) => ({ weights: learner.state(), recentLoss: this.recentLosses[i] ?? 0 }));
  }

  static from(settings: readonly FtrlSettings[], states: readonly LearnerState[]): FtrlCommittee {
    const learners = states.flatMap((state, i) => {
      const own = settings[i];
      return own === undefined ? [] : [FtrlRegression.from(own, state.weights)];
    });
    return new FtrlCommittee(
      settings,
      learners,
      states.map(({ recentLoss }) => recentLoss),
    );
  }

  private mean(of: (learner: FtrlRegression) => number): number {
    return this.learners.reduce((sum, learner, i) => sum + (this.shares[i] ?? 0) * of(learner), 0);
  }
}

const createLearners = (settings: readonly FtrlSettings[]): FtrlRegression[] => {
  if (settings.length === 0 || settings.length > MAX_LEARNERS) {
    throw invalid([{ field: 'learners', description: `must hold 1 to ${MAX_LEARNERS} settings` }]);
  }
  return settings.map((own) => new FtrlRegression(own));
};

const sharesOf = (losses: readonly number[]): number[] => {
  const least = Math.min(...losses);
  const parts = losses.map((loss) => Math.exp(least - loss));
  const whole = parts.reduce((sum, part) => sum + part, 0);
  return parts.map((part) => part / whole);
};
