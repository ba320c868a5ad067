import { Injectable } from '@nestjs/common';
import { notFound } from '@tidegate/errors';
import type { StoredModel } from '../../../domain/models/stored-model';
import { ModelSlotRepository } from '../../../repositories/model-slot.repository';

/** An uploaded or registered model with its last trial. */
@Injectable()
export class GetModelUseCase {
  constructor(private readonly slots: ModelSlotRepository) {}

  /** @throws MODEL_NOT_FOUND */
  async execute(modelId: string): Promise<StoredModel> {
    const model = await this.slots.findModel(modelId);
    if (model === null) throw notFound('MODEL_NOT_FOUND', 'There is no model of this id.');
    return model;
  }
}
