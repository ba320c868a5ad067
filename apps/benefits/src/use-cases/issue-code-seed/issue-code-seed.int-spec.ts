// The published sample is what is tried.
// eslint-disable-next-line @nx/enforce-module-boundaries
import { rotatingCode, type CodeSeed } from '../../../../../docs/samples/rotating-code';
import { CODE_STEP_MS } from '../../domain/redemption-code';
import { startWallet, tally, type WalletFixture } from '../../testing/wallet.fixture';

// Goal: a phone that asked once makes codes without a network, by the published sample: each good once, in its step, for as long
// as the seed is the last one and the benefit its holder's.

const DAY_MS = 24 * 3_600_000;
let wallet: WalletFixture;
let replica: WalletFixture;
beforeAll(async () => {
  wallet = await startWallet();
  replica = await startWallet({ clock: wallet.clock, replicaOf: wallet });
});
afterAll(async () => {
  await replica?.service.stop();
  await wallet?.service.stop();
});
afterEach(async () => expect(await wallet.trialBalance()).toBe(0));

/** A phone whose clock differs from the server's. */
const seedFor = async (instanceId: string, customerId: string, requestId: string, skewMs = 0): Promise<CodeSeed> => {
  const { serverTime, ...issued } = await wallet.benefits.issueCodeSeed({ requestId, instanceId, customerId });
  const phoneTimeMs = wallet.clock.now().getTime() + skewMs;
  return { instanceId, ...issued, clockOffsetMs: serverTime!.getTime() - phoneTimeMs };
};
const codeOf = (seed: CodeSeed, skewMs = 0): string => rotatingCode(seed, wallet.clock.now().getTime() + skewMs);
const redeem = (code: string, requestId: string, at = wallet) =>
  at.benefits.redeemByCode({
    ...{ requestId, code, merchantId: 'm-tea', storeId: 's-1', clerkId: 'k-1', orderAmountMinor: 300, items: [] },
  });

it('redeems in parts all day with codes made offline, also on a phone whose clock is wrong', async () => {
  const instanceId = await wallet.claimOne('ann', { validForSeconds: 10 * 24 * 3_600 });
  const skewMs = 7 * 60_000;
  const seed = await seedFor(instanceId, 'ann', 'ann-1', skewMs);
  expect(Buffer.from(seed.seed, 'base64url')).toHaveLength(32);
  for (const part of [1, 2]) {
    wallet.clock.advance(8 * 3_600_000);
    const { redemption } = await redeem(codeOf(seed, skewMs), `ann-part-${part}`);
    expect(redemption?.amountMinor).toBe(300);
  }
  wallet.clock.advance(8 * 3_600_000);
  await expect(redeem(codeOf(seed, skewMs), 'ann-late')).rejects.toMatchObject({ reason: 'CODE_SEED_ENDED' });
});

it('takes a code once, of a crowd at two replicas, and not a copy after its step', async () => {
  const instanceId = await wallet.claimOne('bob', { validForSeconds: 10 * 24 * 3_600 });
  const seed = await seedFor(instanceId, 'bob', 'bob-1');
  const code = codeOf(seed);
  const calls = Array.from({ length: 20 }, (_, index) => redeem(code, `bob-${index}`, index % 2 ? wallet : replica));
  const { done, ...refusals } = await tally(calls);
  expect(done).toBe(1);
  expect(['CODE_USED', 'WRITE_CONFLICT']).toEqual(expect.arrayContaining(Object.keys(refusals)));
  await expect(redeem(code, 'bob-copy')).rejects.toMatchObject({ reason: 'CODE_USED' });
  const copied = codeOf(seed);
  wallet.clock.advance(CODE_STEP_MS);
  await redeem(codeOf(seed), 'bob-next');
  wallet.clock.advance(CODE_STEP_MS);
  await expect(redeem(copied, 'bob-stale')).rejects.toMatchObject({ reason: 'CODE_STALE' });
});

it('ends a seed with the next one, which a repeat of the request does not make', async () => {
  const instanceId = await wallet.claimOne('cy');
  const lost = await seedFor(instanceId, 'cy', 'cy-1');
  expect(await seedFor(instanceId, 'cy', 'cy-1')).toEqual(lost);
  const found = await seedFor(instanceId, 'cy', 'cy-2');
  expect([lost.epoch, found.epoch]).toEqual([1, 2]);
  expect(found.seed).not.toBe(lost.seed);
  await expect(redeem(codeOf(lost), 'cy-thief')).rejects.toMatchObject({ reason: 'CODE_SEED_ENDED' });
  const guessed = { ...lost, epoch: found.epoch };
  await expect(redeem(codeOf(guessed), 'cy-guess')).rejects.toMatchObject({ reason: 'CODE_INVALID' });
  expect((await redeem(codeOf(found), 'cy-owner')).redemption?.customerId).toBe('cy');
});

it('is worth nothing once the benefit changed hands or was taken back, nor for another benefit', async () => {
  const given = await wallet.claimOne('dee');
  const seed = await seedFor(given, 'dee', 'dee-1');
  const { instance } = await wallet.benefits.transferBenefit({
    ...{ requestId: 'pass', instanceId: given, customerId: 'dee', toCustomerId: 'eve' },
  });
  await expect(redeem(codeOf(seed), 'dee-late')).rejects.toMatchObject({ reason: 'INSTANCE_NOT_AVAILABLE' });
  const taken = { ...seed, instanceId: instance!.instanceId };
  await expect(redeem(codeOf(taken), 'dee-thief')).rejects.toMatchObject({ reason: 'CODE_INVALID' });

  const voided = await wallet.claimOne('dee');
  const second = await seedFor(voided, 'dee', 'dee-2');
  await wallet.benefits.voidInstance({ requestId: 'void', instanceId: voided, reason: 'a mistake' });
  await expect(redeem(codeOf(second), 'dee-void')).rejects.toMatchObject({ reason: 'INSTANCE_NOT_AVAILABLE' });
  await expect(seedFor(voided, 'dee', 'dee-3')).rejects.toMatchObject({ reason: 'INSTANCE_NOT_AVAILABLE' });
  await expect(seedFor(instance!.instanceId, 'dee', 'dee-4')).rejects.toMatchObject({ reason: 'INSTANCE_NOT_FOUND' });
});

it('lives as long as its stock says', async () => {
  const instanceId = await wallet.claimOne('gil', { validForSeconds: 10 * 24 * 3_600, codeSeedSeconds: 1_800 });
  const seed = await seedFor(instanceId, 'gil', 'gil-1');
  wallet.clock.advance(1_799_000);
  expect((await redeem(codeOf(seed), 'gil-offline')).redemption?.amountMinor).toBe(300);
  wallet.clock.advance(CODE_STEP_MS);
  await expect(redeem(codeOf(seed), 'gil-late')).rejects.toMatchObject({ reason: 'CODE_SEED_ENDED' });
  await expect(wallet.claimOne('gil', { codeSeedSeconds: 59 })).rejects.toMatchObject({
    violations: [{ field: 'stock.codeSeedSeconds' }],
  });
});

it('lives no longer than its benefit, and a number still stands for a code', async () => {
  const instanceId = await wallet.claimOne('fay', { validForSeconds: 3_600 });
  const { expiresAt } = await wallet.benefits.issueCodeSeed({ requestId: 'fay-1', instanceId, customerId: 'fay' });
  expect(expiresAt!.getTime() - wallet.clock.now().getTime()).toBe(3_600_000);
  expect(expiresAt!.getTime()).toBeLessThan(wallet.clock.now().getTime() + DAY_MS);
  const issued = await wallet.benefits.issueRedemptionCode({ instanceId, customerId: 'fay', withNumber: true });
  expect((await redeem(issued.number, 'fay-number')).redemption?.amountMinor).toBe(300);
});
