import type { AdaptiveModelConfig } from './adaptive-model';
import { DEFAULT_SLOTS, type FeatureSpec } from './features';
import type { FtrlSettings } from './ftrl';

/** What fills a place in a slot. */
export type ModelRef = { kind: 'adaptive' } | { kind: 'onnx' | 'remote'; modelId: string };

/** What of a slot is not a model: changed by two people once the slot is open. */
export interface SlotSettings {
  /** Type of the facts that tell past outcomes; empty for none. */
  historyFactType: string;
  successOutcome: string;
  /** Share of the people who are ranked by base rates. */
  noModelBasisPoints: number;
  /** Set when a model of the slot learns online, or did: it goes on learning wherever it stands. */
  adaptive: AdaptiveModelConfig | null;
}

/** A place for propensity models 模型槽: the champion ranks, the challenger for a share of the people, the shadow is only scored and kept. */
export interface ModelSlot extends SlotSettings {
  slot: string;
  champion: ModelRef;
  challenger: ModelRef | null;
  /** Share of the people whom the challenger ranks. */
  challengerBasisPoints: number;
  shadow: ModelRef | null;
  /** The last one first; none of them is champion now. */
  formerChampions: ModelRef[];
  /** Those that left otherwise, or were champion too long ago to go back to, the last one first. */
  retired: ModelRef[];
  version: number;
}

/** Id of a model among those of its slot. */
export const idOf = (ref: ModelRef): string => (ref.kind === 'adaptive' ? 'adaptive' : ref.modelId);

export const isSameModel = (left: ModelRef | null, right: ModelRef | null): boolean =>
  left !== null && right !== null && left.kind === right.kind && idOf(left) === idOf(right);

/** Whether the model is asked in this process, so that it always answers. */
export const isLocal = (ref: ModelRef): boolean => ref.kind !== 'remote';

/** Every model that a decision of the slot may ask. */
export const modelsOf = ({ champion, challenger, shadow, formerChampions }: ModelSlot): ModelRef[] =>
  [champion, challenger, shadow, ...formerChampions].filter((ref) => ref !== null);

export const hasAdaptive = (refs: readonly (ModelRef | null)[]): boolean =>
  refs.some((ref) => ref?.kind === 'adaptive');

/**
 * The model that ranks in place of one that cannot say: the champion when it is local, else the last champion before it that is. Null when
 * there is none, and base rates rank.
 */
export const fallbackOf = ({ champion, formerChampions }: ModelSlot): ModelRef | null =>
  [champion, ...formerChampions].find(isLocal) ?? null;

/** Rates that did best on a campaign of the past (docs of the models); the outcomes decide which of them is heard. */
const LEARNERS = [0.02, 0.05, 0.1, 0.2].map((alpha) => ({ alpha, beta: 1, l1: 0, l2: 0, retention: 0.999 }));

/** What may be said of an adaptive model. */
export type AdaptiveSaid = Partial<Omit<AdaptiveModelConfig, 'spec'>> & {
  spec: Partial<FeatureSpec> & Pick<FeatureSpec, 'features'>;
  /** Days after which an outcome weighs half; in place of each learner's own retention. */
  halfLifeDays?: number;
  /** Outcomes after which an older one weighs half; in place of each learner's own retention, beside the days when both are said. */
  halfLifeOutcomes?: number;
};

/** An adaptive model's configuration from what was said of it; all but the features has a default. */
export const adaptiveConfig = (said: AdaptiveSaid, slot: string): AdaptiveModelConfig => {
  const learners = said.learners ?? LEARNERS;
  return {
    spec: {
      name: said.spec.name ?? slot,
      slots: said.spec.slots ?? DEFAULT_SLOTS,
      forbidden: said.spec.forbidden ?? [],
      features: said.spec.features,
    },
    learners: learners.map((learner) => fading(learner, said)),
    minOutcomes: said.minOutcomes ?? 50,
    priorRate: said.priorRate ?? 0.05,
    ...(said.isPerTarget === false && { isPerTarget: false }),
  };
};

function fading(learner: FtrlSettings, { halfLifeDays, halfLifeOutcomes }: AdaptiveSaid): FtrlSettings {
  if (halfLifeDays === undefined && halfLifeOutcomes === undefined) return learner;
  const retention = halfLifeOutcomes === undefined ? 1 : 2 ** (-1 / halfLifeOutcomes);
  return { ...learner, retention, ...(halfLifeDays !== undefined && { halfLifeDays }) };
}
