import type { CustomersServiceService } from '@tidegate/contracts/customers/v1/customers';
import type { Json } from '../../../../tools/demo/http/json';
import { eventually } from '@tidegate/testing';
import { HttpCaller, readAll } from './http-caller';
import { SkewedClocks } from './skewed-clocks';
import { TestPlatform } from './test-platform';

type Rpc<Name extends keyof typeof CustomersServiceService> = Json<
  ReturnType<(typeof CustomersServiceService)[Name]['responseDeserialize']>
>;
export type ImportView = NonNullable<Rpc<'getImport'>['import']>;
export type CustomerView = NonNullable<Rpc<'getCustomer'>['customer']>;

const FINISHED = ['completed', 'failed', 'cancelled'];
export const CSV_MAPPING = [
  { column: 'client', target: 'external_id' },
  { column: 'name', target: 'name' },
  { column: 'phone', target: 'phone' },
  { column: 'born', target: 'birth_date' },
  { column: 'branch', target: 'org_path' },
  { column: 'balance', target: 'attributes.balance', type: 'number', isRequired: true },
  { column: 'housing', target: 'attributes.housing', type: 'boolean' },
];

/** A bank on the whole platform, with its people, as they reach it over HTTP. */
export class Bank {
  private constructor(
    readonly platform: TestPlatform,
    private readonly ownClocks?: SkewedClocks,
  ) {}

  /** With more for the environment of its services; of all of them, or of some. */
  static async open(environment: Record<string, string> = {}, services?: readonly string[]): Promise<Bank> {
    return new Bank(await TestPlatform.start({ environment, ...(services && { services: [...services] }) }));
  }

  /** One whose services' clocks a story may put forward, so that it need not wait; of all services, or of some. */
  static async withClocks(services?: readonly string[]): Promise<Bank> {
    const clocks = new SkewedClocks();
    const environment = clocks.environment;
    const platform = await TestPlatform.start({ environment, ...(services && { services: [...services] }) });
    platform.onStop(() => clocks.close());
    return new Bank(platform, clocks);
  }

  get clocks(): SkewedClocks {
    if (!this.ownClocks) throw new Error('the clocks of this bank are true');
    return this.ownClocks;
  }

  get url(): string {
    return this.platform.gatewayUrl;
  }

  async staff(sub: string, roles: string[], org = 'hq'): Promise<HttpCaller> {
    return HttpCaller.withToken(this.url, await this.platform.issueToken({ sub, kind: 'staff', roles, org }));
  }

  async customer(customerId: string): Promise<HttpCaller> {
    return HttpCaller.withToken(this.url, await this.platform.issueToken({ sub: customerId, kind: 'customer' }));
  }

  /** A system of the bank that tells facts. */
  async teller(): Promise<HttpCaller> {
    const claims = { sub: 'core-bank', kind: 'service' as const, roles: ['intake'], org: 'hq' };
    return HttpCaller.withToken(this.url, await this.platform.issueToken(claims));
  }

  /** Sends a file of customers and waits until it is worked. */
  async importFile(
    admin: HttpCaller,
    fileName: string,
    csv: string,
    consents: object[],
    mapping: object[] = CSV_MAPPING,
  ): Promise<ImportView> {
    const start = {
      fileName,
      mapping,
      delimiter: ';',
      consents,
      defaultOrgPath: 'hq/east',
      tags: [fileName],
    };
    const opened = await admin.post<{ import: ImportView }>('/admin/v1/customer-imports', start);
    const path = `/admin/v1/customer-imports/${opened.import.importId}`;
    await admin.put(`${path}/content`, csv, { contentType: 'text/csv' });
    return eventually(
      async () => {
        const { import: view } = await admin.get<{ import: ImportView }>(path);
        expect(FINISHED).toContain(view.state);
        return view;
      },
      { timeoutMs: 30_000 },
    );
  }

  /** External id → customer, of all customers the reader may see. */
  async customers(reader: HttpCaller): Promise<Map<string, CustomerView>> {
    const all = await readAll<CustomerView>(reader, '/admin/v1/customers?pageSize=200', 'customers');
    return new Map(all.map((customer) => [customer.externalId, customer]));
  }

  /** Drafts a strategy, has it reviewed and waits for nothing: what follows may still meet a version on its way. */
  async publishStrategy(maker: HttpCaller, checker: HttpCaller, strategyId: string, content: object): Promise<void> {
    await maker.post('/admin/v1/strategies', { ...content, strategyId });
    const { strategy } = await maker.post<{ strategy: { contentHash: string } }>(
      `/admin/v1/strategies/${strategyId}/submit`,
    );
    const { contentHash } = strategy;
    await checker.post(`/admin/v1/strategies/${strategyId}/approve`, { contentHash, comment: 'as agreed' });
  }

  stop(): Promise<void> {
    return this.platform.stop();
  }
}

/** One fact as the bank's systems tell it. Source: CloudEvents 1.0.2, JSON format. */
export const cloudEvent = (id: string, subject: string, type: string, data: object): object => ({
  specversion: '1.0',
  id,
  source: '/core-bank',
  type,
  subject,
  time: new Date().toISOString(),
  data,
});

export const CLOUD_EVENT = 'application/cloudevents+json';
export const CLOUD_EVENTS_BATCH = 'application/cloudevents-batch+json';
