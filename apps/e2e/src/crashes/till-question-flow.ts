import { AskNextBestActionsRequest, TillActionsServiceService } from '@tidegate/contracts/merchants/v1/till_actions';
import type { TestPlatform } from '../testing/test-platform';
import { careful, type CrashFlow } from './crash-flow';
import { ShopDesk } from './shop-desk';

/** A till that asks what to offer to a customer who has just redeemed: it is told the same however often it asks. */
export async function tillQuestionFlow(platform: TestPlatform): Promise<CrashFlow> {
  const shop = await ShopDesk.at(platform);
  const till = careful(await platform.client('merchants', TillActionsServiceService, 20_000));
  return {
    name: 'a till’s question for the next best actions',
    services: ['merchants'],
    prepare: async (id) => {
      const { redemptions } = await shop.merchants.redeemAtStore(await shop.shownAtStore(id));
      const { redemptionId } = redemptions[0]!;
      const asked = { requestId: id, merchantId: id, redemptionId, maxActions: 1, isCommitted: true };
      return async () => {
        const first = await till.askNextBestActions(AskNextBestActionsRequest.fromPartial(asked));
        expect(await till.askNextBestActions(AskNextBestActionsRequest.fromPartial(asked))).toEqual(first);
      };
    },
  };
}
