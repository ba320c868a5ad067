import { FakeClock } from '@tidegate/testing';
import { CODE_STEP_MS } from '../domain/redemption-code';
import { SweepExpiredUseCase } from '../use-cases/sweep-expired/sweep-expired.use-case';
import { aStock } from './stock.factory';
import { startWallet, tally, type WalletFixture } from './wallet.fixture';

// Goal: two replicas whose clocks are two minutes apart may judge a time limit differently, but no value moves twice.

const SKEW_MS = 120_000;

/** By the true time. */
let slow: WalletFixture;
/** Two minutes ahead of it. */
let fast: WalletFixture;
const setFastBy = (ms: number): void => fast.clock.set(new Date(slow.clock.now().getTime() + ms));
beforeAll(async () => {
  slow = await startWallet();
  fast = await startWallet({ clock: new FakeClock(), replicaOf: slow });
});
afterAll(async () => {
  await fast?.service.stop();
  await slow?.service.stop();
});
beforeEach(() => {
  slow.clock.advance(CODE_STEP_MS);
  setFastBy(SKEW_MS);
});
afterEach(async () => expect(await slow.trialBalance()).toBe(0));

const sale = (requestId: string, code: string, merchantId = 'm-skew') => ({
  requestId,
  code,
  merchantId,
  storeId: 's-1',
  clerkId: 'k-1',
  orderAmountMinor: 5_000,
  items: [],
});
const stateOf = async (instanceId: string) => (await slow.benefits.getInstance({ instanceId })).instance?.state;

it('refuses a code of the other replica in both directions, and takes one that is a step apart', async () => {
  const instanceId = await slow.claimOne('c-code');
  const old = await slow.codeFor(instanceId, 'c-code');
  const early = await fast.codeFor(instanceId, 'c-code');
  await expect(fast.benefits.redeemByCode(sale('old', old))).rejects.toMatchObject({ reason: 'CODE_STALE' });
  await expect(slow.benefits.redeemByCode(sale('early', early))).rejects.toMatchObject({ reason: 'CODE_STALE' });

  setFastBy(CODE_STEP_MS);
  const own = await slow.codeFor(instanceId, 'c-code');
  const calls = Array.from({ length: 20 }, (_, index) =>
    (index % 2 ? slow : fast).benefits.redeemByCode(sale(`grace-${index}`, own, index % 3 ? 'm-grace' : 'm-other')),
  );
  expect((await tally(calls)).done).toBe(1);
  expect((await slow.balance('payable:m-grace')) + (await slow.balance('payable:m-other'))).toBe(-800);
  expect(await slow.balance('customer:c-code')).toBe(0);
});

it('opens and ends a claim by each replica’s own clock, never past the limits, and tells a repeat of a win everywhere', async () => {
  const claimStartsAt = new Date(slow.clock.now().getTime() + SKEW_MS / 2);
  const claimEndsAt = new Date(claimStartsAt.getTime() + SKEW_MS);
  const stock = { ...aStock({ stockId: 'skewed', totalLimit: 5, claimStartsAt, claimEndsAt }), claimedCount: 0 };
  await slow.benefits.createStock({ requestId: 'skewed', stock });
  const claim = (wallet: WalletFixture, customerId: string) =>
    wallet.benefits.claimBenefit({ requestId: 'once', stockId: 'skewed', customerId, decisionId: '' });

  await expect(claim(slow, 'c-late')).rejects.toMatchObject({ reason: 'CLAIM_NOT_STARTED' });
  const won = await claim(fast, 'c-early');
  expect(await claim(slow, 'c-early')).toEqual({ ...won, isRepeat: true });

  slow.clock.set(claimStartsAt);
  setFastBy(SKEW_MS);
  await expect(claim(fast, 'c-ended')).rejects.toMatchObject({ reason: 'CLAIM_ENDED' });
  expect(await claim(fast, 'c-early')).toEqual({ ...won, isRepeat: true });

  setFastBy(SKEW_MS / 2);
  const crowd = Array.from({ length: 40 }, (_, index) => claim(index % 2 ? slow : fast, `c-${index >> 1}`));
  const { done, ...refusals } = await tally(crowd);
  expect(done).toBeGreaterThanOrEqual(4);
  expect(Object.keys(refusals)).toEqual(['STOCK_SOLD_OUT']);
  expect((await slow.benefits.getStock({ stockId: 'skewed' })).stock?.claimedCount).toBe(5);
});

it('keeps a day’s limit when midnight lies between the two clocks', async () => {
  const from = new Date('2026-03-02T00:00:00Z');
  const stock = aStock({ stockId: 'midnight', dailyLimit: 3, claimStartsAt: from });
  await slow.benefits.createStock({ requestId: 'midnight', stock: { ...stock, claimedCount: 0 } });
  const before = slow.clock.now();
  // Shanghai's midnight is at 16:00 UTC.
  slow.clock.set(new Date('2026-03-02T15:59:00Z'));
  setFastBy(SKEW_MS);
  const outcomes: string[] = [];
  for (let index = 0; index < 12; index += 1) {
    const wallet = index % 2 ? slow : fast;
    const claim = { requestId: 'm', stockId: 'midnight', customerId: `c-midnight-${index}`, decisionId: '' };
    outcomes.push(...Object.keys(await tally([wallet.benefits.claimBenefit(claim)])));
  }
  expect(outcomes.slice(3)).toEqual(Array.from({ length: 9 }, () => 'DAILY_LIMIT_REACHED'));
  slow.clock.set(before);
});

it('ends a hold by whichever replica comes first: committed or timed out, and the till that repeats hears which', async () => {
  const instances = await Promise.all(Array.from({ length: 8 }, (_, index) => slow.claimOne(`c-hold-${index}`)));
  const holds = await Promise.all(
    instances.map(async (instanceId, index) => {
      const code = await slow.codeFor(instanceId, `c-hold-${index}`);
      return slow.benefits.holdBenefit(sale(`hold-${index}`, code, 'm-hold'));
    }),
  );
  const commit = (wallet: WalletFixture, index: number) =>
    wallet.benefits.commitHold({ requestId: `commit-${index}`, holdId: holds[index]!.holdId, merchantId: 'm-hold' });

  // Past its time by the fast clock, not by the slow one.
  setFastBy(SKEW_MS);
  slow.clock.advance(300_000 - SKEW_MS);
  setFastBy(SKEW_MS);
  const outcomes = await Promise.allSettled([
    ...holds.map((_, index) => commit(slow, index)),
    fast.service.app.get(SweepExpiredUseCase).execute(),
    slow.service.app.get(SweepExpiredUseCase).execute(),
  ]);
  await fast.service.app.get(SweepExpiredUseCase).execute();
  let redeemedMinor = 0;
  for (const [index, instanceId] of instances.entries()) {
    const isDone = outcomes[index]?.status === 'fulfilled';
    if (isDone) redeemedMinor += 800;
    expect(await stateOf(instanceId)).toBe(isDone ? 'redeemed' : 'issued');
    expect(await slow.balance(`held:c-hold-${index}`)).toBe(0);
    expect(await slow.balance(`customer:c-hold-${index}`)).toBe(isDone ? 0 : -800);
    const again = isDone ? 'done' : 'HOLD_TIMED_OUT';
    expect(await tally([commit(slow, index), commit(fast, index)])).toEqual({ [again]: 2 });
  }
  expect(await slow.balance('payable:m-hold')).toBe(0 - redeemedMinor);
});

it('expires a benefit once, and takes back late what was redeemed on the replica that is behind', async () => {
  const open = async () => (await slow.balance('budget_bank:hq')) + (await slow.balance('expired_bank:hq'));
  const [before, expired] = [await open(), await slow.balance('expired_bank:hq')];
  const [spent, unused] = [
    await slow.claimOne('c-spent', { validForSeconds: SKEW_MS / 1000 }),
    await slow.claimOne('c-unused', { validForSeconds: SKEW_MS / 1000 }),
  ];
  const code = await slow.codeFor(spent, 'c-spent').catch(() => undefined);
  // The fast replica finds both past their date as soon as they are there.
  const sweeps = [fast, slow, fast].map(({ service }) => service.app.get(SweepExpiredUseCase).execute());
  const redeemed = code ? slow.benefits.redeemByCode(sale('spent', code)) : undefined;
  const [outcome] = await Promise.allSettled([redeemed ?? Promise.reject(new Error('expired')), ...sweeps]);
  await fast.service.app.get(SweepExpiredUseCase).execute();
  expect(await stateOf(unused)).toBe('expired');
  expect(await stateOf(spent)).toBe(outcome.status === 'fulfilled' ? 'redeemed' : 'expired');
  if (outcome.status === 'fulfilled') {
    const { redemptionId } = (outcome.value as { redemption: { redemptionId: string } }).redemption;
    const reversal = {
      requestId: 'back',
      redemptionId,
      merchantId: 'm-skew',
      storeId: 's-1',
      clerkId: 'k-1',
      isRepeatOnly: false,
      reason: 'returned',
    };
    expect(await tally([fast.benefits.reverseRedemption(reversal), slow.benefits.reverseRedemption(reversal)])).toEqual(
      { done: 2 },
    );
    // Whichever replica decided: back in the wallet and then expired, or returned to the funder at once.
    await fast.service.app.get(SweepExpiredUseCase).execute();
    expect(['expired', 'reversed']).toContain(await stateOf(spent));
  }
  expect(await slow.balance('customer:c-spent')).toBe(0);
  expect(await slow.balance('customer:c-unused')).toBe(0);
  expect(await open()).toBe(before);
  expect(await slow.balance('expired_bank:hq')).toBe(expired - 2 * 560);
});
