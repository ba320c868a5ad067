import { PeriodicTasks } from '@tidegate/service';
import { FakeClock } from '@tidegate/testing';
import { GiftCommitter } from '../../gifts/gift-committer';
import { GiftRepository } from '../../repositories/gift.repository';
import { HoldRepository } from '../../repositories/hold.repository';
import { InstanceRepository } from '../../repositories/instance.repository';
import { LedgerRepository } from '../../repositories/ledger.repository';
import { startWallet, type WalletFixture } from '../../testing/wallet.fixture';
import { TillCommitter } from '../../till/till-committer';
import { SweepExpiredUseCase } from './sweep-expired.use-case';

// Goal: whatever number of benefits ends at once, one sweep ends them all, and two replicas together end each once.

/** More than one round reads. */
const COUNT = 4_100;

let wallet: WalletFixture;
let other: WalletFixture;
beforeAll(async () => {
  wallet = await startWallet();
  other = await startWallet({ clock: wallet.clock, replicaOf: wallet });
});
afterAll(async () => {
  await other?.service.stop();
  await wallet?.service.stop();
});

/** A sweep by a clock of its own: those of the background, by the wallet's, find nothing due. */
const sweepBy = (clock: FakeClock, { service: { app, mongo } }: WalletFixture) =>
  new SweepExpiredUseCase(
    mongo,
    app.get(InstanceRepository),
    app.get(HoldRepository),
    app.get(GiftRepository),
    app.get(TillCommitter),
    app.get(GiftCommitter),
    app.get(LedgerRepository),
    clock,
    app.get(PeriodicTasks),
  );

/** Puts benefits into the wallet that are as one that was claimed. */
async function fill(count: number): Promise<void> {
  const claimedId = await wallet.claimOne('c-0', { validForSeconds: 60 });
  const { app, mongo } = wallet.service;
  const instances = app.get(InstanceRepository);
  await mongo.transaction(async (tx) => {
    const claimed = (await instances.findMany([claimedId], tx)).get(claimedId)!;
    const more = Array.from({ length: count - 1 }, (_, index) => ({ ...claimed, instanceId: `more-${index}` }));
    await instances.addMany(more, tx);
  });
}

it('expires more than one round, on two replicas at once, each benefit once', async () => {
  await fill(COUNT);
  const later = new FakeClock(new Date(wallet.clock.now().getTime() + 60_000));
  const { app } = wallet.service;
  expect(await app.get(InstanceRepository).listExpired(later.now(), COUNT + 1)).toHaveLength(COUNT);
  await Promise.all([wallet, other].map((replica) => sweepBy(later, replica).execute()));
  expect(await app.get(InstanceRepository).listExpired(later.now(), 1)).toEqual([]);
  expect(await wallet.balance('expired_bank:hq')).toBe(COUNT * -560);
  expect(await wallet.trialBalance()).toBe(0);
});
