import { AdaptiveModel, type AdaptiveModelConfig } from '../domain/models/adaptive-model';
import type { Feature } from '../domain/models/features';
import { adaptiveConfig } from '../domain/models/model-slot';
import type { AdaptiveInput, FeatureInput } from '../use-cases/put-model-slot/put-model-slot.request';

/** An adaptive model's configuration of what was said of it. @throws VALIDATION_FAILED when the model would not accept it */
export function toAdaptiveConfig(slot: string, { spec, ...settings }: AdaptiveInput): AdaptiveModelConfig {
  const config = adaptiveConfig({ ...settings, spec: { ...spec, features: spec.features.map(toFeature) } }, slot);
  // A trial: the model itself knows best what it can work with.
  void new AdaptiveModel(config);
  return config;
}

function toFeature({ kind, name, attribute, edges, bucketsPerDecade, of }: FeatureInput): Feature {
  const read = attribute === undefined ? {} : { attribute };
  switch (kind) {
    case 'categorical':
      return { kind, name, ...read };
    case 'cross':
      return { kind, name, of: of ?? [] };
    case 'numeric':
      return { kind, name, ...read, ...(edges && { edges }), ...(bucketsPerDecade && { bucketsPerDecade }) };
  }
}
