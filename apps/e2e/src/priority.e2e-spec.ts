import type { Strategy } from '@tidegate/contracts/campaigns/v1/campaigns';
import { eventually } from '@tidegate/testing';
import type { Json } from '../../../tools/demo/http/json';
import { Bank } from './testing/bank';
import { fileCustomer, fileLine, FILE_HEADER } from './testing/bank-file';
import type { HttpCaller } from './testing/http-caller';
import { MerchantSystem } from './testing/merchant-system';
import { stockBody } from './testing/stock';
import type { DecisionView } from './testing/views';

// Goal: on app home, at the branch, in a call and at a till one call gives what ranks first there, and the record multiplies to the rank.

const WAIT = { timeoutMs: 60_000 };
const EXPLORING = 'exploring';
const CARD_VALUE = 1_000;
const FUND_VALUE = 2_500;
/** By place: what the card weighs there, under a lever of 150 %; the fund weighs 1 everywhere. */
const CARD_WEIGHTS = { app: 2, branch: 0.5, remote_bank: 3, merchant: 1.5 };
const PAYDAY_WEIGHT = 1.25;

type StrategyView = Json<Strategy>;

const SERVICES = ['gateway', 'customers', 'campaigns', 'arbitration', 'merchants', 'benefits', 'leads'];

let bank: Bank;
let admin: HttpCaller;
let maker: HttpCaller;
let checker: HttpCaller;
let app: HttpCaller;
let customerId: string;

/** An action on every channel of the four places. */
function action(weights: Record<string, number>, valueMinor: number, leverPercent: number): object {
  const treatments = Object.entries(weights).map(([channel, contextWeight]) => {
    const isHuman = channel === 'branch' || channel === 'remote_bank';
    return { channel, contextWeight, title: 'An offer', ...(isHuman && { scriptId: 'talk', queue: channel }) };
  });
  const terms = { issue: 'growth', group: 'cards', purpose: 'marketing', currency: 'CNY', orgPath: 'hq' };
  return { ...terms, name: 'An offer', treatments, valueMinor, leverPercent };
}
const EVEN = { app: 1, branch: 1, remote_bank: 1, merchant: 1 };
const decisionOf = async (decisionId: string): Promise<DecisionView> =>
  (await admin.get<{ decision: DecisionView }>(`/admin/v1/decisions/${decisionId}`)).decision;
/** What the app shows first, as it is recorded. */
async function atHome(context?: object): Promise<DecisionView> {
  const { actions } = await app.post<{ actions: { decisionId: string }[] }>('/app/v1/next-best-actions', {
    ...(context && { context }),
  });
  return decisionOf(actions[0]!.decisionId);
}
/** Each candidate's factors as the record has them, best first. */
const ranked = ({ candidates }: DecisionView): [action: string, ...factors: number[]][] =>
  candidates
    .map(({ actionId, priority }): [string, ...number[]] => {
      const { propensity, contextWeight, value, lever, score } = priority!;
      expect(score).toBeCloseTo(propensity * contextWeight * value * lever, 6);
      return [actionId, propensity, contextWeight, value, lever, score];
    })
    .sort((left, right) => (right.at(-1) as number) - (left.at(-1) as number));

beforeAll(async () => {
  bank = await Bank.open({}, SERVICES);
  admin = await bank.staff('anna', ['admin']);
  maker = await bank.staff('max', ['maker']);
  checker = await bank.staff('chen', ['checker']);
  const customer = fileCustomer(0);
  const consents = [{ purpose: 'marketing', channel: '*' }];
  await bank.importFile(admin, 'one.csv', [FILE_HEADER, fileLine(0, customer)].join('\n'), consents);
  customerId = (await bank.customers(admin)).get(customer.externalId)!.customerId;
  app = await bank.customer(customerId);
  const { policy } = await admin.get<{ policy: object }>('/admin/v1/contact-policy');
  const open = { limits: [], quietHours: [], suppressions: [], globalHoldoutBasisPoints: 0 };
  const contextWeights = [{ channel: 'app', moment: 'payday', weight: PAYDAY_WEIGHT }];
  await admin.put('/admin/v1/contact-policy', { ...policy, ...open, contextWeights });
  for (const channel of ['branch', 'remote_bank']) {
    await admin.put(`/admin/v1/queues/${channel}`, { name: channel, channel, orgPath: 'hq' });
    await admin.put(`/admin/v1/capacity/${channel}/default`, { units: 100 });
  }
  await maker.put('/admin/v1/scripts/talk', { title: 'Talk', opening: 'Good day', orgPath: 'hq' });
  await maker.put('/admin/v1/actions/card', action(CARD_WEIGHTS, CARD_VALUE, 150));
  await maker.put('/admin/v1/actions/fund', action(EVEN, FUND_VALUE, 100));
  await maker.put('/admin/v1/segments/everybody', { name: 'Everybody', rule: { all: [] }, orgPath: 'hq' });
  const content = { name: 'Wealth', orgPath: 'hq', segmentId: 'everybody', actionIds: ['card', 'fund'] };
  await bank.publishStrategy(maker, checker, EXPLORING, content);
  await eventually(async () => {
    const preview = { isCommitted: false };
    const { actions } = await app.post<{ actions: unknown[] }>('/app/v1/next-best-actions', preview);
    expect(actions).toHaveLength(1);
  }, WAIT);
});
afterAll(() => bank?.stop());

it('ranks by propensity × context weight × value × lever, and keeps every factor', async () => {
  const decision = await atHome();
  expect(decision).toMatchObject({ actionId: 'card', channel: 'app', reason: 'CHOSEN', isExploration: false });
  expect(ranked(decision)).toEqual([
    ['card', 1, 2, CARD_VALUE, 1.5, 3_000],
    ['fund', 1, 1, FUND_VALUE, 1, 2_500],
  ]);
  expect(decision.candidates.map(({ actionId, reason }) => `${actionId} ${reason}`).sort()).toEqual([
    'card CHOSEN',
    'fund OUTRANKED',
  ]);
  // The bank's weight of the moment comes on top of the treatment's.
  expect(ranked(await atHome({ moment: 'payday' }))).toEqual([
    ['card', 1, 2 * PAYDAY_WEIGHT, CARD_VALUE, 1.5, 3_000 * PAYDAY_WEIGHT],
    ['fund', 1, PAYDAY_WEIGHT, FUND_VALUE, 1, 2_500 * PAYDAY_WEIGHT],
  ]);
});

it('answers the branch desk and a call in one call, each with what ranks first there', async () => {
  const agent = await bank.staff('ada', ['agent']);
  const at = async (channel: string): Promise<DecisionView> => {
    const path = `/workbench/v1/customers/${customerId}/next-best-actions`;
    const body = { channel, isCommitted: false };
    return (await agent.post<{ decisions: DecisionView[] }>(path, body)).decisions[0]!;
  };
  const [branch, call] = [await at('branch'), await at('remote_bank')];
  expect([branch, call]).toMatchObject([
    { actionId: 'fund', queue: 'branch', scriptId: 'talk' },
    { actionId: 'card', queue: 'remote_bank', scriptId: 'talk' },
  ]);
  expect(ranked(branch).map(([name, ...factors]) => [name, factors.at(-1)])).toEqual([
    ['fund', 2_500],
    ['card', 750],
  ]);
  expect(ranked(call)[0]).toEqual(['card', 1, 3, CARD_VALUE, 1.5, 4_500]);
});

it('answers a till in one call', async () => {
  await admin.put('/admin/v1/org-units', { orgPath: 'hq', name: 'Head office' });
  const tea = await MerchantSystem.join(bank.url, { admin, checker }, 'tea-house');
  await admin.post('/admin/v1/stocks', stockBody('tea-packet'));
  const { instance } = await app.post<{ instance: { instanceId: string } }>('/app/v1/stocks/tea-packet/claims');
  const { code } = await app.post<{ code: string }>(`/app/v1/wallet/${instance.instanceId}/redemption-code`);
  const { actions } = await tea.http.post<{ actions: { decisionId: string; actionId: string }[] }>(
    '/merchant/v1/next-best-actions',
    tea.sale(code),
  );
  expect(actions).toMatchObject([{ actionId: 'fund' }]);
  expect(ranked(await decisionOf(actions[0]!.decisionId)).map(([name, ...factors]) => [name, factors.at(-1)])).toEqual([
    ['fund', 2_500],
    ['card', 2_250],
  ]);
});

it('turns the rank by a lever, and explores the share that a strategy gives to it', async () => {
  await maker.put('/admin/v1/actions/fund', action(EVEN, FUND_VALUE, 200));
  const path = `/admin/v1/strategies/${EXPLORING}`;
  const { strategy } = await maker.get<{ strategy: StrategyView }>(path);
  const { version, name, orgPath, segmentId, actionIds } = strategy;
  const content = { version, name, orgPath, segmentId, actionIds, explorationBasisPoints: 5_000 };
  await maker.put(path, content);
  const { contentHash } = (await maker.post<{ strategy: StrategyView }>(`${path}/submit`)).strategy;
  await checker.post(`${path}/approve`, { contentHash });
  await eventually(async () => {
    expect(ranked(await atHome())[0]).toEqual(['fund', 1, 1, FUND_VALUE, 2, 5_000]);
  }, WAIT);
  // That all of them come out alike has a chance of 2 to the power of -59.
  const seen: DecisionView[] = [];
  for (let asked = 0; asked < 60; asked += 1) seen.push(await atHome());
  const explored = seen.filter(({ isExploration }) => isExploration);
  expect(explored.length).toBeGreaterThan(0);
  expect(explored.length).toBeLessThan(seen.length);
  for (const { actionId, isExploration, candidates } of seen) {
    if (!isExploration) expect(actionId).toBe('fund');
    expect(candidates.filter(({ isChosen }) => isChosen)).toMatchObject([{ actionId, isExploration }]);
  }
});
