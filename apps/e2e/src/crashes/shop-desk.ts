import type { Instance } from '@tidegate/contracts/benefits/v1/benefits';
import { MerchantsServiceService, type RedeemAtStoreRequest } from '@tidegate/contracts/merchants/v1/merchants';
import { OnboardingServiceService } from '@tidegate/contracts/merchants/v1/onboarding';
import { SettlementServiceService } from '@tidegate/contracts/merchants/v1/settlement';
import type { DomainError } from '@tidegate/errors';
import type { Client } from '@tidegate/grpc';
import type { TestPlatform } from '../testing/test-platform';
import { ClaimDesk } from './claim-desk';
import { careful } from './crash-flow';

/** A code that is shown to a clerk. */
export type Shown = RedeemAtStoreRequest & { instance: Instance };

/** Short words for what the flows do with merchants, each call repeated until it is answered. */
export class ShopDesk {
  private constructor(
    readonly desk: ClaimDesk,
    readonly merchants: Client<typeof MerchantsServiceService>,
    readonly settlement: Client<typeof SettlementServiceService>,
    private readonly checkers: Client<typeof OnboardingServiceService>,
  ) {}

  static async at(platform: TestPlatform): Promise<ShopDesk> {
    const merchants = careful(await platform.client('merchants', MerchantsServiceService, 20_000, 'maker'));
    const checkers = careful(await platform.client('merchants', OnboardingServiceService, 20_000));
    const settlement = careful(await platform.client('merchants', SettlementServiceService, 20_000));
    await merchants.putOrgUnit({ requestId: 'hq', orgUnit: { orgPath: 'hq', name: 'Head office', kind: '' } });
    return new ShopDesk(await ClaimDesk.at(platform), merchants, settlement, checkers);
  }

  /** A merchant of its own with a store and a clerk, and a benefit that is shown there. */
  async shownAtStore(merchantId: string): Promise<Shown> {
    const { merchants, checkers, desk } = this;
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
    const instance = await desk.claim(merchantId, `${merchantId}-a`);
    const at = { requestId, merchantId, storeId, clerkId, orderAmountMinor: 900, items: [] };
    return { ...at, code: await desk.codeOf(instance), instance };
  }

  /** As at a till: what was not taken before its code went out of date is asked for anew, with a fresh one. */
  async withCode<T>(sale: Shown, ask: (sale: Shown) => Promise<T>): Promise<T> {
    try {
      return await ask(sale);
    } catch (error) {
      if ((error as DomainError).reason !== 'CODE_STALE') throw error;
      return ask({ ...sale, requestId: `${sale.requestId}-fresh`, code: await this.desk.codeOf(sale.instance) });
    }
  }

  /** The business day of now. */
  async today(): Promise<string> {
    const date = new Intl.DateTimeFormat('en-CA', { timeZone: 'Asia/Shanghai' }).format(new Date());
    return (await this.settlement.getBusinessDay({ date })).businessDate;
  }

  async batchesOf(merchantId: string) {
    const page = { merchantId, businessDate: '', pageSize: 10, pageToken: '' };
    return (await this.merchants.listSettlementBatches(page)).batches;
  }

  /** What the ledger owes a merchant. */
  async owedTo(merchantId: string): Promise<number> {
    const request = { account: `payable:${merchantId}`, currency: 'CNY', at: undefined };
    const { balance } = await this.desk.benefits.getAccountBalance(request);
    return balance!.creditMinor - balance!.debitMinor;
  }
}
