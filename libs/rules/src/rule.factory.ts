import * as fc from 'fast-check';
import type { Condition, EventsCondition, EventsRule, FieldRule, NumberCondition, Rule } from './rule';
import { DAY_MS } from './rule-calendar';
import type { StoredCustomer } from './columnar-row';
import type { RuleEvent, RuleTag } from './rule-customer';

/** The moment that generated rules are asked at: midday on 1 March of a common year, the day a leap-day child has a birthday. */
export const NOW_MS = Date.UTC(2027, 2, 1, 12);

// Few values, met again and again in rules and in customers, so that comparisons meet their edges.
const TEXTS = [
  ...['', 'a', 'A', 'ab', 'b', 'ä', 'a\u0308', '\u{1F600}', '\u{1F600}a', '\uFFFD', '\uE000', '\u{10FFFF}', '中文'],
  ...[
    "o'brien",
    '"',
    "'; DROP TABLE customers; --",
    '%',
    '_',
    '\\',
    "\\'",
    '0',
    '1',
    'true',
    ' ',
    'a\n',
    '$1',
    '?',
    'NULL',
  ],
];
const NUMBERS = [0, 1, -1, 2, 3, 5, 0.1, 0.2, 0.30000000000000004, 1 / 3, -0.5, 100, 1e-7, 5e-324, 123456.789];
const LARGE = [Number.MAX_SAFE_INTEGER, -Number.MAX_SAFE_INTEGER, 2 ** 31, 2 ** 32 + 0.5];
const MOMENTS = [NOW_MS, NOW_MS - 1, NOW_MS + 1, NOW_MS + DAY_MS, NOW_MS - DAY_MS, NOW_MS - 7 * DAY_MS, NOW_MS + 0.5];
const UNWRITABLE = ['\ud800', 'a\udc00', '\ud83d', 'x\0y', '\0'];
const UNPARSABLE = [
  Number.NaN,
  Infinity,
  -Infinity,
  -0,
  1e21,
  12345678901234567890,
  Number.MAX_VALUE,
  -Number.MAX_VALUE,
];

const text = fc.constantFrom(...TEXTS);
const number = fc.oneof(fc.constantFrom(...NUMBERS, ...LARGE, ...MOMENTS), fc.integer({ min: -5, max: 5 }));
const scalar = fc.oneof({ arbitrary: number, weight: 3 }, { arbitrary: text, weight: 3 }, fc.boolean());
const missing = fc.constantFrom(null, undefined);
const customerValue = fc.oneof(
  { arbitrary: scalar, weight: 8 },
  missing,
  fc.constantFrom(...UNWRITABLE, ...UNPARSABLE),
  fc.double(),
);
const ATTRIBUTES = ['a', 'A', 'a_', 'aA', 'größe', 'emp.var-rate', '中'];
const ABSENT_ATTRIBUTES = ['never', 'constructor', 'toString', 'hasOwnProperty'];
const EVENT_TYPES = ['card', 'Card', "o'type"];
const TAGS = ['vip', 'VIP', "o'tag", 'constructor'];
const EVENT_PATHS = [
  'amountMinor',
  'currency',
  'rate',
  'flag',
  'nested.deep',
  'nested',
  'list',
  'list.length',
  'constructor.name',
];
const STAGES = ['new', 'active', 'dormant', ''];
const ORG_PATHS = ['/', '/hq/', '/hq/east/', '/hq/east/1/', '/hq/eastern/'];

const numberOps = <V>(value: fc.Arbitrary<V>) =>
  fc.record({ op: fc.constantFrom('eq', 'ne', 'lt', 'lte', 'gt', 'gte'), value });
const sorted = (ends: [number, number]): [number, number] => [Math.min(...ends), Math.max(...ends)];

const anyCondition = fc.oneof(
  fc.record({ op: fc.constantFrom('eq', 'ne'), value: scalar }),
  fc.record({ op: fc.constantFrom('lt', 'lte', 'gt', 'gte'), value: fc.oneof(number, text) }),
  fc.record({ op: fc.constantFrom('in', 'notIn'), value: fc.array(scalar, { minLength: 1, maxLength: 20 }) }),
  fc.record({ op: fc.constant('between'), value: fc.tuple(number, number).map(sorted) }),
  fc.record({ op: fc.constant('between'), value: fc.tuple(text, text) }),
  fc.record({ op: fc.constant('exists'), value: fc.boolean() }),
  fc.record({ op: fc.constantFrom('contains', 'startsWith'), value: text }),
) as fc.Arbitrary<Condition>;

const numberCondition = (value: fc.Arbitrary<number>) =>
  fc.oneof(
    { arbitrary: numberOps(value), weight: 6 },
    { arbitrary: fc.record({ op: fc.constant('between'), value: fc.tuple(value, value).map(sorted) }), weight: 1 },
  ) as fc.Arbitrary<NumberCondition>;

const fieldRule = (field: string, condition: fc.Arbitrary<Condition>) =>
  condition.map((found) => ({ field, ...found }) as FieldRule);
const pick = (texts: readonly string[]): fc.Arbitrary<Condition> =>
  fc.oneof(
    fc.record({
      op: fc.constantFrom('eq', 'ne', 'lt', 'gte', 'contains', 'startsWith'),
      value: fc.constantFrom(...texts),
    }),
    fc.record({ op: fc.constant('exists'), value: fc.boolean() }),
  ) as fc.Arbitrary<Condition>;
const small = (min: number, max: number) => fc.oneof(fc.integer({ min, max }), fc.constantFrom(2.5, 0));

const profileRule = fc.oneof(
  fieldRule('stage', pick(STAGES)),
  fieldRule('orgPath', pick(ORG_PATHS)),
  fieldRule('externalId', pick(TEXTS)),
  fieldRule('balanceMinor', numberCondition(number)),
  ...['recency', 'frequency', 'monetary'].map((name) => fieldRule(`rfm.${name}`, numberCondition(small(0, 6)))),
  fieldRule('ageYears', numberCondition(small(0, 60))),
  fieldRule('birthMonth', numberCondition(small(1, 12))),
  fieldRule('daysToBirthday', numberCondition(small(0, 366))),
  ...['daysUntil', 'daysSince'].map((prefix) => fieldRule(`${prefix}.a`, numberCondition(small(-8, 8)))),
);
const attributeRule = fc
  .tuple(fc.constantFrom(...ATTRIBUTES, ...ATTRIBUTES, ...ABSENT_ATTRIBUTES), anyCondition)
  .map(([key, condition]) => ({ field: `attributes.${key}`, ...condition }) as FieldRule);
const tagRule = fc.record(
  { tag: fc.constantFrom(...TAGS), value: fc.constantFrom('', 'gold', "o'gold") },
  { requiredKeys: ['tag'] },
);

const where = fc.array(
  fc
    .tuple(fc.constantFrom(...EVENT_PATHS), anyCondition)
    .map(([field, condition]) => ({ field, ...condition }) as FieldRule),
  { maxLength: 2 },
);
const eventsWindow = {
  type: fc.constantFrom(...EVENT_TYPES),
  where: fc.oneof(fc.constant(undefined), where),
  windowDays: fc.constantFrom(1, 7, 7.5, 30, 3660, 1e-9),
};
/** Any rule over past events alone. */
export const eventsRule: fc.Arbitrary<EventsRule> = fc
  .oneof(
    fc.record({ ...eventsWindow, count: numberCondition(fc.integer({ min: 0, max: 4 })) }),
    fc.record({
      ...eventsWindow,
      sum: fc
        .tuple(fc.constantFrom(...EVENT_PATHS), numberCondition(number))
        .map(([of, condition]) => ({ of, ...condition })),
    }),
  )
  .map((events) => ({ events: events as EventsCondition }));

const leaf = (segments: readonly string[]): fc.Arbitrary<Rule> =>
  fc.oneof(
    { arbitrary: attributeRule, weight: 5 },
    { arbitrary: profileRule, weight: 5 },
    { arbitrary: tagRule, weight: 2 },
    { arbitrary: eventsRule, weight: 4 },
    ...(segments.length > 0
      ? [{ arbitrary: fc.constantFrom(...segments).map((segment) => ({ segment })), weight: 1 }]
      : []),
  );

/** Any rule that SQL can answer, small but nested, over these segments. */
export const ruleOver = (segments: readonly string[]): fc.Arbitrary<Rule> =>
  fc.letrec<{ rule: Rule }>((tie) => ({
    rule: fc.oneof(
      { depthSize: 'small', withCrossShrink: true },
      leaf(segments),
      fc.record({ all: fc.array(tie('rule'), { maxLength: 3 }) }),
      fc.record({ any: fc.array(tie('rule'), { maxLength: 3 }) }),
      fc.record({ not: tie('rule') }),
    ),
  })).rule;

const tag: fc.Arbitrary<RuleTag> = fc.record(
  {
    value: fc.constantFrom(null, '', 'gold', "o'gold", '\ud800'),
    validUntilMs: fc.constantFrom(null, NOW_MS, NOW_MS - 1, NOW_MS + 1, 0),
  },
  { requiredKeys: [] },
);
const event: fc.Arbitrary<RuleEvent> = fc.record({
  type: fc.constantFrom(...EVENT_TYPES),
  occurredAtMs: fc.oneof(
    fc.constantFrom(...[0, 1, 7, 7.5, 30, 40].flatMap((days) => [-1, 0, 1].map((off) => NOW_MS - days * DAY_MS + off))),
  ),
  data: fc.record(
    {
      amountMinor: customerValue,
      currency: customerValue,
      rate: customerValue,
      flag: customerValue,
      nested: fc.oneof(customerValue, fc.record({ deep: customerValue, deeper: fc.record({ x: customerValue }) })),
      list: fc.array(customerValue, { maxLength: 2 }),
      'not a path': customerValue,
    },
    { requiredKeys: [] },
  ),
});

const birthDate = fc.oneof(
  fc.constantFrom(
    ...['2000-02-29', '2000-02-28', '2000-03-01', '2000-03-02', '1999-12-31', '2027-03-01', '2027-03-02', '1000-01-01'],
    ...['2001-02-29', '2000-13-01', '2000-1-1', '0999-01-01', '', 'yesterday!', null],
  ),
  fc
    .date({ min: new Date('1930-01-01'), max: new Date('2027-12-31'), noInvalidDate: true })
    .map((day) => day.toISOString().slice(0, 10)),
);
const score = fc.oneof(fc.integer({ min: 0, max: 6 }), fc.constantFrom(2.5, Number.NaN, undefined));
const some = <T>(arbitrary: fc.Arbitrary<T>) => fc.oneof({ arbitrary, weight: 4 }, fc.constantFrom(null, undefined));

const customer = fc.record({
  externalId: some(fc.constantFrom(...TEXTS, ...UNWRITABLE)),
  orgPath: some(fc.constantFrom(...ORG_PATHS)),
  stage: some(fc.constantFrom(...STAGES)),
  birthDate,
  balanceMinor: some(fc.oneof(number, fc.constantFrom(...UNPARSABLE))),
  rfm: some(fc.record({ recency: score, frequency: score, monetary: score }, { requiredKeys: [] })),
  attributes: fc.record(Object.fromEntries(ATTRIBUTES.map((key) => [key, customerValue])), { requiredKeys: [] }),
  tags: some(fc.dictionary(fc.constantFrom(...TAGS), tag, { maxKeys: 3 })),
  events: some(fc.array(event, { maxLength: 4 })),
});

/** A base of customers, each with an id of its own. */
export const customersOf = (count: number): fc.Arbitrary<StoredCustomer[]> =>
  fc
    .array(customer, { minLength: count, maxLength: count, size: 'max' })
    .map((base) => base.map((found, i) => ({ customerId: `c${i}`, ...found }) as StoredCustomer));
