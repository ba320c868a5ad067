import type { AdaptiveModelConfig } from './adaptive-model';
import { DEFAULT_SLOTS, type FeatureSpec } from './features';

/** What fills a place in a slot. */
export type ModelRef = { kind: 'adaptive' } | { kind: 'onnx'; modelId: string };

/** A place for propensity models 模型槽: the champion ranks, the shadow is only scored and kept. */
export interface ModelSlot {
  slot: string;
  champion: ModelRef;
  shadow: ModelRef | null;
  /** Type of the facts that tell past outcomes; empty for none. */
  historyFactType: string;
  successOutcome: string;
  /** Set when one of the two learns online. */
  adaptive: AdaptiveModelConfig | null;
  version: number;
}

export const hasAdaptive = ({ champion, shadow }: Pick<ModelSlot, 'champion' | 'shadow'>): boolean =>
  champion.kind === 'adaptive' || shadow?.kind === 'adaptive';

/** Rates that did best on a campaign of the past (docs of the models); the outcomes decide which of them is heard. */
const LEARNERS = [0.02, 0.05, 0.1, 0.2].map((alpha) => ({ alpha, beta: 1, l1: 0, l2: 0, retention: 0.999 }));

/** An adaptive model's configuration from what was said of it; all but the features has a default. */
export const adaptiveConfig = (
  said: Partial<Omit<AdaptiveModelConfig, 'spec'>> & { spec: Partial<FeatureSpec> & Pick<FeatureSpec, 'features'> },
  slot: string,
): AdaptiveModelConfig => ({
  spec: {
    name: said.spec.name ?? slot,
    slots: said.spec.slots ?? DEFAULT_SLOTS,
    forbidden: said.spec.forbidden ?? [],
    features: said.spec.features,
  },
  learners: said.learners ?? LEARNERS,
  minOutcomes: said.minOutcomes ?? 50,
  priorRate: said.priorRate ?? 0.05,
});
