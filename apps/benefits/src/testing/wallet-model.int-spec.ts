import fc from 'fast-check';
import { emptyModel, type ModelState, type ModelStock } from './wallet-model/model-state';
import { explain, pass } from './wallet-model/play';
import { steps, type Step } from './wallet-model/steps';
import { viewOf, WalletRun } from './wallet-model/wallet-run';
import { startWallet, type WalletFixture } from './wallet.fixture';

// Goal: whatever customers, tills and the bank do at once, again and out of order, over two replicas, there is an order of it
// in which a plain model says the same, and states, limits and the ledger are those of the model.

/** Sequences; WALLET_MODEL_RUNS=2000 for the long run. WALLET_MODEL_SEED plays a printed seed again. */
const RUNS = Number(process.env.WALLET_MODEL_RUNS ?? 30);
const SEED = process.env.WALLET_MODEL_SEED;

const DAY_MS = 24 * 3600 * 1000;
const stocksAt = (now: number): Record<string, ModelStock> => ({
  packet: {
    isStored: true,
    face: 800,
    threshold: 0,
    total: 4,
    perDay: 0,
    perCustomer: 2,
    endsAt: now + 2 * DAY_MS,
    validMs: 7 * DAY_MS,
  },
  discount: {
    isStored: false,
    face: 500,
    threshold: 400,
    total: 2,
    perDay: 0,
    perCustomer: 0,
    endsAt: now + 2 * DAY_MS,
    validMs: DAY_MS,
  },
  short: {
    isStored: true,
    face: 1_000,
    threshold: 0,
    total: 6,
    perDay: 3,
    perCustomer: 3,
    endsAt: now + 3_600_000,
    validMs: 600_000,
  },
});

let replicas: [WalletFixture, WalletFixture];
beforeAll(async () => {
  const first = await startWallet();
  replicas = [first, await startWallet({ clock: first.clock, replicaOf: first })];
});
afterAll(async () => {
  for (const { service } of [...(replicas ?? [])].reverse()) await service.stop();
});

async function playStep(run: WalletRun, states: ModelState[], step: Step): Promise<ModelState[]> {
  if ('ms' in step) {
    await run.pass(step.ms);
    return states.map((state) => pass(state, step.ms));
  }
  const tied = step.wishes.flatMap((wish) => run.tie(wish, states[0]!) ?? []);
  const requests = step.isFirstTwice ? [...tied, ...tied.slice(0, 1)] : tied;
  const answers = await Promise.all(requests.map((request, index) => run.send(request, index)));
  const told = requests.map((request, index) => ({ request, answer: answers[index]! }));
  const after = explain(states, told);
  if (after.length === 0) throw new Error(`no order explains ${JSON.stringify({ told, before: states }, null, 1)}`);
  if (answers.includes('void')) await run.hearOfReplenished(after[0]!);
  return after;
}

let runCount = 0;

it(
  'agrees with the model after every sequence of commands',
  async () => {
    const property = fc.asyncProperty(steps, async (sequence) => {
      const run = new WalletRun(replicas, `run${(runCount += 1)}`);
      const stocks = stocksAt(run.now);
      await run.open(stocks);
      let states = [emptyModel(run.now, stocks)];
      for (const step of sequence) states = await playStep(run, states, step);
      await run.pass(0);
      const [real, expected] = [await run.view(), states.map(viewOf)];
      if (expected.length === 1) expect(real).toEqual(expected[0]);
      else expect(expected).toContainEqual(real);
      expect(Object.values(real.balances).reduce((sum, amount) => sum + amount, 0)).toBe(0);
    });
    await fc.assert(property, { numRuns: RUNS, ...(SEED !== undefined && { seed: Number(SEED) }) });
    expect(await replicas[0].trialBalance()).toBe(0);
  },
  600_000 + RUNS * 5_000,
);
