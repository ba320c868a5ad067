import { DomainError } from '@tidegate/errors';
import { budgetFlows } from './crashes/budget-flows';
import { ClaimDesk } from './crashes/claim-desk';
import { codeFlow } from './crashes/code-flow';
import { CrashDesk } from './crashes/crash-desk';
import type { CrashFlow } from './crashes/crash-flow';
import { CrashPlaces } from './crashes/crash-places';
import { grantFlows } from './crashes/grant-flows';
import { leadFlow } from './crashes/lead-flow';
import { ledgerCheckFlow } from './crashes/ledger-check-flow';
import { listFlow } from './crashes/list-flow';
import { ONE_STEP } from './crashes/one-step';
import { pushFlow } from './crashes/push-flow';
import { retractionFlow } from './crashes/retraction-flow';
import { rewardFlows } from './crashes/reward-flows';
import { settlementFlows } from './crashes/settlement-flows';
import { shopFlows } from './crashes/shop-flows';
import { tillQuestionFlow } from './crashes/till-question-flow';
import { trafficFlow } from './crashes/traffic-flow';
import { walletFlows } from './crashes/wallet-flows';
import { TestPlatform } from './testing/test-platform';

// Goal: a service that dies right after any durable step of a flow (a write, a message sent, an event applied, an answer of
// another service) leaves it so that the repeated requests bring it to its right end, with the ledger balanced.
// Method: the n-th step of a service is armed for n = 1, 2, 3 … until the flow has no such step, so that none is forgotten.

/** Tried steps of each service in each flow; CRASH_STEPS=all tries every one. When it is not said, one step of one service of each flow. */
const STEPS_TRIED = process.env['CRASH_STEPS'];
const STEPS_MAX = 200;
const ATTEMPTS_MAX = 3;
/** Of a till's code, and of a treasure's challenge: both end within minutes. */
const OUT_OF_DATE = ['CODE_STALE', 'CHALLENGE_EXPIRED'];

jest.setTimeout(7_200_000);
let platform: TestPlatform;
let points: CrashDesk;
let desk: ClaimDesk;
const count = { flows: 0, crashes: 0 };
beforeAll(async () => {
  const services = ['benefits', 'merchants', 'review', 'arbitration', 'leads', 'campaigns', 'customers'];
  platform = await TestPlatform.start({ services, hasCrashPoints: true });
  points = new CrashDesk(platform.crashFolder);
  desk = await ClaimDesk.at(platform);
});
afterAll(() => platform?.stop());
afterEach(() => desk.expectBalanced());

/** Plays a flow while a service dies after one of its steps, and tells which kind of step that was, if it came to it. */
async function crashAt(flow: CrashFlow, service: string, step: number, attempt = 1): Promise<string | undefined> {
  const play = await flow.prepare(`flow${count.flows}-${service}-${step}-${attempt}`);
  const beside = flow.services.filter((other) => other !== service);
  beside.forEach((other) => points.watch(other));
  points.arm(service, step);
  try {
    await play();
  } catch (error) {
    // The service came back so late that what was to be redeemed or found was out of date: nothing was done, and nothing is learnt.
    const isTooLate = error instanceof DomainError && OUT_OF_DATE.includes(error.reason) && attempt < ATTEMPTS_MAX;
    if (!isTooLate) throw error;
    await points.disarm(service);
    return crashAt(flow, service, step, attempt + 1);
  } finally {
    beside.forEach((other) => points.unwatch(other));
  }
  const crashedAfter = await points.disarm(service);
  await desk.expectBalanced();
  return crashedAfter;
}

/** A step in the middle is as good as its neighbours: without `all`, the tried ones are spread by the flow's stride. */
function stepsOf({ stride = 2 }: CrashFlow): number[] {
  const isAll = STEPS_TRIED === 'all';
  const length = isAll ? STEPS_MAX : Number(STEPS_TRIED ?? 1);
  return Array.from({ length }, (_, index) => 1 + index * (isAll ? 1 : stride));
}

/** In turn: flows are many, and most services die in several of them. */
const diersOf = ({ services }: CrashFlow): readonly string[] =>
  STEPS_TRIED === undefined ? services.slice(count.flows % services.length).slice(0, 1) : services;

async function playAll(flows: CrashFlow[]): Promise<void> {
  for (const flow of flows) {
    count.flows += 1;
    for (const service of diersOf(flow)) {
      const crashes: string[] = [];
      for (const step of stepsOf(flow)) {
        const crashedAfter = await crashAt(flow, service, step).catch((cause: unknown) => {
          throw new Error(`${flow.name}: ${service} died after its step ${step}`, { cause });
        });
        if (crashedAfter === undefined) break;
        crashes.push(crashedAfter);
      }
      count.crashes += crashes.length;
      process.stderr.write(`${flow.name}: ${service} died ${crashes.length} times, after ${crashes.join(', ')}\n`);
      expect([flow.name, service, crashes.length > 0]).toEqual([flow.name, service, true]);
    }
  }
}

it('ends every flow of a benefit rightly', async () => playAll(await walletFlows(platform)));
it('ends every flow in which several things are given rightly', async () => playAll(await grantFlows(platform)));
it('ends every flow of rewards rightly', async () => playAll(await rewardFlows(platform)));
it('ends every flow of a store rightly', async () => playAll(await shopFlows(platform)));
it('ends every flow of a store with a budget rightly', async () => playAll(await budgetFlows(platform)));
it('pays every merchant what he is owed', async () => playAll(await settlementFlows(platform)));
it('owes every subsidy once', async () => playAll([await trafficFlow(platform)]));
it('asks once for a till', async () => playAll([await tillQuestionFlow(platform)]));
it('checks the ledger to its end', async () => playAll([await ledgerCheckFlow(platform)]));
it('takes every code of a third party once', async () => playAll([await codeFlow(platform)]));
it('works every lead to its end once', async () => playAll([await leadFlow(platform)]));
it('builds a name list whole, and once', async () => playAll([await listFlow(platform)]));
it('decides every member of a push once', async () => playAll([await pushFlow(platform)]));
it('gives back once what a complaint retracts', async () => playAll([await retractionFlow(platform)]));

// Last: every flow was played.
it.each(['benefits', 'merchants'] as const)('has a flow through every place of %s that writes', (service) => {
  const places = new CrashPlaces(service);
  const missed = places.missedBy(points.passed.get(service) ?? new Set());
  expect(missed.filter((place) => !ONE_STEP[service].includes(place))).toEqual([]);
  expect(places.missedBy(new Set())).toEqual(expect.arrayContaining([...ONE_STEP[service]]));
});
