import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { invalid } from '@tidegate/errors';
import { hashInput, Mongo } from '@tidegate/mongo';
import type { StoredModel } from '../../domain/models/stored-model';
import { ModelTrials } from '../../models/model-trials';
import { ModelSlotRepository } from '../../repositories/model-slot.repository';
import { toContract } from './to-contract';
import type { UploadOnnxModelInput } from './upload-onnx-model.request';

const CONTENT_BYTES_MAX = 4 * 1024 * 1024;

export interface UploadedModel {
  modelId: string;
  dryRunMs: number;
}

/** Takes a trained model in: its inputs are held against what was said of them, and it scores real customers once. */
@Injectable()
export class UploadOnnxModelUseCase {
  constructor(
    private readonly mongo: Mongo,
    private readonly slots: ModelSlotRepository,
    private readonly trials: ModelTrials,
  ) {}

  /** @throws VALIDATION_FAILED, MODEL_INVALID, MODEL_INPUTS_MISMATCH, REQUEST_ID_REUSED */
  async execute({ requestId, name, inputSpec }: UploadOnnxModelInput, content: Uint8Array): Promise<UploadedModel> {
    if (content.byteLength === 0 || content.byteLength > CONTENT_BYTES_MAX) {
      throw invalid([{ field: 'content', description: 'must be 1 byte to 4 MiB' }]);
    }
    const contract = toContract(inputSpec);
    const sha256 = createHash('sha256').update(content).digest('hex');
    const modelId = hashInput({ sha256, contract }).slice(0, 24);
    const trial = await this.trials.tryFile(content, contract);
    return this.mongo.once({ scope: 'upload-onnx-model', requestId, input: { name, sha256, contract } }, async (tx) => {
      const model: StoredModel = { modelId, kind: 'onnx', name, contract, remote: null, trial };
      if ((await this.slots.findModel(modelId, tx)) === null) await this.slots.addModel(model, content, tx);
      else await this.slots.saveTrial(modelId, trial, tx);
      return { modelId, dryRunMs: trial.latencyP50Ms };
    });
  }
}
