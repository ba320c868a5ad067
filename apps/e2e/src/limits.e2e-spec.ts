import type { Quota } from '@tidegate/contracts/arbitration/v1/quotas';
import type { Strategy } from '@tidegate/contracts/campaigns/v1/campaigns';
import type { Goal } from '@tidegate/contracts/campaigns/v1/goals';
import { eventually } from '@tidegate/testing';
import type { Json } from '../../../tools/demo/http/json';
import { Bank, CLOUD_EVENT, cloudEvent } from './testing/bank';
import type { HttpCaller } from './testing/http-caller';
import type { DecisionView } from './testing/views';

// Goal: what a bank allows itself holds for the next offer, each with its reason: quotas, suppression, rules of a group, contact limits; and
// goals move with what comes of the offers.

const WAIT = { timeoutMs: 60_000 };
const STRATEGY = 'spring';
const MAPPING = [
  { column: 'client', target: 'external_id' },
  { column: 'balance', target: 'attributes.balanceMinor', type: 'number' },
];
const NAMES = ['l-0', 'l-1', 'l-2', 'l-3', 'l-4'];
const BALANCE = 10_000;
const file = (balanceOf: (name: string) => number): string =>
  ['client;balance', ...NAMES.map((name) => `${name};${balanceOf(name)}`)].join('\n');
const CONSENTS = ['marketing', 'service'].map((purpose) => ({ purpose, channel: '*' }));

const SERVICES = ['gateway', 'customers', 'campaigns', 'arbitration', 'merchants'];

let bank: Bank;
let admin: HttpCaller;
let maker: HttpCaller;
let ids: string[];
let apps: HttpCaller[];

const offerTo = async (index: number, isCommitted = true): Promise<{ decisionId: string; actionId: string }[]> =>
  (
    await apps[index]!.post<{ actions: { decisionId: string; actionId: string }[] }>('/app/v1/next-best-actions', {
      isCommitted,
    })
  ).actions;
/** What the customer is offered, and why the other actions are not. */
async function reasonsFor(index: number): Promise<Record<string, string>> {
  const [offer] = await offerTo(index);
  const { decision } = await admin.get<{ decision: DecisionView }>(`/admin/v1/decisions/${offer!.decisionId}`);
  return Object.fromEntries(decision.candidates.map(({ actionId, reason }) => [actionId, reason]));
}
async function putPolicy(changes: object): Promise<void> {
  const { policy } = await admin.get<{ policy: object }>('/admin/v1/contact-policy');
  await admin.put('/admin/v1/contact-policy', { ...policy, ...changes });
}
const goalOf = async (goalId: string): Promise<Json<Goal>> =>
  (await maker.get<{ goal: Json<Goal> }>(`/admin/v1/goals/${goalId}`)).goal;
const putGoal = (goalId: string, body: object): Promise<unknown> => {
  const [startsAt, endsAt] = [new Date().toISOString(), new Date(Date.now() + 86_400_000).toISOString()];
  const terms = { name: goalId, strategyId: STRATEGY, orgPath: 'hq', startsAt, endsAt };
  return maker.put(`/admin/v1/goals/${goalId}`, { ...terms, ...body });
};
const boxes = (limitAmount: number): object => {
  return { name: 'Gift boxes', kind: 'material', period: 'total', orgPath: 'hq', limitAmount };
};

beforeAll(async () => {
  bank = await Bank.open({}, SERVICES);
  admin = await bank.staff('anna', ['admin']);
  maker = await bank.staff('max', ['maker']);
  await bank.importFile(
    admin,
    'few.csv',
    file(() => BALANCE),
    CONSENTS,
    MAPPING,
  );
  const known = await bank.customers(admin);
  ids = NAMES.map((name) => known.get(name)!.customerId);
  apps = await Promise.all(ids.map((id) => bank.customer(id)));
  const dismissed = { outcome: 'dismissed', count: 1, withinDays: 30, pauseDays: 30, scope: 'group' };
  await putPolicy({ limits: [], quietHours: [], suppressions: [dismissed], globalHoldoutBasisPoints: 0 });
  const put = (actionId: string, purpose: string, valueMinor: number): Promise<unknown> => {
    const terms = { name: actionId, issue: 'growth', group: `${actionId}s`, currency: 'CNY', orgPath: 'hq' };
    const treatments = [{ channel: 'app', title: 'An offer' }];
    return maker.put(`/admin/v1/actions/${actionId}`, { ...terms, purpose, valueMinor, treatments });
  };
  await put('gift', 'marketing', 300);
  await put('card', 'marketing', 200);
  await put('notice', 'service', 100);
  await maker.put('/admin/v1/segments/everybody', { name: 'Everybody', rule: { all: [] }, orgPath: 'hq' });
});
afterAll(() => bank?.stop());

it('offers what comes out of a quota as long as there is any, and again when there is more', async () => {
  const quotaUses = [{ quotaId: 'gift-boxes', actionIds: ['gift'], amount: 1 }];
  const content = { name: 'Spring', orgPath: 'hq', segmentId: 'everybody', actionIds: ['gift', 'card', 'notice'] };
  await maker.post('/admin/v1/strategies', { ...content, strategyId: STRATEGY, quotaUses });
  const path = `/admin/v1/strategies/${STRATEGY}`;
  const unknown = await maker.refused('POST', `${path}/submit`, { body: {} });
  expect(unknown.violations).toMatchObject([{ field: 'strategy.quotaUses.0.quotaId' }]);
  expect(unknown.metadata).toEqual({ findings: 'QUOTA_UNKNOWN' });
  await maker.put('/admin/v1/quotas/gift-boxes', boxes(2));
  const { strategy } = await maker.post<{ strategy: Json<Strategy> }>(`${path}/submit`);
  await putGoal('takers', { kind: 'customers', targetAmount: 4, successOutcome: 'accepted' });
  await putGoal('fees', { kind: 'fee_income', targetAmount: 10_000, currency: 'CNY' });
  await putGoal('aum', { kind: 'aum', targetAmount: 100_000, currency: 'CNY' });
  const checker = await bank.staff('chen', ['checker']);
  await checker.post(`${path}/approve`, { contentHash: strategy.contentHash });
  await eventually(async () => expect(await offerTo(0, false)).toMatchObject([{ actionId: 'gift' }]), WAIT);

  for (const index of [0, 1]) expect(await reasonsFor(index)).toMatchObject({ gift: 'CHOSEN', card: 'OUTRANKED' });
  expect(await reasonsFor(2)).toEqual({ gift: 'QUOTA_EXHAUSTED', card: 'CHOSEN', notice: 'OUTRANKED' });
  const { quota } = await maker.get<{ quota: Json<Quota> }>('/admin/v1/quotas/gift-boxes');
  expect(quota.reservedAmount + quota.usedAmount).toBe(2);
  await maker.put('/admin/v1/quotas/gift-boxes', { ...boxes(10), version: quota.version });
  await eventually(async () => expect(await offerTo(2, false)).toMatchObject([{ actionId: 'gift' }]), WAIT);
});

it('pauses a group for who does not want it, and leaves out whom a group’s rules leave out', async () => {
  const [offer] = await offerTo(0);
  expect(offer!.actionId).toBe('gift');
  await apps[0]!.post(`/app/v1/decisions/${offer!.decisionId}/outcomes`, { outcome: 'dismissed' });
  expect(await reasonsFor(0)).toEqual({ gift: 'SUPPRESSED', card: 'CHOSEN', notice: 'OUTRANKED' });
  expect(await reasonsFor(1)).toMatchObject({ gift: 'CHOSEN' });

  const rich = { field: 'balanceMinor', op: 'gte', value: 10 * BALANCE };
  await admin.put('/admin/v1/engagement-policies/group/gifts', { suitability: rich, version: 0 });
  await eventually(async () => expect(await offerTo(3, false)).toMatchObject([{ actionId: 'card' }]), WAIT);
  expect(await reasonsFor(3)).toEqual({ gift: 'NOT_SUITABLE', card: 'CHOSEN', notice: 'OUTRANKED' });
});

it('contacts nobody more often than it allows itself, and counts what is no promotion apart', async () => {
  const once = { scope: 'overall', maxCount: 1, windowDays: 7, window: 'rolling' };
  await putPolicy({ limits: ['marketing', 'service'].map((purpose) => ({ ...once, purpose })) });
  await eventually(async () => expect(await offerTo(1, false)).toMatchObject([{ actionId: 'notice' }]), WAIT);
  const full = 'CONTACT_LIMIT_OVERALL';
  expect(await reasonsFor(4)).toMatchObject({ card: 'CHOSEN', notice: 'OUTRANKED' });
  expect(await reasonsFor(4)).toMatchObject({ card: full, notice: 'CHOSEN' });
  expect(await offerTo(4)).toEqual([]);
  const { decisions } = await admin.get<{ decisions: DecisionView[] }>(`/admin/v1/decisions?customerId=${ids[4]}`);
  expect(decisions.map(({ reason }) => reason)).toEqual([full, 'CHOSEN', 'CHOSEN']);
});

it('sees its goals move with what comes of the offers', async () => {
  // Who is a member counts from there on.
  await eventually(async () => {
    for (const goalId of ['takers', 'fees', 'aum']) expect((await goalOf(goalId)).memberCount).toBe(NAMES.length);
  }, WAIT);
  const [offer] = await offerTo(1);
  await apps[1]!.post(`/app/v1/decisions/${offer!.decisionId}/outcomes`, { outcome: 'accepted' });
  const teller = await bank.teller();
  const fee = cloudEvent('fee-1', 'l-1', 'fee-income', { amountMinor: 2_500 });
  await teller.post('/open/v1/events', fee, { contentType: CLOUD_EVENT });
  const more = file((name) => (name === 'l-1' ? 5 : 1) * BALANCE);
  await bank.importFile(admin, 'more.csv', more, CONSENTS, MAPPING);
  await eventually(async () => {
    expect(await goalOf('takers')).toMatchObject({ achievedAmount: 1, progressBasisPoints: 2_500 });
    expect(await goalOf('fees')).toMatchObject({ achievedAmount: 2_500, progressBasisPoints: 2_500 });
    expect(await goalOf('aum')).toMatchObject({ achievedAmount: 4 * BALANCE, progressBasisPoints: 4_000 });
  }, WAIT);
});
