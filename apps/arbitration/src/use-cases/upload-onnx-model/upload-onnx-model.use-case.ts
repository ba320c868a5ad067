import { createHash } from 'node:crypto';
import { performance } from 'node:perf_hooks';
import { Injectable } from '@nestjs/common';
import { DomainError, invalid } from '@tidegate/errors';
import { hashInput, Mongo } from '@tidegate/mongo';
import type { Attributes } from '../../domain/models/features';
import type { OnnxContract, OnnxFeature } from '../../domain/models/onnx-contract';
import { modelAttributes } from '../../domain/rule-subject';
import { CustomerStateRepository } from '../../repositories/customer-state.repository';
import { ModelSlotRepository } from '../../repositories/model-slot.repository';
import type { OnnxContractInput, OnnxFeatureInput, UploadOnnxModelInput } from './upload-onnx-model.request';

const CONTENT_BYTES_MAX = 4 * 1024 * 1024;
const DRY_RUN_ROWS = 200;

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
    private readonly customers: CustomerStateRepository,
  ) {}

  /** @throws VALIDATION_FAILED, MODEL_INVALID, MODEL_INPUTS_MISMATCH, REQUEST_ID_REUSED */
  async execute({ requestId, name, inputSpec }: UploadOnnxModelInput, content: Uint8Array): Promise<UploadedModel> {
    if (content.byteLength === 0 || content.byteLength > CONTENT_BYTES_MAX) {
      throw invalid([{ field: 'content', description: 'must be 1 byte to 4 MiB' }]);
    }
    const contract = toContract(inputSpec);
    const sha256 = createHash('sha256').update(content).digest('hex');
    const modelId = hashInput({ sha256, contract }).slice(0, 24);
    const dryRunMs = await this.dryRun(content, contract);
    return this.mongo.once({ scope: 'upload-onnx-model', requestId, input: { name, sha256, contract } }, async (tx) => {
      if (!(await this.slots.hasModel(modelId, tx))) {
        await this.slots.addModel({ modelId, name, contract, content }, tx);
      }
      return { modelId, dryRunMs };
    });
  }

  /** Milliseconds for a row. */
  private async dryRun(content: Uint8Array, contract: OnnxContract): Promise<number> {
    const known = await this.customers.sample(DRY_RUN_ROWS);
    const rows: Attributes[] = known.flatMap(({ facts }) => (facts === null ? [] : [modelAttributes(facts)]));
    // A customer of whom nothing is known must be scored too.
    rows.push({});
    const { OnnxModel } = await import('../../adapters/onnx-model');
    const model = await OnnxModel.load(content, contract).catch((error: unknown) =>
      Promise.reject(asUploadError(error)),
    );
    try {
      const startedAt = performance.now();
      await model.scoreBatch(rows);
      return (performance.now() - startedAt) / rows.length;
    } catch (error) {
      throw asUploadError(error);
    } finally {
      await model.release();
    }
  }
}

function asUploadError(error: unknown): unknown {
  if (!(error instanceof DomainError)) {
    return new DomainError({
      code: 'INVALID_ARGUMENT',
      reason: 'MODEL_INVALID',
      message: 'The model could not score customers.',
      cause: error,
    });
  }
  const isMismatch = error.reason === 'VALIDATION_FAILED';
  return new DomainError({
    code: 'INVALID_ARGUMENT',
    reason: isMismatch ? 'MODEL_INPUTS_MISMATCH' : 'MODEL_INVALID',
    message: error.message,
    violations: error.violations,
    cause: error,
  });
}

const toContract = ({ layout, input, output, outputColumn, forbidden, features }: OnnxContractInput): OnnxContract => ({
  layout,
  ...(input !== undefined && { input }),
  output,
  outputColumn,
  forbidden: forbidden ?? [],
  features: features.map(toFeature),
});

const toFeature = ({ name, kind, values, missing }: OnnxFeatureInput): OnnxFeature =>
  kind === 'numeric'
    ? { name, kind, missing: Number(missing) }
    : { name, kind, ...(values && { values }), ...(missing !== undefined && { missing: String(missing) }) };
