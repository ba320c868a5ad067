import { Injectable } from '@nestjs/common';
import { decodePageToken, encodePageToken, pageSize } from '@tidegate/mongo';
import type { StoredModel } from '../../../domain/models/stored-model';
import { ModelSlotRepository } from '../../../repositories/model-slot.repository';
import type { ListModelsInput } from './list-models.request';

/** Uploaded and registered models, in id order. */
@Injectable()
export class ListModelsUseCase {
  constructor(private readonly slots: ModelSlotRepository) {}

  /** @throws PAGE_TOKEN_INVALID */
  async execute(input: ListModelsInput): Promise<{ models: StoredModel[]; nextPageToken: string }> {
    const limit = pageSize(input.pageSize, { max: 200, fallback: 50 });
    const models = await this.slots.listModels(decodePageToken(input.pageToken)?.[0] ?? '', limit);
    const last = models.length === limit ? models.at(-1) : undefined;
    return { models, nextPageToken: last ? encodePageToken([last.modelId]) : '' };
  }
}
