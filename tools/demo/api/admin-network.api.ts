import type { Queue, Seat } from '@tidegate/contracts/leads/v1/leads';
import type { Clerk, Merchant, MerchantKey, OrgUnit, Store } from '@tidegate/contracts/merchants/v1/merchants';
import type { Caller } from '../http/caller';
import type { Body } from '../http/json';

type MerchantTerms = Pick<Merchant, 'name' | 'orgPath' | 'settlementAccount'>;

/** What the head office sets up once: organisation, seats, merchants. */
export class AdminNetworkApi {
  constructor(
    private readonly admin: Caller,
    private readonly checker: Caller,
  ) {}

  putOrgUnit(unit: Body<OrgUnit>, key: string): Promise<unknown> {
    return this.admin.put('/admin/v1/org-units', key, unit);
  }

  putQueue(
    queue: string,
    terms: Body<Omit<Queue, 'queue' | 'waitingCount' | 'openCount'>>,
    key: string,
  ): Promise<unknown> {
    return this.admin.put(`/admin/v1/queues/${queue}`, key, terms);
  }

  putSeat(seatId: string, terms: Body<Omit<Seat, 'seatId' | 'openCount'>>, key: string): Promise<unknown> {
    return this.admin.put(`/admin/v1/seats/${seatId}`, key, terms);
  }

  /** Written by one person, reviewed and activated by another. */
  async onboardMerchant(merchantId: string, merchant: Body<MerchantTerms>, key: string): Promise<void> {
    const path = `/admin/v1/merchants/${merchantId}`;
    await this.admin.put(path, key, merchant);
    const { settlementAccount, orgPath } = merchant;
    const review = { comment: 'Licence and account seen.', settlementAccount, orgPath };
    await this.checker.post(`${path}/review`, `review:${key}`, review);
    await this.checker.post(`${path}/activate`, `activate:${key}`);
  }

  putStore(merchantId: string, storeId: string, store: Body<Store>, key: string): Promise<unknown> {
    return this.admin.put(`/admin/v1/merchants/${merchantId}/stores/${storeId}`, key, store);
  }

  putClerk(merchantId: string, storeId: string, clerkId: string, clerk: Body<Clerk>, key: string): Promise<unknown> {
    return this.admin.put(`/admin/v1/merchants/${merchantId}/stores/${storeId}/clerks/${clerkId}`, key, clerk);
  }

  putMerchantKey(merchantId: string, keyId: string, publicKey: Body<MerchantKey>, key: string): Promise<unknown> {
    return this.admin.put(`/admin/v1/merchants/${merchantId}/keys/${keyId}`, key, publicKey);
  }
}
