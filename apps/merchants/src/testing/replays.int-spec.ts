import { BenefitRedeemed, BenefitReversed } from '@tidegate/contracts/benefits/v1/benefits_events';
import { FanChanged } from '@tidegate/contracts/benefits/v1/fans_events';
import { FactRecorded, PersonsChanged } from '@tidegate/contracts/customers/v1/customers_events';
import { BudgetsServiceService } from '@tidegate/contracts/merchants/v1/budgets';
import { SubsidyEarned } from '@tidegate/contracts/merchants/v1/merchants_events';
import { TrafficServiceService } from '@tidegate/contracts/merchants/v1/traffic';
import { endsTheSameHoweverTold, told, type ToldEvent } from '@tidegate/testing';
import { noLimits } from '../budgets/testing/budget.factory';
import { aPlan, noSubsidy } from '../traffic/testing/traffic.factory';
import { asMessage } from './fake-benefits';
import { aRedemption } from './merchants.factory';
import { seedMerchant, startMerchants, type MerchantsHarness } from './merchants.harness';

const merchantId = 'noodle-bar';
const storeId = 'noodle-bar-1';
const at = new Date('2026-11-22T05:00:00Z');
const led = { kind: 'customer' as const, id: 'c-led', orgPath: '' };
const till = { kind: 'merchant' as const, id: merchantId, orgPath: '' };

const redeemed = (redemptionId: string, customerId: string): ToldEvent => {
  const redemption = asMessage(aRedemption({ redemptionId, redeemedAt: at }));
  return told(BenefitRedeemed, { redemption: { ...redemption, customerId } });
};
const reversed = (redemptionId: string): ToldEvent => {
  const { amountMinor, currency, shares } = aRedemption();
  const what = { redemptionId, reversalId: `back-${redemptionId}`, merchantId, amountMinor, currency, shares };
  return told(BenefitReversed, BenefitReversed.fromPartial({ reversal: { ...what, reversedAt: at } }));
};
const fact = (factId: string, factType: string, data: FactRecorded['data']): ToldEvent =>
  told(FactRecorded, { factId, factType, customerId: `c-${factId}`, data, occurredAt: at, acceptedAt: at });
const fan = (customerId: string, isFollowing: boolean): ToldEvent => {
  const target = { kind: 'store', targetId: storeId, orgPath: 'hq/west', fanCount: 1 };
  return told(FanChanged, { ...target, customerId, isFollowing, changedAt: at });
};
const subsidy = (subsidyId: string, amountMinor: number): ToldEvent =>
  told(
    SubsidyEarned,
    SubsidyEarned.fromPartial({
      subsidy: { subsidyId, planId: 'autumn', merchantId, cause: 'visit', reference: subsidyId, amountMinor },
    }),
  );

const ofPerson = (customerIds: string[], personKey: string, version: number): ToldEvent =>
  told(PersonsChanged, { profiles: customerIds.map((customerId) => ({ customerId, personKey, version })) });

/** A visit that redemptions are attributed to, and a redemption under a budget; answers the id of that. */
async function prepare(harness: MerchantsHarness): Promise<string> {
  await seedMerchant(harness);
  const subsidyTerms = { ...noSubsidy(), currency: 'CNY', perRedemptionMinor: 30, attributionDays: 7 };
  const traffic = harness.clientOf(TrafficServiceService);
  await traffic.putTrafficPlan({ requestId: 'plan', plan: aPlan({ subsidy: subsidyTerms }) });
  const own = { planId: 'autumn', storeId, customerId: led.id, outletPath: '' };
  const { token } = await harness.clientOf(TrafficServiceService, led).issueAttributionToken(own);
  const arrival = { requestId: 'visit', token, merchantId, storeId, clerkId: 'li-wei', outletPath: '', customerId: '' };
  await harness.clientOf(TrafficServiceService, till).recordVisit(arrival);
  const use = { usedCount: 0, usedAmountMinor: 0, dayUsedCount: 0, dayUsedAmountMinor: 0, businessDate: '' };
  const limits = { ...noLimits, totalCount: 10 };
  const budget = { merchantId, storeId, currency: 'CNY', limits, ...use, changedAt: undefined };
  await harness.clientOf(BudgetsServiceService).putBudget({ requestId: 'budget', budget });
  const code = '123456';
  const sale = { requestId: 'sale', code, merchantId, storeId, clerkId: 'li-wei', items: [], orderAmountMinor: 5_000 };
  return (await harness.client(till).redeemAtStore(sale)).redemption!.redemptionId;
}

const story = (underBudget: string): ToldEvent[] => [
  ...['r-1', 'r-2', 'r-3'].map((redemptionId) => redeemed(redemptionId, 'c-led')),
  redeemed('r-4', 'c-other'),
  fact('paid', 'transaction', { storeId, amountMinor: 100 }),
  fact('fan', 'fan-followed', { outletPath: 'hq/west' }),
  fact('gone', 'fan-unfollowed', { outletPath: 'hq/west' }),
  fan('c-fan', true),
  fan('c-other', true),
  fan('c-other', false),
  ...['r-1', 'r-4', underBudget].map(reversed),
  // Of nobody above: what a person's profiles come to together is another matter before a join than after it.
  ofPerson(['dan', 'eve'], 'key-dan', 2),
  ofPerson(['eve'], 'key-eve', 3),
  subsidy('visit:v-1', 50),
  subsidy('visit:v-2', 50),
  subsidy('reversal:v-1', -50),
];

endsTheSameHoweverTold(
  async () => {
    const harness = await startMerchants();
    const underBudget = await prepare(harness);
    return {
      service: harness.service,
      events: story(underBudget),
      stop: () => harness.stop(),
    };
  },
  {
    leaves: {
      traffic: ['subsidies'],
      productivity: ['productivity_rows', 'productivity_fans', 'productivity_redemptions'],
      settlement: ['statement_lines'],
      subsidies: ['adjustments'],
      persons: ['person_links'],
      budgets: ['budgets'],
    },
    // What waits for its redemption, and tokens, which the database takes away by its own clock.
    ignored: ['early_reversals', 'attribution_token_uses'],
  },
);
