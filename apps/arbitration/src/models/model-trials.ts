import { performance } from 'node:perf_hooks';
import { Injectable } from '@nestjs/common';
import { DomainError } from '@tidegate/errors';
import { Clock } from '@tidegate/service';
import { RemoteModel } from '../adapters/remote-model';
import { ArbitrationConfig } from '../arbitration.config';
import { refusesProfilingAnywhere } from '../domain/consent';
import type { Attributes } from '../domain/models/features';
import { trialOf, type ModelTrial } from '../domain/models/model-trial';
import type { OnnxContract } from '../domain/models/onnx-contract';
import type { StoredModel } from '../domain/models/stored-model';
import { modelAttributes } from '../domain/rule-subject';
import { CustomerStateRepository } from '../repositories/customer-state.repository';
import { ModelSlotRepository } from '../repositories/model-slot.repository';

/** Real customers of a trial. Each is one call of a remote model, so there are fewer for those. */
const ROWS_LOCAL = 500;
const ROWS_REMOTE = 100;

interface Scoring {
  scoreBatch(rows: readonly Attributes[]): Promise<(number | null)[]>;
}

/** Tries models on real customers of the base who did not refuse profiling: their scores and how long each took. Nothing else is kept. */
@Injectable()
export class ModelTrials {
  constructor(
    private readonly customers: CustomerStateRepository,
    private readonly slots: ModelSlotRepository,
    private readonly config: ArbitrationConfig,
    private readonly clock: Clock,
  ) {}

  /** @throws MODEL_INVALID, MODEL_INPUTS_MISMATCH */
  async tryFile(content: Uint8Array, contract: OnnxContract): Promise<ModelTrial> {
    const { OnnxModel } = await import('../adapters/onnx-model');
    const model = await OnnxModel.load(content, contract).catch((error: unknown) =>
      Promise.reject(asModelError(error)),
    );
    try {
      return await this.run(model, ROWS_LOCAL);
    } finally {
      await model.release();
    }
  }

  /** @throws MODEL_ADDRESS_NOT_ALLOWED, MODEL_UNREACHABLE, MODEL_INVALID, MODEL_INPUTS_MISMATCH */
  async tryRemote({ remote, contract }: Pick<StoredModel, 'remote' | 'contract'>): Promise<ModelTrial> {
    if (remote === null) throw new Error('a remote model has no address');
    const model = new RemoteModel(remote, contract, this.config);
    await model.check().catch((error: unknown) => Promise.reject(asModelError(error)));
    return this.run(model, ROWS_REMOTE);
  }

  async tryStored(model: StoredModel): Promise<ModelTrial> {
    if (model.kind === 'remote') return this.tryRemote(model);
    return this.tryFile(await this.slots.getContent(model.modelId), model.contract);
  }

  /** Row by row, as a decision would ask; a customer of whom nothing is known must be scored too. */
  private async run(model: Scoring, rowsMax: number): Promise<ModelTrial> {
    const sampled = await this.customers.sample(rowsMax);
    const known = sampled.filter((state) => !refusesProfilingAnywhere(state));
    const rows: Attributes[] = [...known.flatMap(({ facts }) => (facts === null ? [] : [modelAttributes(facts)])), {}];
    const scores: number[] = [];
    const latencies: number[] = [];
    try {
      for (const row of rows) {
        const startedAt = performance.now();
        const [score = null] = await model.scoreBatch([row]);
        latencies.push(performance.now() - startedAt);
        if (score === null) throw new Error('the model says no probability of a customer');
        scores.push(score);
      }
    } catch (error) {
      throw asModelError(error);
    }
    return trialOf(scores, latencies, this.clock.now());
  }
}

/** Reasons that say of themselves what is wrong. */
const PLAIN_REASONS: ReadonlySet<string> = new Set(['MODEL_UNREACHABLE', 'MODEL_ADDRESS_NOT_ALLOWED']);

function asModelError(error: unknown): unknown {
  if (!(error instanceof DomainError)) {
    const message = 'The model could not score customers.';
    return new DomainError({ code: 'INVALID_ARGUMENT', reason: 'MODEL_INVALID', message, cause: error });
  }
  if (PLAIN_REASONS.has(error.reason)) return error;
  const isMismatch = error.reason === 'VALIDATION_FAILED';
  return new DomainError({
    code: 'INVALID_ARGUMENT',
    reason: isMismatch ? 'MODEL_INPUTS_MISMATCH' : 'MODEL_INVALID',
    message: error.message,
    violations: error.violations,
    cause: error,
  });
}
