import type { Rule } from '@tidegate/rules';
import { checkSegmentRule, loadReferences, type Segment } from './segment';

const segment = (segmentId: string, rule: Rule): Segment => ({
  segmentId,
  name: segmentId,
  rule,
  orgPath: 'hq',
  version: 1,
  updatedAt: new Date(0),
  authors: [],
});
const A = segment('a', { all: [{ tag: 'vip' }, { segment: 'b' }] });
const B = segment('b', { not: { segment: 'c' } });
const C = segment('c', { field: 'stage', op: 'eq', value: 'mature' });

describe('segment references', () => {
  it('loads level by level, each segment once', async () => {
    const asked: string[][] = [];
    const rules = await loadReferences({ any: [{ segment: 'a' }, { segment: 'b' }] }, async (ids) => {
      asked.push(ids);
      return [A, B, C].filter(({ segmentId }) => ids.includes(segmentId));
    });
    expect([...rules.keys()].sort()).toEqual(['a', 'b', 'c']);
    expect(asked).toEqual([['a', 'b'], ['c']]);
  });

  it('ends on a cycle that is stored already', async () => {
    const cyclic = [A, segment('b', { segment: 'a' })];
    const rules = await loadReferences({ segment: 'a' }, async (ids) =>
      cyclic.filter((s) => ids.includes(s.segmentId)),
    );
    expect(rules.size).toBe(2);
  });

  it('refuses a cycle, an unknown segment and itself', () => {
    const others = new Map([A, B].map((one) => [one.segmentId, one.rule]));
    expect(() => checkSegmentRule('c', C.rule, others)).not.toThrow();
    expect(() => checkSegmentRule('c', { segment: 'a' }, others)).toThrow(
      expect.objectContaining({ reason: 'RULE_SEGMENT_CYCLE' }),
    );
    expect(() => checkSegmentRule('d', { segment: 'd' }, others)).toThrow(
      expect.objectContaining({ reason: 'RULE_SEGMENT_CYCLE' }),
    );
    expect(() => checkSegmentRule('d', { segment: 'nobody' }, others)).toThrow(
      expect.objectContaining({ reason: 'RULE_SEGMENT_UNKNOWN' }),
    );
  });
});
