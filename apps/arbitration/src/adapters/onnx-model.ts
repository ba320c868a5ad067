import { DomainError, invalid } from '@tidegate/errors';
import type { InferenceSession, Tensor } from 'onnxruntime-web';
import type { Attributes } from '../domain/models/features';
import { probabilityOf } from '../domain/models/inference-protocol';
import {
  checkOnnxContract,
  toInputTensors,
  type InputTensor,
  type OnnxContract,
  type TensorInfo,
} from '../domain/models/onnx-contract';

type Runtime = typeof import('onnxruntime-web');

/** Rows of one run; a larger batch is run in pieces, so that its tensors stay small. */
const ROWS_PER_RUN = 1024;
export const MAX_MODEL_BYTES = 16 * 1024 * 1024;
/** How the runtime gives the size of an axis that is not fixed: -1 read as unsigned. */
const ANY_SIZE = 0xffffffff;

let runtime: Promise<Runtime> | undefined;

/** The runtime is 13 MB of WebAssembly: it is read when the first model is loaded, never at start. */
const loadRuntime = (): Promise<Runtime> => {
  runtime ??= import('onnxruntime-web').then((loaded) => {
    loaded.env.wasm.numThreads = 1;
    return loaded;
  });
  return runtime;
};

/** A trained model in the process: WebAssembly on one thread, nothing to install on the machine. */
export class OnnxModel {
  private constructor(
    private readonly ort: Runtime,
    private readonly session: InferenceSession,
    readonly contract: OnnxContract,
  ) {}

  /**
   * Reads an uploaded file and holds it against its contract.
   * @throws VALIDATION_FAILED when it is too large or its inputs and outputs are not the contract's.
   * @throws MODEL_FILE_UNREADABLE when it is no ONNX model that the runtime can run.
   */
  static async load(bytes: Uint8Array, contract: OnnxContract): Promise<OnnxModel> {
    if (bytes.byteLength > MAX_MODEL_BYTES) {
      throw invalid([{ field: 'model', description: `must be at most ${MAX_MODEL_BYTES} bytes` }]);
    }
    const ort = await loadRuntime();
    const session = await ort.InferenceSession.create(bytes, { executionProviders: ['wasm'] }).catch(
      (cause: unknown) => {
        throw new DomainError({
          code: 'INVALID_ARGUMENT',
          reason: 'MODEL_FILE_UNREADABLE',
          message: 'The file is not an ONNX model that can be run here.',
          cause,
        });
      },
    );
    try {
      checkOnnxContract(contract, session.inputMetadata.map(toInfo), session.outputMetadata.map(toInfo));
    } catch (error) {
      await session.release();
      throw error;
    }
    return new OnnxModel(ort, session, contract);
  }

  /**
   * Probabilities in the rows' order; null for a row of which the model says none.
   * @throws MODEL_OUTPUT_INVALID when the model does not answer with a row for each.
   */
  async scoreBatch(rows: readonly Attributes[]): Promise<(number | null)[]> {
    const scores: (number | null)[] = [];
    for (let from = 0; from < rows.length; from += ROWS_PER_RUN) {
      scores.push(...(await this.run(rows.slice(from, from + ROWS_PER_RUN))));
    }
    return scores;
  }

  /** Frees the model's memory, which the collector does not see. */
  async release(): Promise<void> {
    await this.session.release();
  }

  private async run(rows: readonly Attributes[]): Promise<(number | null)[]> {
    const feeds = Object.fromEntries(
      toInputTensors(this.contract, rows).map((input) => [input.name, this.toTensor(input)]),
    );
    const { output, outputColumn } = this.contract;
    const answer = (await this.session.run(feeds, [output]))[output];
    const data = answer === undefined ? [] : await answer.getData();
    const width = data.length / rows.length;
    if (!Number.isInteger(width) || outputColumn >= width) throw outputInvalid(output);
    return rows.map((_, row) => probabilityOf(Number(data[row * width + outputColumn])));
  }

  private toTensor({ type, data, shape }: InputTensor): Tensor {
    return type === 'string' ? new this.ort.Tensor('string', data, shape) : new this.ort.Tensor('float32', data, shape);
  }
}

const toInfo = (metadata: InferenceSession.ValueMetadata): TensorInfo =>
  metadata.isTensor
    ? {
        name: metadata.name,
        type: metadata.type,
        shape: metadata.shape.map((size) => (size === ANY_SIZE || size === -1 ? 'any' : size)),
      }
    : { name: metadata.name, type: 'not a tensor', shape: [] };

const outputInvalid = (output: string): DomainError =>
  new DomainError({
    code: 'FAILED_PRECONDITION',
    reason: 'MODEL_OUTPUT_INVALID',
    message: `The model's output ${output} does not hold a row for each customer.`,
  });
