import type { OnnxContract, OnnxFeature } from '../../domain/models/onnx-contract';
import type { OnnxContractInput, OnnxFeatureInput } from './upload-onnx-model.request';

export const toContract = ({
  layout,
  input,
  output,
  outputColumn,
  forbidden,
  features,
}: OnnxContractInput): OnnxContract => ({
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
