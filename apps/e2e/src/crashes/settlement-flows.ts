import type { TestPlatform } from '../testing/test-platform';
import { FACE_MINOR } from './claim-desk';
import { comesTo, type CrashFlow } from './crash-flow';
import { ShopDesk } from './shop-desk';

const SHOP = ['merchants', 'benefits'];

/** How a merchant is paid, and what may come between. */
export async function settlementFlows(platform: TestPlatform): Promise<CrashFlow[]> {
  const shop = await ShopDesk.at(platform);
  const { merchants, settlement } = shop;
  return [
    {
      name: 'a settlement: collected, released, posted to the ledger, paid',
      services: SHOP,
      prepare: async (id) => {
        await merchants.redeemAtStore(await shop.shownAtStore(id));
        const businessDate = await shop.today();
        return async () => {
          await merchants.runSettlement({ requestId: id, businessDate, isForced: true });
          const prepared = await shop.batchesOf(id);
          expect(prepared.map(({ amountMinor }) => amountMinor)).toEqual([FACE_MINOR]);
          const batchIds = prepared.map(({ batchId }) => batchId);
          await settlement.releaseSettlement({ requestId: id, batchIds });
          await comesTo(async () =>
            expect((await shop.batchesOf(id)).map(({ state, transactionId }) => [state, transactionId !== ''])).toEqual(
              [['released', true]],
            ),
          );
          expect(await shop.owedTo(id)).toBe(0);
          const payment = { isPaid: true, reason: '' };
          await Promise.all(
            batchIds.map((batchId) => settlement.recordPayment({ requestId: `${id}-${batchId}`, batchId, ...payment })),
          );
          expect((await shop.batchesOf(id)).map(({ state }) => state)).toEqual(['paid']);
        };
      },
    },
    {
      name: 'a settlement batch that is rejected, and whose lines come with the next one',
      services: SHOP,
      prepare: async (id) => {
        await merchants.redeemAtStore(await shop.shownAtStore(id));
        const businessDate = await shop.today();
        return async () => {
          await merchants.runSettlement({ requestId: id, businessDate, isForced: true });
          const [{ batchId } = { batchId: '' }] = await shop.batchesOf(id);
          await settlement.rejectSettlementBatch({ requestId: id, batchId, reason: 'account in doubt' });
          await merchants.runSettlement({ requestId: `${id}-again`, businessDate, isForced: true });
          const after = (await shop.batchesOf(id)).map(({ state, amountMinor }) => `${state} ${amountMinor}`);
          expect(after.sort()).toEqual([`prepared ${FACE_MINOR}`, `rejected ${FACE_MINOR}`]);
          expect(await shop.owedTo(id)).toBe(FACE_MINOR);
        };
      },
    },
    {
      name: 'a payment that comes back, and is owed again',
      services: SHOP,
      prepare: async (id) => {
        await merchants.redeemAtStore(await shop.shownAtStore(id));
        const businessDate = await shop.today();
        await merchants.runSettlement({ requestId: id, businessDate, isForced: true });
        const [{ batchId } = { batchId: '' }] = await shop.batchesOf(id);
        await settlement.releaseSettlement({ requestId: id, batchIds: [batchId] });
        await comesTo(async () => expect(await shop.owedTo(id)).toBe(0));
        return async () => {
          await settlement.recordPayment({ requestId: id, batchId, isPaid: false, reason: 'account closed' });
          await comesTo(async () => expect(await shop.owedTo(id)).toBe(FACE_MINOR));
          await merchants.runSettlement({ requestId: `${id}-again`, businessDate, isForced: true });
          const prepared = (await shop.batchesOf(id)).filter(({ state }) => state === 'prepared');
          expect(prepared.map(({ amountMinor }) => amountMinor)).toEqual([FACE_MINOR]);
        };
      },
    },
    {
      name: 'an adjustment of what a merchant is owed',
      services: SHOP,
      prepare: async (id) => {
        await shop.shownAtStore(id);
        const borne = { currency: 'CNY', funder: 'bank', partyId: 'hq', comment: 'agreed' };
        return async () => {
          await settlement.createAdjustment({ requestId: id, merchantId: id, amountMinor: 70, ...borne });
          await comesTo(async () => expect(await shop.owedTo(id)).toBe(70));
        };
      },
    },
    {
      name: 'a reconciliation of a merchant’s books, and a difference made good',
      services: ['merchants'],
      prepare: async (id) => {
        const { redemptions } = await merchants.redeemAtStore(await shop.shownAtStore(id));
        const businessDate = await shop.today();
        await merchants.runSettlement({ requestId: id, businessDate, isForced: true });
        const content = `line_id,amount_minor\n${redemptions[0]!.redemptionId},${FACE_MINOR}\nof-nobody,7`;
        const days = { businessDateFrom: businessDate, businessDateTo: businessDate };
        return async () => {
          const books = { requestId: id, merchantId: id, ...days, fileName: 'books.csv', content };
          const { reconciliation } = await settlement.reconcile(books);
          const { reconciliationId } = reconciliation!;
          expect(reconciliation).toMatchObject({ state: 'completed', matchedCount: 1, openDifferenceCount: 1 });
          const ofThis = { merchantId: id, reconciliationId, state: '', pageSize: 10, pageToken: '' };
          const [difference] = (await settlement.listDifferences(ofThis)).differences;
          const { differenceId, kind } = difference!;
          expect(kind).toBe('missing_at_bank');
          const answer = { resolution: 'bank_right', comment: 'not ours', adjustmentId: '' };
          await settlement.resolveDifference({ requestId: id, differenceId, ...answer });
          const { differences } = await settlement.listDifferences(ofThis);
          expect(differences).toMatchObject([{ differenceId, state: 'resolved' }]);
        };
      },
    },
  ];
}
