import { parseCondition, parseNumberCondition, parseText } from './parse-condition';
import { isInputObject, refuseOtherKeys, type InputObject } from './parse-object';
import { RULE_LIMITS, type EventsCondition, type EventsRule, type FieldRule, type NumberCondition } from './rule';
import { parseEventPath } from './rule-field';
import type { RuleViolations } from './rule-violations';

/** Reads `{ events: { type, where?, windowDays, count | sum } }`. */
export function parseEvents(input: InputObject, path: string, violations: RuleViolations): EventsRule | undefined {
  refuseOtherKeys(input, ['events'], path, violations);
  const at = `${path}.events`;
  const body = input.events;
  if (!isInputObject(body)) return violations.add(at, 'must be an object');
  refuseOtherKeys(body, ['type', 'where', 'windowDays', 'count', 'sum'], at, violations);
  const type = parseText(body.type, `${at}.type`, RULE_LIMITS.nameLength, violations);
  const windowDays = parseWindowDays(body.windowDays, `${at}.windowDays`, violations);
  const where = body.where === undefined ? [] : parseWhere(body.where, `${at}.where`, violations);
  const measure = parseMeasure(body, at, violations);
  if (type === undefined || windowDays === undefined || where === undefined || measure === undefined) return undefined;
  return { events: { type, ...(where.length > 0 && { where }), windowDays, ...measure } };
}

function parseWindowDays(value: unknown, path: string, violations: RuleViolations): number | undefined {
  if (typeof value === 'number' && value > 0 && value <= RULE_LIMITS.windowDays) return value;
  return violations.add(path, `must be a number of days, more than 0 and at most ${RULE_LIMITS.windowDays}`);
}

function parseWhere(list: unknown, path: string, violations: RuleViolations): FieldRule[] | undefined {
  if (!Array.isArray(list)) return violations.add(path, 'must be a list');
  const rules: FieldRule[] = [];
  for (let i = 0; i < Math.min(list.length, RULE_LIMITS.nodes + 1); i++) {
    const at = `${path}[${i}]`;
    if (!violations.enterNode(at)) return undefined;
    const item: unknown = list[i];
    if (!isInputObject(item)) return violations.add(at, 'must be an object');
    refuseOtherKeys(item, ['field', 'op', 'value'], at, violations);
    const field = parsePath(item.field, `${at}.field`, violations);
    const condition = parseCondition(item, at, null, violations);
    if (field !== undefined && condition !== undefined) rules.push({ field, ...condition });
  }
  return rules;
}

function parsePath(value: unknown, path: string, violations: RuleViolations): string | undefined {
  if (typeof value === 'string' && parseEventPath(value) !== null) return value;
  return violations.add(path, "must be a path into the event's data");
}

function parseMeasure(
  body: InputObject,
  path: string,
  violations: RuleViolations,
):
  | Pick<Extract<EventsCondition, { count: unknown }>, 'count'>
  | Pick<Extract<EventsCondition, { sum: unknown }>, 'sum'>
  | undefined {
  const { count, sum } = body;
  if ((count === undefined) === (sum === undefined)) return violations.add(path, 'must have one of count and sum');
  if (count !== undefined) {
    if (!isInputObject(count)) return violations.add(`${path}.count`, 'must be an object');
    refuseOtherKeys(count, ['op', 'value'], `${path}.count`, violations);
    const condition = parseNumberCondition(count, `${path}.count`, violations);
    return condition && parseCount(condition, `${path}.count.value`, violations);
  }
  if (!isInputObject(sum)) return violations.add(`${path}.sum`, 'must be an object');
  refuseOtherKeys(sum, ['of', 'op', 'value'], `${path}.sum`, violations);
  const of = parsePath(sum.of, `${path}.sum.of`, violations);
  const condition = parseNumberCondition(sum, `${path}.sum`, violations);
  return of === undefined || condition === undefined ? undefined : { sum: { of, ...condition } };
}

function parseCount(condition: NumberCondition, path: string, violations: RuleViolations) {
  const ends: readonly number[] = condition.op === 'between' ? condition.value : [condition.value];
  const isCount = ends.every((end) => Number.isSafeInteger(end) && end >= 0);
  return isCount ? { count: condition } : violations.add(path, 'must be a whole number, 0 or more');
}
