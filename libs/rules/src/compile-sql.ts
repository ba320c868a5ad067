import { DomainError } from '@tidegate/errors';
import type { ColumnCatalog } from './columnar-schema';
import type { Rule, TagRule } from './rule';
import { parseField } from './rule-field';
import { expandSegments, type ExpandedRule, type ResolveSegment } from './segment-expansion';
import { conditionSql, notTrue } from './sql-condition';
import { eventsSql } from './sql-events';
import { fieldColumns } from './sql-field';
import { sqlIdentifier, sqlString } from './sql-literal';

export interface SqlOptions {
  /** The columns that the copy has; an attribute without one is missing for every customer. */
  catalog: ColumnCatalog;
  /** The moment the rule is asked at, in whole milliseconds. */
  nowMs: number;
  resolveSegment?: ResolveSegment;
  /** The bank's calendar, for ages and birthdays; the same number must be given to `compilePredicate`. */
  utcOffsetMinutes?: number;
  /** How the statement names the customers table; `customers` when left out. */
  customersAlias?: string;
}

const NOW_MAX_MS = Date.UTC(9900, 0, 1);

/** A condition for a WHERE over `customers`. Every value in it is a quoted literal. */
export interface CompiledSql {
  where: string;
}

/**
 * Compiles a rule to a condition over the columnar copy: `SELECT count(*) FROM customers WHERE <where>`. It is TRUE for exactly
 * the customers that `compilePredicate` accepts, and FALSE or NULL for the others; outside a WHERE use `(<where>) IS TRUE`.
 * @throws RULE_INVALID, RULE_SEGMENT_UNKNOWN, RULE_SEGMENT_CYCLE, RULE_TOO_LARGE, as `expandSegments` does
 * @throws RULE_EVENT_FIELD_IN_SQL when the rule uses `event.<path>`
 */
export function compileSql(rule: Rule, options: SqlOptions): CompiledSql {
  if (!Number.isSafeInteger(options.nowMs) || options.nowMs < 0 || options.nowMs > NOW_MAX_MS) {
    throw new DomainError({
      code: 'INVALID_ARGUMENT',
      reason: 'RULE_NOW_INVALID',
      message: 'nowMs must be whole milliseconds between the years 1970 and 9900.',
    });
  }
  const context: Context = {
    ...options,
    utcOffsetMinutes: options.utcOffsetMinutes ?? 0,
    customersAlias: options.customersAlias ?? 'customers',
  };
  return { where: compile(expandSegments(rule, options.resolveSegment), context) };
}

type Context = SqlOptions & { utcOffsetMinutes: number; customersAlias: string };

function compile(rule: ExpandedRule, context: Context): string {
  if ('all' in rule) return joined(rule.all, ' AND ', 'TRUE', context);
  if ('any' in rule) return joined(rule.any, ' OR ', 'FALSE', context);
  if ('not' in rule) return notTrue(compile(rule.not, context));
  if ('field' in rule) {
    const ref = parseField(rule.field);
    // A parsed rule names known fields only.
    return ref === null ? 'FALSE' : conditionSql(rule, fieldColumns(ref, rule.field, context));
  }
  return 'tag' in rule ? tagSql(rule, context) : eventsSql(rule.events, context);
}

function joined(rules: readonly ExpandedRule[], operator: string, whenEmpty: string, context: Context): string {
  return rules.length === 0 ? whenEmpty : `(${rules.map((rule) => compile(rule, context)).join(operator)})`;
}

function tagSql({ tag, value }: TagRule, { customersAlias, nowMs }: Context): string {
  const ofValue = value === undefined ? '' : ` AND t."value" = ${sqlString(value)}`;
  return (
    `${sqlIdentifier(customersAlias)}."customer_id" IN (SELECT t."customer_id" FROM tags AS t WHERE t."tag" = ${sqlString(tag)}` +
    `${ofValue} AND (t."valid_until_ms" IS NULL OR t."valid_until_ms" > ${nowMs}))`
  );
}
