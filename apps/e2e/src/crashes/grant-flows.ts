import { CodePoolsServiceService, StartCodeImportRequest } from '@tidegate/contracts/benefits/v1/code_pools';
import { SharesServiceService } from '@tidegate/contracts/benefits/v1/shares';
import { PointsServiceService } from '@tidegate/contracts/benefits/v1/points';
import type { TestPlatform } from '../testing/test-platform';
import { ClaimDesk } from './claim-desk';
import { careful, comesTo, type CrashFlow } from './crash-flow';

const WALLET = ['benefits'];
const SHARER_POINTS = 6;
const CODES = 3;

/** Claims in which more than one thing is given or used up. */
export async function grantFlows(platform: TestPlatform): Promise<CrashFlow[]> {
  const desk = await ClaimDesk.at(platform);
  const shares = careful(await platform.client('benefits', SharesServiceService, 20_000));
  const pools = careful(await platform.client('benefits', CodePoolsServiceService, 20_000));
  const points = careful(await platform.client('benefits', PointsServiceService, 20_000));
  const claimOf = (stockId: string, customerId: string) =>
    desk.benefits.claimBenefit({ requestId: stockId, stockId, customerId, decisionId: '' });

  const fill = async (poolId: string): Promise<void> => {
    const counts = { alarmBelowCount: 0, importedCount: 0, assignedCount: 0, availableCount: 0, withdrawnCount: 0 };
    const pool = { poolId, name: poolId, providerId: poolId, orgPath: 'hq', ...counts, createdAt: undefined };
    await pools.putCodePool({ requestId: poolId, pool });
    const start = StartCodeImportRequest.fromPartial({ requestId: poolId, poolId, fileName: 'codes.csv' });
    const { importId } = (await pools.startCodeImport(start)).import!;
    const content = Buffer.from(['code', ...Array.from({ length: CODES }, (_, i) => `${poolId}-${i}`)].join('\n'));
    await pools.appendCodeImportChunk({ importId, sequence: 0, content, isLast: true });
    await comesTo(async () => expect((await pools.getCodePool({ poolId })).pool?.availableCount).toBe(CODES));
  };

  return [
    {
      name: 'a bundle that is claimed, and opened into its parts',
      services: WALLET,
      prepare: async (id) => {
        const parts = [`${id}-1`, `${id}-2`];
        for (const part of parts) await desk.openStock(part);
        const whole = { bundleStockIds: parts, isBundleWhole: true, isTransferable: false };
        await desk.openStock(id, { kind: 'bundle', ...whole });
        return async () => {
          await claimOf(id, `${id}-a`);
          await desk.expectWallet(`${id}-a`, ['issued 500', 'issued 500', 'redeemed 0']);
          for (const stockId of [id, ...parts]) {
            expect((await desk.benefits.getStock({ stockId })).stock?.claimedCount).toBe(1);
          }
        };
      },
    },
    {
      name: 'a third party’s code that is claimed, and looked at',
      services: WALLET,
      prepare: async (id) => {
        await fill(id);
        await desk.openStock(id, { kind: 'third_party_code', poolId: id, isTransferable: false });
        const customerId = `${id}-a`;
        const holder = careful(
          await platform.client('benefits', CodePoolsServiceService, 20_000, customerId, 'customer'),
        );
        return async () => {
          const { instance } = await claimOf(id, customerId);
          const { instanceId } = instance!;
          const first = await holder.showCode({ instanceId, customerId });
          expect(await holder.showCode({ instanceId, customerId })).toEqual(first);
          await desk.expectWallet(customerId, ['redeemed 0']);
          const { pool } = await pools.getCodePool({ poolId: id });
          expect(pool).toMatchObject({ assignedCount: 1, availableCount: CODES - 1 });
        };
      },
    },
    {
      name: 'a link that is shared and claimed by, and the sharer’s reward',
      services: WALLET,
      prepare: async (id) => {
        const sharerReward = { kind: 'points', points: SHARER_POINTS, pointsValidMonths: 12, stockId: '' };
        const shareTerms = { linkValidSeconds: 3_600, linksPerCustomerMax: 1, sharerReward, sharerRewardsMax: 1 };
        await desk.openStock(id, { isShareable: true, shareTerms });
        const [sharer, friend] = [`${id}-a`, `${id}-b`];
        return async () => {
          const { link } = await shares.createShareLink({ requestId: id, stockId: id, customerId: sharer });
          const { linkId } = link!;
          await shares.openShareLink({ requestId: id, linkId, customerId: friend });
          await shares.claimSharedBenefit({ requestId: id, linkId, customerId: friend });
          await desk.expectWallet(friend, ['issued 500']);
          await comesTo(async () => {
            const page = { customerId: sharer, pageSize: 10, pageToken: '' };
            const once = { openedCount: 1, claimedCount: 1, rewardedCount: 1 };
            expect((await shares.listShareLinks(page)).links).toMatchObject([once]);
            expect((await points.getPointsBalance({ customerId: sharer })).points).toBe(SHARER_POINTS);
          });
        };
      },
    },
  ];
}
