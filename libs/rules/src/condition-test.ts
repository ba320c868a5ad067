import type { Condition, RuleScalar } from './rule';
import { compareCodePoints, isWellFormed, kindOfValue } from './rule-value';

/** Whether a value, of any type and perhaps missing, satisfies a condition. */
export type ValueTest = (value: unknown) => boolean;

const MAX = Number.MAX_VALUE;
const SCAN_MAX = 8;

/** Compiles a condition to a test that allocates nothing. */
export function conditionTest(condition: Condition): ValueTest {
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
      const [low, high] = condition.value;
      // An infinity counts as missing.
      if (typeof low === 'number' && typeof high === 'number') {
        return (value) => typeof value === 'number' && value >= low && value <= high && value >= -MAX && value <= MAX;
      }
      const isFromLow = orderTest('gte', low);
      const isToHigh = orderTest('lte', high);
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
      return orderTest(condition.op, condition.value);
  }
}

function membershipTest(values: readonly RuleScalar[]): ValueTest {
  if (values.length <= SCAN_MAX) return (value) => values.includes(value as RuleScalar);
  const members: ReadonlySet<unknown> = new Set(values);
  return (value) => members.has(value);
}

function orderTest(op: 'lt' | 'lte' | 'gt' | 'gte', bound: string | number): ValueTest {
  return typeof bound === 'number' ? numberOrderTest(op, bound) : textOrderTest(op, bound);
}

// The far side is closed too: an infinity counts as missing.
function numberOrderTest(op: 'lt' | 'lte' | 'gt' | 'gte', bound: number): ValueTest {
  switch (op) {
    case 'lt':
      return (value) => typeof value === 'number' && value < bound && value >= -MAX;
    case 'lte':
      return (value) => typeof value === 'number' && value <= bound && value >= -MAX;
    case 'gt':
      return (value) => typeof value === 'number' && value > bound && value <= MAX;
    case 'gte':
      return (value) => typeof value === 'number' && value >= bound && value <= MAX;
  }
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
