import { CodePoolsServiceService } from '@tidegate/contracts/benefits/v1/code_pools';
import { ExchangeServiceService } from '@tidegate/contracts/benefits/v1/exchange';
import { BenefitStateChanged } from '@tidegate/contracts/benefits/v1/benefits_events';
import { ServiceEnv } from '@tidegate/service';
import { eventually } from '@tidegate/testing';
import { CODE_STEP_MS, makeCode } from '../../../domain/redemption-code';
import { aBenefit, anExchangeOffer, somePoints } from '../../../exchange/testing/exchange.factory';
import { aStock } from '../../../testing/stock.factory';
import { startWallet, tally, type WalletFixture } from '../../../testing/wallet.fixture';
import { SweepExpiredUseCase } from '../../../use-cases/sweep-expired/sweep-expired.use-case';
import { importCodes, putPool } from '../../testing/code-pools.fixture';

// Goal: an outside code that was seen is used, and its benefit is good for nothing else; one that was not seen stays hidden once
// its benefit has ended.

const STOCK = 'cinema-ticket';
/** Calls that race are told what came of them also on a loaded machine. */
const PATIENT = { deadlineMs: 60_000 };
let wallet: WalletFixture;

beforeAll(async () => {
  wallet = await startWallet();
  const { service, benefits } = wallet;
  const pools = service.client(CodePoolsServiceService);
  await putPool(pools, 'tickets', { providerId: 'cinema' });
  await importCodes(pools, 'tickets', ['code', ...Array.from({ length: 20 }, (_, i) => `T-${i}`)].join('\n'));
  const stock = aStock({ stockId: STOCK, kind: 'third_party_code', poolId: 'tickets', isTransferable: false });
  await benefits.createStock({ requestId: STOCK, stock: { ...stock, claimedCount: 0 } });
  const offer = anExchangeOffer({ give: aBenefit(STOCK), get: somePoints(40) }, { definitionId: 'ticket-for-points' });
  await service.client(ExchangeServiceService).createExchangeOffer({ requestId: 'offer', offer });
  const checker = service.client(ExchangeServiceService, { id: 'checker' });
  const approve = { requestId: 'offer', definitionId: 'ticket-for-points', move: 'approve' };
  await checker.moveExchangeOffer(approve);
});
afterAll(() => wallet?.service.stop());
afterEach(async () => expect(await wallet.trialBalance()).toBe(0));

const claim = async (customerId: string, stockId = STOCK): Promise<string> => {
  const request = { requestId: customerId, stockId, customerId, decisionId: '' };
  return (await wallet.benefits.claimBenefit(request)).instance!.instanceId;
};
const show = (instanceId: string, customerId: string) =>
  wallet.service
    .client(CodePoolsServiceService, { id: customerId, kind: 'customer' })
    .showCode({ instanceId, customerId }, PATIENT);
const exchange = (instanceId: string, customerId: string) =>
  wallet.service
    .client(ExchangeServiceService)
    .exchange(
      { requestId: customerId, offerId: 'ticket-for-points', customerId, instanceId, instanceIds: [] },
      PATIENT,
    );
const stateOf = async (instanceId: string) => (await wallet.benefits.getInstance({ instanceId })).instance?.state;
const notAvailable = (state: string) => ({ reason: 'INSTANCE_NOT_AVAILABLE', metadata: { state } });

it('redeems the benefit when its code is first seen, and shows the same code from then on', async () => {
  const causes: string[] = [];
  const stop = wallet.service.bus.listen(BenefitStateChanged, ({ data }) => void causes.push(data.cause));
  const accounts = [
    'budget_bank:hq',
    'budget_merchant:*',
    'codes_shown:cinema',
    'cost_bank:hq',
    'cost_merchant:cinema',
  ];
  const balances = () => Promise.all(accounts.map((account) => wallet.balance(account)));
  const instanceId = await claim('c-show');
  const before = await balances();
  const all = await Promise.all(Array.from({ length: 5 }, () => show(instanceId, 'c-show')));
  expect(new Set(all.map(({ code }) => code)).size).toBe(1);
  const after = await balances();
  expect(after.map((balance, index) => balance - before[index]!)).toEqual([-560, -240, -800, 560, 240]);
  expect(await wallet.balance('customer:c-show')).toBe(0);
  const page = { customerId: 'c-show', state: '', pageSize: 0, pageToken: '' };
  const { groups } = await wallet.benefits.listWallet({ ...page, group: 'used' });
  expect(groups[0]?.items).toMatchObject([{ instance: { instanceId, state: 'redeemed', remainingMinor: 0 } }]);
  await eventually(() => expect(causes).toEqual(['redeem']));
  stop();
});

it('takes nothing in exchange whose code was seen', async () => {
  const instanceId = await claim('c-seen');
  await show(instanceId, 'c-seen');
  await expect(exchange(instanceId, 'c-seen')).rejects.toMatchObject(notAvailable('redeemed'));
});

it('never shows the code of a benefit that was given in exchange', async () => {
  const instanceId = await claim('c-given');
  await exchange(instanceId, 'c-given');
  await eventually(async () => expect(await stateOf(instanceId)).toBe('redeemed'));
  await expect(show(instanceId, 'c-given')).rejects.toMatchObject(notAvailable('redeemed'));
});

it('lets one of both have it when it is shown and given in exchange at once', async () => {
  for (const customerId of ['c-race-1', 'c-race-2', 'c-race-3']) {
    const instanceId = await claim(customerId);
    expect(await tally([show(instanceId, customerId), exchange(instanceId, customerId)])).toEqual({
      done: 1,
      INSTANCE_NOT_AVAILABLE: 1,
    });
  }
});

it('is redeemed by no till, seen or not, whatever code is brought', async () => {
  const [customerId, notForTills] = ['c-till', { reason: 'NOT_FOR_TILLS' }];
  const instanceId = await claim(customerId);
  const owner = { instanceId, customerId };
  await expect(wallet.codeFor(instanceId, customerId)).rejects.toMatchObject(notForTills);
  await expect(wallet.benefits.issueCodeSeed({ requestId: 'till', ...owner })).rejects.toMatchObject(notForTills);
  const place = { merchantId: 'm', storeId: 's', clerkId: 'k', orderAmountMinor: 5_000 };
  const bring = (requestId: string) => {
    const key = Buffer.from(wallet.service.app.get(ServiceEnv).keys.codeSigning, 'base64');
    const { code } = makeCode(owner, requestId, key, wallet.clock.now());
    return { requestId, code, items: [], ...place };
  };
  await expect(wallet.benefits.redeemByCode(bring('one-step'))).rejects.toMatchObject(notForTills);
  await expect(wallet.benefits.holdBenefit(bring('hold'))).rejects.toMatchObject(notForTills);
  await show(instanceId, customerId);
  wallet.clock.advance(CODE_STEP_MS);
  await expect(wallet.benefits.redeemByCode(bring('seen'))).rejects.toMatchObject(notAvailable('redeemed'));
});

it('is neither taken back nor given away once it was seen', async () => {
  const [customerId, requestId] = ['c-void', 'c-void'];
  const instanceId = await claim(customerId);
  await show(instanceId, customerId);
  const { benefits } = wallet;
  const taken = benefits.voidInstance({ requestId, instanceId, reason: 'mistake' });
  await expect(taken).rejects.toMatchObject(notAvailable('redeemed'));
  const notTransferable = { reason: 'NOT_TRANSFERABLE' };
  await expect(benefits.offerGift({ requestId, instanceId, customerId })).rejects.toMatchObject(notTransferable);
  const passed = benefits.transferBenefit({ requestId, instanceId, customerId, toCustomerId: 'c-other' });
  await expect(passed).rejects.toMatchObject(notTransferable);
  expect(await stateOf(instanceId)).toBe('redeemed');
});

it('gives the value back with its end only when the code was not seen, and then hides it', async () => {
  const expired = () =>
    Promise.all(['expired_bank:hq', 'expired_merchant:*'].map((account) => wallet.balance(account)));
  const before = await expired();
  const [seen, unseen] = [await claim('c-end-1'), await claim('c-end-2')];
  const shown = await show(seen, 'c-end-1');
  wallet.clock.advance(8 * 24 * 3600 * 1000);
  await expect(show(unseen, 'c-end-2')).rejects.toMatchObject({ reason: 'INSTANCE_EXPIRED' });
  await wallet.service.app.get(SweepExpiredUseCase).execute();
  await eventually(async () => expect([await stateOf(seen), await stateOf(unseen)]).toEqual(['redeemed', 'expired']));
  const after = await expired();
  expect(after.map((balance, index) => balance - before[index]!)).toEqual([-560, -240]);
  expect(await show(seen, 'c-end-1')).toEqual(shown);
  await expect(show(unseen, 'c-end-2')).rejects.toMatchObject({ reason: 'INSTANCE_EXPIRED' });
});

it('keeps the code hidden outside the days and hours of its stock, and shows what was seen at any time', async () => {
  const stockId = 'cinema-later';
  const terms = { kind: 'third_party_code', poolId: 'tickets', isTransferable: false } as const;
  const redeemWindow = { weekdays: [], from: '', to: '', afterDays: 1, blockedDates: [] };
  // The clock has passed the end of the other stock.
  const claimEndsAt = new Date('2027-01-01T00:00:00Z');
  const stock = { ...aStock({ stockId, ...terms, redeemWindow, claimEndsAt }), claimedCount: 0 };
  await wallet.benefits.createStock({ requestId: stockId, stock });
  const instanceId = await claim('c-later', stockId);
  const usableAt = new Date(wallet.clock.now().getTime() + 24 * 3600 * 1000).toISOString();
  const tooEarly = { reason: 'REDEEM_NOT_YET', metadata: { usableAt } };
  await expect(show(instanceId, 'c-later')).rejects.toMatchObject(tooEarly);
  expect(await stateOf(instanceId)).toBe('issued');
  wallet.clock.advance(24 * 3600 * 1000);
  const shown = await show(instanceId, 'c-later');
  expect(await stateOf(instanceId)).toBe('redeemed');
  expect(await show(instanceId, 'c-later')).toEqual(shown);
});
