import { Injectable } from '@nestjs/common';
import { logger } from '@tidegate/observability';
import { hashInput } from '@tidegate/mongo';
import type { OnnxModel } from '../adapters/onnx-model';
import type { ModelRef, ModelSlot } from '../domain/models/model-slot';
import { LessonRepository } from '../repositories/lesson.repository';
import { ModelSlotRepository } from '../repositories/model-slot.repository';
import { OnlineLearner } from './online-learner';

const log = logger('models');

/** A slot with its models ready to be asked. */
export interface LoadedSlot {
  slot: ModelSlot;
  /** Set when champion or shadow learns online. */
  learner: OnlineLearner | null;
}

/** Model slots, in memory; trained models are loaded when first asked for. */
@Injectable()
export class ModelRegistry {
  private slots = new Map<string, LoadedSlot>();
  private readonly onnx = new Map<string, Promise<OnnxModel>>();

  constructor(
    private readonly repository: ModelSlotRepository,
    private readonly lessons: LessonRepository,
  ) {}

  find(slot: string): LoadedSlot | undefined {
    return this.slots.get(slot);
  }

  /** Slots that facts of this type teach. */
  taughtBy(factType: string): LoadedSlot[] {
    return [...this.slots.values()].filter(
      ({ slot }) => slot.historyFactType !== '' && slot.historyFactType === factType,
    );
  }

  learners(): OnlineLearner[] {
    return [...this.slots.values()].flatMap(({ learner }) => learner ?? []);
  }

  /** Loads the slots; a learner goes on when its configuration is the same, and learns all lessons anew when not. */
  async load(): Promise<void> {
    const next = new Map<string, LoadedSlot>();
    for (const slot of await this.repository.list()) {
      const held = this.slots.get(slot.slot)?.learner;
      const configKey = slot.adaptive === null ? '' : hashInput(slot.adaptive);
      const isSame = held !== null && held !== undefined && held.configKey === configKey;
      const learner =
        slot.adaptive === null
          ? null
          : isSame
            ? held
            : await OnlineLearner.restore(slot.slot, slot.adaptive, this.lessons);
      next.set(slot.slot, { slot, learner });
    }
    this.slots = next;
    await this.releaseUnused();
  }

  /** The trained model of a place, or null when an online learner fills it. */
  async onnxOf(ref: ModelRef | null): Promise<OnnxModel | null> {
    if (ref === null || ref.kind !== 'onnx') return null;
    let loading = this.onnx.get(ref.modelId);
    if (loading === undefined) {
      loading = this.loadOnnx(ref.modelId);
      this.onnx.set(ref.modelId, loading);
      // A failed load is tried again by the next caller.
      loading.catch(() => this.onnx.delete(ref.modelId));
    }
    return loading;
  }

  private async loadOnnx(modelId: string): Promise<OnnxModel> {
    const stored = await this.repository.findModel(modelId);
    if (stored === null) throw new Error(`model ${modelId} is in a slot but not stored`);
    const { OnnxModel } = await import('../adapters/onnx-model');
    return OnnxModel.load(stored.content, stored.contract);
  }

  private async releaseUnused(): Promise<void> {
    const used = new Set([...this.slots.values()].flatMap(({ slot }) => modelIdsOf(slot)));
    for (const [modelId, loading] of this.onnx) {
      if (used.has(modelId)) continue;
      this.onnx.delete(modelId);
      await loading
        .then((model) => model.release())
        .catch((err: unknown) => log.warn({ err, modelId }, 'not released'));
    }
  }
}

const modelIdsOf = ({ champion, shadow }: ModelSlot): string[] =>
  [champion, shadow].flatMap((ref) => (ref?.kind === 'onnx' ? [ref.modelId] : []));
