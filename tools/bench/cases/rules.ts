import { LogicEngine } from 'json-logic-engine';
import { Query } from 'mingo';
import { compilePredicate, parseRule } from '../../../libs/rules/src/index';
import { median } from '../load';
import { byRatio, byValue, type BenchRow } from '../row';
import { aCustomer, aRule } from './rule-pairs';

const RULES = 1_000;
const CUSTOMERS = 1_000;
const ROUNDS = 5;
/** The slow ones are asked a part of the pairs only when they are timed. */
const SHARE_TIMED = { ours: 1, jsonLogic: 0.5, mingo: 0.05 };
const NOW_MS = Date.UTC(2026, 2, 2);

type Predicate = (customer: never) => unknown;

/** One rule language beside two others, on the same 1,000 rules and 1,000 customers: the answers of all pairs, and the speed. */
export async function rules(_stack: unknown, tell: (line: string) => void): Promise<BenchRow[]> {
  const customers = Array.from({ length: CUSTOMERS }, (_, index) => aCustomer(index)) as never[];
  const written = Array.from({ length: RULES }, aRule);
  const engine = new LogicEngine();
  const ours = written.map((rule): Predicate => {
    const predicate = compilePredicate(parseRule(rule.ours));
    return (customer) => predicate(customer, NOW_MS);
  });
  const jsonLogic = written.map((rule) => engine.build(rule.jsonLogic as never) as unknown as Predicate);
  const mingo = written.map((rule): Predicate => {
    const query = new Query(rule.mingo);
    return (customer) => query.test(customer);
  });
  const mismatches = countMismatches(customers, ours, [jsonLogic, mingo]);
  const rates = { ours: [] as number[], jsonLogic: [] as number[], mingo: [] as number[] };
  for (let round = 0; round < ROUNDS; round += 1) {
    rates.ours.push(perSecond(customers, ours, SHARE_TIMED.ours));
    rates.jsonLogic.push(perSecond(customers, jsonLogic, SHARE_TIMED.jsonLogic));
    rates.mingo.push(perSecond(customers, mingo, SHARE_TIMED.mingo));
  }
  const rate = { ours: median(rates.ours), jsonLogic: median(rates.jsonLogic), mingo: median(rates.mingo) };
  tell(
    `rules: ${Object.entries(rate)
      .map(([name, each]) => `${name} ${(each / 1e6).toFixed(2)} M/s`)
      .join(', ')}`,
  );
  return [
    byRatio('rules: against json-logic-engine, compiled', 'per second', rate.ours, rate.jsonLogic, '>=', 5),
    byRatio('rules: against mingo', 'per second', rate.ours, rate.mingo, '>=', 20),
    byValue(`rules: different answers in ${RULES * CUSTOMERS} pairs`, 'pairs', mismatches, 0, '<=', 0),
  ];
}

function countMismatches(customers: never[], ours: Predicate[], others: Predicate[][]): number {
  let mismatches = 0;
  ours.forEach((predicate, rule) => {
    for (const customer of customers) {
      const answer = predicate(customer);
      for (const other of others) if (Boolean(other[rule]?.(customer)) !== answer) mismatches += 1;
    }
  });
  return mismatches;
}

/** Each rule over a run of customers, as a segment or a decision asks it. */
function perSecond(customers: never[], predicates: Predicate[], share: number): number {
  const asked = Math.ceil(customers.length * share);
  let passed = 0;
  const startedAt = performance.now();
  for (const predicate of predicates) {
    for (let index = 0; index < asked; index += 1) if (predicate(customers[index] as never)) passed += 1;
  }
  const seconds = (performance.now() - startedAt) / 1000;
  if (passed === 0) throw new Error('rules that nobody passes say nothing about speed');
  return (predicates.length * asked) / seconds;
}
