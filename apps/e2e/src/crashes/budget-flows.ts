import { BudgetsServiceService } from '@tidegate/contracts/merchants/v1/budgets';
import type { TestPlatform } from '../testing/test-platform';
import { FACE_MINOR } from './claim-desk';
import { careful, comesTo, type CrashFlow } from './crash-flow';
import { ShopDesk, type Shown } from './shop-desk';

const SHOP = ['merchants', 'benefits'];

/** What a till does where the merchant has a budget: the wallet holds, the budget is taken, and only then the wallet commits. */
export async function budgetFlows(platform: TestPlatform): Promise<CrashFlow[]> {
  const shop = await ShopDesk.at(platform);
  const { desk, merchants } = shop;
  const budgets = careful(await platform.client('merchants', BudgetsServiceService, 20_000));

  /** Shown at a merchant whose budget is enough for one. */
  const shownWithBudget = async (merchantId: string): Promise<Shown> => {
    const sale = await shop.shownAtStore(merchantId);
    const limits = { dailyCount: 0, totalCount: 1, dailyAmountMinor: 0, totalAmountMinor: FACE_MINOR };
    const used = { usedCount: 0, usedAmountMinor: 0, dayUsedCount: 0, dayUsedAmountMinor: 0 };
    const rest = { businessDate: '', changedAt: undefined };
    const budget = { merchantId, storeId: '', currency: 'CNY', limits, ...used, ...rest };
    await budgets.putBudget({ requestId: merchantId, budget });
    return sale;
  };
  const hasUsed = (merchantId: string, count: number): Promise<void> =>
    comesTo(async () => {
      const { budgets: found } = await budgets.listBudgets({ merchantId, pageSize: 10, pageToken: '' });
      expect(found).toMatchObject([{ usedCount: count, usedAmountMinor: count * FACE_MINOR }]);
    });

  return [
    {
      name: 'a redemption at a store with a budget, that is taken back',
      services: SHOP,
      prepare: async (id) => {
        const sale = await shownWithBudget(id);
        return async () => {
          const { redemptions } = await shop.withCode(sale, merchants.redeemAtStore);
          await hasUsed(id, 1);
          const { redemptionId } = redemptions[0]!;
          const { storeId, clerkId } = sale;
          const request = { requestId: id, redemptionId, merchantId: id, storeId, clerkId, reason: 'wrong item' };
          await merchants.reverseAtStore(request);
          await desk.expectWallet(`${id}-a`, ['issued 500']);
          await hasUsed(id, 0);
        };
      },
    },
    {
      name: 'a hold at a store with a budget, that is committed',
      services: SHOP,
      prepare: async (id) => {
        const sale = await shownWithBudget(id);
        return async () => {
          const { holdId } = await shop.withCode(sale, merchants.holdAtStore);
          await merchants.commitHoldAtStore({ requestId: id, holdId, merchantId: id });
          await desk.expectWallet(`${id}-a`, ['redeemed 0']);
          await hasUsed(id, 1);
        };
      },
    },
    {
      name: 'a hold at a store with a budget, that is given up',
      services: SHOP,
      prepare: async (id) => {
        const sale = await shownWithBudget(id);
        return async () => {
          const { holdId } = await shop.withCode(sale, merchants.holdAtStore);
          await merchants.voidHoldAtStore({ requestId: id, holdId, merchantId: id });
          await desk.expectWallet(`${id}-a`, ['issued 500']);
          await hasUsed(id, 0);
        };
      },
    },
  ];
}
