import fc from 'fast-check';
import { compilePredicate } from './compile-predicate';
import { parseRule } from './parse-rule';
import { DAY_MS } from './rule-calendar';
import type { RuleCustomer } from './rule-customer';

const NOW = Date.UTC(2026, 5, 15, 12);
const customer = (over: Partial<RuleCustomer> = {}): RuleCustomer => ({ attributes: {}, ...over });
const accepts = (rule: unknown, over: Partial<RuleCustomer> = {}, event?: Record<string, unknown>): boolean =>
  compilePredicate(parseRule(rule))(customer(over), NOW, event);
const asks = (op: string, value: unknown, held: unknown): boolean =>
  accepts({ field: 'attributes.a', op, value }, { attributes: { a: held as string } });

describe('compilePredicate', () => {
  it.each<[string, unknown, unknown, boolean]>([
    ['eq', 1, 1, true],
    ['eq', 0, -0, true],
    ['eq', 1, '1', false],
    ['eq', '', undefined, false],
    ['ne', 1, 1, false],
    ['ne', 1, '1', true],
    ['ne', 1, undefined, true],
    ['ne', 1, null, true],
    ['lt', 5, undefined, false],
    ['lt', 5, -Infinity, false],
    ['gte', 5, Infinity, false],
    ['gte', 5, 5, true],
    ['gt', 5, '6', false],
    ['lt', '\uFFFD', '\u{1F600}', false],
    ['gt', '\uFFFD', '\u{1F600}', true],
    ['lt', 'b', 'a\ud800', false],
    ['gte', 'a', 'a\ud800', false],
    ['in', ['x', 1, true], true, true],
    ['in', ['x', 1, true], 'true', false],
    ['in', [...Array(20).keys()], -0, true],
    ['notIn', ['x'], undefined, true],
    ['notIn', ['x'], 'x', false],
    ['between', [1, 3], 3, true],
    ['between', [1, 3], 3.0000001, false],
    ['between', ['a', 'c'], 'bz', true],
    ['exists', true, Number.NaN, false],
    ['exists', true, false, true],
    ['exists', false, null, true],
    ['contains', '', '', true],
    ['contains', 'bc', 'abcd', true],
    ['contains', 'a', 'a\ud800', false],
    ['startsWith', 'a', 'a\udc00', false],
    ['startsWith', 'ab', 'abc', true],
    ['startsWith', 'b', 'abc', false],
  ])('%s %j asked of %j is %j', (op, value, held, expected) => {
    expect(asks(op, value, held)).toBe(expected);
  });

  it('reads no inherited property as an attribute, a tag or data', () => {
    expect(accepts({ field: 'attributes.constructor', op: 'exists' })).toBe(false);
    expect(accepts({ tag: 'constructor' }, { tags: {} })).toBe(false);
    expect(accepts({ field: 'event.constructor.name', op: 'exists' }, {}, {})).toBe(false);
  });

  it('counts age and birthday on the calendar of the bank', () => {
    const born = (birthDate: string, field: string, utcOffsetMinutes: number, now: number, value: number): boolean =>
      compilePredicate({ field, op: 'eq', value }, { utcOffsetMinutes })(customer({ birthDate }), now);
    const eveInShanghai = Date.UTC(2026, 5, 14, 15, 59, 59, 999);
    expect(born('1996-06-15', 'ageYears', 480, eveInShanghai, 29)).toBe(true);
    expect(born('1996-06-15', 'ageYears', 480, eveInShanghai + 1, 30)).toBe(true);
    expect(born('1996-06-15', 'ageYears', 0, eveInShanghai + 1, 29)).toBe(true);
    expect(born('1996-06-15', 'daysToBirthday', 480, eveInShanghai + 1, 0)).toBe(true);
    expect(born('2000-02-29', 'daysToBirthday', 0, Date.UTC(2027, 1, 28), 1)).toBe(true);
    expect(born('2000-02-29', 'daysToBirthday', 0, Date.UTC(2028, 1, 28), 1)).toBe(true);
    expect(born('2000-02-29', 'daysToBirthday', 0, Date.UTC(2027, 2, 2), 364)).toBe(true);
    expect(accepts({ field: 'ageYears', op: 'lt', value: 18 }, { birthDate: '2026-06-16' })).toBe(false);
    expect(accepts({ field: 'birthMonth', op: 'eq', value: 2 }, { birthDate: '2001-02-29' })).toBe(false);
  });

  it('measures days to and from a moment in whole periods of 24 hours', () => {
    const maturity = (at: number, value: number): boolean =>
      accepts({ field: 'daysUntil.maturity', op: 'eq', value }, { attributes: { maturity: at } });
    expect(maturity(NOW + 7 * DAY_MS, 7)).toBe(true);
    expect(maturity(NOW + 7 * DAY_MS - 1, 6)).toBe(true);
    expect(maturity(NOW - 1, -1)).toBe(true);
    expect(
      accepts({ field: 'daysSince.opened', op: 'gte', value: 7 }, { attributes: { opened: NOW - 7 * DAY_MS } }),
    ).toBe(true);
    expect(accepts({ field: 'daysSince.opened', op: 'ne', value: 7 })).toBe(true);
  });

  it('holds a tag until the moment it ends, and takes a Date for now', () => {
    const tagged = { vip: { value: 'gold', validUntilMs: NOW } };
    const isVip = compilePredicate({ tag: 'vip' });
    expect(isVip(customer({ tags: tagged }), new Date(NOW - 1))).toBe(true);
    expect(isVip(customer({ tags: tagged }), new Date(NOW))).toBe(false);
    expect(accepts({ tag: 'vip', value: 'gold' }, { tags: { vip: { value: 'gold' } } })).toBe(true);
    expect(accepts({ tag: 'vip', value: 'silver' }, { tags: { vip: { value: 'gold' } } })).toBe(false);
  });

  describe('over past events', () => {
    const paid = (daysAgo: number, amountMinor: unknown, offMs = 0) => ({
      type: 'card',
      occurredAtMs: NOW - daysAgo * DAY_MS + offMs,
      data: { amountMinor, detail: { currency: 'CNY' } },
    });
    const counts = (op: string, value: number, events?: RuleCustomer['events']): boolean =>
      accepts({ events: { type: 'card', windowDays: 7, count: { op, value } } }, { events });
    const sums = (op: string, value: number, amounts: unknown[]): boolean =>
      accepts(
        { events: { type: 'card', windowDays: 7, sum: { of: 'amountMinor', op, value } } },
        { events: amounts.map((amount) => paid(1, amount)) },
      );

    it('counts from just after the start of the window to now', () => {
      const events = [paid(7, 1), paid(7, 1, 1), paid(0, 1), paid(0, 1, 1)];
      expect(counts('eq', 2, events)).toBe(true);
      expect(counts('eq', 0)).toBe(true);
      expect(counts('lt', 1, [])).toBe(true);
    });

    it('counts only events whose data match', () => {
      const where = [
        { field: 'detail.currency', op: 'eq', value: 'CNY' },
        { field: 'amountMinor', op: 'gt', value: 100 },
      ];
      const rule = { events: { type: 'card', where, windowDays: 7, count: { op: 'eq', value: 1 } } };
      expect(accepts(rule, { events: [paid(1, 100), paid(1, 101), paid(1, '500')] })).toBe(true);
    });

    it('sums exactly, to four decimals, what is a number', () => {
      expect(sums('eq', 0.3, [0.1, 0.2])).toBe(true);
      expect(sums('eq', 0, [])).toBe(true);
      expect(sums('eq', 5, [5, '7', null, Number.NaN, 2 ** 53])).toBe(true);
      expect(
        sums('eq', 1, [
          Number.MAX_SAFE_INTEGER,
          Number.MAX_SAFE_INTEGER,
          1,
          -Number.MAX_SAFE_INTEGER,
          -Number.MAX_SAFE_INTEGER,
        ]),
      ).toBe(true);
      expect(sums('lt', 0, [-0.0001])).toBe(true);
      expect(sums('gte', 0.00005, [0.0001])).toBe(true);
    });
  });

  it('reads the event at hand, and takes it as missing when there is none', () => {
    const large = { field: 'event.detail.amountMinor', op: 'gte', value: 5_000 };
    expect(accepts(large, {}, { detail: { amountMinor: 5_000 } })).toBe(true);
    expect(accepts(large, {}, { detail: [5_000] })).toBe(false);
    expect(accepts(large)).toBe(false);
  });

  it('takes an empty all as everyone and an empty any as no one', () => {
    expect(accepts({ all: [] })).toBe(true);
    expect(accepts({ any: [] })).toBe(false);
    expect(accepts({ not: { any: [] } })).toBe(true);
  });

  it('compares any two numbers as they are compared, with infinities missing', () => {
    const isTrue = {
      lt: (value: number, bound: number) => value < bound,
      lte: (value: number, bound: number) => value <= bound,
      gt: (value: number, bound: number) => value > bound,
      gte: (value: number, bound: number) => value >= bound,
    };
    const near = [0, -0, Number.MIN_VALUE, -Number.MIN_VALUE, 1, 1 + Number.EPSILON, -1];
    const max = Number.MAX_SAFE_INTEGER;
    const bound = fc.oneof(fc.constantFrom(...near, max, -max), fc.double({ min: -max, max, noNaN: true }));
    const value = fc.oneof(fc.constantFrom(...near, Number.MAX_VALUE, -Number.MAX_VALUE), fc.double());
    const ops = fc.constantFrom('lt' as const, 'lte' as const, 'gt' as const, 'gte' as const);
    fc.assert(
      fc.property(ops, bound, fc.option(value), (op, wanted, drawn) => {
        // Half of the time the bound itself.
        const asked = drawn ?? wanted;
        const rule = parseRule({ field: 'attributes.amount', op, value: wanted });
        const expected = Number.isFinite(asked) && isTrue[op](asked, wanted);
        expect(compilePredicate(rule)({ attributes: { amount: asked } }, 0)).toBe(expected);
      }),
      { numRuns: 2_000 },
    );
  });
});
