import type { TestPlatform } from '../testing/test-platform';
import { FACE_MINOR } from './claim-desk';
import type { CrashFlow } from './crash-flow';
import { ShopDesk } from './shop-desk';

const SHOP = ['merchants', 'benefits'];

/** What a till of a merchant does, through `merchants` and the wallet. */
export async function shopFlows(platform: TestPlatform): Promise<CrashFlow[]> {
  const shop = await ShopDesk.at(platform);
  const { desk, merchants } = shop;
  return [
    {
      name: 'a redemption at a store',
      services: SHOP,
      prepare: async (id) => {
        const sale = await shop.shownAtStore(id);
        return async () => {
          const { redemptions } = await shop.withCode(sale, merchants.redeemAtStore);
          expect(redemptions.map(({ amountMinor }) => amountMinor)).toEqual([FACE_MINOR]);
          await desk.expectWallet(`${id}-a`, ['redeemed 0']);
        };
      },
    },
    {
      name: 'a hold at a store that is committed',
      services: SHOP,
      prepare: async (id) => {
        const sale = await shop.shownAtStore(id);
        return async () => {
          const { holdId } = await shop.withCode(sale, merchants.holdAtStore);
          await merchants.commitHoldAtStore({ requestId: id, holdId, merchantId: id });
          await desk.expectWallet(`${id}-a`, ['redeemed 0']);
        };
      },
    },
    {
      name: 'a hold at a store that is given up',
      services: SHOP,
      prepare: async (id) => {
        const sale = await shop.shownAtStore(id);
        return async () => {
          const { holdId } = await shop.withCode(sale, merchants.holdAtStore);
          await merchants.voidHoldAtStore({ requestId: id, holdId, merchantId: id });
          await desk.expectWallet(`${id}-a`, ['issued 500']);
        };
      },
    },
  ];
}
