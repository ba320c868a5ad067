import type { Redemption } from '@tidegate/contracts/benefits/v1/benefits';
import type { Adjustment, Difference } from '@tidegate/contracts/merchants/v1/settlement';
import { eventually } from '@tidegate/testing';
import type { Json } from '../../../tools/demo/http/json';
import { Bank } from './testing/bank';
import { readAll, type HttpCaller } from './testing/http-caller';
import { balanceOf, expectSoundLedger } from './testing/ledger';
import { MerchantSystem } from './testing/merchant-system';
import { middayZone } from './testing/midday';
import { storesNear } from './testing/nearby';
import { SettlementDesk, sumOf, type Line } from './testing/settlement-desk';
import { stockBody } from './testing/stock';
import { openTrafficPlans } from './testing/traffic-plans';
import { WALLET_SERVICES, WalletPeople } from './testing/wallet-people';

// Goal: the bank leads customers to a merchant and the merchant leads them back; what each earns and bears is counted once, and paid
// after two persons looked at it.

jest.setTimeout(300_000);

type Name = 'kim' | 'lou';
const ZONE = middayZone();
const OUTLET = 'hq/east/river/outlet-1';
const STORE = 'tea-house-1';
const FACE = 1_001;
const PER_VISIT = 150;
const GOODWILL = 50;
const SPLIT = ['hq 501', 'tea-house 300', 'card-scheme 200'];
/** Settlement runs are not cheap, and a loaded machine is slow. */
const PATIENT = { timeoutMs: 120_000, everyMs: 500 };
const DAY_MS = 24 * 3_600_000;
const HERE = 'longitude=121.4701&latitude=31.23';
const RUNNING = { startsAt: '2026-01-01T00:00:00Z', endsAt: '2099-01-01T00:00:00Z' };

let bank: Bank;
let head: HttpCaller;
let checker: HttpCaller;
let east: HttpCaller;
let agent: HttpCaller;
let tea: MerchantSystem;
let books: MerchantSystem;
let people: WalletPeople<Name>;
let desk: SettlementDesk;
const redemptions: Json<Redemption>[] = [];
/** Of the first batch, and the day it settles. */
let lines: Line[];
let day: string;

beforeAll(async () => {
  bank = await Bank.open({ BANK_TIME_ZONE: ZONE }, WALLET_SERVICES);
  head = await bank.staff('hanna', ['admin', 'maker']);
  checker = await bank.staff('chen', ['checker']);
  east = await bank.staff('emma', ['admin', 'maker'], 'hq/east');
  agent = await bank.staff('ada', ['agent'], OUTLET);
  for (const orgPath of ['hq', 'hq/east', 'hq/east/river', OUTLET, 'hq/west'])
    await head.put('/admin/v1/org-units', { orgPath, name: orgPath });
  tea = await MerchantSystem.join(bank.url, { admin: east, checker }, 'tea-house', OUTLET);
  books = await MerchantSystem.join(bank.url, { admin: head, checker }, 'book-shop', 'hq/west');
  people = await WalletPeople.join(bank, head, ['kim', 'lou']);
  desk = new SettlementDesk(head, tea, ZONE);
});
afterAll(() => bank?.stop());

const refusal = async (caller: HttpCaller, method: string, path: string, body: object): Promise<string> =>
  (await caller.refused(method, path, { body })).reason;
const redeem = async (name: Name, instanceId: string): Promise<Json<Redemption>> => {
  const sale = tea.sale(await people.codeOf(name, instanceId));
  const { redemption } = await tea.http.post<{ redemption: Json<Redemption> }>('/merchant/v1/redemptions', sale);
  redemptions.push(redemption);
  return redemption;
};
const redeemPacket = async (name: Name): Promise<Json<Redemption>> =>
  redeem(name, (await people.claim(name, 'tea-packet')).instanceId);
const visit = (token: string): Promise<{ isCounted: boolean; subsidyMinor: number }> =>
  tea.http.post('/merchant/v1/visits', { token, storeId: STORE, clerkId: 'tea-house-clerk' });

it('is run by staff of its own branch, who see and touch no other', async () => {
  const own = await readAll(east, '/admin/v1/merchants', 'merchants');
  expect(own).toMatchObject([{ merchantId: 'tea-house' }]);
  expect(await readAll(head, '/admin/v1/merchants', 'merchants')).toHaveLength(2);
  const store = { name: 'X', longitude: 1, latitude: 1 };
  const foreign = await east.refused('PUT', '/admin/v1/merchants/book-shop/stores/book-shop-1', { body: store });
  expect([403, 404]).toContain(foreign.status);
  await east.put('/admin/v1/staff/leo', { name: 'Leo', orgPath: 'hq/east' });
  const leo = await bank.staff('leo', ['admin'], 'hq/east');
  expect(await leo.get('/admin/v1/merchants/tea-house')).toMatchObject({ merchant: { merchantId: 'tea-house' } });
  await east.post('/admin/v1/staff/leo/state', { state: 'left', reason: 'gone' });
  const left = await leo.refused('GET', '/admin/v1/merchants/tea-house');
  expect([left.status, left.reason]).toEqual([403, 'STAFF_NOT_ACTIVE']);
});

it('is found nearby with its activity, by distance', async () => {
  await east.put('/admin/v1/circles/river-bank', { name: 'River bank', orgPath: 'hq/east' });
  const store = { name: 'First', longitude: 121.47, latitude: 31.23, circleId: 'river-bank' };
  await east.put(`/admin/v1/merchants/tea-house/stores/${STORE}`, store);
  // 1.1 km to the north, closed on every day that it may be there; the other merchant's is at the same spot as the first.
  const closedDates = [-1, 0, 1].map((days) => new Date(Date.now() + days * DAY_MS).toISOString().slice(0, 10));
  const shut = { name: 'Shut today', longitude: 121.47, latitude: 31.24, closedDates };
  await east.put('/admin/v1/merchants/tea-house/stores/tea-house-2', shut);
  await east.put('/admin/v1/activities/tasting', { name: 'Tasting', orgPath: OUTLET, storeId: STORE, ...RUNNING });
  const app = people.apps.kim;
  const near = (query: string): Promise<[string, number][]> => storesNear(app, HERE + query);
  const found = await near('&radiusMeters=2000');
  expect(found.map(([storeId]) => storeId).sort()).toEqual(['book-shop-1', STORE, 'tea-house-2']);
  expect(found.at(-1)![0]).toBe('tea-house-2');
  expect(found.at(-1)![1]).toBeGreaterThan(1_050);
  expect(found[0]![1]).toBeLessThan(20);
  for (const query of ['&radiusMeters=500', '&radiusMeters=2000&isOpenNow=true'])
    expect((await near(query)).map(([storeId]) => storeId)).not.toContain('tea-house-2');
  const { activities } = await app.get<{ activities: object[] }>(`/app/v1/nearby/activities?${HERE}`);
  expect(activities).toMatchObject([{ activity: { activityId: 'tasting', storeId: STORE }, isOpenNow: true }]);
});

it('is led customers by sealed tokens, each visit counted once and paid for', async () => {
  const subsidy = { currency: 'CNY', perVisitMinor: PER_VISIT, redemptionBasisPoints: 1_000 };
  await openTrafficPlans(east, { storeId: STORE, outletPath: OUTLET }, subsidy);
  const app = people.apps.kim;
  const order = { planId: 'to-tea', storeId: STORE };
  const { token } = await app.post<{ token: string }>('/app/v1/attribution-tokens', order);
  const altered = `${token.slice(0, -4)}${token.endsWith('AAAA') ? 'BBBB' : 'AAAA'}`;
  const at = { storeId: STORE, clerkId: 'tea-house-clerk' };
  const forged = await refusal(tea.http, 'POST', '/merchant/v1/visits', { ...at, token: altered });
  expect(forged).toBe('ATTRIBUTION_TOKEN_INVALID');
  expect(await visit(token)).toMatchObject({ isCounted: true, subsidyMinor: PER_VISIT, reachedGoalIds: ['once'] });
  const again = await app.post<{ token: string }>('/app/v1/attribution-tokens', order);
  expect(await visit(again.token)).toMatchObject({ isCounted: false });
  const elsewhere = { planId: 'to-tea', storeId: 'book-shop-1' };
  expect(await refusal(app, 'POST', '/app/v1/attribution-tokens', elsewhere)).toBe('PLACE_NOT_IN_PLAN');

  const sign = { planId: 'to-outlet', storeId: STORE, outletPath: OUTLET };
  const poster = await tea.http.post<{ token: string }>('/merchant/v1/attribution-tokens', sign);
  const arrival = { token: poster.token, outletPath: OUTLET, customerId: people.ids.lou };
  expect(await agent.post('/workbench/v1/visits', arrival)).toMatchObject({ isCounted: true });
  const counter = { planId: 'to-app', outletPath: OUTLET };
  const door = await agent.post<{ token: string }>('/workbench/v1/attribution-tokens', counter);
  expect(await app.post('/app/v1/visits', { token: door.token })).toMatchObject({ isCounted: true });
  expect(await readAll(tea.http, '/merchant/v1/visits', 'visits')).toHaveLength(2);
});

it('shares the cost of benefits by the split, within the budget of its store', async () => {
  const costShares = [
    { funder: 'bank', partyId: 'hq', basisPoints: 5_000 },
    { funder: 'merchant', basisPoints: 3_000 },
    { funder: 'third_party', partyId: 'card-scheme', basisPoints: 2_000 },
  ];
  const packetTerms = { faceValueMinor: FACE, perCustomerLimit: 5, costShares };
  await head.post('/admin/v1/stocks', stockBody('tea-packet', packetTerms));
  const merchantPays = [{ funder: 'merchant', partyId: 'tea-house', basisPoints: 10_000 }];
  // For stores of this outlet alone, whoever's they are.
  const ownTerms = { orgPath: OUTLET, outletPaths: [OUTLET], costShares: merchantPays, faceValueMinor: 300 };
  await east.post('/admin/v1/stocks', stockBody('tea-own', ownTerms));
  const budget = { currency: 'CNY', limits: { dailyCount: 3 } };
  await east.put(`/admin/v1/merchants/tea-house/stores/${STORE}/budget`, budget);

  const packet = await people.claim('kim', 'tea-packet');
  const place = { longitude: 121, latitude: 31 };
  const elsewhere = { ...tea.sale(await people.codeOf('kim', packet.instanceId)), place };
  expect(await refusal(tea.http, 'POST', '/merchant/v1/redemptions', elsewhere)).toBe('TILL_TOO_FAR');
  const first = await redeem('kim', packet.instanceId);
  // Who the customer is, the merchant has no need to know.
  expect(first).not.toHaveProperty('customerId');
  expect(first.shares.map(({ partyId, amountMinor }) => `${partyId} ${amountMinor}`)).toEqual(SPLIT);
  await redeemPacket('lou');
  const own = await people.claim('lou', 'tea-own');
  const usable = await storesNear(people.apps.lou, `${HERE}&radiusMeters=2000&stockId=tea-own`);
  expect(usable.map(([storeId]) => storeId)).toEqual([STORE, 'tea-house-2']);
  const sale = books.sale(await people.codeOf('lou', own.instanceId));
  expect(await refusal(books.http, 'POST', '/merchant/v1/redemptions', sale)).toBe('OUTLET_NOT_IN_SCOPE');
  const third = await redeem('lou', own.instanceId);
  expect(third.shares).toMatchObject([{ funder: 'merchant', partyId: 'tea-house', amountMinor: 300 }]);

  const spare = await people.claim('lou', 'tea-packet');
  const tooMuch = tea.sale(await people.codeOf('lou', spare.instanceId));
  expect(await refusal(tea.http, 'POST', '/merchant/v1/redemptions', tooMuch)).toBe('BUDGET_EXHAUSTED');
  expect(await people.statesOf('lou', 'tea-packet')).toEqual(expect.arrayContaining(['issued', 'redeemed']));
  const { budgets } = await tea.http.get<{ budgets: object[] }>('/merchant/v1/budgets');
  expect(budgets).toMatchObject([{ storeId: STORE, dayUsedCount: 3, usedAmountMinor: 2 * FACE + 300 }]);
  const costs = ['cost_bank:hq', 'cost_merchant:tea-house', 'cost_third_party:card-scheme'];
  expect(await Promise.all(costs.map((account) => balanceOf(head, account)))).toEqual([1_002, 900, 400]);
});

it('stands in the tables of outlets and circles with all it achieved', async () => {
  const target = { kind: 'store', targetId: STORE, name: 'Tea house', orgPath: OUTLET, timeZone: ZONE };
  await east.put('/admin/v1/fan-targets', target);
  await people.apps.kim.post('/app/v1/follows', { kind: 'store', targetId: STORE, source: 'qr' });
  await people.pay(['kim', 'paid-1', 100, { storeId: STORE }]);
  const counts = { customerCount: 2, activeMerchantCount: 1, transactionCount: 1, fanCount: 1, redemptionCount: 3 };
  for (const [kind, key] of Object.entries({ outlet: OUTLET, branch: 'hq/east', circle: 'river-bank' })) {
    await eventually(async () => {
      const { rows } = await east.get<{ rows: object[] }>(`/admin/v1/productivity?kind=${kind}`);
      expect(rows).toMatchObject([{ key, rank: 1, ...counts }]);
    });
  }
  const west = await bank.staff('wim', ['admin'], 'hq/west');
  expect(await west.get('/admin/v1/productivity?kind=branch')).toMatchObject({ rows: [{ key: 'hq/west', rank: 1 }] });
});

it('is paid what it is owed and what it earned, once a second person released it', async () => {
  // One visit, and a tenth of what the customer who was led there redeemed: owed as soon as it is told, posted by the cut-off.
  const earned = PER_VISIT + 100;
  await eventually(async () => expect(sumOf(await desk.adjustments())).toBe(earned));
  day = await desk.cut();
  const owed = 2 * FACE + 300 + earned;
  expect(await balanceOf(head, 'payable:tea-house')).toBe(owed);
  expect(await balanceOf(head, `subsidy:${OUTLET}`)).toBe(earned);
  const [batch] = await desk.batches('prepared');
  expect(batch).toMatchObject({ redemptionCount: 3, correctionCount: 2, amountMinor: owed });
  const { batchId } = batch!;
  lines = await desk.lines(batchId);
  expect(sumOf(lines)).toBe(owed);
  const csv = await desk.file(batchId, 'csv');
  expect(lines.every(({ lineId, amountMinor }) => csv.includes(lineId) && csv.includes(String(amountMinor)))).toBe(
    true,
  );
  expect((await desk.file(batchId, 'pdf')).slice(0, 5)).toBe('%PDF-');

  const maker = await bank.staff('hanna', ['checker']);
  expect(await refusal(maker, 'POST', '/admin/v1/payouts', { batchIds: [batchId] })).toBe('RELEASER_IS_MAKER');
  const xml = await desk.release(checker, [batchId]);
  expect(xml).toContain('urn:iso:std:iso:20022:tech:xsd:pain.001.001.09');
  const paid = (owed / 100).toFixed(2);
  expect(xml).toContain(`<CtrlSum>${paid}</CtrlSum>`);
  expect(xml).toContain(`<InstdAmt Ccy="CNY">${paid}</InstdAmt>`);
  expect(await balanceOf(head, 'payable:tea-house')).toBe(0);
  expect(await balanceOf(head, 'paid_out:tea-house')).toBe(owed);
  await checker.post(`/admin/v1/settlement-batches/${batchId}/payment`, { isPaid: true });
  expect(await desk.batches('paid')).toHaveLength(1);
});

it('has its books compared with the bank’s, and every difference worked off', async () => {
  // One redemption is missing, one differs, one is there twice, and one is not ours.
  const [missing, differing, twice] = redemptions.map(({ redemptionId }) => redemptionId);
  const others = lines.filter(({ kind }) => kind !== 'redemption').map((one) => `${one.lineId},${one.amountMinor}`);
  const own = [`${differing},${FACE + 50}`, `${twice},300`, `${twice},300`, 'unknown,77', ...others];
  const content = ['line_id,amount_minor', ...own, ''].join('\n');
  const books = { businessDateFrom: day, businessDateTo: day, content };
  const compared = await tea.http.post<{ reconciliation: object }>('/merchant/v1/reconciliations', books);
  const counts = { matchedCount: 1 + others.length, openDifferenceCount: 4 };
  expect(compared.reconciliation).toMatchObject({ state: 'completed', ...counts });
  const path = '/admin/v1/differences?merchantId=tea-house';
  const differences = await readAll<Json<Difference>>(head, path, 'differences');
  expect(differences.map(({ kind, lineId }) => [kind, lineId]).sort()).toEqual([
    ['amount_differs', differing],
    ['duplicate', twice],
    ['missing_at_bank', 'unknown'],
    ['missing_at_merchant', missing],
  ]);
  const about = { merchantId: 'tea-house', currency: 'CNY', funder: 'bank', comment: 'as counted' };
  const posted = { ...about, amountMinor: GOODWILL };
  const { adjustment } = await head.post<{ adjustment: Json<Adjustment> }>('/admin/v1/adjustments', posted);
  expect(adjustment.state).toBe('posted');
  expect(await balanceOf(head, 'payable:tea-house')).toBe(GOODWILL);
  const { differenceId } = differences.find(({ kind }) => kind === 'amount_differs')!;
  const answer = { resolution: 'merchant_right', comment: 'paid', adjustmentId: adjustment.adjustmentId };
  const resolve = `/admin/v1/differences/${differenceId}/resolve`;
  await head.post(resolve, answer);
  expect(await refusal(head, 'POST', resolve, answer)).toBe('DIFFERENCE_RESOLVED');
  const left = await readAll<Json<Difference>>(tea.http, '/merchant/v1/differences?state=open', 'differences');
  expect(left).toHaveLength(3);
});

it('takes a redemption back after its batch was paid: the next batch is so much less', async () => {
  const last = redemptions.at(-1)!;
  const back = { storeId: STORE, clerkId: 'tea-house-clerk', reason: 'returned' };
  const redemption = `/merchant/v1/redemptions/${last.redemptionId}`;
  await tea.http.post(`${redemption}/reverse`, back);
  expect(await refusal(tea.http, 'POST', `${redemption}/reverse`, back)).toBe('REDEMPTION_REVERSED');
  expect(await balanceOf(head, 'payable:tea-house')).toBe(GOODWILL - 300);
  const shown = await tea.http.get<{ redemption: object }>(redemption);
  expect(shown).toMatchObject({ isReversed: true, reversal: back });
  expect(shown.redemption).not.toHaveProperty('customerId');
  const audited = await east.get(`/admin/v1/merchants/tea-house/redemptions/${last.redemptionId}`);
  expect(audited).toMatchObject({ redemption: { customerId: people.ids.lou }, reversal: back });
  await eventually(async () => {
    const timeline = `/admin/v1/customers/${people.ids.lou}/timeline`;
    const entries = await readAll<{ type: string; data: object }>(head, timeline, 'entries');
    expect(entries.find(({ type }) => type === 'benefit-reversed')?.data).toMatchObject(back);
    // The store's budget has room again.
    const { budgets } = await tea.http.get<{ budgets: object[] }>('/merchant/v1/budgets');
    expect(budgets).toMatchObject([{ dayUsedCount: 2 }]);
  });
  await redeemPacket('kim');
  await eventually(async () => expect(sumOf(await desk.adjustments())).toBe(PER_VISIT + 100 + GOODWILL + 100));
  const owed = GOODWILL - 300 + FACE + 100;
  const next = await eventually(async () => {
    await desk.cut();
    const [batch] = await desk.batches('prepared');
    if (batch!.amountMinor === owed) return batch!;
    // The reversal is still on its way to settlement: what was cut without it is cut again.
    await checker.post(`/admin/v1/settlement-batches/${batch!.batchId}/reject`, { reason: 'cut too early' });
    throw new Error(`the next batch comes to ${batch!.amountMinor}`);
  }, PATIENT);
  const corrections = (await desk.lines(next.batchId)).filter(({ kind }) => kind === 'reversal');
  expect(corrections).toMatchObject([{ redemptionId: last.redemptionId, amountMinor: -300, storeId: STORE }]);
  await desk.release(checker, [next.batchId]);
  expect(await balanceOf(head, 'payable:tea-house')).toBe(0);
  expect(await balanceOf(head, 'paid_out:tea-house')).toBe(sumOf([...(await desk.batches('paid')), next]));
  expect(await balanceOf(head, 'cost_merchant:tea-house')).toBe(3 * 300);
  await expectSoundLedger(checker);
});
