import type { Condition, NumberCondition, OrderOp, RuleScalar } from './rule';
import { RULE_LIMITS } from './rule';
import type { ValueKind } from './rule-field';
import { isWellFormed } from './rule-value';
import type { RuleViolations } from './rule-violations';

type Input = Record<string, unknown>;
const NUMBER_OPS: readonly unknown[] = ['eq', 'ne', 'lt', 'lte', 'gt', 'gte', 'between'];
const KIND_NAMES: Record<ValueKind, string> = { num: 'a number', str: 'a string', bool: 'a boolean' };

/** A string that both SQL and memory can hold as it is. */
export function parseText(value: unknown, path: string, lengthMax: number, violations: RuleViolations) {
  if (typeof value !== 'string') return violations.add(path, 'must be a string');
  if (value.length > lengthMax) return violations.add(path, `has at most ${lengthMax} characters`);
  if (value.includes('\0') || !isWellFormed(value)) {
    return violations.add(path, 'must be well-formed text without NUL characters');
  }
  return value;
}

export function parseNumber(value: unknown, path: string, violations: RuleViolations) {
  if (typeof value !== 'number' || !Number.isFinite(value)) return violations.add(path, 'must be a finite number');
  if (Number.isInteger(value) && !Number.isSafeInteger(value)) {
    return violations.add(path, 'must be within the safe integers');
  }
  return value === 0 ? 0 : value;
}

function parseScalar(value: unknown, path: string, kind: ValueKind | null, violations: RuleViolations) {
  violations.countLiterals(path, 1);
  const isOfKind = kind === null || typeof value === { num: 'number', str: 'string', bool: 'boolean' }[kind];
  if (!isOfKind) return violations.add(path, `must be ${KIND_NAMES[kind]}, as the field is`);
  if (typeof value === 'boolean') return value;
  if (typeof value === 'number') return parseNumber(value, path, violations);
  if (typeof value === 'string') return parseText(value, path, RULE_LIMITS.stringLength, violations);
  return violations.add(path, 'must be a string, a number or a boolean');
}

function parseOrdered(value: unknown, path: string, kind: ValueKind | null, violations: RuleViolations) {
  const scalar = parseScalar(value, path, kind, violations);
  return typeof scalar === 'boolean' ? violations.add(path, 'must be a number or a string') : scalar;
}

function parseList(value: unknown, path: string, kind: ValueKind | null, violations: RuleViolations) {
  if (!Array.isArray(value)) return violations.add(path, 'must be a list');
  if (value.length === 0 || value.length > RULE_LIMITS.list) {
    return violations.add(path, `must have 1 to ${RULE_LIMITS.list} values`);
  }
  const scalars = value.map((item, i) => parseScalar(item, `${path}[${i}]`, kind, violations));
  return scalars.every((scalar) => scalar !== undefined) ? (scalars as RuleScalar[]) : undefined;
}

function parseRange(value: unknown, path: string, kind: ValueKind | null, violations: RuleViolations) {
  if (!Array.isArray(value) || value.length !== 2) return violations.add(path, 'must be a list of two ends');
  const low = parseOrdered(value[0], `${path}[0]`, kind, violations);
  const high = parseOrdered(value[1], `${path}[1]`, kind, violations);
  if (low === undefined || high === undefined) return undefined;
  if (typeof low === 'number' && typeof high === 'number') {
    return low <= high ? ([low, high] as const) : violations.add(path, 'must have the lower end first');
  }
  if (typeof low === 'string' && typeof high === 'string') return [low, high] as const;
  return violations.add(path, 'must have two ends of one type');
}

function parseSubstring(value: unknown, path: string, kind: ValueKind | null, violations: RuleViolations) {
  if (kind !== null && kind !== 'str') return violations.add(path, 'cannot be asked of a field that is not a string');
  violations.countLiterals(path, 1);
  return parseText(value, path, RULE_LIMITS.stringLength, violations);
}

/** Reads `op` and `value`; `kind` is the field's only type, null when it may hold any. */
export function parseCondition(input: Input, path: string, kind: ValueKind | null, violations: RuleViolations) {
  const at = `${path}.value`;
  const { op, value } = input;
  const as = <T>(parsed: T | undefined): Condition | undefined =>
    parsed === undefined ? undefined : ({ op, value: parsed } as Condition);
  switch (op) {
    case 'eq':
    case 'ne':
      return as(parseScalar(value, at, kind, violations));
    case 'lt':
    case 'lte':
    case 'gt':
    case 'gte':
      return as(parseOrdered(value, at, kind, violations));
    case 'in':
    case 'notIn':
      return as(parseList(value, at, kind, violations));
    case 'between':
      return as(parseRange(value, at, kind, violations));
    case 'exists':
      if (value === undefined) return as(true);
      return as(typeof value === 'boolean' ? value : violations.add(at, 'must be true, false or left out'));
    case 'contains':
    case 'startsWith':
      return as(parseSubstring(value, at, kind, violations));
    default:
      return violations.add(`${path}.op`, 'is not a known operator');
  }
}

/** Reads the condition on a count or a sum. */
export function parseNumberCondition(input: Input, path: string, violations: RuleViolations) {
  if (!NUMBER_OPS.includes(input.op)) return violations.add(`${path}.op`, `must be one of ${NUMBER_OPS.join(', ')}`);
  const value =
    input.op === 'between'
      ? parseRange(input.value, `${path}.value`, 'num', violations)
      : parseScalar(input.value, `${path}.value`, 'num', violations);
  return value === undefined ? undefined : ({ op: input.op as OrderOp, value } as NumberCondition);
}
