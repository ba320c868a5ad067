import type { Rule, RuleCustomer } from '../../../libs/rules/src/index';
import { seededRandom } from '../../../apps/arbitration/src/domain/stable-hash';

type Condition = { field: string; op: string; value: unknown };
type Node = { all: Node[] } | { any: Node[] } | { not: Node } | Condition;
/** A rule in three languages that mean the same. */
export interface RuleInThree {
  ours: Rule;
  jsonLogic: Record<string, unknown>;
  mingo: Record<string, unknown>;
}

const random = seededRandom('rule-pairs');
const pick = <T>(values: readonly T[]): T => values[Math.floor(random() * values.length)] as T;
const JOBS = ['management', 'technician', 'services', 'retired', 'student', 'unemployed'];
const STAGES = ['first_contact', 'honeymoon', 'mature', 'at_risk', 'lapsed'];

/** A customer with every value there and of its type: on missing values the three languages differ by design. */
export const aCustomer = (index: number): RuleCustomer => ({
  customerId: `customer-${index}`,
  stage: pick(STAGES),
  attributes: {
    balance: Math.floor(random() * 20_000),
    age: 18 + Math.floor(random() * 70),
    job: pick(JOBS),
    housing: random() < 0.5,
    tenureMonths: Math.floor(random() * 300),
    risk: 1 + Math.floor(random() * 5),
  },
});

const number = (field: string, max: number): Condition => {
  if (random() < 0.2) {
    const low = Math.floor(random() * max);
    return { field, op: 'between', value: [low, low + Math.floor(random() * max)] };
  }
  return { field, op: pick(['lt', 'lte', 'gt', 'gte', 'eq', 'ne']), value: Math.floor(random() * max) };
};

const text = (field: string, values: readonly string[]): Condition => {
  if (random() < 0.5) return { field, op: pick(['eq', 'ne']), value: pick(values) };
  return { field, op: pick(['in', 'notIn']), value: [...new Set([pick(values), pick(values), pick(values)])] };
};

const condition = (): Condition =>
  pick([
    () => number('attributes.balance', 20_000),
    () => number('attributes.age', 88),
    () => number('attributes.tenureMonths', 300),
    () => number('attributes.risk', 6),
    () => text('attributes.job', JOBS),
    () => text('stage', STAGES),
    (): Condition => ({ field: 'attributes.housing', op: 'eq', value: random() < 0.5 }),
  ])();

const node = (depth: number): Node => {
  if (depth === 0 || random() < 0.3) return condition();
  const children = (): Node[] => Array.from({ length: 2 + Math.floor(random() * 3) }, () => node(depth - 1));
  return pick<() => Node>([
    () => ({ all: children() }),
    () => ({ any: children() }),
    () => ({ not: node(depth - 1) }),
  ])();
};

export function aRule(): RuleInThree {
  const tree: Node = { all: [condition(), node(2), node(1)] };
  return { ours: tree as Rule, jsonLogic: toJsonLogic(tree), mingo: toMingo(tree) };
}

const JSON_LOGIC: Record<string, string> = { lt: '<', lte: '<=', gt: '>', gte: '>=', eq: '===', ne: '!==' };

function toJsonLogic(tree: Node): Record<string, unknown> {
  if ('all' in tree) return { and: tree.all.map(toJsonLogic) };
  if ('any' in tree) return { or: tree.any.map(toJsonLogic) };
  if ('not' in tree) return { '!': [toJsonLogic(tree.not)] };
  const variable = { var: tree.field };
  if (tree.op === 'in') return { in: [variable, tree.value] };
  if (tree.op === 'notIn') return { '!': [{ in: [variable, tree.value] }] };
  if (tree.op === 'between') {
    const [low, high] = tree.value as [number, number];
    return { '<=': [low, variable, high] };
  }
  return { [JSON_LOGIC[tree.op] ?? '']: [variable, tree.value] };
}

function toMingo(tree: Node): Record<string, unknown> {
  if ('all' in tree) return { $and: tree.all.map(toMingo) };
  if ('any' in tree) return { $or: tree.any.map(toMingo) };
  if ('not' in tree) return { $nor: [toMingo(tree.not)] };
  if (tree.op === 'notIn') return { [tree.field]: { $nin: tree.value } };
  if (tree.op === 'between') {
    const [low, high] = tree.value as [number, number];
    return { [tree.field]: { $gte: low, $lte: high } };
  }
  return { [tree.field]: { [`$${tree.op}`]: tree.value } };
}
