import * as fc from 'fast-check';
import { FeatureEncoder, INTERCEPT_SLOT, MISSING_TOKEN, numberOf } from './feature-encoder';
import { checkFeatureSpec, DEFAULT_SLOTS, type Feature, type FeatureSpec } from './features';

const aSpec = (overrides: Partial<FeatureSpec> = {}): FeatureSpec => ({
  name: 'test',
  slots: DEFAULT_SLOTS,
  forbidden: ['duration'],
  features: [
    { kind: 'categorical', name: 'job' },
    { kind: 'numeric', name: 'age', edges: [30, 45, 60] },
    { kind: 'numeric', name: 'balance', bucketsPerDecade: 2 },
    { kind: 'cross', name: 'job_age', of: ['job', 'age'] },
  ],
  ...overrides,
});
const refusal =
  (features: Feature[]): (() => void) =>
  () =>
    checkFeatureSpec(aSpec({ features }));

describe('checkFeatureSpec', () => {
  it('accepts a sound list', () => {
    expect(() => checkFeatureSpec(aSpec())).not.toThrow();
  });

  it.each<[string, Feature[], string]>([
    [
      'a forbidden attribute under another name',
      [{ kind: 'numeric', name: 'd', attribute: 'duration', edges: [1] }],
      'features[0].attribute',
    ],
    ['edges that do not ascend', [{ kind: 'numeric', name: 'age', edges: [30, 30] }], 'features[0]'],
    ['a number without buckets', [{ kind: 'numeric', name: 'age' }], 'features[0]'],
    ['a cross with what is not there', [{ kind: 'cross', name: 'x', of: ['job', 'age'] }], 'features[0].of'],
    [
      'a name used twice',
      [
        { kind: 'categorical', name: 'job' },
        { kind: 'categorical', name: 'job' },
      ],
      'features',
    ],
    ['an empty list', [], 'features'],
  ])('refuses %s', (_, features, field) => {
    expect(refusal(features)).toThrow(
      expect.objectContaining({
        reason: 'VALIDATION_FAILED',
        violations: expect.arrayContaining([expect.objectContaining({ field })]),
      }),
    );
  });

  it('refuses a slot count out of range', () => {
    expect(() => checkFeatureSpec(aSpec({ slots: 1 }))).toThrow(
      expect.objectContaining({ reason: 'VALIDATION_FAILED' }),
    );
  });
});

describe('FeatureEncoder', () => {
  const encoder = new FeatureEncoder(aSpec());

  it('gives the slots that stored models were learnt with', () => {
    expect(encoder.encode({ job: 'retired', age: 61, balance: 1500 })).toEqual([0, 201418, 68470, 238496, 19705]);
  });

  it('describes each slot in words', () => {
    expect(encoder.describe({ job: ' Retired ', age: 61, balance: -1500 })).toEqual([
      '(intercept)',
      'job=retired',
      'age=>=60',
      'balance=-3160..-999',
      'job=retired & age=>=60',
    ]);
  });

  it('reads only what the list names', () => {
    const read = new Set<string>();
    const attributes = new Proxy({ job: 'student', duration: 300 } as Record<string, string | number>, {
      get: (target, key) => (read.add(String(key)), target[String(key)]),
    });
    encoder.encode(attributes);
    encoder.describe(attributes);
    expect([...read].sort()).toEqual(['age', 'balance', 'job']);
  });

  it('takes an absent, blank or senseless value as missing', () => {
    const missing = encoder.encode({});
    expect(encoder.encode({ job: ' ', age: 'old', balance: NaN })).toEqual(missing);
    expect(encoder.encode({ job: null, age: undefined, balance: '' })).toEqual(missing);
    expect(encoder.describe({})[1]).toBe(`job=${MISSING_TOKEN}`);
  });

  it('takes a number and its text alike, whatever the order of the attributes', () => {
    fc.assert(
      fc.property(fc.string(), fc.integer(), fc.integer(), (job, age, balance) => {
        const slots = encoder.encode({ job, age, balance });
        expect(encoder.encode({ balance: String(balance), age: String(age), job })).toEqual(slots);
        expect(slots[0]).toBe(INTERCEPT_SLOT);
        slots.slice(1).forEach((slot) => expect(slot > 0 && slot < DEFAULT_SLOTS).toBe(true));
      }),
    );
  });

  it('puts a number between the edges that hold it', () => {
    const edges = fc.uniqueArray(fc.integer({ min: -1000, max: 1000 }), { minLength: 1, maxLength: 20 });
    fc.assert(
      fc.property(edges, fc.integer({ min: -1100, max: 1100 }), (unsorted, value) => {
        const sorted = [...unsorted].sort((a, b) => a - b);
        const one = new FeatureEncoder(aSpec({ features: [{ kind: 'numeric', name: 'v', edges: sorted }] }));
        const below = sorted.filter((edge) => edge <= value).at(-1);
        const above = sorted.find((edge) => edge > value);
        const label = below === undefined ? `<${above}` : above === undefined ? `>=${below}` : `${below}..${above}`;
        expect(one.describe({ v: value })[1]).toBe(`v=${label}`);
      }),
    );
  });

  it('keeps a logarithmic bucket within its ratio and apart from its mirror', () => {
    fc.assert(
      fc.property(fc.double({ min: 0.5, max: 1e9, noNaN: true }), (value) => {
        const [, , , bucket] = encoder.describe({ balance: value });
        const [, , , mirrored] = encoder.describe({ balance: -value });
        const [near = 0, far = 0] = bucket?.replace('balance=', '').split('..').map(Number) ?? [];
        expect(bucket).not.toBe(mirrored);
        expect(value).toBeGreaterThan(near * 0.99 - 0.01);
        expect(value).toBeLessThan(far * 1.01 + 0.01);
      }),
    );
  });
});

describe('numberOf', () => {
  it('reads numbers, their text and truth values, and nothing else', () => {
    expect([1.5, ' 2 ', true, false].map(numberOf)).toEqual([1.5, 2, 1, 0]);
    expect([null, undefined, '', 'x', Infinity, NaN].map(numberOf)).toEqual(Array(6).fill(undefined));
  });
});
