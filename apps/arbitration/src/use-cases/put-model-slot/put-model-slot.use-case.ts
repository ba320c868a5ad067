import { Injectable } from '@nestjs/common';
import { invalid, notFound } from '@tidegate/errors';
import { Mongo, type Transaction } from '@tidegate/mongo';
import { AdaptiveModel, type AdaptiveModelConfig } from '../../domain/models/adaptive-model';
import type { Feature } from '../../domain/models/features';
import { adaptiveConfig, hasAdaptive, type ModelRef, type ModelSlot } from '../../domain/models/model-slot';
import { HeldState } from '../../engine/held-state';
import { ModelSlotRepository } from '../../repositories/model-slot.repository';
import { RevisionRepository } from '../../repositories/revision.repository';
import type { FeatureInput, ModelRefInput, ModelSlotInput, PutModelSlotInput } from './put-model-slot.request';

/** Fills a model slot 模型槽 without restart: this replica uses it at once, the others within seconds. */
@Injectable()
export class PutModelSlotUseCase {
  constructor(
    private readonly mongo: Mongo,
    private readonly slots: ModelSlotRepository,
    private readonly revisions: RevisionRepository,
    private readonly held: HeldState,
  ) {}

  /** @throws VALIDATION_FAILED, MODEL_NOT_FOUND, REQUEST_ID_REUSED */
  async execute({ requestId, slot: input }: PutModelSlotInput): Promise<ModelSlot> {
    const refs = { champion: toRef(input.champion), shadow: input.shadow ? toRef(input.shadow) : null };
    const adaptive = hasAdaptive(refs) ? toConfig(input) : null;
    const saved = await this.mongo.once({ scope: 'put-model-slot', requestId, input }, async (tx) => {
      await this.requireModel(refs.champion, tx);
      await this.requireModel(refs.shadow, tx);
      const version = ((await this.slots.find(input.slot, tx))?.version ?? 0) + 1;
      const { slot, historyFactType, successOutcome } = input;
      const next: ModelSlot = { slot, ...refs, historyFactType, successOutcome, adaptive, version };
      await this.slots.save(next, tx);
      await this.revisions.bump('models', tx);
      return next;
    });
    await this.held.refresh();
    return saved;
  }

  private async requireModel(ref: ModelRef | null, tx: Transaction): Promise<void> {
    if (ref?.kind !== 'onnx' || (await this.slots.hasModel(ref.modelId, tx))) return;
    throw notFound('MODEL_NOT_FOUND', 'There is no uploaded model of this id.', { modelId: ref.modelId });
  }
}

const toRef = ({ kind, modelId }: ModelRefInput): ModelRef => (kind === 'onnx' ? { kind, modelId } : { kind });

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
