import { invalid, type FieldViolation } from '@tidegate/errors';

/** One fact about a customer or a candidate, as the decision facts hold it. */
export type AttributeValue = string | number | boolean | null | undefined;
export type Attributes = Readonly<Record<string, AttributeValue>>;

/** A value taken as a label; letter case and outer blanks do not count. */
export interface CategoricalFeature {
  kind: 'categorical';
  name: string;
  /** Where the value is read; the feature's own name when left out. */
  attribute?: string;
}

/** A number taken as the bucket it falls in: by ascending `edges` (an edge belongs to the bucket above it), or by logarithm. */
export interface NumericFeature {
  kind: 'numeric';
  name: string;
  attribute?: string;
  edges?: readonly number[];
  /** In place of `edges`: signed buckets of equal ratio, this many to each factor of ten of |value| + 1. */
  bucketsPerDecade?: number;
}

/** Two to four categorical or numeric features taken together: one weight for each combination of their tokens. */
export interface CrossFeature {
  kind: 'cross';
  name: string;
  of: readonly string[];
}

export type Feature = CategoricalFeature | NumericFeature | CrossFeature;

/** What a model may look at: data, stored with the model, so that a slot is filled without new code. */
export interface FeatureSpec {
  name: string;
  /** Number of weights the hashed features share, the intercept's included. */
  slots: number;
  /** Attributes that no feature may read, such as one known only after the call. */
  forbidden: readonly string[];
  features: readonly Feature[];
}

/** The usual number of slots: at a few thousand live tokens under 2 % of them share one. */
export const DEFAULT_SLOTS = 2 ** 18;

const MAX_SLOTS = 2 ** 22;
const MAX_FEATURES = 200;
const MAX_EDGES = 200;
const MAX_CROSS_PARTS = 4;
const NAME = /^[A-Za-z][A-Za-z0-9_.-]{0,63}$/;

/** The attribute a plain feature reads; a cross reads none of its own. */
export const attributeOf = (feature: CategoricalFeature | NumericFeature): string => feature.attribute ?? feature.name;

/**
 * Checks a spec from outside.
 * @throws VALIDATION_FAILED when a name is bad or taken twice, a forbidden attribute is read, edges do not ascend, a cross names a
 * feature that is not there, or a limit is passed.
 */
export const checkFeatureSpec = (spec: FeatureSpec): void => {
  const violations: FieldViolation[] = [];
  const refuse = (field: string, description: string): number => violations.push({ field, description });

  if (!NAME.test(spec.name)) refuse('name', 'must be a short plain name');
  if (!Number.isInteger(spec.slots) || spec.slots < 2 || spec.slots > MAX_SLOTS) {
    refuse('slots', `must be a whole number from 2 to ${MAX_SLOTS}`);
  }
  if (spec.features.length === 0 || spec.features.length > MAX_FEATURES) {
    refuse('features', `must hold 1 to ${MAX_FEATURES} features`);
  }
  const kinds = new Map(spec.features.map((feature) => [feature.name, feature.kind]));
  if (kinds.size !== spec.features.length) refuse('features', 'must not use one name twice');

  for (const [index, feature] of spec.features.slice(0, MAX_FEATURES).entries()) {
    const field = `features[${index}]`;
    if (!NAME.test(feature.name)) refuse(`${field}.name`, 'must be a short plain name');
    if (feature.kind === 'cross') checkCross(feature, kinds, (text) => refuse(`${field}.of`, text));
    else if (spec.forbidden.includes(attributeOf(feature))) {
      refuse(`${field}.attribute`, `${attributeOf(feature)} is forbidden to this model`);
    }
    if (feature.kind === 'numeric') checkBuckets(feature, (text) => refuse(field, text));
  }
  if (violations.length > 0) throw invalid(violations, 'The feature list is not valid.');
};

const checkCross = (
  feature: CrossFeature,
  kinds: ReadonlyMap<string, Feature['kind']>,
  refuse: (text: string) => void,
): void => {
  if (feature.of.length < 2 || feature.of.length > MAX_CROSS_PARTS)
    refuse(`must name 2 to ${MAX_CROSS_PARTS} features`);
  for (const part of feature.of) {
    const kind = kinds.get(part);
    if (kind === undefined || kind === 'cross') refuse(`${part} is not a categorical or numeric feature of this list`);
  }
};

const checkBuckets = (feature: NumericFeature, refuse: (text: string) => void): void => {
  const { edges, bucketsPerDecade } = feature;
  if ((edges === undefined) === (bucketsPerDecade === undefined)) {
    refuse('needs either edges or bucketsPerDecade');
  } else if (edges !== undefined) {
    const ascends = edges.every((edge, i) => Number.isFinite(edge) && (i === 0 || edge > (edges[i - 1] ?? edge)));
    if (edges.length === 0 || edges.length > MAX_EDGES || !ascends) {
      refuse(`edges must be 1 to ${MAX_EDGES} ascending numbers`);
    }
  } else if (bucketsPerDecade !== undefined && !(bucketsPerDecade >= 0.5 && bucketsPerDecade <= 20)) {
    refuse('bucketsPerDecade must be 0.5 to 20');
  }
};
