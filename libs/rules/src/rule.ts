/**
 * The rule tree of the platform. One tree is compiled to a predicate over one customer and to SQL over the columnar copy; both
 * give the same answer, exactly:
 * - Two-valued logic. A value is a well-formed string, a finite number or a boolean; anything else (absent, null, NaN, an
 *   object, a string with a lone surrogate) is missing. A comparison with a missing value, or with one of another type, is false.
 * - `ne` is exactly `not eq` and `notIn` exactly `not in`: both are true for a missing value and for one of another type.
 * - Strings compare by code point, without collation or normalisation. Moments are numbers of milliseconds since the epoch.
 * - An events window is (now - windowDays, now]. A sum counts ten-thousandths (each value rounded half up to four decimals), so
 *   that it is exact in any order; values that are not numbers, or beyond the safe integers, add nothing; no events sum to 0.
 * - `{ all: [] }` is every customer, `{ any: [] }` none.
 */
export type Rule = AllRule | AnyRule | NotRule | FieldRule | TagRule | EventsRule | SegmentRule;

export interface AllRule {
  all: readonly Rule[];
}
export interface AnyRule {
  any: readonly Rule[];
}
export interface NotRule {
  not: Rule;
}
/** A condition on one field; see `parseField` for the fields there are. */
export type FieldRule = { field: string } & Condition;
/** The tag is held, valid at `now`, and has the value when one is named. */
export interface TagRule {
  tag: string;
  value?: string;
}
/** How many events of a type, or what sum of one of their numbers, in the window that ends now. */
export interface EventsRule {
  events: EventsCondition;
}
/** Member of another segment, by that segment's own rule. */
export interface SegmentRule {
  segment: string;
}

export interface EventsWindow {
  type: string;
  where?: readonly FieldRule[];
  windowDays: number;
}
export type EventsCondition = EventsWindow & ({ count: NumberCondition } | { sum: { of: string } & NumberCondition });

export type RuleScalar = string | number | boolean;
export type OrderOp = 'lt' | 'lte' | 'gt' | 'gte';
export type NumberCondition =
  | { op: 'eq' | 'ne'; value: number }
  | { op: OrderOp; value: number }
  | { op: 'between'; value: readonly [number, number] };

/** `between` includes both ends; `exists` with false asks for a missing value. */
export type Condition =
  | { op: 'eq' | 'ne'; value: RuleScalar }
  | { op: OrderOp; value: string | number }
  | { op: 'in' | 'notIn'; value: readonly RuleScalar[] }
  | { op: 'between'; value: readonly [number, number] | readonly [string, string] }
  | { op: 'exists'; value: boolean }
  | { op: 'contains' | 'startsWith'; value: string };
export type ConditionOp = Condition['op'];

/** What a rule may be at most; a larger one is refused when it is parsed. */
export const RULE_LIMITS = {
  depth: 12,
  nodes: 500,
  list: 1_000,
  literals: 10_000,
  stringLength: 512,
  nameLength: 128,
  windowDays: 3_660,
  /** After segments are put in: nodes and literals of the whole tree, and segments inside segments. */
  expandedSize: 20_000,
  segmentDepth: 8,
} as const;
