/**
 * The one rule language of the platform: parse it, compile it to a predicate over one customer or to SQL over the columnar
 * copy, and say it in words. `rule.ts` holds the semantics, `columnar-schema.ts` the tables.
 */
export { parseRule } from './parse-rule';
export {
  RULE_LIMITS,
  type Condition,
  type ConditionOp,
  type EventsCondition,
  type EventsRule,
  type FieldRule,
  type NumberCondition,
  type Rule,
  type RuleScalar,
  type SegmentRule,
  type TagRule,
} from './rule';
export {
  isAttributeKey,
  kindOfField,
  parseField,
  PROFILE_FIELDS,
  type FieldRef,
  type ProfileField,
  type ValueKind,
} from './rule-field';
export { kindOfValue } from './rule-value';
export { type EventSeries, type RuleCustomer, type RuleEvent, type RuleTag } from './rule-customer';
export { type RuleEventContext } from './predicate-field';
export { compilePredicate, type PredicateOptions, type RulePredicate } from './compile-predicate';
export { compileSql, type CompiledSql, type SqlOptions } from './compile-sql';
export { type EventsPredicate } from './predicate-events';
export {
  conditionOf,
  counterKey,
  counterOf,
  countersOf,
  countedValue,
  type CountedValue,
  type EventCounter,
} from './event-counter';
export { addFacts, factHash, factsOf, NO_FACTS, seriesTest, type CountedFact, type SeriesTest } from './event-series';
export { seriesSql } from './sql-series';
export { expandSegments, type ExpandedRule, type ResolveSegment } from './segment-expansion';
export { describeRule } from './describe-rule';
export { eventWindowDaysMax, fieldsUsed, inspectRule, usesEvents, type RuleUsage } from './rule-usage';
export {
  attributeColumn,
  attributeColumnDefinition,
  ColumnCatalog,
  createTablesSql,
  eventColumn,
  eventColumnDefinition,
  type ColumnarTable,
  type ColumnDefinition,
  type ColumnType,
} from './columnar-schema';
export {
  appendRow,
  customerRow,
  eventRow,
  missingAttributeColumns,
  tagRows,
  type Cell,
  type RowAppender,
  type StoredCustomer,
} from './columnar-row';
export { sqlIdentifier, sqlString } from './sql-literal';
export { addDays, anniversariesOn, bankDayOf, utcDayOf, utcOffsetMinutes, type BankDay } from './bank-day';
export {
  dateKeysOf,
  dayOfField,
  exactDayKey,
  fallsOn,
  parseDateField,
  yearlyDayKey,
  type DatedCustomer,
  type DateField,
} from './date-field';
