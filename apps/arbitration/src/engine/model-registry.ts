import { Injectable } from '@nestjs/common';
import { logger } from '@tidegate/observability';
import { hashInput } from '@tidegate/mongo';
import type { OnnxModel } from '../adapters/onnx-model';
import { modelsOf, type ModelRef, type ModelSlot } from '../domain/models/model-slot';
import type { StoredModel } from '../domain/models/stored-model';
import { LessonRepository } from '../repositories/lesson.repository';
import { ModelSlotRepository } from '../repositories/model-slot.repository';
import { OnlineLearner } from './online-learner';

/** A model that left its last slot is still asked by decisions under way. */
const RELEASE_AFTER_MS = 60_000;

const log = logger('models');

/** A slot with its models ready to be asked. */
export interface LoadedSlot {
  slot: ModelSlot;
  /** Set when a model of the slot learns online. */
  learner: OnlineLearner | null;
  /** The trained models of the slot, by id. */
  models: ReadonlyMap<string, StoredModel>;
}

/** All slots as they stood at one moment: what a decision is made with from its beginning to its end. */
export type HeldSlots = ReadonlyMap<string, LoadedSlot>;

/** Model slots, in memory; trained models are loaded when first asked for. */
@Injectable()
export class ModelRegistry {
  private slots = new Map<string, LoadedSlot>();
  private readonly onnx = new Map<string, Promise<OnnxModel>>();
  private readonly unusedSinceMs = new Map<string, number>();

  constructor(
    private readonly repository: ModelSlotRepository,
    private readonly lessons: LessonRepository,
  ) {}

  /** Never changed: a load puts another in its place. */
  get held(): HeldSlots {
    return this.slots;
  }

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
      next.set(slot.slot, { slot, learner, models: await this.loadModels(slot) });
    }
    this.slots = next;
  }

  /** An ONNX model that stands in a slot. */
  async onnxOf(ref: ModelRef & { kind: 'onnx' | 'remote' }): Promise<OnnxModel> {
    let loading = this.onnx.get(ref.modelId);
    if (loading === undefined) {
      loading = this.loadOnnx(ref.modelId);
      this.onnx.set(ref.modelId, loading);
      // A failed load is tried again by the next caller.
      loading.catch(() => this.onnx.delete(ref.modelId));
    }
    return loading;
  }

  /** Frees models that no slot has had for a while. */
  async releaseUnused(): Promise<void> {
    const used = new Set([...this.slots.values()].flatMap(({ models }) => [...models.keys()]));
    for (const [modelId, loading] of this.onnx) {
      const since = this.unusedSinceMs.get(modelId) ?? Date.now();
      if (used.has(modelId)) this.unusedSinceMs.delete(modelId);
      else if (Date.now() - since < RELEASE_AFTER_MS) this.unusedSinceMs.set(modelId, since);
      else {
        this.onnx.delete(modelId);
        this.unusedSinceMs.delete(modelId);
        await loading
          .then((model) => model.release())
          .catch((err: unknown) => log.warn({ err, modelId }, 'not released'));
      }
    }
  }

  private async loadModels(slot: ModelSlot): Promise<Map<string, StoredModel>> {
    const models = new Map<string, StoredModel>();
    for (const ref of modelsOf(slot)) {
      const stored = ref.kind === 'adaptive' ? null : await this.repository.findModel(ref.modelId);
      if (stored !== null) models.set(stored.modelId, stored);
    }
    return models;
  }

  private async loadOnnx(modelId: string): Promise<OnnxModel> {
    const stored = await this.repository.findModel(modelId);
    if (stored === null) throw new Error(`model ${modelId} is in a slot but not stored`);
    const { OnnxModel } = await import('../adapters/onnx-model');
    return OnnxModel.load(await this.repository.getContent(modelId), stored.contract);
  }
}
