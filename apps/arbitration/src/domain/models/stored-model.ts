import type { ModelTrial } from './model-trial';
import type { OnnxContract } from './onnx-contract';

/** Where a remote model is asked, and for how long what it said of a customer is used. */
export interface RemoteAddress {
  /** Scheme, host and port. */
  baseUrl: string;
  name: string;
  /** Empty for the server's own choice. */
  version: string;
  scoreMaxAgeSeconds: number;
}

/** A trained model that was taken in, with the contract it was checked against and its last trial. */
export interface StoredModel {
  modelId: string;
  kind: 'onnx' | 'remote';
  name: string;
  contract: OnnxContract;
  remote: RemoteAddress | null;
  /** Null in models of before it was kept. */
  trial: ModelTrial | null;
}
