import { rangeOf } from './number-range';
import type { Condition, RuleScalar } from './rule';
import { compareCodePoints, isWellFormed, kindOfValue } from './rule-value';

/** Whether a value, of any type and perhaps missing, satisfies a condition. */
export type ValueTest = (value: unknown) => boolean;

const SCAN_MAX = 8;

/** Compiles a condition to a test that allocates nothing. */
export function conditionTest(condition: Condition): ValueTest {
  // Every comparison with numbers; those below are with texts.
  const range = rangeOf(condition);
  if (range !== null) {
    const [from, to] = range;
    return (value) => typeof value === 'number' && value >= from && value <= to;
  }
  switch (condition.op) {
    case 'eq': {
      const { value: wanted } = condition;
      return (value) => value === wanted;
    }
    case 'ne': {
      const { value: unwanted } = condition;
      return (value) => value !== unwanted;
    }
    case 'in':
      return membershipTest(condition.value);
    case 'notIn': {
      const isMember = membershipTest(condition.value);
      return (value) => !isMember(value);
    }
    case 'between': {
      const [low, high] = condition.value as readonly [string, string];
      const isFromLow = textOrderTest('gte', low);
      const isToHigh = textOrderTest('lte', high);
      return (value) => isFromLow(value) && isToHigh(value);
    }
    case 'exists':
      return condition.value ? (value) => kindOfValue(value) !== null : (value) => kindOfValue(value) === null;
    case 'contains': {
      const { value: part } = condition;
      return (value) => typeof value === 'string' && value.includes(part) && isWellFormed(value);
    }
    case 'startsWith': {
      const { value: prefix } = condition;
      return (value) => typeof value === 'string' && value.startsWith(prefix) && isWellFormed(value);
    }
    default:
      return textOrderTest(condition.op, condition.value as string);
  }
}

function membershipTest(values: readonly RuleScalar[]): ValueTest {
  if (values.length <= SCAN_MAX) return (value) => values.includes(value as RuleScalar);
  const members: ReadonlySet<unknown> = new Set(values);
  return (value) => members.has(value);
}

function textOrderTest(op: 'lt' | 'lte' | 'gt' | 'gte', bound: string): ValueTest {
  switch (op) {
    case 'lt':
      return (value) => typeof value === 'string' && compareCodePoints(value, bound) < 0 && isWellFormed(value);
    case 'lte':
      return (value) => typeof value === 'string' && compareCodePoints(value, bound) <= 0 && isWellFormed(value);
    case 'gt':
      return (value) => typeof value === 'string' && compareCodePoints(value, bound) > 0 && isWellFormed(value);
    case 'gte':
      return (value) => typeof value === 'string' && compareCodePoints(value, bound) >= 0 && isWellFormed(value);
  }
}
