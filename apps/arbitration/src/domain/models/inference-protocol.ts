import { DomainError } from '@tidegate/errors';
import type { Attributes } from './features';
import { toInputTensors, type OnnxContract, type TensorInfo } from './onnx-contract';

/**
 * Requests and answers of the Open Inference Protocol v2 over HTTP.
 * Source: https://github.com/open-inference/open-inference-protocol, specification/protocol/inference_rest.md.
 */

/** A tensor as requests carry it: its values row by row. */
export interface InferenceTensor {
  name: string;
  shape: number[];
  datatype: string;
  data: (number | string)[];
}

const TYPES: Readonly<Record<string, string>> = { FP32: 'float32', BYTES: 'string' };

/** The request for these rows. */
export const inferenceRequest = (
  contract: OnnxContract,
  rows: readonly Attributes[],
): { inputs: InferenceTensor[]; outputs: { name: string }[] } => ({
  inputs: toInputTensors(contract, rows).map(({ name, type, shape, data }) => ({
    name,
    shape,
    datatype: type === 'string' ? 'BYTES' : 'FP32',
    data: [...data],
  })),
  outputs: [{ name: contract.output }],
});

/** What a server says of a model's inputs and outputs. @throws MODEL_ANSWER_INVALID when it says it in another form. */
export function readMetadata(answer: unknown): { inputs: TensorInfo[]; outputs: TensorInfo[] } {
  const { inputs, outputs } = asObject(answer);
  return {
    inputs: asList(inputs).map((tensor) => toInfo(tensor)),
    // A probability of double precision serves as well.
    outputs: asList(outputs).map((tensor) => toInfo(tensor, { ...TYPES, FP64: 'float32' })),
  };
}

/**
 * Probabilities in the rows' order; null for a row of which it says anything else: one customer whom a model cannot score costs nobody else a score.
 * @throws MODEL_ANSWER_INVALID when the answer is of another form, or does not hold a row for each.
 */
export function readScores(
  answer: unknown,
  { output, outputColumn }: OnnxContract,
  rowCount: number,
): (number | null)[] {
  const tensor = asList(asObject(answer)['outputs'])
    .map(asObject)
    .find(({ name }) => name === output);
  const data = asList(tensor?.['data']).flat(2);
  const width = data.length / rowCount;
  if (!Number.isInteger(width) || outputColumn >= width) throw answerInvalid(`${output} does not hold a row for each`);
  return Array.from({ length: rowCount }, (_, row) => probabilityOf(data[row * width + outputColumn]));
}

/** Null for what is none. */
export const probabilityOf = (said: unknown): number | null =>
  typeof said === 'number' && said >= 0 && said <= 1 ? said : null;

export const answerInvalid = (what: string): DomainError =>
  new DomainError({
    code: 'FAILED_PRECONDITION',
    reason: 'MODEL_ANSWER_INVALID',
    message: `The model's server answered with something else than was asked: ${what}.`,
  });

const toInfo = (tensor: unknown, types = TYPES): TensorInfo => {
  const { name, datatype, shape } = asObject(tensor);
  if (typeof name !== 'string' || typeof datatype !== 'string')
    throw answerInvalid('a tensor without name or datatype');
  const sizes = asList(shape).map((size) => (typeof size === 'number' && size >= 0 ? size : 'any'));
  return { name, type: types[datatype] ?? datatype, shape: sizes };
};

const asObject = (value: unknown): Record<string, unknown> => {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Record<string, unknown>;
  throw answerInvalid('no object where there should be one');
};

const asList = (value: unknown): unknown[] => {
  if (Array.isArray(value)) return value as unknown[];
  throw answerInvalid('no list where there should be one');
};
