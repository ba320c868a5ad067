import type { Instance } from '@tidegate/contracts/benefits/v1/benefits';
import { ReviewServiceService } from '@tidegate/contracts/review/v1/review';
import type { TestPlatform } from '../testing/test-platform';
import { ClaimDesk } from './claim-desk';
import { careful, comesTo, type CrashFlow } from './crash-flow';
import { PassingTime } from './passing-time';

const WALLET = ['benefits'];
const merchantId = 'm-crash';

/** What becomes of one benefit, each way to its end. */
export async function walletFlows(platform: TestPlatform): Promise<CrashFlow[]> {
  const desk = await ClaimDesk.at(platform);
  const time = await PassingTime.at(platform);
  const { benefits } = desk;
  const review = careful(await platform.client('review', ReviewServiceService, 20_000));

  const sale = async (id: string, instance: Instance) => {
    const code = await desk.codeOf(instance);
    return { requestId: id, code, merchantId, storeId: 's', clerkId: 'k', orderAmountMinor: 900, items: [] };
  };
  /** A code that went stale while the service was away was not taken: it is shown anew, in the same sale. */
  const showing = async (id: string) => {
    const instance = await desk.claim(id, `${id}-a`);
    const shown = await sale(id, instance);
    return <T>(use: (shown: Awaited<ReturnType<typeof sale>>) => Promise<T>): Promise<T> =>
      use(shown).catch(async (error: { reason?: string }) => {
        if (error.reason !== 'CODE_STALE') throw error;
        return use(await sale(id, instance));
      });
  };
  const redeemedOnce = async (id: string): Promise<void> => {
    const { redeemed } = await review.getBenefitReport({ stockId: id });
    expect(redeemed).toBe(1);
  };

  return [
    {
      name: 'a claim, told to the reports',
      services: ['benefits', 'review'],
      prepare: async (id) => async () => {
        await desk.claim(id, `${id}-a`);
        await desk.expectWallet(`${id}-a`, ['issued 500']);
        await comesTo(async () => expect((await review.getBenefitReport({ stockId: id })).claimed).toBe(1));
      },
    },
    {
      name: 'a gift that is taken',
      services: WALLET,
      prepare: async (id) => {
        const { instanceId } = await desk.claim(id, `${id}-a`);
        return async () => {
          const { giftId, token } = await benefits.offerGift({ requestId: id, instanceId, customerId: `${id}-a` });
          await benefits.acceptGift({ requestId: id, giftId, token, customerId: `${id}-b` });
          await desk.expectWallet(`${id}-a`, ['transferred 0']);
          await desk.expectWallet(`${id}-b`, ['issued 500']);
        };
      },
    },
    {
      name: 'a gift that nobody takes, and that comes back',
      services: WALLET,
      prepare: async (id) => {
        const { instanceId } = await desk.claim(id, `${id}-a`);
        return async () => {
          const { giftId, token } = await benefits.offerGift({ requestId: id, instanceId, customerId: `${id}-a` });
          await time.endGift(giftId);
          await comesTo(() => desk.expectWallet(`${id}-a`, ['issued 500']));
          const accept = benefits.acceptGift({ requestId: id, giftId, token, customerId: `${id}-b` });
          await expect(accept).rejects.toMatchObject({ reason: 'GIFT_EXPIRED' });
        };
      },
    },
    {
      name: 'a gift that nobody takes, and that expires',
      services: WALLET,
      prepare: async (id) => {
        const { instanceId } = await desk.claim(id, `${id}-a`);
        const { giftId } = await benefits.offerGift({ requestId: id, instanceId, customerId: `${id}-a` });
        return async () => {
          await time.endBenefit(instanceId);
          await time.endGift(giftId);
          await comesTo(() => desk.expectWallet(`${id}-a`, ['expired 0']));
        };
      },
    },
    {
      name: 'a direct transfer',
      services: WALLET,
      prepare: async (id) => {
        const { instanceId } = await desk.claim(id, `${id}-a`);
        const whose = { instanceId, customerId: `${id}-a`, toCustomerId: `${id}-b` };
        return async () => {
          await benefits.transferBenefit({ requestId: id, ...whose });
          await desk.expectWallet(`${id}-a`, ['transferred 0']);
          await desk.expectWallet(`${id}-b`, ['issued 500']);
        };
      },
    },
    {
      name: 'a hold that is committed',
      services: WALLET,
      prepare: async (id) => {
        const show = await showing(id);
        return async () => {
          const { holdId } = await show(benefits.holdBenefit);
          await benefits.commitHold({ requestId: id, holdId, merchantId });
          await desk.expectWallet(`${id}-a`, ['redeemed 0']);
          await comesTo(() => redeemedOnce(id));
        };
      },
    },
    {
      name: 'a hold that is given up',
      services: WALLET,
      prepare: async (id) => {
        const show = await showing(id);
        return async () => {
          const { holdId } = await show(benefits.holdBenefit);
          await benefits.voidHold({ requestId: id, holdId, merchantId });
          await desk.expectWallet(`${id}-a`, ['issued 500']);
        };
      },
    },
    {
      name: 'a hold that times out',
      services: WALLET,
      prepare: async (id) => {
        const show = await showing(id);
        const { holdId } = await show(benefits.holdBenefit);
        return async () => {
          await time.endHold(holdId);
          await comesTo(() => desk.expectWallet(`${id}-a`, ['issued 500']));
          const commit = benefits.commitHold({ requestId: id, holdId, merchantId });
          await expect(commit).rejects.toMatchObject({ reason: 'HOLD_TIMED_OUT' });
        };
      },
    },
    {
      name: 'a benefit that nobody uses, and that expires',
      services: WALLET,
      prepare: async (id) => {
        const { instanceId } = await desk.claim(id, `${id}-a`);
        return async () => {
          await time.endBenefit(instanceId);
          await comesTo(() => desk.expectWallet(`${id}-a`, ['expired 0']));
        };
      },
    },
    {
      name: 'a redemption that is taken back',
      services: WALLET,
      prepare: async (id) => {
        const show = await showing(id);
        return async () => {
          const { redemptionId } = (await show(benefits.redeemByCode)).redemption!;
          const place = { storeId: 's', clerkId: 'k', reason: 'wrong item', isRepeatOnly: false };
          await benefits.reverseRedemption({ requestId: id, redemptionId, merchantId, ...place });
          await desk.expectWallet(`${id}-a`, ['issued 500']);
          await comesTo(() => redeemedOnce(id));
        };
      },
    },
    {
      name: 'a benefit that was granted by mistake',
      services: WALLET,
      prepare: async (id) => {
        const { instanceId } = await desk.claim(id, `${id}-a`);
        return async () => {
          await benefits.voidInstance({ requestId: id, instanceId, reason: 'by mistake' });
          await desk.expectWallet(`${id}-a`, ['void 0']);
          expect((await benefits.getStock({ stockId: id })).stock?.claimedCount).toBe(0);
        };
      },
    },
  ];
}
