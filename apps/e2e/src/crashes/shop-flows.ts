import type { Instance } from '@tidegate/contracts/benefits/v1/benefits';
import { MerchantsServiceService, type RedeemAtStoreRequest } from '@tidegate/contracts/merchants/v1/merchants';
import { OnboardingServiceService } from '@tidegate/contracts/merchants/v1/onboarding';
import { SettlementServiceService } from '@tidegate/contracts/merchants/v1/settlement';
import type { DomainError } from '@tidegate/errors';
import type { TestPlatform } from '../testing/test-platform';
import { ClaimDesk, FACE_MINOR } from './claim-desk';
import { careful, comesTo, type CrashFlow } from './crash-flow';

const SHOP = ['merchants', 'benefits'];

/** A code that is shown to a clerk. */
type Shown = RedeemAtStoreRequest & { instance: Instance };

const today = (): string => new Intl.DateTimeFormat('en-CA', { timeZone: 'Asia/Shanghai' }).format(new Date());

/** What a till of a merchant does, through `merchants` and the wallet, and how the merchant is paid. */
export async function shopFlows(platform: TestPlatform): Promise<CrashFlow[]> {
  const desk = await ClaimDesk.at(platform);
  const merchants = careful(await platform.client('merchants', MerchantsServiceService, 5_000, 'maker'));
  const checkers = careful(await platform.client('merchants', OnboardingServiceService, 5_000));
  const settlement = careful(await platform.client('merchants', SettlementServiceService, 5_000));

  await merchants.putOrgUnit({ requestId: 'hq', orgUnit: { orgPath: 'hq', name: 'Head office', kind: '' } });

  /** A merchant of its own with a store and a clerk, and a benefit that is shown there. */
  const shownAtStore = async (merchantId: string) => {
    const customerId = `${merchantId}-a`;
    const requestId = merchantId;
    const [storeId, clerkId] = [`${merchantId}-s`, `${merchantId}-k`];
    const merchant = { merchantId, name: merchantId, orgPath: 'hq', settlementAccount: 'acc-1' };
    const own = { state: '', madeBy: '', reviewedBy: '' };
    await merchants.putMerchant({ requestId, merchant: { ...merchant, ...own } });
    await checkers.reviewMerchant({ requestId, merchantId, comment: '' });
    await checkers.activateMerchant({ requestId, merchantId, comment: '' });
    const place = { name: 'First', longitude: 121.47, latitude: 31.23, isOpen: true };
    const always = { openingHours: [], closedDates: [], circleId: '', outletPath: '', tillRadiusMeters: 0 };
    await merchants.putStore({ requestId, store: { storeId, merchantId, ...place, ...always } });
    await merchants.putClerk({ requestId, clerk: { clerkId, merchantId, storeId, name: 'Li', isActive: true } });
    const instance = await desk.claim(merchantId, customerId);
    const at = { requestId, merchantId, storeId, clerkId, orderAmountMinor: 900, items: [] };
    return { ...at, code: await desk.codeOf(instance), instance };
  };
  /** As at a till: what was not taken before its code went out of date is asked for anew, with a fresh one. */
  const withCode = async <T>(sale: Shown, ask: (sale: Shown) => Promise<T>): Promise<T> => {
    try {
      return await ask(sale);
    } catch (error) {
      if ((error as DomainError).reason !== 'CODE_STALE') throw error;
      return ask({ ...sale, requestId: `${sale.requestId}-fresh`, code: await desk.codeOf(sale.instance) });
    }
  };
  const batchesOf = async (merchantId: string) =>
    (await merchants.listSettlementBatches({ merchantId, businessDate: '', pageSize: 10, pageToken: '' })).batches;

  return [
    {
      name: 'a redemption at a store',
      services: SHOP,
      prepare: async (id) => {
        const sale = await shownAtStore(id);
        return async () => {
          const { redemptions } = await withCode(sale, merchants.redeemAtStore);
          expect(redemptions.map(({ amountMinor }) => amountMinor)).toEqual([FACE_MINOR]);
          await desk.expectWallet(`${id}-a`, ['redeemed 0']);
        };
      },
    },
    {
      name: 'a hold at a store that is committed',
      services: SHOP,
      prepare: async (id) => {
        const sale = await shownAtStore(id);
        return async () => {
          const { holdId } = await withCode(sale, merchants.holdAtStore);
          await merchants.commitHoldAtStore({ requestId: id, holdId, merchantId: id });
          await desk.expectWallet(`${id}-a`, ['redeemed 0']);
        };
      },
    },
    {
      name: 'a hold at a store that is given up',
      services: SHOP,
      prepare: async (id) => {
        const sale = await shownAtStore(id);
        return async () => {
          const { holdId } = await withCode(sale, merchants.holdAtStore);
          await merchants.voidHoldAtStore({ requestId: id, holdId, merchantId: id });
          await desk.expectWallet(`${id}-a`, ['issued 500']);
        };
      },
    },
    {
      name: 'a settlement: collected, released, posted to the ledger, paid',
      services: SHOP,
      prepare: async (id) => {
        await merchants.redeemAtStore(await shownAtStore(id));
        const { businessDate } = await settlement.getBusinessDay({ date: today() });
        return async () => {
          await merchants.runSettlement({ requestId: id, businessDate, isForced: true });
          const prepared = await batchesOf(id);
          expect(prepared.map(({ amountMinor }) => amountMinor)).toEqual([FACE_MINOR]);
          const batchIds = prepared.map(({ batchId }) => batchId);
          await settlement.releaseSettlement({ requestId: id, batchIds });
          await comesTo(async () =>
            expect((await batchesOf(id)).map(({ state, transactionId }) => [state, transactionId !== ''])).toEqual([
              ['released', true],
            ]),
          );
          const request = { account: `payable:${id}`, currency: 'CNY', at: undefined };
          const { balance } = await desk.benefits.getAccountBalance(request);
          expect(balance!.debitMinor).toBe(balance!.creditMinor);
          const payment = { isPaid: true, reason: '' };
          await Promise.all(
            batchIds.map((batchId) => settlement.recordPayment({ requestId: `${id}-${batchId}`, batchId, ...payment })),
          );
          expect((await batchesOf(id)).map(({ state }) => state)).toEqual(['paid']);
        };
      },
    },
    {
      name: 'a reconciliation of a merchant’s books, and a difference made good',
      services: ['merchants'],
      prepare: async (id) => {
        const { redemptions } = await merchants.redeemAtStore(await shownAtStore(id));
        const { businessDate } = await settlement.getBusinessDay({ date: today() });
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
