import { LogicEngine } from 'json-logic-engine';
import { Query } from 'mingo';
import { compilePredicate, parseRule } from '../../../libs/rules/src/index';
import { median } from '../load';
import { byRatio, byValue, type BenchRow } from '../row';
import { aCustomer, aRule } from './rule-pairs';

const RULES = 1_000;
const CUSTOMERS = 1_000;
const ROUNDS = 9;
/** The slow ones are asked a part of the pairs only when they are timed. */
const SHARE_TIMED = { ours: 1, jsonLogic: 0.5, mingo: 0.1 };
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
  const rate = ratesOf(byCustomer, customers, { ours, jsonLogic, mingo });
  tell(`rules, asked as decisions do: ${inWords(rate)}`);
  tell(`rules, asked as segments do: ${inWords(ratesOf(byRule, customers, { ours, jsonLogic, mingo }))}`);
  return [
    byRatio('rules: against json-logic-engine, compiled', 'per second', rate.ours, rate.jsonLogic, '>=', 5),
    byRatio('rules: against mingo', 'per second', rate.ours, rate.mingo, '>=', 20),
    byValue(`rules: different answers in ${RULES * CUSTOMERS} pairs`, 'pairs', mismatches, 0, '<=', 0),
  ];
}

type Language = keyof typeof SHARE_TIMED;

function ratesOf(
  ask: typeof byCustomer,
  customers: never[],
  predicates: Record<Language, Predicate[]>,
): Record<Language, number> {
  const rates: Record<Language, number[]> = { ours: [], jsonLogic: [], mingo: [] };
  const languages = Object.keys(rates) as Language[];
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const name of languages) rates[name].push(ask(customers, predicates[name], SHARE_TIMED[name]));
  }
  return { ours: median(rates.ours), jsonLogic: median(rates.jsonLogic), mingo: median(rates.mingo) };
}

const inWords = (rates: Record<Language, number>): string =>
  Object.entries(rates)
    .map(([name, rate]) => `${name} ${(rate / 1e6).toFixed(2)} M/s`)
    .join(', ');

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

/** All rules about one customer, then all about the next: the order in which decisions ask. */
function byCustomer(customers: never[], predicates: Predicate[], share: number): number {
  return perSecond(customers.slice(0, Math.ceil(customers.length * share)), predicates, (asked, all) => {
    let passed = 0;
    for (const customer of asked) for (const predicate of all) if (predicate(customer)) passed += 1;
    return passed;
  });
}

/** One rule over all customers, then the next: the order in which segments are built. */
function byRule(customers: never[], predicates: Predicate[], share: number): number {
  return perSecond(customers.slice(0, Math.ceil(customers.length * share)), predicates, (asked, all) => {
    let passed = 0;
    for (const predicate of all) for (const customer of asked) if (predicate(customer)) passed += 1;
    return passed;
  });
}

function perSecond(
  customers: never[],
  predicates: Predicate[],
  askAll: (customers: never[], predicates: Predicate[]) => number,
): number {
  const startedAt = performance.now();
  const passed = askAll(customers, predicates);
  const seconds = (performance.now() - startedAt) / 1000;
  if (passed === 0) throw new Error('rules that nobody passes say nothing about speed');
  return (predicates.length * customers.length) / seconds;
}
