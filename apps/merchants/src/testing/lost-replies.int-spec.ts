import { CHINA, workingDay } from '@tidegate/bank-calendar';
import { BudgetsServiceService } from '@tidegate/contracts/merchants/v1/budgets';
import { MerchantsServiceService } from '@tidegate/contracts/merchants/v1/merchants';
import { SettlementServiceService } from '@tidegate/contracts/merchants/v1/settlement';
import { TrafficServiceService } from '@tidegate/contracts/merchants/v1/traffic';
import { PeriodicTasks } from '@tidegate/service';
import { headOffice, LostReplies, writeRpcsOf } from '@tidegate/testing';
import { noLimits } from '../budgets/testing/budget.factory';
import { MERCHANTS_SERVICES } from '../merchants-services';
import { CHECKER, MAKER } from '../settlement/testing/settlement.harness';
import { noSubsidy } from '../traffic/testing/traffic.factory';
import { anArrival, trafficFixture } from '../traffic/testing/traffic.fixture';
import { asMessage } from './fake-benefits';
import { merchantsBooks, settleSubsidies } from './merchants-books';
import { aClerk, aRedemption, aStore } from './merchants.factory';
import { newRequestId, seedMerchant, startMerchants, type MerchantsHarness } from './merchants.harness';

// Goal: an answer that is lost after the commit is told again to who repeats the request, and nothing happens twice.

/** Lost answers of every rpc. */
const COUNT = Number(process.env.MERCHANTS_LOST_REPLIES ?? 10);
const AT_ONCE = 10;
const merchantId = 'noodle-bar';
const till = { ...headOffice, kind: 'merchant' as const, id: merchantId, orgPath: '' };

/** Those that set something up or note something down; value moves by others. A new rpc is listed here or played. */
const MOVES_NO_VALUE: readonly string[] = [
  'putOrgUnit',
  'putMerchant',
  'putStore',
  'putClerk',
  'putMerchantKey',
  'rotateMerchantKey',
  'revokeMerchantKey',
  'reviewMerchant',
  'activateMerchant',
  'suspendMerchant',
  'withdrawReconciliation',
  'putBudget',
  'putTrafficPlan',
  'putActivity',
  'putCircle',
  'reconcile',
  'resolveDifference',
  'putStaffMember',
  'moveStaffMember',
  'askNextBestActions',
  'recordTillOutcome',
];

let harness: MerchantsHarness;
let replies: LostReplies;
beforeAll(async () => {
  harness = await startMerchants();
  await seedMerchant(harness);
  // What is due by the clock is done when a test asks for it.
  await harness.service.app.get(PeriodicTasks).stop();
  replies = await LostReplies.start({
    url: harness.service.url,
    count: COUNT,
    atOnce: AT_ONCE,
    books: () => merchantsBooks(harness, merchantId),
    settle: () => settleSubsidies(harness),
  });
});
afterAll(async () => {
  await replies?.stop();
  await harness?.stop();
});

const sale = (name: string, i: number, storeId: string) => ({
  ...{ requestId: `${name}-${i}`, code: `once-${name}-${i}`, merchantId, storeId, clerkId: `clerk-of-${storeId}` },
  items: [],
  orderAmountMinor: 5_000,
});

it(`tells the first result of ${COUNT} lost answers of each rpc of a till, with and without a budget`, async () => {
  for (const storeId of ['budgeted', 'free']) {
    const [store, clerk] = [aStore({ storeId }), aClerk({ clerkId: `clerk-of-${storeId}`, storeId })];
    await harness.client().putStore({ requestId: newRequestId(), store });
    await harness.client().putClerk({ requestId: newRequestId(), clerk });
  }
  const limits = { ...noLimits, totalCount: 3 * (COUNT + 1) };
  const use = { usedCount: 0, usedAmountMinor: 0, dayUsedCount: 0, dayUsedAmountMinor: 0, businessDate: '' };
  const budget = { merchantId, storeId: 'budgeted', currency: 'CNY', limits, ...use, changedAt: undefined };
  await harness.clientOf(BudgetsServiceService).putBudget({ requestId: newRequestId(), budget });

  const of = replies.of(MerchantsServiceService, till);
  for (const storeId of ['budgeted', 'free']) {
    const hold = (name: string) =>
      of.lose('holdAtStore', (client, i) => client.holdAtStore(sale(`${name}-${storeId}`, i, storeId)));
    const given = await hold('given-up');
    await of.lose('voidHoldAtStore', (client, i) =>
      client.voidHoldAtStore({ requestId: `void-${storeId}-${i}`, holdId: given[i]!.holdId, merchantId }),
    );
    const held = await hold('held');
    await of.lose('commitHoldAtStore', (client, i) =>
      client.commitHoldAtStore({ requestId: `commit-${storeId}-${i}`, holdId: held[i]!.holdId, merchantId }),
    );
    const redeemed = await of.lose('redeemAtStore', (client, i) =>
      client.redeemAtStore(sale(`redeem-${storeId}`, i, storeId)),
    );
    await of.lose('reverseAtStore', (client, i) => {
      const { redemptionId } = redeemed[i]!.redemption!;
      const place = { merchantId, storeId, clerkId: `clerk-of-${storeId}`, reason: 'wrong item' };
      return client.reverseAtStore({ requestId: `reverse-${storeId}-${i}`, redemptionId, ...place });
    });
  }
}, 3_000_000);

/** A day of its own for each caller, with a batch of each of three currencies. */
function giveDays(): string[] {
  const dates: string[] = [];
  for (let date = '2026-11-19'; dates.length <= COUNT; date = workingDay(date, 'before', CHINA)) dates.push(date);
  for (const date of dates) {
    for (const currency of ['CNY', 'CZK', 'EUR']) {
      const redeemedAt = new Date(`${date}T12:00:00+08:00`);
      const redemption = aRedemption({ redemptionId: `${date}-${currency}`, currency, redeemedAt });
      harness.benefits.redemptions.push(asMessage(redemption));
    }
  }
  return dates;
}

it(`tells the first result of ${COUNT} lost answers of each rpc of settlement`, async () => {
  const dates = giveDays();
  const maker = replies.of(MerchantsServiceService, { ...headOffice, ...MAKER });
  const checker = replies.of(SettlementServiceService, { ...headOffice, ...CHECKER });
  const prepared = await maker.lose('runSettlement', async (client, i) => {
    const run = { requestId: `run-${i}`, businessDate: dates[i]!, isForced: false };
    return (await client.runSettlement(run)).batches;
  });
  const idOf = (i: number, wanted: string): string =>
    prepared[i]!.find(({ currency }) => currency === wanted)?.batchId ?? '';
  await checker.lose('rejectSettlementBatch', (client, i) =>
    client.rejectSettlementBatch({ requestId: `reject-${i}`, batchId: idOf(i, 'EUR'), reason: 'under inquiry' }),
  );
  const released = await checker.lose('releaseSettlement', (client, i) =>
    client.releaseSettlement({ requestId: `release-${i}`, batchIds: [idOf(i, 'CNY'), idOf(i, 'CZK')] }),
  );
  expect(released.every(({ payout }) => payout?.batchCount === 2)).toBe(true);
  for (const [currency, isPaid] of [['CNY', true] as const, ['CZK', false] as const]) {
    await checker.lose('recordPayment', (client, i) =>
      client.recordPayment({
        ...{ requestId: `payment-${currency}-${i}`, batchId: idOf(i, currency), isPaid },
        reason: isPaid ? '' : 'account closed',
      }),
    );
  }
  await checker.lose('createAdjustment', (client, i) =>
    client.createAdjustment({
      ...{ requestId: `adjust-${i}`, merchantId, amountMinor: 100, currency: 'CNY' },
      ...{ funder: 'bank', partyId: '', comment: 'agreed' },
    }),
  );
}, 3_000_000);

it(`tells the first result of ${COUNT} lost answers of visits, each with its subsidy`, async () => {
  const { putPlan, own } = trafficFixture(harness);
  const planId = await putPlan({ subsidy: { ...noSubsidy(), currency: 'CNY', perVisitMinor: 30 } });
  const tokens: string[] = [];
  for (let i = 0; i <= COUNT; i += 1) tokens.push((await own(planId, `c-${i}`)).token);
  await replies
    .of(TrafficServiceService, till)
    .lose('recordVisit', (client, i) => client.recordVisit(anArrival(tokens[i]!, { requestId: `visit-${i}` })));
}, 3_000_000);

it('has lost answers of every rpc that moves value', () => {
  expect([...replies.played, ...MOVES_NO_VALUE].sort()).toEqual(writeRpcsOf(MERCHANTS_SERVICES).sort());
});
