import type { VisitGoalProgress } from '@tidegate/contracts/merchants/v1/traffic';
import { eventually } from '@tidegate/testing';
import type { Json } from '../../../tools/demo/http/json';
import { Bank } from './testing/bank';
import type { HttpCaller } from './testing/http-caller';
import { balanceOf, expectSoundLedger } from './testing/ledger';
import { MerchantSystem } from './testing/merchant-system';
import { middayZone } from './testing/midday';
import { SettlementDesk, sumOf } from './testing/settlement-desk';
import { stockBody } from './testing/stock';
import { WALLET_SERVICES, WalletPeople } from './testing/wallet-people';

// Goal: customers are led to a merchant and back, are given what their goals promise, and whoever gained by it pays, for each person once.

jest.setTimeout(300_000);

type Name = 'ida' | 'ira' | 'jo';
const ZONE = middayZone();
const STORE = 'tea-house-1';
const THANKS = 60;
const FACE = 800;
const PATIENT = { timeoutMs: 120_000, everyMs: 500 };
const TERMS = {
  ...{ startsAt: '2026-01-01T00:00:00Z', endsAt: '2099-01-01T00:00:00Z', orgPath: 'hq/east' },
  ...{ tokenLifeSeconds: 600, tokenUseLimit: 5 },
};

let bank: Bank;
let head: HttpCaller;
let east: HttpCaller;
let checker: HttpCaller;
let tea: MerchantSystem;
let people: WalletPeople<Name>;

beforeAll(async () => {
  bank = await Bank.open({ BANK_TIME_ZONE: ZONE }, WALLET_SERVICES);
  head = await bank.staff('hanna', ['admin', 'maker']);
  checker = await bank.staff('chen', ['checker']);
  east = await bank.staff('emma', ['admin', 'maker'], 'hq/east');
  for (const orgPath of ['hq', 'hq/east', 'hq/west']) await head.put('/admin/v1/org-units', { orgPath, name: orgPath });
  tea = await MerchantSystem.join(bank.url, { admin: east, checker }, 'tea-house', 'hq/east');
  await MerchantSystem.join(bank.url, { admin: head, checker }, 'book-shop', 'hq/west');
  people = await WalletPeople.join(bank, head, ['ida', 'ira', 'jo']);
  await east.post('/admin/v1/stocks', stockBody('welcome-tea', { orgPath: 'hq/east', faceValueMinor: FACE }));
  await head.post('/admin/v1/stocks', stockBody('western-tea', { orgPath: 'hq/west' }));
});
afterAll(() => bank?.stop());

const putPlan = (planId: string, plan: object): Promise<unknown> =>
  east.put(`/admin/v1/traffic-plans/${planId}`, { name: planId, ...TERMS, ...plan });
const tokenOf = async (name: Name, planId: string): Promise<string> => {
  const order = { planId, storeId: STORE };
  return (await people.apps[name].post<{ token: string }>('/app/v1/attribution-tokens', order)).token;
};
const visit = async (name: Name, planId: string): Promise<{ isCounted: boolean; reachedGoalIds: string[] }> =>
  tea.http.post('/merchant/v1/visits', {
    ...{ token: await tokenOf(name, planId), storeId: STORE, clerkId: 'tea-house-clerk' },
    place: { longitude: 121.47, latitude: 31.23 },
  });

it('gives who reaches a visit goal its reward, out of a stock of the own organisation', async () => {
  const goal = { goalId: 'once', visitCount: 1, withinDays: 7 };
  const foreign = { direction: 'app_to_store', goals: [{ ...goal, rewardStockId: 'western-tea' }] };
  const path = '/admin/v1/traffic-plans/foreign';
  const refused = await east.refused('PUT', path, { body: { name: 'foreign', ...TERMS, ...foreign } });
  expect([refused.status, refused.reason]).toEqual([403, 'ORG_OUT_OF_SCOPE']);
  await putPlan('to-tea', { direction: 'app_to_store', goals: [{ ...goal, rewardStockId: 'welcome-tea' }] });
  expect(await visit('ida', 'to-tea')).toMatchObject({ isCounted: true, reachedGoalIds: ['once'] });
  await eventually(async () => expect(await people.statesOf('ida', 'welcome-tea')).toEqual(['issued']), PATIENT);
  await eventually(
    async () =>
      expect(await people.rewardsOf('ida', 'visit-goal')).toMatchObject([{ state: 'granted', reference: 'to-tea' }]),
    PATIENT,
  );
  const { goals } = await people.apps.ida.get<{ goals: Json<VisitGoalProgress>[] }>('/app/v1/visit-goals');
  expect(goals).toMatchObject([{ planId: 'to-tea', goal, visitCount: 0, reachedCount: 1 }]);
});

it('leads nobody to a store of another organisation when the plan names none, and counts no till in another street', async () => {
  const order = { planId: 'to-tea', storeId: 'book-shop-1' };
  const refused = await people.apps.jo.refused('POST', '/app/v1/attribution-tokens', { body: order });
  expect(refused.reason).toBe('PLACE_NOT_IN_PLAN');
  const body = {
    ...{ token: await tokenOf('jo', 'to-tea'), storeId: STORE, clerkId: 'tea-house-clerk' },
    place: { longitude: 121, latitude: 31 },
  };
  expect((await tea.http.refused('POST', '/merchant/v1/visits', { body })).reason).toBe('TILL_TOO_FAR');
});

it('counts two joined profiles as one visitor', async () => {
  const join = { otherCustomerId: people.ids.ira, reason: 'one passport' };
  await head.post(`/admin/v1/customers/${people.ids.ida}/joins`, join);
  // Until merchants has heard of the join, the other profile is counted for itself: each look is at a plan of its own.
  let looks = 0;
  await eventually(async () => {
    const planId = `joined-${(looks += 1)}`;
    await putPlan(planId, { direction: 'app_to_store' });
    expect(await visit('ida', planId)).toMatchObject({ isCounted: true });
    expect(await visit('ira', planId)).toMatchObject({ isCounted: false });
  }, PATIENT);
});

it('takes what the merchant pays for customers led to him off his settlement, as income of the branch', async () => {
  const subsidy = { currency: 'CNY', perVisitMinor: THANKS, payer: 'merchant' };
  await putPlan('thanks', { direction: 'app_to_store', subsidy });
  const thanked = { isCounted: true, subsidyMinor: THANKS, payer: 'merchant' };
  expect(await visit('jo', 'thanks')).toMatchObject(thanked);
  const [instance] = await people.walletOf('ida');
  await tea.http.post('/merchant/v1/redemptions', tea.sale(await people.codeOf('ida', instance!.instanceId)));
  const desk = new SettlementDesk(head, tea, ZONE);
  await eventually(async () => expect(sumOf(await desk.adjustments())).toBe(-THANKS), PATIENT);
  await desk.cut();
  expect(await balanceOf(head, 'feedback_income:hq/east')).toBe(THANKS);
  const [batch] = await desk.batches('prepared');
  expect(Number(batch!.amountMinor)).toBe(FACE - THANKS);
  const charged = (await desk.lines(batch!.batchId)).filter(({ kind }) => kind === 'adjustment');
  expect(charged).toMatchObject([{ note: expect.stringContaining('商户反馈 thanks') as string }]);
  const { totals } = await tea.http.get<{ totals: object[] }>('/merchant/v1/subsidy-summary');
  expect(totals).toMatchObject([{ planId: 'thanks', payer: 'merchant', visitCount: 1 }]);
  await desk.release(checker, [batch!.batchId]);
  expect(await balanceOf(head, 'payable:tea-house')).toBe(0);
  await expectSoundLedger(checker);
});
