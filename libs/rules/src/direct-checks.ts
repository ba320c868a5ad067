import type { ValueTest } from './condition-test';
import type { Condition, RuleScalar } from './rule';
import type { RuleCustomer } from './rule-customer';

type DirectCheck = (customer: RuleCustomer) => boolean;

const MAX = Number.MAX_VALUE;
/** Longer lists are asked through a set. */
const LIST_MAX = 8;

/**
 * The commonest conditions on an attribute in one step, without a call for the comparison: each answers as `conditionTest` does, which takes
 * all others.
 */
export function attributeCheck(key: string, condition: Condition, test: ValueTest): DirectCheck {
  const { op, value: wanted } = condition;
  if (op === 'eq') return (customer) => customer.attributes[key] === wanted;
  if (op === 'ne') return (customer) => customer.attributes[key] !== wanted;
  if (op === 'in' && wanted.length <= LIST_MAX) {
    return (customer) => wanted.includes(customer.attributes[key] as RuleScalar);
  }
  if (op === 'notIn' && wanted.length <= LIST_MAX) {
    return (customer) => !wanted.includes(customer.attributes[key] as RuleScalar);
  }
  const range = rangeOf(condition);
  if (range !== null) return rangeCheck(key, range);
  return (customer) => test(customer.attributes[key]);
}

type Range = readonly [from: number, to: number];

/** The numbers that satisfy a comparison, both ends among them; null where none is asked for. An infinity counts as missing. */
function rangeOf({ op, value }: Condition): Range | null {
  if (op === 'between') {
    const [from, to] = value;
    return typeof from === 'number' && typeof to === 'number' ? [Math.max(from, -MAX), Math.min(to, MAX)] : null;
  }
  if (typeof value !== 'number') return null;
  switch (op) {
    case 'lt':
      return [-MAX, below(value)];
    case 'lte':
      return [-MAX, Math.min(value, MAX)];
    case 'gt':
      return [-below(-value), MAX];
    case 'gte':
      return [Math.max(value, -MAX), MAX];
    default:
      return null;
  }
}

// One closure for every comparison: few kinds of calls are foreseen by the processor better than many.
function rangeCheck(key: string, [from, to]: Range): DirectCheck {
  return (customer) => {
    const value = customer.attributes[key];
    return typeof value === 'number' && value >= from && value <= to;
  };
}

const bits = new BigInt64Array(1);
const double = new Float64Array(bits.buffer);

/** The greatest number below a finite one. */
function below(value: number): number {
  if (value === 0) return -Number.MIN_VALUE;
  double[0] = value;
  bits[0]! += value > 0 ? -1n : 1n;
  return double[0];
}

/** As `attributeCheck`, for the lifecycle stage: what is no text is missing. */
export function stageCheck(condition: Condition, test: ValueTest): DirectCheck {
  const { op, value: wanted } = condition;
  if (op === 'eq' && typeof wanted === 'string') return (customer) => customer.stage === wanted;
  if (op === 'ne' && typeof wanted === 'string') return (customer) => customer.stage !== wanted;
  if (op === 'in' && wanted.length <= LIST_MAX && wanted.every((one) => typeof one === 'string')) {
    return (customer) => wanted.includes(customer.stage as string);
  }
  return ({ stage }) => test(typeof stage === 'string' ? stage : undefined);
}
