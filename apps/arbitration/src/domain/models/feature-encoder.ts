import {
  attributeOf,
  checkFeatureSpec,
  type Attributes,
  type AttributeValue,
  type CategoricalFeature,
  type FeatureSpec,
  type NumericFeature,
} from './features';
import { hashText, joinHashes, mixHash } from './token-hash';

/** Slot of the intercept, which is on in every row. No token hashes there. */
export const INTERCEPT_SLOT = 0;
/** Token of a value that is absent, blank or of the wrong type: absence is a fact a model can learn from. */
export const MISSING_TOKEN = '?';
const MAX_LABEL_LENGTH = 80;

/** A row before it is asked about a target. */
export interface EncodedRow {
  /** Slots that are on whatever the target. */
  shared: number[];
  /** Of the plain features' tokens, which a target's own slots go on from. */
  hashes: number[];
}

interface PlainFeature {
  name: string;
  attribute: string;
  /** Hash of `name=`, which the value's token goes on from. */
  seed: number;
  tokenOf(value: AttributeValue): string;
}

interface Cross {
  seed: number;
  parts: number[];
}

/**
 * Turns attributes into the slots that are on: the intercept's, then one for each feature in the list's order. The same attributes
 * give the same slots in every process and for ever (the hash is fixed), and nothing outside the list is read.
 */
export class FeatureEncoder {
  private readonly plain: PlainFeature[];
  private readonly crosses: Cross[];

  /** @throws VALIDATION_FAILED when the spec breaks a rule of `checkFeatureSpec`. */
  constructor(readonly spec: FeatureSpec) {
    checkFeatureSpec(spec);
    this.plain = spec.features.flatMap((feature) => (feature.kind === 'cross' ? [] : [compile(feature)]));
    const positions = new Map(this.plain.map((feature, position) => [feature.name, position]));
    this.crosses = spec.features.flatMap((feature) =>
      feature.kind === 'cross'
        ? [{ seed: hashText(`${feature.name}*`), parts: feature.of.map((part) => positions.get(part) ?? 0) }]
        : [],
    );
  }

  encode(attributes: Attributes): number[] {
    return this.encodeRow(attributes).shared;
  }

  encodeRow(attributes: Attributes): EncodedRow {
    const hashes = this.plain.map((feature) => hashText(feature.tokenOf(attributes[feature.attribute]), feature.seed));
    const slots = [INTERCEPT_SLOT];
    for (const hash of hashes) slots.push(this.slotOf(hash));
    for (const cross of this.crosses) {
      slots.push(this.slotOf(cross.parts.reduce((joined, part) => joinHashes(joined, hashes[part] ?? 0), cross.seed)));
    }
    return { shared: slots, hashes };
  }

  /**
   * The slots that are on for one target alone: its intercept's, then one for each plain feature. A weight there is what the target
   * differs by from all targets together, so a target that is new scores as all do.
   * Source: H. Daumé III, "Frustratingly easy domain adaptation", ACL 2007.
   */
  targetSlots({ hashes }: EncodedRow, target: string): number[] {
    const seed = hashText(`@${target}`);
    return [this.slotOf(seed), ...hashes.map((hash) => this.slotOf(joinHashes(seed, hash)))];
  }

  /** What each slot of `encode` stands for, in the same order: `job=retired`, `job=retired & age=60..65`. */
  describe(attributes: Attributes): string[] {
    const tokens = this.plain.map((feature) => `${feature.name}=${feature.tokenOf(attributes[feature.attribute])}`);
    const crosses = this.crosses.map((cross) => cross.parts.map((part) => tokens[part]).join(' & '));
    return ['(intercept)', ...tokens, ...crosses];
  }

  private slotOf(hash: number): number {
    return 1 + (mixHash(hash) % (this.spec.slots - 1));
  }
}

const compile = (feature: CategoricalFeature | NumericFeature): PlainFeature => ({
  name: feature.name,
  attribute: attributeOf(feature),
  seed: hashText(`${feature.name}=`),
  tokenOf: feature.kind === 'categorical' ? labelOf : bucketer(feature),
});

const labelOf = (value: AttributeValue): string => {
  if (value === null || value === undefined) return MISSING_TOKEN;
  return String(value).trim().toLowerCase().slice(0, MAX_LABEL_LENGTH) || MISSING_TOKEN;
};

/** A number as given or as text; anything else is missing. */
export const numberOf = (value: AttributeValue): number | undefined => {
  if (typeof value === 'boolean') return value ? 1 : 0;
  const parsed = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
  return typeof parsed === 'number' && Number.isFinite(parsed) ? parsed : undefined;
};

const bucketer = (feature: NumericFeature): ((value: AttributeValue) => string) => {
  const { edges, bucketsPerDecade = 1 } = feature;
  if (edges === undefined) {
    return (value) => {
      const number = numberOf(value);
      if (number === undefined) return MISSING_TOKEN;
      const bucket = Math.floor(Math.log10(Math.abs(number) + 1) * bucketsPerDecade);
      const [near, far] = [bucket, bucket + 1].map((end) =>
        Number((10 ** (end / bucketsPerDecade) - 1).toPrecision(3)),
      );
      if (number === 0) return '0';
      return number > 0 ? `${near}..${far}` : `-${far}..-${near}`;
    };
  }
  const labels = [
    `<${edges[0]}`,
    ...edges.map((edge, i) => (i + 1 < edges.length ? `${edge}..${edges[i + 1]}` : `>=${edge}`)),
  ];
  return (value) => {
    const number = numberOf(value);
    if (number === undefined) return MISSING_TOKEN;
    let low = 0;
    let high = edges.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (number >= (edges[middle] ?? Infinity)) low = middle + 1;
      else high = middle;
    }
    return labels[low] ?? MISSING_TOKEN;
  };
};
