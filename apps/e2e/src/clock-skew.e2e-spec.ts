import type { Instance } from '@tidegate/contracts/benefits/v1/benefits';
import { eventually } from '@tidegate/testing';
import type { Json } from '../../../tools/demo/http/json';
import { Bank } from './testing/bank';
import { readAll, type HttpCaller, type Problem } from './testing/http-caller';
import { MerchantSystem } from './testing/merchant-system';
import { SettlementDesk, sumOf } from './testing/settlement-desk';
import { stockBody } from './testing/stock';
import { openTrafficPlans } from './testing/traffic-plans';

// Goal: services whose clocks are two minutes apart serve customers and tills as if they were not: codes, signed requests, holds,
// budgets, visits and settlement; what is too old or of the future is refused by each of them.

jest.setTimeout(600_000);

const SKEW_MS = 120_000;
const SERVICES = ['gateway', 'customers', 'campaigns', 'benefits', 'merchants'] as const;
const FACE = 800;
const PER_VISIT = 30;
const STORE = 'tea-house-1';
const SKEWS = (['merchants', 'gateway', 'benefits'] as const).flatMap((service) =>
  [SKEW_MS, -SKEW_MS].map((ms) => [service, ms] as const),
);

let bank: Bank;
let admin: HttpCaller;
let tea: MerchantSystem;
let desk: SettlementDesk;

beforeAll(async () => {
  bank = await Bank.withClocks(SERVICES);
  admin = await bank.staff('adam', ['admin']);
  await admin.put('/admin/v1/org-units', { orgPath: 'hq', name: 'Head office', kind: 'head_office' });
  const staff = { admin, checker: await bank.staff('clara', ['checker']) };
  tea = await MerchantSystem.join(bank.url, staff, 'tea-house');
  desk = new SettlementDesk(admin, tea, 'Asia/Shanghai');
  await admin.put(`/admin/v1/merchants/tea-house/stores/${STORE}/budget`, {
    currency: 'CNY',
    limits: { totalCount: 99 },
  });
  await openTrafficPlans(admin, { storeId: STORE, outletPath: 'hq' }, { currency: 'CNY', perVisitMinor: PER_VISIT });
  await admin.post('/admin/v1/stocks', stockBody('packet', { perCustomerLimit: 2, faceValueMinor: FACE }));
});
afterAll(() => bank?.stop());
afterEach(async () => {
  for (const service of SERVICES) bank.clocks.set(service, 0);
  const { trialBalanceMinor } = await admin.get<{ trialBalanceMinor: number }>('/admin/v1/ledger/trial-balance');
  expect(Number(trialBalanceMinor)).toBe(0);
});

const codeOf = async (app: HttpCaller, state: string): Promise<string> => {
  const { instances } = await app.get<{ instances: Json<Instance>[] }>(`/app/v1/wallet?state=${state}`);
  const path = `/app/v1/wallet/${instances[0]!.instanceId}/redemption-code`;
  return (await app.post<{ code: string }>(path)).code;
};
const send = async (request: RequestInit): Promise<[status: number, reason: string]> => {
  const response = await fetch(`${bank.url}/merchant/v1/redemptions`, request);
  return [response.status, ((await response.json()) as Partial<Problem>).reason ?? ''];
};
const usedCount = async (): Promise<number> => {
  const { budgets } = await tea.http.get<{ budgets: { usedCount?: number }[] }>('/merchant/v1/budgets');
  return budgets[0]?.usedCount ?? 0;
};
const subsidies = async (): Promise<number> =>
  sumOf(await readAll<{ amountMinor: number }>(tea.http, '/merchant/v1/subsidies', 'subsidies'));

it.each(SKEWS)('serves a till while the clock of %s is %i ms off', async (service, ms) => {
  bank.clocks.set(service, ms);
  const name = `${service}-${ms}`;
  const before = { used: await usedCount(), subsidies: await subsidies() };
  const app = await bank.customer(name);
  const { token } = await app.post<{ token: string }>('/app/v1/attribution-tokens', {
    planId: 'to-tea',
    storeId: STORE,
  });
  const visit = { token, storeId: STORE, clerkId: 'tea-house-clerk' };
  expect(await tea.http.post('/merchant/v1/visits', visit)).toMatchObject({ isCounted: true });
  for (const key of ['first', 'second']) await app.post('/app/v1/stocks/packet/claims', {}, { key: `${name}-${key}` });

  const sale = tea.sale(await codeOf(app, 'issued'));
  const at = (offsetMs: number) => tea.signed(sale, name, new Date(Date.now() + offsetMs));
  expect(await send(await at(-301_000 - SKEW_MS))).toEqual([401, 'SIGNATURE_STALE']);
  expect(await send(await at(SKEW_MS + SKEW_MS + 60_000))).toEqual([401, 'SIGNATURE_FROM_FUTURE']);
  const request = await at(0);
  const [status, reason] = await send(request);
  expect([status, reason]).toEqual([expect.any(Number), '']);
  expect(await send(request)).toEqual([401, 'SIGNATURE_REPLAYED']);

  const hold = async (): Promise<string> =>
    (await tea.http.post<{ holdId: string }>('/merchant/v1/holds', tea.sale(await codeOf(app, 'issued')))).holdId;
  await tea.http.post(`/merchant/v1/holds/${await hold()}/void`);
  await tea.http.post(`/merchant/v1/holds/${await hold()}/commit`);
  const { countByState } = await app.get<{ countByState: object }>('/app/v1/wallet');
  expect(countByState).toMatchObject({ redeemed: 2 });
  expect(await usedCount()).toBe(before.used + 2);
  await eventually(async () => expect(await subsidies()).toBe(before.subsidies + PER_VISIT), { timeoutMs: 60_000 });
});

it('pays once for all that was redeemed by clocks that differed', async () => {
  await eventually(
    async () => {
      await desk.cut();
      const owed = sumOf(await desk.batches('prepared'));
      expect(owed).toBe(SKEWS.length * (2 * FACE + PER_VISIT));
    },
    { timeoutMs: 120_000, everyMs: 1_000 },
  );
});
