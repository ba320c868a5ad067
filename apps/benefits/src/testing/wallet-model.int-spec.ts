import { randomInt } from 'node:crypto';
import { FakeClock } from '@tidegate/testing';
import fc from 'fast-check';
import { MOVES_NO_VALUE, WITHOUT_REQUEST_ID, writeRpcs } from './lost-replies/write-rpcs';
import { openClients, type WalletClients } from './wallet-model/clients';
import { playCrowd } from './wallet-model/play-crowd';
import { addCodes, defineProgrammes } from './wallet-model/programmes';
import { COMMANDS, crowds } from './wallet-model/steps';
import { startWallet, type WalletFixture } from './wallet.fixture';

// Goal: whatever customers, tills and the bank do at once, again and out of order, over two replicas, there is an order of it
// in which a plain model says the same, and states, limits and the ledger are those of the model.

/** Sequences; CI plays 2000. A failure prints its seed, and WALLET_MODEL_SEED plays it again. */
const RUNS = Number(process.env.WALLET_MODEL_RUNS ?? 100);
const SEED = Number(process.env.WALLET_MODEL_SEED ?? randomInt(2 ** 31));
/** Sequences at once. */
const CROWD_MAX = 100;
/** A crowd that fails is made smaller for so long. */
const SHRINK_MS_MAX = 300_000;

/** Vouchers that a sequence can claim at most. */
const CODES_PER_RUN = 3;

let replicas: [WalletFixture, WalletFixture];
let clients: [WalletClients, WalletClients];
let checker: WalletClients;
beforeAll(async () => {
  // Not in the past: the database takes old codes away by its own clock.
  const first = await startWallet({ clock: new FakeClock(new Date()) });
  replicas = [first, await startWallet({ clock: first.clock, replicaOf: first })];
  clients = [openClients(first), openClients(replicas[1])];
  checker = openClients(first, 'checker');
  await defineProgrammes(first, clients[0], checker);
});
afterAll(async () => {
  for (const each of [...(clients ?? []), checker]) each?.close();
  for (const { service } of [...(replicas ?? [])].reverse()) await service.stop();
});

it(
  `agrees with the model after ${RUNS} sequences of commands`,
  async () => {
    let played = 0;
    let failedAtMs = Infinity;
    let crowdCount = 0;
    const property = fc.asyncProperty(crowds(CROWD_MAX), async (crowd) => {
      if (Date.now() - failedAtMs > SHRINK_MS_MAX) return;
      // A crowd made smaller must not fail because earlier ones took all the codes.
      crowdCount += 1;
      await addCodes(clients[0], `crowd${crowdCount}`, CODES_PER_RUN * crowd.sequences.length);
      try {
        await playCrowd(replicas, clients, crowd);
      } catch (error) {
        // What is told at the end is of the smallest crowd that fails, which may do so for another reason.
        if (failedAtMs === Infinity) process.stderr.write(`failed at first: ${(error as Error).message}\n`);
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

it('has a command for every rpc that moves value', () => {
  const moving = [...writeRpcs(), ...WITHOUT_REQUEST_ID].filter((rpc) => !MOVES_NO_VALUE.includes(rpc));
  expect(moving.filter((rpc) => !(Object.values(COMMANDS) as string[]).includes(rpc))).toEqual([]);
});
