import { DomainError, invalid } from '@tidegate/errors';
import { originOf, type ArbitrationConfig } from '../arbitration.config';
import { answerInvalid, inferenceRequest, readMetadata, readScores } from '../domain/models/inference-protocol';
import { checkOnnxContract, type OnnxContract } from '../domain/models/onnx-contract';
import type { Attributes } from '../domain/models/features';
import type { RemoteAddress } from '../domain/models/stored-model';

const ROWS_PER_CALL = 256;
const ANSWER_BYTES_MAX = 4 * 1024 * 1024;

type Settings = Pick<ArbitrationConfig, 'modelOrigins' | 'modelTimeoutMs' | 'tokenOf'>;

/**
 * A model that another server runs, asked over the Open Inference Protocol v2. Only servers on the bank's list are ever called, a redirect is
 * followed to none, and neither a token nor what the server said gets into an error.
 */
export class RemoteModel {
  constructor(
    private readonly address: RemoteAddress,
    private readonly contract: OnnxContract,
    private readonly settings: Settings,
  ) {}

  /**
   * Whether the server is ready and the model's inputs and outputs are the contract's.
   * @throws MODEL_ADDRESS_NOT_ALLOWED, MODEL_UNREACHABLE, MODEL_ANSWER_INVALID
   * @throws VALIDATION_FAILED naming each input and output that differs
   */
  async check(): Promise<void> {
    await this.call('v2/health/ready');
    const { inputs, outputs } = readMetadata(await this.callForJson(this.modelPath));
    checkOnnxContract(this.contract, inputs, outputs);
  }

  /**
   * Probabilities in the rows' order; null for a row of which it says none.
   * @throws MODEL_ADDRESS_NOT_ALLOWED, MODEL_UNREACHABLE, MODEL_ANSWER_INVALID
   */
  async scoreBatch(rows: readonly Attributes[]): Promise<(number | null)[]> {
    const scores: (number | null)[] = [];
    for (let from = 0; from < rows.length; from += ROWS_PER_CALL) {
      const part = rows.slice(from, from + ROWS_PER_CALL);
      const answer = await this.callForJson(`${this.modelPath}/infer`, inferenceRequest(this.contract, part));
      scores.push(...readScores(answer, this.contract, part.length));
    }
    return scores;
  }

  private get modelPath(): string {
    const { name, version } = this.address;
    const path = `v2/models/${encodeURIComponent(name)}`;
    return version === '' ? path : `${path}/versions/${encodeURIComponent(version)}`;
  }

  private async callForJson(path: string, body?: object): Promise<unknown> {
    const text = await this.call(path, body);
    try {
      return JSON.parse(text) as unknown;
    } catch {
      throw answerInvalid('no JSON');
    }
  }

  private async call(path: string, body?: object): Promise<string> {
    const origin = requireAllowed(this.address.baseUrl, this.settings.modelOrigins);
    const token = this.settings.tokenOf(origin);
    try {
      const response = await fetch(`${origin}/${path}`, {
        method: body === undefined ? 'GET' : 'POST',
        redirect: 'error',
        signal: AbortSignal.timeout(this.settings.modelTimeoutMs),
        headers: {
          accept: 'application/json',
          ...(body !== undefined && { 'content-type': 'application/json' }),
          ...(token !== undefined && { authorization: `Bearer ${token}` }),
        },
        ...(body !== undefined && { body: JSON.stringify(body) }),
      });
      if (!response.ok) {
        await response.body?.cancel();
        throw unreachable(`it answered with status ${response.status}`);
      }
      return await readBounded(response);
    } catch (error) {
      if (error instanceof DomainError) throw error;
      const isSlow = (error as { name?: unknown } | null)?.name === 'TimeoutError';
      throw unreachable(isSlow ? `it did not answer within ${this.settings.modelTimeoutMs} ms` : 'the call failed');
    }
  }
}

/** @throws VALIDATION_FAILED when it is no address of a server, MODEL_ADDRESS_NOT_ALLOWED when the bank's list does not have it */
export function requireAllowed(baseUrl: string, origins: ReadonlySet<string>): string {
  const origin = originOf(baseUrl);
  if (origin === null) throw invalid([{ field: 'baseUrl', description: 'must be scheme, host and port alone' }]);
  if (origins.has(origin)) return origin;
  throw new DomainError({
    code: 'FAILED_PRECONDITION',
    reason: 'MODEL_ADDRESS_NOT_ALLOWED',
    message: 'The setting ARBITRATION_MODEL_ADDRESSES does not allow this server.',
  });
}

async function readBounded(response: Response): Promise<string> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of (response.body ?? []) as AsyncIterable<Uint8Array>) {
    size += chunk.byteLength;
    if (size > ANSWER_BYTES_MAX) throw answerInvalid('too large');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

const unreachable = (why: string): DomainError =>
  new DomainError({
    code: 'UNAVAILABLE',
    reason: 'MODEL_UNREACHABLE',
    message: `The model's server could not be asked: ${why}.`,
  });
