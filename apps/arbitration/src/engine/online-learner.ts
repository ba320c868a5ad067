import { setImmediate as nextTurn } from 'node:timers/promises';
import { hashInput } from '@tidegate/mongo';
import { logger } from '@tidegate/observability';
import { AdaptiveModel, SNAPSHOT_VERSION, type AdaptiveModelConfig } from '../domain/models/adaptive-model';
import { attributeOf, type Attributes, type AttributeValue } from '../domain/models/features';
import type { LessonRepository } from '../repositories/lesson.repository';

/** Lessons in one read; and those learnt in one turn of the event loop, so that decisions are not kept waiting. */
const LESSONS_PER_READ = 2_000;
const LESSONS_PER_TURN = 100;
/** A snapshot is worth its write after so many lessons. */
const LESSONS_PER_SNAPSHOT = 500;
const SNAPSHOT_BYTES_MAX = 12 * 1024 * 1024;

const log = logger('models');

/** An adaptive model that follows the lessons of its slot: the first n, in order, each once. */
export class OnlineLearner {
  private isDirtySince: number;
  private catchingUp: Promise<void> | null = null;
  private readonly wanted: readonly string[];

  private constructor(
    readonly slot: string,
    readonly configKey: string,
    readonly model: AdaptiveModel,
    private lessonCount: number,
    private readonly lessons: LessonRepository,
  ) {
    this.isDirtySince = lessonCount;
    this.wanted = [
      ...new Set(model.config.spec.features.flatMap((one) => (one.kind === 'cross' ? [] : [attributeOf(one)]))),
    ];
  }

  /** Begins from the kept snapshot when it was learnt under the same configuration, else from nothing. */
  static async restore(slot: string, config: AdaptiveModelConfig, lessons: LessonRepository): Promise<OnlineLearner> {
    const configKey = hashInput(config);
    const kept = await lessons.findSnapshot(slot);
    const isUsable = kept !== null && kept.configKey === configKey && kept.snapshot.version === SNAPSHOT_VERSION;
    const learner = isUsable
      ? new OnlineLearner(slot, configKey, AdaptiveModel.restore(kept.snapshot), kept.lessonCount, lessons)
      : new OnlineLearner(slot, configKey, new AdaptiveModel(config), 0, lessons);
    await learner.catchUp();
    return learner;
  }

  get learntCount(): number {
    return this.lessonCount;
  }

  /** The attributes that the model looks at, and nothing else of the customer. */
  featuresOf(attributes: Attributes): Record<string, AttributeValue> {
    const features: Record<string, AttributeValue> = {};
    for (const name of this.wanted) {
      const value = attributes[name];
      if (value !== undefined && value !== null) features[name] = value;
    }
    return features;
  }

  /** Learns every lesson that is committed now; concurrent callers share one run. */
  catchUp(): Promise<void> {
    this.catchingUp ??= this.learnAll().finally(() => {
      this.catchingUp = null;
    });
    return this.catchingUp;
  }

  /** Keeps the state when enough was learnt since the last time, or at the end. */
  async keep({ isEnding = false } = {}): Promise<void> {
    const fresh = this.lessonCount - this.isDirtySince;
    if (fresh < (isEnding ? 1 : LESSONS_PER_SNAPSHOT)) return;
    // Taken in one turn, so that state and count belong together.
    const [snapshot, lessonCount] = [this.model.snapshot(), this.lessonCount];
    const bytes = snapshot.learners.reduce((sum, { weights }) => sum + weights.length, 0);
    if (bytes > SNAPSHOT_BYTES_MAX) {
      log.warn({ slot: this.slot, bytes }, 'the model is too large to keep; a start learns all its lessons anew');
      this.isDirtySince = lessonCount;
      return;
    }
    await this.lessons.saveSnapshot(this.slot, this.configKey, lessonCount, snapshot);
    this.isDirtySince = lessonCount;
  }

  private async learnAll(): Promise<void> {
    for (;;) {
      const lessons = await this.lessons.listAfter(this.slot, this.lessonCount, LESSONS_PER_READ);
      for (const [index, { attributes, isSuccess, target, at }] of lessons.entries()) {
        if (index > 0 && index % LESSONS_PER_TURN === 0) await nextTurn();
        this.model.learn(attributes, isSuccess, { target, ...(at && { at }) });
        this.lessonCount += 1;
      }
      if (lessons.length < LESSONS_PER_READ) return;
    }
  }
}
