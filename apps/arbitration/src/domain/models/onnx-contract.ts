import { invalid, type FieldViolation } from '@tidegate/errors';
import { numberOf } from './feature-encoder';
import type { Attributes, AttributeValue } from './features';

/** One input of a trained model. A categorical one is one-hot over `values`; a value outside them is all zeros. */
export type OnnxFeature =
  | { name: string; kind: 'numeric'; /** Stands in for a value that is absent or no number. */ missing: number }
  | {
      name: string;
      kind: 'categorical';
      values?: readonly string[];
      /** Stands in when absent (text inputs). */ missing?: string;
    };

/**
 * How customers become a model's input tensors, uploaded beside the `.onnx` file.
 * `matrix`: one float tensor [rows, columns], features in order, a categorical one taking a column for each of its values.
 * `columns`: one tensor [rows, 1] for each feature, of its name: float for numeric, string for categorical.
 */
export interface OnnxContract {
  layout: 'matrix' | 'columns';
  /** Name of the input, for `matrix`. */
  input?: string;
  /** Output that holds the probability, and its column when it has several. */
  output: string;
  outputColumn: number;
  forbidden: readonly string[];
  features: readonly OnnxFeature[];
}

/** A tensor before any runtime: its values row by row. */
export type InputTensor =
  | { name: string; type: 'float32'; shape: [number, number]; data: Float32Array }
  | { name: string; type: 'string'; shape: [number, number]; data: string[] };

/** What a loaded file says of itself; a size that is not fixed is given as a text. */
export interface TensorInfo {
  name: string;
  type: string;
  shape: readonly (number | string)[];
}

const MAX_FEATURES = 500;
const MAX_VALUES = 1000;

/** Number of columns of the `matrix` layout. */
export const matrixWidth = (features: readonly OnnxFeature[]): number =>
  features.reduce((width, feature) => width + columnsOf(feature), 0);

const columnsOf = (feature: OnnxFeature): number => (feature.kind === 'numeric' ? 1 : (feature.values?.length ?? 0));

/** The tensors for these rows, ready to hand to a runtime. */
export const toInputTensors = (contract: OnnxContract, rows: readonly Attributes[]): InputTensor[] =>
  contract.layout === 'matrix'
    ? [toMatrix(contract, rows)]
    : contract.features.map((feature) => toColumn(feature, rows));

const toMatrix = (contract: OnnxContract, rows: readonly Attributes[]): InputTensor => {
  const width = matrixWidth(contract.features);
  const data = new Float32Array(rows.length * width);
  rows.forEach((attributes, row) => {
    let at = row * width;
    for (const feature of contract.features) {
      if (feature.kind === 'numeric') data[at] = numberOf(attributes[feature.name]) ?? feature.missing;
      else {
        const position = feature.values?.indexOf(textOf(attributes[feature.name])) ?? -1;
        if (position >= 0) data[at + position] = 1;
      }
      at += columnsOf(feature);
    }
  });
  return { name: contract.input ?? '', type: 'float32', shape: [rows.length, width], data };
};

const toColumn = (feature: OnnxFeature, rows: readonly Attributes[]): InputTensor => {
  const shape: [number, number] = [rows.length, 1];
  if (feature.kind === 'numeric') {
    const data = Float32Array.from(rows, (attributes) => numberOf(attributes[feature.name]) ?? feature.missing);
    return { name: feature.name, type: 'float32', shape, data };
  }
  const data = rows.map((attributes) => textOf(attributes[feature.name]) || (feature.missing ?? ''));
  return { name: feature.name, type: 'string', shape, data };
};

const textOf = (value: AttributeValue): string =>
  value === null || value === undefined ? '' : String(value).trim().toLowerCase();

/**
 * Holds an uploaded file against its contract, before it may fill a slot.
 * @throws VALIDATION_FAILED when the feature list itself is bad or reads a forbidden attribute, or when the file's inputs or outputs
 * are not the ones the list makes.
 */
export const checkOnnxContract = (
  contract: OnnxContract,
  inputs: readonly TensorInfo[],
  outputs: readonly TensorInfo[],
): void => {
  const violations = [...checkFeatures(contract), ...checkInputs(contract, inputs), ...checkOutput(contract, outputs)];
  if (violations.length > 0) throw invalid(violations, 'The model file does not fit its feature list.');
};

const checkFeatures = ({ features, layout, forbidden, input }: OnnxContract): FieldViolation[] => {
  const violations: FieldViolation[] = [];
  if (features.length === 0 || features.length > MAX_FEATURES) {
    violations.push({ field: 'features', description: `must hold 1 to ${MAX_FEATURES} features` });
  }
  if (new Set(features.map(({ name }) => name)).size !== features.length) {
    violations.push({ field: 'features', description: 'must not use one name twice' });
  }
  if (layout === 'matrix' && !input)
    violations.push({ field: 'input', description: 'is needed for the matrix layout' });
  for (const [i, feature] of features.entries()) {
    const field = `features[${i}]`;
    if (forbidden.includes(feature.name)) {
      violations.push({ field, description: `${feature.name} is forbidden to this model` });
    }
    if (feature.kind === 'numeric' && !Number.isFinite(feature.missing)) {
      violations.push({ field: `${field}.missing`, description: 'must be a number' });
    }
    if (feature.kind === 'categorical' && layout === 'matrix') {
      const count = feature.values?.length ?? 0;
      if (count === 0 || count > MAX_VALUES) {
        violations.push({ field: `${field}.values`, description: `must hold 1 to ${MAX_VALUES} values` });
      }
    }
  }
  return violations;
};

const checkInputs = (contract: OnnxContract, inputs: readonly TensorInfo[]): FieldViolation[] => {
  const wanted = toInputTensors(contract, []);
  const violations = inputs
    .filter((input) => !wanted.some(({ name }) => name === input.name))
    .map((input) => ({
      field: 'inputs',
      description: `the file asks for ${input.name}, which the list does not make`,
    }));
  for (const tensor of wanted) {
    const input = inputs.find(({ name }) => name === tensor.name);
    const field = `inputs.${tensor.name}`;
    if (input === undefined) violations.push({ field, description: 'the file has no such input' });
    else {
      if (input.type !== tensor.type) violations.push({ field, description: `is ${input.type}, not ${tensor.type}` });
      const [rows, width] = input.shape;
      if (
        input.shape.length !== 2 ||
        typeof rows === 'number' ||
        (typeof width === 'number' && width !== tensor.shape[1])
      ) {
        violations.push({ field, description: `must be [any, ${tensor.shape[1]}], not [${input.shape.join(', ')}]` });
      }
    }
  }
  return violations;
};

const checkOutput = (contract: OnnxContract, outputs: readonly TensorInfo[]): FieldViolation[] => {
  const output = outputs.find(({ name }) => name === contract.output);
  if (output === undefined) return [{ field: 'output', description: `the file has no output ${contract.output}` }];
  if (output.type !== 'float32') return [{ field: 'output', description: `is ${output.type}, not float32` }];
  const width = output.shape[1];
  const isInside = typeof width !== 'number' || (contract.outputColumn >= 0 && contract.outputColumn < width);
  return isInside ? [] : [{ field: 'outputColumn', description: `must be 0 to ${width - 1}` }];
};
