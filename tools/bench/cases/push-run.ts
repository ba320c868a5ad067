import { allocate, type Allocation } from '../../../apps/arbitration/src/domain/allocation/allocate';
import { samplePrices } from '../../../apps/arbitration/src/domain/allocation/find-prices';
import type { LimitTable } from '../../../apps/arbitration/src/domain/allocation/limit-table';
import { encodeBlock, type ShortlistBlock } from '../../../apps/arbitration/src/domain/allocation/shortlist-block';
import { ShortlistBuilder } from '../../../apps/arbitration/src/domain/allocation/shortlist-builder';
import { MemberScorer } from '../../../apps/arbitration/src/domain/member-scorer';
import { exhaustedStops, limitTableOf, openLedger } from '../../../apps/arbitration/src/domain/push-terms';
import { ruleSubject } from '../../../apps/arbitration/src/domain/rule-subject';
import { stableHash } from '../../../apps/arbitration/src/domain/stable-hash';
import { NOW, situation } from './decide-world';
import * as world from './push-world';

// Runs as a process of its own, bundled as services are: plans a push as the service does and prints what it took as JSON.
const MEMBERS = Number(process.argv[2]);
const WITH_ARRIVAL = process.argv[3] === 'arrival';
const SAMPLE = 10_000;
const BLOCK = 5_000;
const KEPT_MAX = 6;
const RULES_ALONE = 10_000;

const candidates = world.candidates();
const terms = world.terms(MEMBERS);
const table = limitTableOf(candidates, terms, openLedger(candidates, terms, world.book(MEMBERS)));
const scorer = new MemberScorer(candidates, exhaustedStops(table), situation());
let reasons = 0;

/** One member through every rule. */
function score(index: number): number {
  const state = world.member(index);
  scorer.score(state, { of: (slot) => world.propensity(state.customerId, slot), neutralOf: () => 0.01 });
  return drawOf(index);
}

const drawOf = (index: number): number => stableHash(`push|customer-${index}`);

const range = (from: number, to: number): number[] => Array.from({ length: to - from }, (_, index) => from + index);

/** Members whose draw is below a share of all draws. */
function* drawn(share: number): Generator<number> {
  for (let index = 0; index < MEMBERS; index += 1) if (drawOf(index) < share * 2 ** 32) yield index;
}

function shortlists(members: readonly number[], prices: Float64Array, keptMax: number): ShortlistBlock {
  const builder = new ShortlistBuilder(table, table.pricesOf(prices), keptMax, members.length);
  for (const index of members) {
    const draw = score(index);
    builder.add(draw, scorer.passing, scorer.scores, scorer.count);
    if (scorer.stop !== '') reasons += 1;
  }
  return builder.build();
}

/** Serves in the order of the list: everyone takes the best of what is left. */
function arrivalValue(ofTable: LimitTable): number {
  const used = new Float64Array(ofTable.limits.length);
  let value = 0;
  for (let index = 0; index < MEMBERS; index += 1) {
    score(index);
    let best = -1;
    for (let at = 0; at < scorer.count; at += 1) {
      if (best >= 0 && scorer.scores[at]! <= scorer.scores[best]!) continue;
      if (ofTable.hasRoom(scorer.passing[at]!, used)) best = at;
    }
    if (best < 0) continue;
    ofTable.take(scorer.passing[best]!, used);
    value += scorer.scores[best]!;
  }
  return value;
}

/** The compiled rules of all actions for some members, with nothing around them; seconds for the whole list. */
function rulesAloneSeconds(): number {
  const before = process.cpuUsage();
  let passed = 0;
  for (let index = 0; index < RULES_ALONE; index += 1) {
    const { customerId, facts } = world.member(index);
    if (facts === null) continue;
    const subject = ruleSubject(customerId, facts);
    for (const { action } of candidates) {
      const isFor =
        action.isEligible(subject, NOW) && action.isApplicable(subject, NOW) && action.isSuitable(subject, NOW);
      if (isFor) passed += 1;
    }
  }
  if (passed === 0) throw new Error('the rules let nobody pass');
  return (secondsSince(before) * MEMBERS) / RULES_ALONE;
}

/** Of all cores together, so that threads of the runtime count too. */
function secondsSince(before: NodeJS.CpuUsage): number {
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1e6;
}

/** Whether every limit keeps, and every loser has a reason: the rule that stopped it, or the limit it lost to. */
function check(plan: Allocation): void {
  const used = new Float64Array(table.limits.length);
  let losers = 0;
  plan.choices.forEach((choice, member) => {
    if (choice >= 0) table.take(choice, used);
    else if (plan.ranks[member] === 0) losers += 1;
    else if (plan.lostTo[member]! < 0) throw new Error(`member ${member} lost without a reason`);
  });
  if (losers !== reasons) throw new Error(`${losers} members were stopped, and ${reasons} have a reason`);
  table.limits.forEach(({ id, max }, limit) => {
    if (used[limit]! > max) throw new Error(`${id} is used ${used[limit]} times of ${max}`);
  });
}

async function main(): Promise<void> {
  const start = process.cpuUsage();
  const share = Math.min(1, SAMPLE / MEMBERS);
  const free = new Float64Array(table.limits.length);
  const sample = [shortlists([...drawn(share)], free, table.classCount)];
  const prices = await samplePrices({ sample, table, share });
  const pricedSeconds = secondsSince(start);
  reasons = 0;
  const source = new world.BlockFile();
  for (let from = 0; from < MEMBERS; from += BLOCK) {
    source.add(encodeBlock(shortlists(range(from, Math.min(MEMBERS, from + BLOCK)), prices, KEPT_MAX)));
  }
  const scoredSeconds = secondsSince(start);
  const plan = await allocate({ source, table, shortlistPrices: prices, explorationBasisPoints: 0 });
  const seconds = secondsSince(start);
  const peakMb = process.resourceUsage().maxRSS / 1024;
  source.close();
  check(plan);
  const chosen = plan.choices.reduce((sum, choice) => sum + (choice < 0 ? 0 : 1), 0);
  const measured = { seconds, pricedSeconds, scoredSeconds, peakMb, value: plan.value, bound: plan.bound, chosen };
  const rest = { ranked: plan.rankedCount, stopped: reasons, rulesSeconds: rulesAloneSeconds() };
  const arrival = WITH_ARRIVAL ? arrivalValue(table) : 0;
  process.stdout.write(JSON.stringify({ ...measured, ...rest, arrival }));
}

void main();
