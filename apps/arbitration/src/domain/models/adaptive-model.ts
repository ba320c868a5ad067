import { DomainError, invalid } from '@tidegate/errors';
import { FeatureEncoder } from './feature-encoder';
import type { Attributes, FeatureSpec } from './features';
import type { FtrlSettings } from './ftrl';
import { FtrlCommittee } from './ftrl-committee';
import { packFtrlState, unpackFtrlState } from './ftrl-state';
import { emptyMeter, readMeter, recordOutcome, type MeterReport, type MeterState } from './outcome-meter';

export interface AdaptiveModelConfig {
  spec: FeatureSpec;
  /** One to eight rates of learning; the outcomes decide which of them is heard. */
  learners: readonly FtrlSettings[];
  /** Until this many outcomes are known every customer scores the base rate. */
  minOutcomes: number;
  /** Believed base rate before any outcome; it counts as much as `minOutcomes` outcomes. */
  priorRate: number;
}

/** A token and its weight in log-odds: above 0 speaks for the outcome. */
export interface LearntFeature {
  feature: string;
  weight: number;
}

/** A token of the whole model, with the number of outcomes it was seen in. */
export interface SeenFeature extends LearntFeature {
  seen: number;
}

export interface AdaptiveModelReport extends MeterReport {
  isReady: boolean;
  slotsUsed: number;
  /** How much each learner is heard, in the order of the configuration; together 1. */
  listeningShares: number[];
  topPositive: SeenFeature[];
  topNegative: SeenFeature[];
}

/** All there is to the model, as JSON. `weights` is `packFtrlState` in base64, `tokens` are [slot, name, seen]. */
export interface AdaptiveModelSnapshot {
  version: 1;
  config: AdaptiveModelConfig;
  meter: MeterState;
  learners: { weights: string; recentLoss: number }[];
  tokens: [number, string, number][];
}

const DEFAULT_REPORT_SIZE = 10;
/** Names are kept only to explain; past this many, further tokens are learnt without one. */
const MAX_NAMED_TOKENS = 20_000;
/** A token seen less often than this says nothing in a report. */
const MIN_SEEN_TO_REPORT = 20;

/**
 * A propensity model that needs no training run: it is asked for scores and told outcomes, and each outcome moves it. Scoring never
 * changes it; the order of `learn` calls is all that its state depends on. One instance belongs to one model slot; who calls decides
 * when to keep a snapshot.
 */
export class AdaptiveModel {
  private readonly encoder: FeatureEncoder;
  private readonly tokens = new Map<number, { name: string; seen: number }>();

  /** @throws VALIDATION_FAILED when the feature list or a setting breaks its rules. */
  constructor(
    readonly config: AdaptiveModelConfig,
    private readonly committee = new FtrlCommittee(config.learners),
    private readonly meter: MeterState = emptyMeter(),
  ) {
    checkConfig(config);
    this.encoder = new FeatureEncoder(config.spec);
  }

  /** Whether scores are the customer's own yet, and no longer the base rate. */
  get isReady(): boolean {
    return this.meter.count >= this.config.minOutcomes;
  }

  /** Probability of the outcome for anybody. */
  get baseRate(): number {
    return this.priorScore();
  }

  /** Probability of the outcome, 0 to 1. */
  score(attributes: Attributes): number {
    return this.isReady ? this.committee.predict(this.encoder.encode(attributes)) : this.priorScore();
  }

  /** Takes one known outcome in; `weight` counts it as that many. Returns the score it would have been given just before. */
  learn(attributes: Attributes, outcome: boolean, weight = 1): number {
    const slots = this.encoder.encode(attributes);
    this.countTokens(slots, attributes);
    const prior = this.priorScore();
    const learnt = this.committee.learn(slots, outcome, weight);
    const score = this.isReady ? learnt : prior;
    recordOutcome(this.meter, score, outcome);
    return score;
  }

  /** What spoke most for and against this customer, strongest first; empty until the model is ready. */
  explain(attributes: Attributes, limit = DEFAULT_REPORT_SIZE): LearntFeature[] {
    if (!this.isReady) return [];
    const names = this.encoder.describe(attributes);
    return this.encoder
      .encode(attributes)
      .map((slot, i) => ({ feature: names[i] ?? '', weight: this.committee.weight(slot) }))
      .slice(1)
      .filter(({ weight }) => weight !== 0)
      .sort((left, right) => Math.abs(right.weight) - Math.abs(left.weight))
      .slice(0, limit);
  }

  report(limit = DEFAULT_REPORT_SIZE): AdaptiveModelReport {
    const learnt = [...this.tokens]
      .filter(([, token]) => token.seen >= MIN_SEEN_TO_REPORT)
      .map(([slot, token]) => ({ feature: token.name, weight: this.committee.weight(slot), seen: token.seen }))
      .sort((left, right) => right.weight - left.weight || (left.feature < right.feature ? -1 : 1));
    return {
      ...readMeter(this.meter),
      isReady: this.isReady,
      slotsUsed: this.committee.size,
      listeningShares: this.committee.listeningShares(),
      topPositive: learnt.filter(({ weight }) => weight > 0).slice(0, limit),
      topNegative: learnt
        .filter(({ weight }) => weight < 0)
        .reverse()
        .slice(0, limit),
    };
  }

  snapshot(): AdaptiveModelSnapshot {
    return {
      version: 1,
      config: structuredClone(this.config),
      meter: structuredClone(this.meter),
      learners: this.committee.state().map(({ weights, recentLoss }) => ({
        weights: Buffer.from(packFtrlState(weights)).toString('base64'),
        recentLoss,
      })),
      tokens: [...this.tokens].map(([slot, { name, seen }]) => [slot, name, seen]),
    };
  }

  /**
   * A model that scores and learns exactly as the one the snapshot was taken of.
   * @throws MODEL_STATE_CORRUPT when it is not a whole snapshot of this version.
   */
  static restore(snapshot: AdaptiveModelSnapshot): AdaptiveModel {
    const { config, learners, meter } = snapshot;
    if (snapshot.version !== 1 || learners.length !== config.learners.length) {
      throw new DomainError({
        code: 'INVALID_ARGUMENT',
        reason: 'MODEL_STATE_CORRUPT',
        message: 'The stored model state is not of a version known here.',
      });
    }
    const states = learners.map(({ weights, recentLoss }) => ({
      weights: unpackFtrlState(Buffer.from(weights, 'base64')),
      recentLoss,
    }));
    const committee = FtrlCommittee.from(config.learners, states);
    const model = new AdaptiveModel(structuredClone(config), committee, structuredClone(meter));
    for (const [slot, name, seen] of snapshot.tokens) model.tokens.set(slot, { name, seen });
    return model;
  }

  private priorScore(): number {
    const { priorRate, minOutcomes } = this.config;
    return (this.meter.positives + priorRate * minOutcomes) / (this.meter.count + minOutcomes);
  }

  private countTokens(slots: readonly number[], attributes: Attributes): void {
    let names: string[] | undefined;
    slots.forEach((slot, i) => {
      const token = this.tokens.get(slot);
      if (token !== undefined) token.seen += 1;
      else if (i > 0 && this.tokens.size < MAX_NAMED_TOKENS) {
        names ??= this.encoder.describe(attributes);
        this.tokens.set(slot, { name: names[i] ?? '', seen: 1 });
      }
    });
  }
}

const checkConfig = ({ minOutcomes, priorRate }: AdaptiveModelConfig): void => {
  const violations = [
    ...(Number.isInteger(minOutcomes) && minOutcomes >= 1 && minOutcomes <= 100_000
      ? []
      : [{ field: 'minOutcomes', description: 'must be a whole number from 1 to 100000' }]),
    ...(priorRate > 0 && priorRate < 1 ? [] : [{ field: 'priorRate', description: 'must be between 0 and 1' }]),
  ];
  if (violations.length > 0) throw invalid(violations, 'The model settings are not valid.');
};
