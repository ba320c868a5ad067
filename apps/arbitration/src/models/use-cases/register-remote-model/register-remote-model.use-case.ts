import { Injectable } from '@nestjs/common';
import { hashInput, Mongo } from '@tidegate/mongo';
import { requireAllowed } from '../../../adapters/remote-model';
import { ArbitrationConfig } from '../../../arbitration.config';
import type { StoredModel } from '../../../domain/models/stored-model';
import { ModelSlotRepository } from '../../../repositories/model-slot.repository';
import { toContract } from '../../../use-cases/upload-onnx-model/to-contract';
import { ModelTrials } from '../../model-trials';
import type { RegisterRemoteModelInput } from './register-remote-model.request';

const MAX_AGE_SECONDS_DEFAULT = 86_400;

/** Takes in a model that another server runs: it must be ready, fit its feature list, and score real customers. */
@Injectable()
export class RegisterRemoteModelUseCase {
  constructor(
    private readonly mongo: Mongo,
    private readonly slots: ModelSlotRepository,
    private readonly trials: ModelTrials,
    private readonly config: ArbitrationConfig,
  ) {}

  /**
   * @throws VALIDATION_FAILED, MODEL_ADDRESS_NOT_ALLOWED, MODEL_UNREACHABLE, MODEL_INPUTS_MISMATCH, MODEL_INVALID, REQUEST_ID_REUSED
   */
  async execute({ requestId, inputSpec, ...input }: RegisterRemoteModelInput): Promise<StoredModel> {
    const baseUrl = requireAllowed(input.baseUrl, this.config.modelOrigins);
    const { name, remoteName, remoteVersion: version } = input;
    const scoreMaxAgeSeconds = input.scoreMaxAgeSeconds || MAX_AGE_SECONDS_DEFAULT;
    const remote = { baseUrl, name: remoteName, version, scoreMaxAgeSeconds };
    const contract = toContract(inputSpec);
    const modelId = hashInput({ remote, contract }).slice(0, 24);
    const trial = await this.trials.tryRemote({ remote, contract });
    const key = { scope: 'register-remote-model', requestId, input: { name, remote, contract } };
    return this.mongo.once(key, async (tx) => {
      const model: StoredModel = { modelId, kind: 'remote', name, contract, remote, trial };
      if ((await this.slots.findModel(modelId, tx)) === null) await this.slots.addModel(model, null, tx);
      else await this.slots.saveTrial(modelId, trial, tx);
      return model;
    });
  }
}
