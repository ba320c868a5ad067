import { DomainError } from '@tidegate/errors';
import { compilePredicate } from './compile-predicate';
import type { Rule } from './rule';
import { expandSegments } from './segment-expansion';

const failure = (run: () => unknown): DomainError => {
  try {
    run();
  } catch (error) {
    if (error instanceof DomainError) return error;
    throw error;
  }
  throw new Error('Nothing was refused.');
};
const from = (segments: Record<string, Rule>) => (id: string) => segments[id];
const IN_A: Rule = { segment: 'a' };

describe('segments inside rules', () => {
  it('are put in, also when one is used twice', () => {
    const resolveSegment = from({
      a: { all: [{ segment: 'b' }, { not: { segment: 'c' } }] },
      b: { segment: 'c' },
      c: { tag: 'x' },
    });
    expect(expandSegments(IN_A, resolveSegment)).toEqual({ all: [{ tag: 'x' }, { not: { tag: 'x' } }] });
    const accepts = compilePredicate({ any: [IN_A, { segment: 'c' }] }, { resolveSegment });
    expect(accepts({ attributes: {}, tags: { x: {} } }, 0)).toBe(true);
  });

  it('are refused when one contains itself', () => {
    const error = failure(() => expandSegments(IN_A, from({ a: { not: { segment: 'b' } }, b: { any: [IN_A] } })));
    expect(error).toMatchObject({
      code: 'INVALID_ARGUMENT',
      reason: 'RULE_SEGMENT_CYCLE',
      metadata: { cycle: 'a > b > a' },
    });
  });

  it('are refused when unknown, and without a resolver', () => {
    expect(failure(() => expandSegments(IN_A))).toMatchObject({
      reason: 'RULE_SEGMENT_UNKNOWN',
      metadata: { segmentId: 'a' },
    });
  });

  it('are refused by path when a stored rule is not one', () => {
    const error = failure(() => expandSegments(IN_A, () => ({ all: [{ tag: '' }] })));
    expect(error).toMatchObject({ reason: 'RULE_INVALID', violations: [{ field: 'segment(a).all[0].tag' }] });
  });

  it('are refused when they nest too deep or multiply', () => {
    const chain = (id: string): Rule => ({ segment: String(Number(id) + 1) });
    expect(failure(() => expandSegments({ segment: '0' }, chain))).toMatchObject({ reason: 'RULE_TOO_LARGE' });
    const wide = from({
      a: { all: Array(100).fill({ segment: 'b' }) },
      b: { all: Array(100).fill({ segment: 'c' }) },
      c: { all: Array(100).fill({ tag: 'x' }) },
    });
    expect(failure(() => expandSegments(IN_A, wide))).toMatchObject({ reason: 'RULE_TOO_LARGE' });
  });
});
