import { TrafficPlan, TrafficServiceService } from '@tidegate/contracts/merchants/v1/traffic';
import type { TestPlatform } from '../testing/test-platform';
import { careful, comesTo, type CrashFlow } from './crash-flow';
import { ShopDesk } from './shop-desk';

const PER_VISIT_MINOR = 30;
const PER_REDEMPTION_MINOR = 20;
const DAY_MS = 86_400_000;

/**
 * A customer who is led to a store, redeems there and takes it back: the merchant is owed a subsidy for the visit alone, and the customer has
 * what his goal promised once.
 */
export async function trafficFlow(platform: TestPlatform): Promise<CrashFlow> {
  const shop = await ShopDesk.at(platform);
  const { merchants, settlement } = shop;
  const traffic = careful(await platform.client('merchants', TrafficServiceService, 20_000));

  const trafficOf = async (customerId: string) =>
    careful(await platform.client('merchants', TrafficServiceService, 20_000, customerId, 'customer'));
  const openPlan = async (planId: string, storeId: string): Promise<void> => {
    const running = { startsAt: new Date(Date.now() - DAY_MS), endsAt: new Date(Date.now() + DAY_MS) };
    const subsidy = { currency: 'CNY', perVisitMinor: PER_VISIT_MINOR, perRedemptionMinor: PER_REDEMPTION_MINOR };
    const plan = TrafficPlan.fromPartial({
      ...{ planId, name: planId, orgPath: 'hq', direction: 'app_to_store', storeIds: [storeId], ...running },
      ...{
        tokenLifeSeconds: 3_600,
        tokenUseLimit: 1,
        subsidy,
        goals: [{ goalId: 'once', visitCount: 1, withinDays: 7, rewardStockId: `${planId}-goal` }],
      },
    });
    await shop.desk.openStock(`${planId}-goal`);
    await traffic.putTrafficPlan({ requestId: planId, plan });
  };
  const earned = (merchantId: string, amountMinor: number): Promise<void> =>
    comesTo(async () => {
      const { subsidies } = await traffic.listSubsidies({ merchantId, pageSize: 10, pageToken: '' });
      expect(subsidies.reduce((sum, subsidy) => sum + subsidy.amountMinor, 0)).toBe(amountMinor);
    });

  const rewarded = (customerId: string, stockId: string): Promise<void> =>
    comesTo(async () => {
      const page = { customerId, pageSize: 10, pageToken: '', state: '', group: '' };
      const { instances } = await shop.desk.benefits.listWallet(page);
      expect(instances.filter((each) => each.stockId === stockId)).toHaveLength(1);
    });

  return {
    name: 'a visit and a redemption of a customer who was led to a store, their subsidy and his reward',
    services: ['merchants', 'benefits'],
    stride: 3,
    prepare: async (id) => {
      const sale = await shop.shownAtStore(id);
      const { storeId, clerkId, instance } = sale;
      await openPlan(id, storeId);
      const { customerId } = instance;
      const led = { planId: id, storeId, outletPath: '', customerId };
      const { token } = await (await trafficOf(customerId)).issueAttributionToken(led);
      return async () => {
        const at = { merchantId: id, storeId, clerkId, outletPath: '', customerId: '' };
        const visit = await traffic.recordVisit({ requestId: id, token, ...at });
        expect([visit.isCounted, visit.subsidyMinor, visit.reachedGoalIds]).toEqual([true, PER_VISIT_MINOR, ['once']]);
        const { redemptions } = await shop.withCode(sale, merchants.redeemAtStore);
        await rewarded(customerId, `${id}-goal`);
        await earned(id, PER_VISIT_MINOR + PER_REDEMPTION_MINOR);
        const back = {
          redemptionId: redemptions[0]!.redemptionId,
          merchantId: id,
          storeId,
          clerkId,
          reason: 'returned',
        };
        await merchants.reverseAtStore({ requestId: id, ...back });
        await earned(id, PER_VISIT_MINOR);
        const businessDate = await shop.today();
        // A batch that is prepared before the subsidy is taken back has it, and what is taken back waits for the next one that is owed.
        await comesTo(async () => {
          const { adjustments } = await settlement.listAdjustments({ merchantId: id, pageSize: 10, pageToken: '' });
          expect(adjustments.map(({ amountMinor }) => amountMinor).sort((a, b) => a - b)).toEqual([
            -PER_REDEMPTION_MINOR,
            PER_REDEMPTION_MINOR,
            PER_VISIT_MINOR,
          ]);
        });
        // Until all that was told is in a batch, in the ledger as there.
        let runs = 0;
        await comesTo(async () => {
          const requestId = `${id}-${(runs += 1)}`;
          await merchants.runSettlement({ requestId, businessDate, isForced: true });
          const prepared = await shop.batchesOf(id);
          expect(prepared.reduce((sum, { amountMinor }) => sum + amountMinor, 0)).toBe(PER_VISIT_MINOR);
          const { adjustments } = await settlement.listAdjustments({ merchantId: id, pageSize: 10, pageToken: '' });
          expect(adjustments.every(({ state }) => state === 'posted')).toBe(true);
          expect(await shop.owedTo(id)).toBe(PER_VISIT_MINOR);
        });
      };
    },
  };
}
