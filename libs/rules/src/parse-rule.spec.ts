import { DomainError } from '@tidegate/errors';
import { parseRule } from './parse-rule';

const violationsOf = (input: unknown, at?: string): string[] => {
  try {
    parseRule(input, at);
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    expect(error).toMatchObject({ code: 'INVALID_ARGUMENT', reason: 'RULE_INVALID' });
    return error.violations.map(({ field, description }) => `${field}: ${description}`);
  }
  throw new Error('The rule was accepted.');
};
const events = (over: object) => ({ events: { type: 'card', windowDays: 7, count: { op: 'gte', value: 1 }, ...over } });
const attribute = (op: string, value?: unknown) => ({ field: 'attributes.a', op, value });
const nested = (levels: number): unknown =>
  Array.from({ length: levels - 1 }).reduce((rule) => ({ not: rule }), attribute('eq', 1) as unknown);

describe('parseRule', () => {
  it('returns an equal copy of a rule that is one', () => {
    const rule = {
      all: [
        { any: [attribute('in', ['x', 1, true]), { not: { tag: 'vip', value: 'gold' } }, { segment: 'seg-1' }] },
        attribute('between', ['a', 'b']),
        { field: 'ageYears', op: 'between', value: [18, 65] },
        { field: 'event.detail.amountMinor', op: 'gte', value: 100 },
        events({ where: [{ field: 'detail.currency', op: 'eq', value: 'CNY' }] }),
        { events: { type: 'card', windowDays: 0.5, sum: { of: 'amountMinor', op: 'lt', value: 10.25 } } },
        { all: [] },
      ],
    };
    const parsed = parseRule(rule);
    expect(parsed).toEqual(rule);
    expect(parsed).not.toBe(rule);
  });

  it('reads exists without a value as true, and -0 as 0', () => {
    expect(parseRule({ field: 'stage', op: 'exists' })).toEqual({ field: 'stage', op: 'exists', value: true });
    expect(parseRule(attribute('eq', -0))).toEqual({ field: 'attributes.a', op: 'eq', value: 0 });
  });

  it.each<[string, unknown, string]>([
    ['no object', 'x', 'rule: must be an object'],
    ['null', null, 'rule: must be an object'],
    ['a list', [], 'rule: must be an object'],
    ['no kind', {}, 'rule: must have exactly one of all, any, not, field, tag, events, segment'],
    ['two kinds', { all: [], any: [] }, 'rule: must have exactly one of all, any, not, field, tag, events, segment'],
    ['a group of no list', { any: {} }, 'rule.any: must be a list of rules'],
    ['a bad child', { all: [{ all: [] }, { not: 3 }] }, 'rule.all[1].not: must be an object'],
    ['a misspelt key', { ...attribute('eq', 1), vlaue: 2 }, 'rule.vlaue: is not known here'],
    ['an unknown field', { field: 'salary', op: 'eq', value: 1 }, 'rule.field: is not a known field'],
    ['a field that is no string', { field: 3, op: 'eq', value: 1 }, 'rule.field: is not a known field'],
    ['a prototype key', { field: 'attributes.__proto__', op: 'exists' }, 'rule.field: is not a known field'],
    ['a prototype path', { field: 'event.a.__proto__', op: 'exists' }, 'rule.field: is not a known field'],
    ['an attribute key with a quote', { field: 'attributes.a"b', op: 'exists' }, 'rule.field: is not a known field'],
    ['an unknown operator', attribute('like', 'x'), 'rule.op: is not a known operator'],
    ['no value', attribute('eq'), 'rule.value: must be a string, a number or a boolean'],
    ['null as a value', attribute('eq', null), 'rule.value: must be a string, a number or a boolean'],
    ['NaN', attribute('eq', Number.NaN), 'rule.value: must be a finite number'],
    ['infinity', attribute('lt', Infinity), 'rule.value: must be a finite number'],
    ['an unsafe integer', attribute('gt', 2 ** 53), 'rule.value: must be within the safe integers'],
    [
      'an unsafe integer in a list',
      attribute('in', [1, -(2 ** 53)]),
      'rule.value[1]: must be within the safe integers',
    ],
    ['a lone surrogate', attribute('eq', '\ud800'), 'rule.value: must be well-formed text without NUL characters'],
    ['a NUL', attribute('contains', 'a\0'), 'rule.value: must be well-formed text without NUL characters'],
    ['a long string', attribute('eq', 'x'.repeat(513)), 'rule.value: has at most 512 characters'],
    ['an ordered boolean', attribute('lt', true), 'rule.value: must be a number or a string'],
    ['an empty list', attribute('in', []), 'rule.value: must have 1 to 1000 values'],
    ['a long list', attribute('notIn', Array(1_001).fill(1)), 'rule.value: must have 1 to 1000 values'],
    ['a list that is none', attribute('in', 'x'), 'rule.value: must be a list'],
    ['a range of one', attribute('between', [1]), 'rule.value: must be a list of two ends'],
    ['a mixed range', attribute('between', [1, 'b']), 'rule.value: must have two ends of one type'],
    ['a reversed range', attribute('between', [2, 1]), 'rule.value: must have the lower end first'],
    ['exists of a number', attribute('exists', 1), 'rule.value: must be true, false or left out'],
    [
      'a substring of a number',
      { field: 'ageYears', op: 'contains', value: '1' },
      'rule.value: cannot be asked of a field that is not a string',
    ],
    [
      'a string for a number field',
      { field: 'ageYears', op: 'eq', value: '1' },
      'rule.value: must be a number, as the field is',
    ],
    [
      'a number for a string field',
      { field: 'stage', op: 'in', value: ['a', 1] },
      'rule.value[1]: must be a string, as the field is',
    ],
    ['an empty tag', { tag: '' }, 'rule.tag: is not a usable name'],
    ['a prototype tag', { tag: '__proto__' }, 'rule.tag: is not a usable name'],
    ['a tag value of a number', { tag: 'vip', value: 1 }, 'rule.value: must be a string'],
    ['a segment that is no name', { segment: 7 }, 'rule.segment: must be a string'],
    ['events of nothing', { events: null }, 'rule.events: must be an object'],
    ['events without a type', events({ type: undefined }), 'rule.events.type: must be a string'],
    [
      'no window',
      events({ windowDays: 0 }),
      'rule.events.windowDays: must be a number of days, more than 0 and at most 3660',
    ],
    ['count and sum', events({ sum: { of: 'a', op: 'eq', value: 1 } }), 'rule.events: must have one of count and sum'],
    ['neither', events({ count: undefined }), 'rule.events: must have one of count and sum'],
    [
      'a fractional count',
      events({ count: { op: 'gte', value: 1.5 } }),
      'rule.events.count.value: must be a whole number, 0 or more',
    ],
    [
      'a negative count',
      events({ count: { op: 'between', value: [-1, 2] } }),
      'rule.events.count.value: must be a whole number, 0 or more',
    ],
    [
      'a count in a list',
      events({ count: { op: 'in', value: [1] } }),
      'rule.events.count.op: must be one of eq, ne, lt, lte, gt, gte, between',
    ],
    [
      'a bad data path',
      events({ where: [{ field: 'a..b', op: 'exists' }] }),
      "rule.events.where[0].field: must be a path into the event's data",
    ],
    [
      'a sum of no path',
      events({ count: undefined, sum: { op: 'eq', value: 1 } }),
      "rule.events.sum.of: must be a path into the event's data",
    ],
  ])('refuses %s by its path', (_, input, violation) => {
    expect(violationsOf(input)).toEqual([violation]);
  });

  it('names every fault, under the path the caller gives', () => {
    const violations = violationsOf({ any: [{ tag: 1 }, attribute('gt', Infinity)] }, 'segment.rule');
    expect(violations).toEqual([
      'segment.rule.any[0].tag: must be a string',
      'segment.rule.any[1].value: must be a finite number',
    ]);
  });

  it('holds to its limits of depth, nodes and values', () => {
    const manyNodes = (count: number) => ({ all: Array.from({ length: count - 1 }, () => ({ tag: 'x' })) });
    const manyValues = (count: number) => ({
      all: Array.from({ length: Math.ceil(count / 1_000) }, (_, i) =>
        attribute('in', Array(Math.min(1_000, count - i * 1_000)).fill(1)),
      ),
    });
    expect(() => parseRule(nested(12))).not.toThrow();
    expect(violationsOf(nested(13))).toEqual([`rule${'.not'.repeat(12)}: is deeper than 12 levels`]);
    expect(() => parseRule(manyNodes(500))).not.toThrow();
    expect(violationsOf(manyNodes(501))).toEqual(['rule.all[499]: a rule has at most 500 nodes']);
    expect(violationsOf({ all: Array(1_000_000).fill({ tag: 'x' }) })).toHaveLength(1);
    expect(() => parseRule(manyValues(10_000))).not.toThrow();
    expect(violationsOf(manyValues(10_001))).toEqual(['rule.all[10].value[0]: a rule has at most 10000 values']);
  });
});
