import { BenefitsServiceService } from '@tidegate/contracts/benefits/v1/benefits';
import { BenefitReversed } from '@tidegate/contracts/benefits/v1/benefits_events';
import { eventually } from '@tidegate/testing';
import { CODE_STEP_MS } from '../../domain/redemption-code';
import type { CostShare } from '../../domain/stock';
import { SweepExpiredUseCase } from '../sweep-expired/sweep-expired.use-case';
import { startWallet, tally, type WalletFixture } from '../../testing/wallet.fixture';

// Goal: a benefit is redeemed once, whoever tries and however often, and the ledger says who owes whom.

let wallet: WalletFixture;
const reversed: BenefitReversed[] = [];
beforeAll(async () => {
  wallet = await startWallet();
  wallet.service.bus.listen(BenefitReversed, ({ data }) => reversed.push(data));
});
afterAll(() => wallet?.service.stop());
afterEach(async () => expect(await wallet.trialBalance()).toBe(0));

const sale = (requestId: string, code: string, overrides = {}) => ({
  requestId,
  code,
  merchantId: 'm-tea',
  storeId: 's-1',
  clerkId: 'k-1',
  orderAmountMinor: 5_000,
  items: [],
  ...overrides,
});

it('redeems once among 60 concurrent tries at two merchants, and splits the cost', async () => {
  const instanceId = await wallet.claimOne('c-race');
  const code = await wallet.codeFor(instanceId, 'c-race');
  const calls = Array.from({ length: 60 }, (_, index) =>
    wallet.benefits.redeemByCode(sale(`race-${index}`, code, { merchantId: index % 2 ? 'm-tea' : 'm-race' })),
  );
  const outcomes = await tally(calls);
  expect(outcomes.done).toBe(1);
  const refusals = Object.keys(outcomes).filter((outcome) => outcome !== 'done');
  expect(['CODE_USED', 'INSTANCE_NOT_AVAILABLE', 'WRITE_CONFLICT']).toEqual(expect.arrayContaining(refusals));
  const { redemptions } = await wallet.benefits.listRedemptions({
    merchantId: '',
    from: undefined,
    to: undefined,
    pageSize: 10,
    pageToken: '',
  });
  expect(redemptions).toHaveLength(1);
  expect(redemptions[0]?.shares.map(({ amountMinor }) => amountMinor)).toEqual([560, 240]);
  expect(await wallet.balance('customer:c-race')).toBe(0);
  expect(await wallet.balance(`payable:${redemptions[0]!.merchantId}`)).toBe(-800);
});

it('answers a repeated request with the first redemption', async () => {
  const instanceId = await wallet.claimOne('c-repeat');
  const request = sale('repeat', await wallet.codeFor(instanceId, 'c-repeat'));
  const onlyRepeat = { ...request, isRepeatOnly: true };
  for (const call of [wallet.benefits.redeemByCode(onlyRepeat), wallet.benefits.holdBenefit(onlyRepeat)]) {
    await expect(call).rejects.toMatchObject({ code: 'NOT_FOUND', reason: 'SALE_NOT_FOUND' });
  }
  const [first, second] = [await wallet.benefits.redeemByCode(request), await wallet.benefits.redeemByCode(request)];
  expect(second).toEqual(first);
  expect(await wallet.benefits.redeemByCode(onlyRepeat)).toEqual(first);
  await expect(wallet.benefits.redeemByCode({ ...request, storeId: 's-2' })).rejects.toMatchObject({
    reason: 'REQUEST_ID_REUSED',
  });
});

it('refuses codes that are stale, foreign or used, merchants out of scope and sales below the threshold', async () => {
  const instanceId = await wallet.claimOne('c-refused', { merchantIds: ['m-tea'], thresholdMinor: 2_000 });
  const code = await wallet.codeFor(instanceId, 'c-refused');
  const refusal = async (overrides: object): Promise<unknown> =>
    wallet.benefits
      .redeemByCode(sale(JSON.stringify(overrides), code, overrides))
      .catch((error: { reason: string }) => error.reason);
  expect(await refusal({ code: `${code}x` })).toBe('CODE_INVALID');
  expect(await refusal({ merchantId: 'm-other' })).toBe('MERCHANT_NOT_IN_SCOPE');
  expect(await refusal({ orderAmountMinor: 1_999 })).toBe('BELOW_THRESHOLD');
  wallet.clock.advance(2 * CODE_STEP_MS);
  expect(await refusal({ storeId: 's-stale' })).toBe('CODE_STALE');
});

it('is used at stores of the outlets of its scope alone, and a repeat may come when the store has moved', async () => {
  const instanceId = await wallet.claimOne('c-outlet', { outletPaths: ['hq/east/river', 'hq/west/outlet-9'] });
  const code = await wallet.codeFor(instanceId, 'c-outlet');
  const at = (outletPath?: string) => ({ ...sale(`at ${outletPath}`, code), outletPath });
  for (const place of [undefined, 'hq/east', 'hq/east/riverside', 'hq/west/outlet-8']) {
    const sold = at(place);
    const tries = [
      wallet.benefits.validateSale(sold),
      wallet.benefits.holdBenefit(sold),
      wallet.benefits.redeemByCode(sold),
    ];
    expect(await tally(tries)).toEqual({ OUTLET_NOT_IN_SCOPE: 3 });
  }
  const inScope = at('hq/east/river/outlet-1');
  expect((await wallet.benefits.validateSale(inScope)).amountMinor).toBeGreaterThan(0);
  const first = await wallet.benefits.redeemByCode(inScope);
  expect(await wallet.benefits.redeemByCode({ ...inScope, outletPath: 'hq/east' })).toEqual(first);
  await expect(wallet.claimOne('c-outlet', { outletPaths: ['hq//east'] })).rejects.toMatchObject({
    reason: 'VALIDATION_FAILED',
  });
});

it('holds, commits, voids and times out, each exactly once', async () => {
  const instanceId = await wallet.claimOne('c-hold');
  const holdWith = (requestId: string, code: string) => wallet.benefits.holdBenefit(sale(requestId, code));
  const hold = async (requestId: string) => holdWith(requestId, await wallet.codeFor(instanceId, 'c-hold'));
  const code = await wallet.codeFor(instanceId, 'c-hold');
  const first = await holdWith('hold-1', code);
  await expect(wallet.codeFor(instanceId, 'c-hold')).rejects.toMatchObject({ reason: 'INSTANCE_NOT_AVAILABLE' });
  await wallet.benefits.voidHold({ requestId: 'void-1', holdId: first.holdId, merchantId: 'm-tea' });
  await expect(holdWith('hold-again', code)).rejects.toMatchObject({ reason: 'CODE_USED' });

  const second = await hold('hold-2');
  wallet.clock.advance(301_000);
  await expect(
    wallet.benefits.commitHold({ requestId: 'late', holdId: second.holdId, merchantId: 'm-tea' }),
  ).rejects.toMatchObject({ reason: 'HOLD_TIMED_OUT' });

  await wallet.service.app.get(SweepExpiredUseCase).execute();

  const third = await hold('hold-3');
  const commits = Array.from({ length: 20 }, (_, index) =>
    index % 2
      ? wallet.benefits.commitHold({ requestId: `commit-${index}`, holdId: third.holdId, merchantId: 'm-tea' })
      : wallet.benefits.voidHold({ requestId: `void-${index}`, holdId: third.holdId, merchantId: 'm-tea' }),
  );
  const outcomes = await tally(commits);
  expect(outcomes.done).toBe(1);
  const { instance } = await wallet.benefits.getInstance({ instanceId });
  expect(['redeemed', 'issued']).toContain(instance?.state);
});

it('expires what nobody used and returns its value to who promised it', async () => {
  const costShares: CostShare[] = [
    { funder: 'bank', partyId: 'hq/expiry', basisPoints: 3_333 },
    { funder: 'merchant', partyId: 'm-expiry', basisPoints: 3_333 },
    { funder: 'third_party', partyId: 'brewery', basisPoints: 3_334 },
  ];
  const parties = ['bank:hq/expiry', 'merchant:m-expiry', 'third_party:brewery'];
  const of = (kind: string) => Promise.all(parties.map((party) => wallet.balance(`${kind}_${party}`)));
  const instanceId = await wallet.claimOne('c-expire', { validForSeconds: 60, faceValueMinor: 1_000, costShares });
  expect(await of('budget')).toEqual([333, 333, 334]);
  const items = [{ code: await wallet.codeFor(instanceId, 'c-expire'), amountMinor: 100 }];
  await wallet.benefits.redeemByCode(sale('expire-part', '', { items }));
  expect(await of('cost')).toEqual([33, 33, 34]);
  expect(await of('budget')).toEqual([300, 300, 300]);
  wallet.clock.advance(61_000);
  await expect(wallet.codeFor(instanceId, 'c-expire')).rejects.toMatchObject({ reason: 'INSTANCE_EXPIRED' });

  await Promise.all([1, 2, 3].map(() => wallet.service.app.get(SweepExpiredUseCase).execute()));
  expect((await wallet.benefits.getInstance({ instanceId })).instance?.state).toBe('expired');
  expect(await wallet.balance('customer:c-expire')).toBe(0);
  // Only what was left expired: what each party has open is his budget less what expired of it.
  expect(await of('budget')).toEqual([300, 300, 300]);
  expect(await of('expired')).toEqual([-300, -300, -300]);
});

it('shows a hold to its merchant alone, and what became of it', async () => {
  const code = await wallet.codeFor(await wallet.claimOne('c-hold'), 'c-hold');
  const { holdId, expiresAt } = await wallet.benefits.holdBenefit(sale('hold-shown', code));
  const own = { holdId, merchantId: 'm-tea' };
  const as = { customerId: 'c-hold', storeId: 's-1', state: 'held', heldAt: wallet.clock.now(), redemptions: [] };
  const held = { holdId, ...as, expiresAt };
  expect(await wallet.benefits.getHold(own)).toEqual(held);
  await wallet.benefits.voidHold({ requestId: 'void-shown', ...own });
  expect(await wallet.benefits.getHold(own)).toEqual({ ...held, state: 'voided' });
  const foreign = { holdId, merchantId: 'm-race' };
  const merchant = wallet.service.client(BenefitsServiceService, { kind: 'merchant', id: 'm-race' });
  expect(
    await tally([
      wallet.benefits.getHold(foreign),
      merchant.getHold(foreign),
      merchant.getHold(own),
      wallet.benefits.getHold({ ...own, holdId: '' }),
    ]),
  ).toEqual({ HOLD_NOT_FOUND: 2, NOT_YOURS: 1, VALIDATION_FAILED: 1 });

  const items = await Promise.all(
    ['c-first', 'c-second'].map(async (name) => ({
      code: await wallet.codeFor(await wallet.claimOne(name), name),
      amountMinor: 0,
    })),
  );
  const sold = await wallet.benefits.holdBenefit(sale('hold-of-two', '', { items }));
  const { redemptions } = await wallet.benefits.commitHold({ ...own, requestId: 'commit-two', holdId: sold.holdId });
  expect(redemptions).toHaveLength(2);
  const shown = await wallet.benefits.getHold({ ...own, holdId: sold.holdId });
  expect(shown).toMatchObject({ state: 'committed', redemptions });
});

it('shows a redemption to its merchant alone, and where and by whom it was taken back', async () => {
  const { redemption } = await wallet.benefits.redeemByCode(
    sale('shown', await wallet.codeFor(await wallet.claimOne('c-shown'), 'c-shown')),
  );
  const { redemptionId } = redemption!;
  const own = { redemptionId, merchantId: 'm-tea' };
  expect(await wallet.benefits.getRedemption(own)).toEqual({ redemption, isReversed: false, reversal: undefined });
  const foreign = { redemptionId, merchantId: 'm-race' };
  const merchant = wallet.service.client(BenefitsServiceService, { kind: 'merchant', id: 'm-race' });
  expect(
    await tally([
      wallet.benefits.getRedemption(foreign),
      merchant.getRedemption(foreign),
      merchant.getRedemption(own),
      wallet.benefits.getRedemption({ ...own, redemptionId: '' }),
    ]),
  ).toEqual({ REDEMPTION_NOT_FOUND: 2, NOT_YOURS: 1, VALIDATION_FAILED: 1 });
  const back = { requestId: 'shown-back', ...own, storeId: 's-2', clerkId: 'k-2', reason: 'sent back' };
  const repeat = { ...back, isRepeatOnly: true };
  await expect(wallet.benefits.reverseRedemption(repeat)).rejects.toMatchObject({ reason: 'SALE_NOT_FOUND' });
  await expect(wallet.benefits.reverseRedemption({ ...back, clerkId: '', isRepeatOnly: false })).rejects.toMatchObject({
    reason: 'VALIDATION_FAILED',
  });
  const told = await wallet.benefits.reverseRedemption({ ...back, isRepeatOnly: false });
  expect(told.reversal).toMatchObject({ storeId: 's-2', clerkId: 'k-2', saleId: redemption!.saleId });
  expect(await wallet.benefits.reverseRedemption(repeat)).toEqual(told);
  expect(await wallet.benefits.getRedemption(own)).toEqual({ redemption, isReversed: true, ...told });
  await eventually(() => expect(reversed[0]).toEqual({ ...told, customerId: 'c-shown' }));
});
