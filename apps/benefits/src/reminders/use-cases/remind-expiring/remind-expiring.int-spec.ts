import { BenefitExpiring } from '@tidegate/contracts/benefits/v1/benefits_events';
import { eventually } from '@tidegate/testing';
import { aStock } from '../../../testing/stock.factory';
import { startWallet, type WalletFixture } from '../../../testing/wallet.fixture';
import { RemindExpiringUseCase } from './remind-expiring.use-case';

// Goal: each benefit that may be used is told of once before each of its stock's lead times, over two replicas and a restart.

const PATIENT = { timeoutMs: 60_000 };
const HOUR_MS = 3_600_000;
const DAY_SECONDS = 24 * 3_600;
let first: WalletFixture;
let second: WalletFixture;
const told: string[] = [];
let stopListening: () => void;

beforeAll(async () => {
  first = await startWallet();
  second = await startWallet({ clock: first.clock, replicaOf: first });
  stopListening = first.service.bus.listen(BenefitExpiring, ({ data }) =>
    told.push(`${data.instanceId} ${data.leadDays}`),
  );
});
afterAll(async () => {
  stopListening?.();
  await second?.service.stop();
  await first?.service.stop();
});

const roundsOf = (wallet: WalletFixture): Promise<void> => wallet.service.app.get(RemindExpiringUseCase).execute();
/** Rounds of both replicas at once, enough for more than one batch. */
const rounds = async (): Promise<void> => {
  for (let round = 0; round < 3; round += 1) await Promise.all([roundsOf(first), roundsOf(second)]);
};
const expectTold = (expected: string[]): Promise<void> =>
  eventually(() => expect([...told].sort()).toEqual([...expected].sort()), PATIENT);

it('reminds once of each lead time, and not of what is used, nor of what is claimed within it', async () => {
  await rounds();
  const week = { validForSeconds: 7 * DAY_SECONDS };
  const usual = await first.claimOne('ann', week);
  const twice = await first.claimOne('ann', { ...week, reminderLeadDays: [1, 3] });
  const gone = await first.claimOne('ann', week);
  await first.claimOne('ann', { validForSeconds: 2 * DAY_SECONDS });
  await first.benefits.voidInstance({ requestId: 'gone', instanceId: gone, reason: 'a mistake' });
  const given = await first.claimOne('ann', week);
  first.clock.advance(4 * DAY_SECONDS * 1_000 - HOUR_MS);
  await rounds();
  first.clock.advance(2 * HOUR_MS);
  await first.benefits.offerGift({ requestId: 'gift', instanceId: given, customerId: 'ann' });
  await rounds();
  await expectTold([`${usual} 3`, `${twice} 3`, `${given} 3`]);
  first.clock.advance(2 * DAY_SECONDS * 1_000);
  await rounds();
  await expectTold([`${usual} 3`, `${twice} 3`, `${given} 3`, `${twice} 1`]);
});

it('goes on where it stood after a restart, over more than one batch that expires at the same moment', async () => {
  told.length = 0;
  const stock = aStock({ stockId: 'crowd', totalLimit: 450, perCustomerLimit: 0, claimEndsAt: new Date('2026-05-01') });
  await first.benefits.createStock({ requestId: 'crowd', stock: { ...stock, claimedCount: 0 } });
  const claim = (number: number) =>
    first.benefits.claimBenefit({ requestId: `r-${number}`, stockId: 'crowd', customerId: 'zoe', decisionId: '' });
  await Promise.all(Array.from({ length: 450 }, (_, number) => claim(number)));
  first.clock.advance(4 * DAY_SECONDS * 1_000 + HOUR_MS);
  await roundsOf(second);
  await second.service.stop();
  second = await startWallet({ clock: first.clock, replicaOf: first });
  await rounds();
  await rounds();
  await eventually(() => expect(told).toHaveLength(450), PATIENT);
  await rounds();
  expect(new Set(told).size).toBe(450);
  expect(told).toHaveLength(450);
});
