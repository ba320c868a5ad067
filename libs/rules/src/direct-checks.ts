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
  if (op === 'between' && typeof wanted[0] === 'number') return betweenCheck(key, wanted as readonly [number, number]);
  if (typeof wanted === 'number') return orderCheck(key, op, wanted) ?? ((customer) => test(customer.attributes[key]));
  return (customer) => test(customer.attributes[key]);
}

// An infinity counts as missing, so the far side is closed too.
function betweenCheck(key: string, [low, high]: readonly [number, number]): DirectCheck {
  const [from, to] = [Math.max(low, -MAX), Math.min(high, MAX)];
  return (customer) => {
    const value = customer.attributes[key];
    return typeof value === 'number' && value >= from && value <= to;
  };
}

function orderCheck(key: string, op: Condition['op'], bound: number): DirectCheck | null {
  switch (op) {
    case 'lt':
      return (customer) => {
        const value = customer.attributes[key];
        return typeof value === 'number' && value < bound && value >= -MAX;
      };
    case 'lte':
      return (customer) => {
        const value = customer.attributes[key];
        return typeof value === 'number' && value <= bound && value >= -MAX;
      };
    case 'gt':
      return (customer) => {
        const value = customer.attributes[key];
        return typeof value === 'number' && value > bound && value <= MAX;
      };
    case 'gte':
      return (customer) => {
        const value = customer.attributes[key];
        return typeof value === 'number' && value >= bound && value <= MAX;
      };
    default:
      return null;
  }
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
