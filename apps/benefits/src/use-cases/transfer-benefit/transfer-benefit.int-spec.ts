import { eventually } from '@tidegate/testing';
import { startWallet, tally, type WalletFixture } from '../../testing/wallet.fixture';

// Goal: a benefit is passed on or taken back once, and limits and value follow it in both directions.

let wallet: WalletFixture;
beforeAll(async () => {
  wallet = await startWallet();
});
afterAll(() => wallet?.service.stop());
afterEach(async () => expect(await wallet.trialBalance()).toBe(0));

const transfer = (instanceId: string, toCustomerId: string, requestId = `to-${toCustomerId}`) =>
  wallet.benefits.transferBenefit({ requestId, instanceId, customerId: 'giver', toCustomerId });

it('goes to one of 30 and ends with the giver', async () => {
  const instanceId = await wallet.claimOne('giver');
  const calls = Array.from({ length: 30 }, (_, index) => transfer(instanceId, `taker-${index}`));
  expect(await tally(calls)).toEqual({ done: 1, INSTANCE_NOT_AVAILABLE: 29 });
  const won = (await Promise.allSettled(calls)).flatMap((call) => (call.status === 'fulfilled' ? [call.value] : []));
  const received = won[0]!.instance!;
  expect(received).toMatchObject({ state: 'issued', fromInstanceId: instanceId, remainingMinor: 800 });
  expect((await wallet.benefits.getInstance({ instanceId })).instance).toMatchObject({
    state: 'transferred',
    customerId: 'giver',
    remainingMinor: 0,
  });
  expect(await wallet.balance('customer:giver')).toBe(0);
  expect(await wallet.balance(`customer:${received.customerId}`)).toBe(-800);
  const again = await transfer(instanceId, received.customerId);
  expect(again.instance).toEqual(received);
});

it('refuses a taker at his limit, the giver himself and what is another’s', async () => {
  const instanceId = await wallet.claimOne('giver');
  const { stockId } = (await wallet.benefits.getInstance({ instanceId })).instance!;
  await wallet.benefits.claimBenefit({ requestId: 'has', stockId, customerId: 'has-one', decisionId: '' });
  await expect(transfer(instanceId, 'has-one')).rejects.toMatchObject({ reason: 'CUSTOMER_LIMIT_REACHED' });
  await expect(transfer(instanceId, 'giver')).rejects.toMatchObject({ reason: 'GIFT_TO_SELF' });
  const foreign = await wallet.claimOne('somebody');
  await expect(transfer(foreign, 'x')).rejects.toMatchObject({ reason: 'INSTANCE_NOT_FOUND' });
  const fixed = await wallet.claimOne('giver', { isTransferable: false });
  await expect(transfer(fixed, 'y')).rejects.toMatchObject({ reason: 'NOT_TRANSFERABLE' });
});

it('is taken back by the bank once, against a claimer who then finds one left', async () => {
  const instanceId = await wallet.claimOne('first', { totalLimit: 1 });
  const { stockId } = (await wallet.benefits.getInstance({ instanceId })).instance!;
  const claim = (customerId: string) =>
    wallet.benefits.claimBenefit({ requestId: `claim-${customerId}`, stockId, customerId, decisionId: '' });
  await expect(claim('second')).rejects.toMatchObject({ reason: 'STOCK_SOLD_OUT' });
  const calls = Array.from({ length: 10 }, (_, index) =>
    wallet.benefits.voidInstance({ requestId: `void-${index}`, instanceId, reason: 'granted by mistake' }),
  );
  expect(await tally(calls)).toMatchObject({ done: 1 });
  expect((await wallet.benefits.getInstance({ instanceId })).instance?.state).toBe('void');
  expect(await wallet.balance('customer:first')).toBe(0);
  // The replica that said sold out hears of it.
  await eventually(async () => expect((await claim('second')).instance?.state).toBe('issued'));
  await expect(claim('third')).rejects.toMatchObject({ reason: 'STOCK_SOLD_OUT' });
});
