import { decide, type DecideOutput } from '../../../apps/arbitration/src/domain/decide';
import { ruleSubject } from '../../../apps/arbitration/src/domain/rule-subject';
import { median } from '../load';
import * as world from './decide-world';

// Runs as a process of its own, bundled as services are: prints what decide-cpu measured as JSON.
const CUSTOMERS = 1_000;
const WARM_UP = 3_000;
const DECISIONS = 5_000;
const ROUNDS = 5;

const customers = Array.from({ length: CUSTOMERS }, (_, index) => world.customer(index));
const candidates = world.candidates();
const situation = world.situation();
const book = world.book();

function one(index: number): DecideOutput {
  return decide({
    customer: customers[index % CUSTOMERS] ?? world.customer(index),
    candidates,
    situation,
    book,
    propensityOf: ({ action }) => 0.01 + (action.valueMinor % 97) / 100,
    maxActions: 1,
    decisionIdOf: () => 'decision',
  });
}

const actions = [...new Set(candidates.map(({ action }) => action))];
const strategies = [...new Set(candidates.map(({ strategy }) => strategy))];

/** The compiled rules of all strategies and actions, called one after another without anything around them. */
function rulesAlone(index: number): number {
  const { customerId, facts } = customers[index % CUSTOMERS] ?? world.customer(index);
  if (facts === null) return 0;
  const subject = ruleSubject(customerId, facts);
  let passed = 0;
  for (const strategy of strategies) if (strategy.isInAudience(subject, world.NOW)) passed += 1;
  for (const action of actions) {
    const isFor =
      action.isEligible(subject, world.NOW) &&
      action.isApplicable(subject, world.NOW) &&
      action.isSuitable(subject, world.NOW);
    if (isFor) passed += 1;
  }
  return passed;
}

/** CPU time of one call, over many. */
function cpuUs(call: (index: number) => unknown): number {
  const before = process.cpuUsage();
  for (let index = 0; index < DECISIONS; index += 1) call(index);
  const { user, system } = process.cpuUsage(before);
  return (user + system) / DECISIONS;
}

const reasons: Record<string, number> = {};
for (const { reason } of Array.from({ length: 100 }, (_, index) => one(index)).flatMap(({ results }) => results)) {
  reasons[reason] = (reasons[reason] ?? 0) + 1;
}
for (let index = 0; index < WARM_UP; index += 1) {
  one(index);
  rulesAlone(index);
}
const [whole, rules]: [number[], number[]] = [[], []];
for (let round = 0; round < ROUNDS; round += 1) {
  whole.push(cpuUs(one));
  rules.push(cpuUs(rulesAlone));
}
process.stdout.write(JSON.stringify({ wholeUs: median(whole), rulesUs: median(rules), reasons }));
