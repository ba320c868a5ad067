import { generateKeyPairSync, type KeyObject } from 'node:crypto';
import {
  fetchSigned,
  signMerchantRequest,
  type SignedMerchantRequest,
} from '../../../gateway/src/testing/sign-merchant-request';
import { HttpCaller } from './http-caller';

/** A merchant's system at the tills: its own key, every request signed. */
export class MerchantSystem {
  readonly http: HttpCaller;

  private constructor(
    private readonly baseUrl: string,
    readonly merchantId: string,
    private readonly key: { keyId: string; privateKey: KeyObject },
    readonly publicKeyPem: string,
  ) {
    this.http = new HttpCaller(baseUrl, async ({ method, url, body, headers }) => {
      const idempotencyKey = headers['idempotency-key'];
      const request = { method, url, ...(body !== undefined && { body }), ...(idempotencyKey && { idempotencyKey }) };
      return (await signMerchantRequest(request, key)).headers;
    });
  }

  /** Sets a merchant up with one store, one clerk and its key; `checker` is another person than `admin`. */
  static async join(
    baseUrl: string,
    { admin, checker }: { admin: HttpCaller; checker: HttpCaller },
    merchantId: string,
    orgPath = 'hq',
  ): Promise<MerchantSystem> {
    const { publicKey, privateKey } = generateKeyPairSync('ed25519');
    const path = `/admin/v1/merchants/${merchantId}`;
    const terms = { orgPath, settlementAccount: 'acc-1' };
    await admin.put(path, { name: merchantId, ...terms });
    await checker.post(`${path}/review`, terms);
    await checker.post(`${path}/activate`);
    await admin.put(`${path}/stores/${merchantId}-1`, { name: 'First', longitude: 121.47, latitude: 31.23 });
    await admin.put(`${path}/stores/${merchantId}-1/clerks/${merchantId}-clerk`, { name: 'Li' });
    const publicKeyPem = publicKey.export({ type: 'spki', format: 'pem' }).toString();
    await admin.put(`${path}/keys/${merchantId}-key`, { publicKeyPem });
    return new MerchantSystem(baseUrl, merchantId, { keyId: `${merchantId}-key`, privateKey }, publicKeyPem);
  }

  /** A benefit shown at the till of the first store. */
  sale(
    code: string,
    orderAmountMinor = 5_000,
  ): { code: string; storeId: string; clerkId: string; orderAmountMinor: number } {
    return { code, storeId: `${this.merchantId}-1`, clerkId: `${this.merchantId}-clerk`, orderAmountMinor };
  }

  /** A signed redemption that is not sent yet, signed now or at another time. */
  signed(body: object, idempotencyKey: string, createdAt = new Date()): Promise<SignedMerchantRequest> {
    const url = `${this.baseUrl}/merchant/v1/redemptions`;
    return signMerchantRequest({ method: 'POST', url, body, idempotencyKey }, { ...this.key, createdAt });
  }

  /** A request of this merchant's, signed with another's key. */
  static async forged(as: MerchantSystem, by: MerchantSystem, path: string): Promise<Response> {
    return fetchSigned({ method: 'GET', url: as.baseUrl + path }, { ...by.key, keyId: as.key.keyId });
  }
}
