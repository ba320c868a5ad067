import { Injectable } from '@nestjs/common';
import { notFound } from '@tidegate/errors';
import type { StoredModel } from '../../../domain/models/stored-model';
import { ModelSlotRepository } from '../../../repositories/model-slot.repository';
import { ModelTrials } from '../../model-trials';

/** Runs a model once more on customers of today. A repeat only tries it again. */
@Injectable()
export class TryModelUseCase {
  constructor(
    private readonly slots: ModelSlotRepository,
    private readonly trials: ModelTrials,
  ) {}

  /** @throws MODEL_NOT_FOUND, MODEL_INVALID, MODEL_INPUTS_MISMATCH, MODEL_UNREACHABLE, MODEL_ADDRESS_NOT_ALLOWED */
  async execute(modelId: string): Promise<StoredModel> {
    const model = await this.slots.findModel(modelId);
    if (model === null) throw notFound('MODEL_NOT_FOUND', 'There is no model of this id.');
    const trial = await this.trials.tryStored(model);
    await this.slots.saveTrial(modelId, trial);
    return { ...model, trial };
  }
}
