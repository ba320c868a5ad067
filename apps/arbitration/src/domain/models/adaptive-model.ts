import { DomainError } from '@tidegate/errors';
import { checkLearningTerms } from './learning-terms';
import { FeatureEncoder, type EncodedRow } from './feature-encoder';
import type { Attributes, FeatureSpec } from './features';
import { sigmoid, type FtrlSettings, type OutcomeTerms } from './ftrl';
import { FtrlCommittee } from './ftrl-committee';
import { packFtrlState, unpackFtrlState } from './ftrl-state';
import { addToCurve, emptyCurve, readCurve, type LearningCurve, type LearningPoint } from './learning-curve';
import { emptyMeter, readMeter, recordOutcome, type MeterReport, type MeterState } from './outcome-meter';
import { emptyPlatt, learnPlatt, pays, recalibrate, type PlattState } from './platt';
import { TokenNames } from './token-names';

export interface AdaptiveModelConfig {
  spec: FeatureSpec;
  /** One to eight rates of learning; the outcomes decide which of them is heard. */
  learners: readonly FtrlSettings[];
  /** Until this many outcomes are known every customer scores the base rate. */
  minOutcomes: number;
  /** Believed base rate before any outcome; it counts as much as `minOutcomes` outcomes. */
  priorRate: number;
  /** Whether each action and channel has weights of its own beside the shared ones; it has, when left out. */
  isPerTarget?: boolean;
}

/** An action on a channel; the empty text stands for all together. */
export const targetOf = (actionId: string, channel: string): string =>
  actionId === '' || channel === '' ? '' : `${actionId}|${channel}`;

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

/** What was learnt of one target; features are by their whole weight there, the shared part included. */
export interface TargetReport extends MeterReport {
  target: string;
  isRecalibrated: boolean;
  slope: number;
  intercept: number;
  /** Strongest first. */
  features: SeenFeature[];
}

/** An outcome beside what was seen of the customer; the empty target stands for all together. */
export interface TaughtTerms extends OutcomeTerms {
  target?: string;
}

/** How the scores of one target did. */
interface TargetState {
  meter: MeterState;
  platt: PlattState;
}

/** All there is to the model, as JSON. `weights` is `packFtrlState` in base64, `tokens` are [slot, name, seen] by target. */
export interface AdaptiveModelSnapshot {
  version: typeof SNAPSHOT_VERSION;
  config: AdaptiveModelConfig;
  meter: MeterState;
  platt: PlattState;
  curve: LearningCurve;
  targets: [string, TargetState][];
  learners: { weights: string; recentLoss: number }[];
  tokens: [string, [number, string, number][]][];
}

export const SNAPSHOT_VERSION = 3;
const DEFAULT_REPORT_SIZE = 10;
/** A token seen less often than this says nothing in a report. */
const MIN_SEEN_TO_REPORT = 20;
/** Further targets share the weights of all and have no figures of their own. */
const MAX_TARGETS = 200;

/**
 * A propensity model that needs no training run: it is asked for scores and told outcomes, and each outcome moves it. Scoring never
 * changes it; the order of `learn` calls is all that its state depends on. One instance belongs to one model slot; who calls decides
 * when to keep a snapshot.
 */
export class AdaptiveModel {
  private readonly encoder: FeatureEncoder;
  private names = new TokenNames();
  private platt = emptyPlatt();
  private curve = emptyCurve();
  private readonly targets = new Map<string, TargetState>();

  /** @throws VALIDATION_FAILED when the feature list or a setting breaks its rules. */
  constructor(
    readonly config: AdaptiveModelConfig,
    private readonly committee = new FtrlCommittee(config.learners),
    private readonly meter: MeterState = emptyMeter(),
  ) {
    checkLearningTerms(config);
    this.encoder = new FeatureEncoder(config.spec);
  }

  /** Whether scores are the customer's own yet, and no longer the base rate. */
  get isReady(): boolean {
    return this.meter.count >= this.config.minOutcomes;
  }

  /** Whether an action and a channel are told apart. */
  get isPerTarget(): boolean {
    return this.config.isPerTarget !== false;
  }

  /** Probability of the outcome for anybody. */
  get baseRate(): number {
    return this.baseRateOf('');
  }

  /** The same of one target; while little is known of it, near that of all. */
  baseRateOf(target: string): number {
    const { priorRate, minOutcomes } = this.config;
    const all = (this.meter.positives + priorRate * minOutcomes) / (this.meter.count + minOutcomes);
    const own = this.targets.get(target)?.meter;
    return own === undefined ? all : (own.positives + all * minOutcomes) / (own.count + minOutcomes);
  }

  /** Probability of the outcome, 0 to 1. */
  score(attributes: Attributes, target = ''): number {
    return this.scorerOf(attributes)(target);
  }

  /** Scores one customer for several targets: his own part is computed once. */
  scorerOf(attributes: Attributes): (target: string) => number {
    if (!this.isReady) return (target) => this.baseRateOf(target);
    const row = this.encoder.encodeRow(attributes);
    const shared = this.committee.logit(row.shared);
    return (target) => recalibrate(this.plattOf(target), this.rawScore(row, shared, target));
  }

  /** Takes one known outcome in. Returns the score it would have been given just before. */
  learn(attributes: Attributes, outcome: boolean, { target = '', ...terms }: TaughtTerms = {}): number {
    const row = this.encoder.encodeRow(attributes);
    const own = this.ownSlots(row, target);
    this.names.count('', row.shared, () => this.encoder.describe(attributes));
    const raw = this.rawScore(row, this.committee.logit(row.shared), target);
    const score = this.isReady ? recalibrate(this.plattOf(target), raw) : this.baseRateOf(target);
    this.committee.learn([...row.shared, ...own], outcome, terms);
    learnPlatt(this.platt, raw, outcome);
    recordOutcome(this.meter, score, outcome);
    addToCurve(this.curve, score, outcome);
    if (own.length > 0) this.countTarget({ target, own, attributes, raw, score, outcome });
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
    const learnt = this.names
      .list('', MIN_SEEN_TO_REPORT)
      .map(({ slot, name, seen }) => ({ feature: name, weight: this.committee.weight(slot), seen }))
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

  /** All together first, then each target, those with most outcomes first. */
  reportTargets(limit = DEFAULT_REPORT_SIZE): TargetReport[] {
    const all = this.reportTarget('', { meter: this.meter, platt: this.platt }, limit);
    const each = [...this.targets].map(([target, state]) => this.reportTarget(target, state, limit));
    return [all, ...each.sort((left, right) => right.count - left.count || (left.target < right.target ? -1 : 1))];
  }

  /** How the scores did over time, each given before its outcome was learnt. Oldest first. */
  reportCurve(): LearningPoint[] {
    return readCurve(this.curve);
  }

  snapshot(): AdaptiveModelSnapshot {
    return structuredClone({
      version: SNAPSHOT_VERSION,
      config: this.config,
      meter: this.meter,
      platt: this.platt,
      curve: this.curve,
      targets: [...this.targets],
      learners: this.committee.state().map(({ weights, recentLoss }) => ({
        weights: Buffer.from(packFtrlState(weights)).toString('base64'),
        recentLoss,
      })),
      tokens: this.names.state(),
    } satisfies AdaptiveModelSnapshot);
  }

  /**
   * A model that scores and learns exactly as the one the snapshot was taken of.
   * @throws MODEL_STATE_CORRUPT when it is not a whole snapshot of this version.
   */
  static restore(snapshot: AdaptiveModelSnapshot): AdaptiveModel {
    const { config, learners } = snapshot;
    if (snapshot.version !== SNAPSHOT_VERSION || learners.length !== config.learners.length) {
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
    const kept = structuredClone(snapshot);
    const model = new AdaptiveModel(kept.config, FtrlCommittee.from(config.learners, states), kept.meter);
    model.platt = kept.platt;
    model.curve = kept.curve;
    for (const [target, state] of kept.targets) model.targets.set(target, state);
    model.names = TokenNames.from(kept.tokens);
    return model;
  }

  private rawScore(row: EncodedRow, shared: number, target: string): number {
    return sigmoid(shared + this.committee.logit(this.ownSlots(row, target)));
  }

  private ownSlots(row: EncodedRow, target: string): number[] {
    return target === '' || !this.isPerTarget ? [] : this.encoder.targetSlots(row, target);
  }

  /** A target's own recalibration when it has one that pays, else that of all. */
  private plattOf(target: string): PlattState {
    const own = this.targets.get(target)?.platt;
    return own !== undefined && pays(own) ? own : this.platt;
  }

  private countTarget(told: {
    target: string;
    own: readonly number[];
    attributes: Attributes;
    raw: number;
    score: number;
    outcome: boolean;
  }): void {
    const { target, own, attributes, raw, score, outcome } = told;
    let state = this.targets.get(target);
    if (state === undefined) {
      if (this.targets.size >= MAX_TARGETS) return;
      state = { meter: emptyMeter(), platt: emptyPlatt() };
      this.targets.set(target, state);
    }
    learnPlatt(state.platt, raw, outcome);
    recordOutcome(state.meter, score, outcome);
    this.names.count(target, own, () => this.encoder.describe(attributes));
  }

  private reportTarget(target: string, { meter, platt }: TargetState, limit: number): TargetReport {
    const shared = new Map(
      this.names.list('', 1).map(({ slot, name }) => [name, this.committee.weight(slot)] as const),
    );
    const features = this.names
      .list(target, MIN_SEEN_TO_REPORT)
      .map(({ slot, name, seen }) => {
        const own = target === '' ? 0 : this.committee.weight(slot);
        return { feature: name, weight: own + (shared.get(name) ?? 0), seen };
      })
      .filter(({ weight }) => weight !== 0)
      .sort((left, right) => Math.abs(right.weight) - Math.abs(left.weight) || (left.feature < right.feature ? -1 : 1));
    const { slope, intercept } = platt;
    const isRecalibrated = pays(platt);
    return { ...readMeter(meter), target, isRecalibrated, slope, intercept, features: features.slice(0, limit) };
  }
}
