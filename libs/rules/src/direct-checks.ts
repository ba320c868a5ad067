import type { ValueTest } from './condition-test';
import { rangeOf, type NumberRange } from './number-range';
import type { Condition, RuleScalar } from './rule';
import type { RuleCustomer } from './rule-customer';

type DirectCheck = (customer: RuleCustomer) => boolean;

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

// One closure for every comparison: few kinds of calls are foreseen by the processor better than many.
function rangeCheck(key: string, [from, to]: NumberRange): DirectCheck {
  return (customer) => {
    const value = customer.attributes[key];
    return typeof value === 'number' && value >= from && value <= to;
  };
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
