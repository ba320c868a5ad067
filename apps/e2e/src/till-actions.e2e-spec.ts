import { eventually } from '@tidegate/testing';
import { Bank } from './testing/bank';
import { fileCustomer, fileLine, FILE_HEADER } from './testing/bank-file';
import type { HttpCaller } from './testing/http-caller';
import { MerchantSystem } from './testing/merchant-system';
import { stockBody } from './testing/stock';
import type { DecisionView } from './testing/views';

// Goal: who stands at a merchant's till, with a code, a benefit held or just redeemed, is offered there what the bank decides for him, as his
// consents and the policies have it, and the merchant does not learn who he is.

const STOCK = 'tea-packet';
const DESSERT = 'dessert-half-price';

interface TillAnswer {
  actions: { decisionId: string; actionId: string; title: string; body: string; benefitStockId: string }[];
  askedUntil: string;
}

const SERVICES = ['gateway', 'customers', 'campaigns', 'arbitration', 'merchants', 'benefits'];

let bank: Bank;
let admin: HttpCaller;
let tea: MerchantSystem;
let books: MerchantSystem;
let customerId: string;
let app: HttpCaller;

beforeAll(async () => {
  bank = await Bank.open({}, SERVICES);
  admin = await bank.staff('adam', ['admin']);
  const checker = await bank.staff('clara', ['checker']);
  const maker = await bank.staff('max', ['maker']);
  await admin.put('/admin/v1/org-units', { orgPath: 'hq', name: 'Head office' });
  tea = await MerchantSystem.join(bank.url, { admin, checker }, 'tea-house');
  books = await MerchantSystem.join(bank.url, { admin, checker }, 'book-shop');
  const person = fileCustomer(0);
  const consents = [{ purpose: 'marketing', channel: '*' }];
  await bank.importFile(admin, 'one.csv', [FILE_HEADER, fileLine(0, person)].join('\n'), consents);
  customerId = (await bank.customers(admin)).get(person.externalId)!.customerId;
  app = await bank.customer(customerId);
  await admin.post('/admin/v1/stocks', stockBody(STOCK, { perCustomerLimit: 20 }));
  await admin.post('/admin/v1/stocks', stockBody(DESSERT, { perCustomerLimit: 5, totalLimit: 2 }));
  const treatment = { channel: 'merchant', title: 'A dessert?', body: 'Half price today.', benefitStockId: DESSERT };
  const terms = { issue: 'growth', group: 'tea', purpose: 'marketing', valueMinor: 1, currency: 'CNY', orgPath: 'hq' };
  const named = { ...terms, name: 'Named', treatments: [{ ...treatment, body: 'For {{customer.externalId}}' }] };
  const refused = await maker.refused('PUT', '/admin/v1/actions/named', { body: named });
  expect(refused.reason).toBe('SCRIPT_VARIABLE_UNKNOWN');
  // Only at the tea house, whose till says where it is.
  const eligibility = { field: 'event.merchantId', op: 'eq', value: 'tea-house' };
  await maker.put('/admin/v1/actions/dessert', { ...terms, name: 'Dessert', treatments: [treatment], eligibility });
  await maker.put('/admin/v1/segments/everybody', { name: 'Everybody', rule: { all: [] }, orgPath: 'hq' });
  const endsAt = new Date(Date.now() + 30 * 60_000).toISOString();
  const content = { name: 'Dessert', orgPath: 'hq', segmentId: 'everybody', actionIds: ['dessert'], endsAt };
  await bank.publishStrategy(maker, checker, 'dessert', content);
});
afterAll(() => bank?.stop());

/** A fresh code of a packet. */
async function codeOf(instanceId: string): Promise<string> {
  return (await app.post<{ code: string }>(`/app/v1/wallet/${instanceId}/redemption-code`)).code;
}
const claim = async (): Promise<string> =>
  (await app.post<{ instance: { instanceId: string } }>(`/app/v1/stocks/${STOCK}/claims`)).instance.instanceId;

/** Claims a packet and redeems it at a till. */
async function redeem(merchant: MerchantSystem): Promise<string> {
  const sale = merchant.sale(await codeOf(await claim()));
  return (await merchant.http.post<{ redemption: { redemptionId: string } }>('/merchant/v1/redemptions', sale))
    .redemption.redemptionId;
}
const actionsOf = (redemptionId: string): string => `/merchant/v1/redemptions/${redemptionId}/next-best-actions`;

it('is offered at the till, counted once, and told back', async () => {
  const redemptionId = await redeem(tea);
  const preview = { isCommitted: false };
  const seen = await eventually(
    async () => {
      const answer = await tea.http.post<TillAnswer>(actionsOf(redemptionId), preview);
      expect(answer.actions).toHaveLength(1);
      return answer;
    },
    { timeoutMs: 60_000 },
  );
  expect(seen.actions[0]!.decisionId).toBe('');

  const ask = (): Promise<TillAnswer> => tea.http.post<TillAnswer>(actionsOf(redemptionId), {}, { key: 'ask-1' });
  const [first, again] = [await ask(), await ask()];
  expect(again).toEqual(first);
  const { decisionId } = first.actions[0]!;
  expect(first.actions).toEqual([
    { decisionId, actionId: 'dessert', title: 'A dessert?', body: 'Half price today.', benefitStockId: DESSERT },
  ]);
  expect(JSON.stringify(first)).not.toContain(customerId);
  expect(JSON.stringify(first)).not.toContain(fileCustomer(0).externalId);

  const outcomes = `${actionsOf(redemptionId)}/${decisionId}/outcomes`;
  expect(await tea.http.post(outcomes, { outcome: 'accepted' })).toEqual({ outcomes: ['accepted'] });
  const { decisions } = await admin.get<{ decisions: DecisionView[] }>(`/admin/v1/decisions?customerId=${customerId}`);
  expect(decisions).toMatchObject([{ decisionId, channel: 'merchant', mode: 'pull', outcomes: ['accepted'] }]);
  const promised = await app.post<{ instance: { stockId: string } }>(`/app/v1/stocks/${DESSERT}/claims`);
  expect(promised.instance.stockId).toBe(DESSERT);
});

it('is offered while he shows his code, and while his benefit is held', async () => {
  const instanceId = await claim();
  const path = '/merchant/v1/next-best-actions';
  const shown = tea.sale(await codeOf(instanceId));
  const ask = (): Promise<TillAnswer> => tea.http.post<TillAnswer>(path, shown, { key: 'shown-1' });
  const byCode = await ask();
  expect(byCode.actions).toMatchObject([{ actionId: 'dessert', benefitStockId: DESSERT }]);
  expect(byCode.askedUntil).toBeUndefined();
  expect(JSON.stringify(byCode)).not.toContain(customerId);
  const { decisionId } = byCode.actions[0]!;
  expect(await tea.http.post(`${path}/${decisionId}/outcomes`, { outcome: 'shown' })).toEqual({ outcomes: ['shown'] });
  const foreign = await books.http.refused('POST', `${path}/${decisionId}/outcomes`, { body: { outcome: 'shown' } });
  expect([foreign.status, foreign.reason]).toEqual([404, 'DECISION_NOT_FOUND']);
  const forged = await tea.http.refused('POST', path, { body: { ...shown, code: 'a.b.c.d' } });
  expect([forged.status, forged.reason]).toEqual([422, 'CODE_INVALID']);

  const { holdId } = await tea.http.post<{ holdId: string }>('/merchant/v1/holds', tea.sale(await codeOf(instanceId)));
  const holds = `/merchant/v1/holds/${holdId}`;
  const held = await tea.http.post<TillAnswer>(`${holds}/next-best-actions`, {}, { key: 'held-1' });
  expect(held.actions).toMatchObject([{ actionId: 'dessert' }]);
  expect(Date.parse(held.askedUntil)).toBeGreaterThan(Date.now());
  expect((await books.http.refused('POST', `${holds}/next-best-actions`, { body: {} })).reason).toBe('HOLD_NOT_FOUND');
  await tea.http.post(`${holds}/void`);
  const over = await tea.http.refused('POST', `${holds}/next-best-actions`, { body: {} });
  expect([over.status, over.reason]).toEqual([422, 'HOLD_VOIDED']);
  // Repeats are told what was answered when he stood there.
  expect(await tea.http.post(`${holds}/next-best-actions`, {}, { key: 'held-1' })).toEqual(held);
  expect(await ask()).toEqual(byCode);
});

it('is nobody else’s to ask for, and only by a signed request', async () => {
  const redemptionId = await redeem(tea);
  const foreign = await books.http.refused('POST', actionsOf(redemptionId), { body: {} });
  expect([foreign.status, foreign.reason]).toEqual([404, 'REDEMPTION_NOT_FOUND']);
  const headers = { 'content-type': 'application/json', 'idempotency-key': 'unsigned' };
  const unsigned = await fetch(bank.url + actionsOf(redemptionId), { method: 'POST', headers, body: '{}' });
  expect([unsigned.status, ((await unsigned.json()) as { reason: string }).reason]).toEqual([401, 'SIGNATURE_MISSING']);
  const itself = await app.refused('POST', actionsOf(redemptionId), { body: {} });
  expect(itself.status).toBe(401);
  const wrong = await tea.http.refused('POST', actionsOf(redemptionId), { body: { customerId } });
  expect([wrong.status, wrong.reason]).toEqual([400, 'VALIDATION_FAILED']);
  const { storeId, clerkId } = tea.sale('');
  const back = `/merchant/v1/redemptions/${redemptionId}/reverse`;
  const elsewhere = { storeId, clerkId: 'nobody', reason: 'sent back' };
  expect((await tea.http.refused('POST', back, { body: elsewhere })).reason).toBe('CLERK_NOT_FOUND');
  const told = await tea.http.post(back, { storeId, clerkId, reason: 'sent back' });
  expect(told).toMatchObject({ reversal: { redemptionId, storeId, clerkId } });
  const reversed = await tea.http.refused('POST', actionsOf(redemptionId), { body: {} });
  expect([reversed.status, reversed.reason]).toEqual([422, 'REDEMPTION_REVERSED']);
});

it('is not offered while none is left of its benefit, and is again when one comes back', async () => {
  const redemptionId = await redeem(tea);
  const seesCount = (count: number): Promise<void> =>
    eventually(
      async () => {
        const { actions } = await tea.http.post<TillAnswer>(actionsOf(redemptionId), { isCommitted: false });
        expect(actions).toHaveLength(count);
      },
      { timeoutMs: 60_000 },
    );
  await seesCount(1);
  const { instance } = await app.post<{ instance: { instanceId: string } }>(`/app/v1/stocks/${DESSERT}/claims`);
  await seesCount(0);
  expect((await tea.http.post<TillAnswer>(actionsOf(redemptionId), {}, { key: 'none-left' })).actions).toEqual([]);
  const { decisions } = await admin.get<{ decisions: DecisionView[] }>(`/admin/v1/decisions?customerId=${customerId}`);
  expect(decisions.map(({ reason }) => reason)).toContain('BENEFIT_EXHAUSTED');
  await admin.post(`/admin/v1/instances/${instance.instanceId}/void`, { reason: 'a slip' });
  const { takenBack } = await admin.get<{ takenBack: unknown[] }>(`/admin/v1/customers/${customerId}/wallet`);
  expect(takenBack).toEqual([{ instanceId: instance.instanceId, actorId: 'adam', reason: 'a slip' }]);
  await seesCount(1);
});

it('is not offered where the action is not meant, nor once the consent is withdrawn', async () => {
  const elsewhere = await books.http.post<TillAnswer>(actionsOf(await redeem(books)), {});
  expect(elsewhere.actions).toEqual([]);
  const preview = { isCommitted: false };
  const here = await redeem(tea);
  expect((await tea.http.post<TillAnswer>(actionsOf(here), preview)).actions).toHaveLength(1);
  const evidence = 'app, switch';
  await app.post('/app/v1/consents', { purpose: 'marketing', channel: '*', isGranted: false, evidence });
  const without = await tea.http.post<TillAnswer>(actionsOf(here), preview);
  expect(without.actions).toEqual([]);
});
