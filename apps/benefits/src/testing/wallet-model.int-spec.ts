import { randomInt } from 'node:crypto';
import { FakeClock } from '@tidegate/testing';
import fc from 'fast-check';
import type { ModelStock } from './wallet-model/model-state';
import { playCrowd } from './wallet-model/play-crowd';
import { crowds } from './wallet-model/steps';
import { startWallet, type WalletFixture } from './wallet.fixture';

// Goal: whatever customers, tills and the bank do at once, again and out of order, over two replicas, there is an order of it
// in which a plain model says the same, and states, limits and the ledger are those of the model.

/** Sequences; CI plays 2000. A failure prints its seed, and WALLET_MODEL_SEED plays it again. */
const RUNS = Number(process.env.WALLET_MODEL_RUNS ?? 300);
const SEED = Number(process.env.WALLET_MODEL_SEED ?? randomInt(2 ** 31));
/** Sequences at once. */
const CROWD_MAX = 100;
/** A crowd that fails is made smaller for so long. */
const SHRINK_MS_MAX = 300_000;

const DAY_MS = 24 * 3600 * 1000;
const stocksAt = (now: number): Record<string, ModelStock> => ({
  packet: {
    isStored: true,
    face: 801,
    threshold: 0,
    total: 4,
    perDay: 0,
    perCustomer: 2,
    endsAt: now + 2 * DAY_MS,
    validMs: 7 * DAY_MS,
  },
  discount: {
    isStored: false,
    face: 499,
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
  // Not in the past: the database takes old codes away by its own clock.
  const first = await startWallet({ clock: new FakeClock(new Date()) });
  replicas = [first, await startWallet({ clock: first.clock, replicaOf: first })];
});
afterAll(async () => {
  for (const { service } of [...(replicas ?? [])].reverse()) await service.stop();
});

it(
  `agrees with the model after ${RUNS} sequences of commands`,
  async () => {
    let played = 0;
    let failedAtMs = Infinity;
    const property = fc.asyncProperty(crowds(CROWD_MAX), async (crowd) => {
      if (Date.now() - failedAtMs > SHRINK_MS_MAX) return;
      try {
        await playCrowd(replicas, crowd, stocksAt);
      } catch (error) {
        failedAtMs = Math.min(failedAtMs, Date.now());
        throw error;
      }
      played += crowd.sequences.length;
    });
    for (let round = 0; played < RUNS; round += 1) {
      await fc.assert(property, { numRuns: 1, seed: SEED + round });
    }
    expect(await replicas[0].trialBalance()).toBe(0);
  },
  SHRINK_MS_MAX + 300_000 + RUNS * 1_000,
);
