import { Injectable } from '@nestjs/common';
import { invalid, refused } from '@tidegate/errors';
import { Mongo, type Transaction } from '@tidegate/mongo';
import type { Actor } from '@tidegate/observability';
import { AdaptiveModel, type AdaptiveModelConfig } from '../../domain/models/adaptive-model';
import type { Feature } from '../../domain/models/features';
import { MODEL_MOVES, stageOf } from '../../domain/models/model-life';
import {
  hasAdaptive,
  adaptiveConfig,
  isSameModel,
  type ModelRef,
  type ModelSlot,
} from '../../domain/models/model-slot';
import { ModelSlotRepository } from '../../repositories/model-slot.repository';
import { SlotWriter, toRef } from '../../models/slot-writer';
import type { FeatureInput, ModelSlotInput, PutModelSlotInput } from './put-model-slot.request';

/**
 * Opens a model slot 模型槽 with its first champion, or changes its settings and shadow, without restart. Which model ranks in a slot that
 * is open changes by moves alone, which two people make.
 */
@Injectable()
export class PutModelSlotUseCase {
  constructor(
    private readonly mongo: Mongo,
    private readonly slots: ModelSlotRepository,
    private readonly writer: SlotWriter,
  ) {}

  /** @throws VALIDATION_FAILED, MODEL_NOT_FOUND, MODEL_MOVE_NEEDED, REQUEST_ID_REUSED */
  async execute(actor: Actor, { requestId, slot: input }: PutModelSlotInput): Promise<ModelSlot> {
    const saved = await this.mongo.once({ scope: 'put-model-slot', requestId, input }, async (tx) => {
      const before = await this.slots.find(input.slot, tx);
      const next = before === null ? opened(input) : changed(before, input);
      await this.requireModels(next, tx);
      const configured = { model: next.champion, from: before === null ? ('new' as const) : ('champion' as const) };
      await this.writer.recordDone(next, { ...configured, to: 'champion', state: 'configured', by: actor.id }, tx);
      await this.writer.save(next, tx);
      return next;
    });
    await this.writer.refresh();
    return saved;
  }

  private async requireModels({ champion, shadow }: ModelSlot, tx: Transaction): Promise<void> {
    for (const ref of [champion, shadow]) if (ref !== null) await this.writer.requireModel(ref, tx);
  }
}

function opened(input: ModelSlotInput): ModelSlot {
  const [champion, shadow] = [toRef(input.champion), input.shadow ? toRef(input.shadow) : null];
  const { slot, historyFactType, successOutcome, noModelBasisPoints = 0 } = input;
  const adaptive = hasAdaptive([champion, shadow]) || input.featureSpec !== undefined ? toConfig(input) : null;
  const nobody = { challenger: null, challengerBasisPoints: 0, formerChampions: [], retired: [] };
  const settings = { historyFactType, successOutcome, noModelBasisPoints, adaptive };
  return { slot, champion, shadow, ...nobody, ...settings, version: 1 };
}

/** @throws MODEL_MOVE_NEEDED, VALIDATION_FAILED */
function changed(before: ModelSlot, input: ModelSlotInput): ModelSlot {
  const { historyFactType, successOutcome, noModelBasisPoints = before.noModelBasisPoints } = input;
  if (!isSameModel(before.champion, toRef(input.champion))) {
    throw refused('MODEL_MOVE_NEEDED', 'Another champion comes by way of shadow and challenger, moved by two people.');
  }
  if (before.challengerBasisPoints + noModelBasisPoints >= 10_000) {
    throw invalid([{ field: 'slot.noModelBasisPoints', description: 'leaves the champion nobody' }]);
  }
  const shadow = shadowOf(before, input.shadow ? toRef(input.shadow) : null);
  const isLearning = hasAdaptive([before.champion, before.challenger, shadow]);
  const adaptive = isLearning || input.featureSpec !== undefined ? toConfig(input) : before.adaptive;
  const settings = { historyFactType, successOutcome, noModelBasisPoints, adaptive };
  return { ...before, ...settings, shadow, version: before.version + 1 };
}

/** @throws MODEL_MOVE_NEEDED when the shadow would be a model that ranks. */
function shadowOf(before: ModelSlot, shadow: ModelRef | null): ModelRef | null {
  if (shadow === null || isSameModel(before.shadow, shadow)) return shadow;
  if (MODEL_MOVES[stageOf(before, shadow)].includes('shadow') && !isSameModel(before.challenger, shadow)) return shadow;
  throw refused('MODEL_MOVE_NEEDED', 'A model that ranks becomes the shadow by a move.');
}

/** @throws VALIDATION_FAILED when the model would not accept it */
function toConfig({ slot, featureSpec }: ModelSlotInput): AdaptiveModelConfig {
  if (featureSpec === undefined) {
    throw invalid([{ field: 'slot.featureSpec', description: 'is needed for a model that learns' }]);
  }
  const { spec, ...settings } = featureSpec;
  const config = adaptiveConfig({ ...settings, spec: { ...spec, features: spec.features.map(toFeature) } }, slot);
  // A trial: the model itself knows best what it can work with.
  void new AdaptiveModel(config);
  return config;
}

function toFeature({ kind, name, attribute, edges, bucketsPerDecade, of }: FeatureInput): Feature {
  const read = attribute === undefined ? {} : { attribute };
  switch (kind) {
    case 'categorical':
      return { kind, name, ...read };
    case 'cross':
      return { kind, name, of: of ?? [] };
    case 'numeric':
      return { kind, name, ...read, ...(edges && { edges }), ...(bucketsPerDecade && { bucketsPerDecade }) };
  }
}
