import { Injectable } from '@nestjs/common';
import { notFound } from '@tidegate/errors';
import { Mongo } from '@tidegate/mongo';
import type { StoredModel } from '../../../domain/models/stored-model';
import { ModelSlotRepository } from '../../../repositories/model-slot.repository';
import { ModelTrials } from '../../model-trials';
import type { TryModelInput } from './try-model.request';

/** Runs a model once more on customers of today. */
@Injectable()
export class TryModelUseCase {
  constructor(
    private readonly mongo: Mongo,
    private readonly slots: ModelSlotRepository,
    private readonly trials: ModelTrials,
  ) {}

  /** @throws MODEL_NOT_FOUND, MODEL_INVALID, MODEL_INPUTS_MISMATCH, MODEL_UNREACHABLE, MODEL_ADDRESS_NOT_ALLOWED */
  async execute({ modelId, requestId }: TryModelInput): Promise<StoredModel> {
    const model = await this.slots.findModel(modelId);
    if (model === null) throw notFound('MODEL_NOT_FOUND', 'There is no model of this id.');
    const trial = await this.trials.tryStored(model);
    return this.mongo.once({ scope: 'try-model', requestId, input: { modelId } }, async (tx) => {
      await this.slots.saveTrial(modelId, trial, tx);
      return { ...model, trial };
    });
  }
}
