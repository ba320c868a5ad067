import type { SimulatedCustomer, Simulation } from '@tidegate/contracts/arbitration/v1/simulation';
import { eventually } from '@tidegate/testing';
import type { Json } from '../../../tools/demo/http/json';
import { Bank } from './testing/bank';
import { fileCustomer, fileLine, FILE_HEADER } from './testing/bank-file';
import type { HttpCaller } from './testing/http-caller';
import { stockBody } from './testing/stock';
import type { DecisionView } from './testing/views';

// Goal: before anybody approves a draft, its maker sees what it would do to the live base beside what is live, and nothing of it happens.

const WAIT = { timeoutMs: 60_000 };
const COUNT = 40;
const DAYS = 2;
type SimulationView = Json<Simulation>;
type CustomerRow = Json<SimulatedCustomer>;

const SERVICES = ['gateway', 'customers', 'campaigns', 'arbitration', 'merchants', 'benefits', 'leads'];

let bank: Bank;
let maker: HttpCaller;
let admin: HttpCaller;
let withoutConsent: string;

beforeAll(async () => {
  bank = await Bank.open({}, SERVICES);
  admin = await bank.staff('anna', ['admin']);
  maker = await bank.staff('max', ['maker']);
  const checker = await bank.staff('chen', ['checker']);
  const lines = Array.from({ length: COUNT }, (_, index) => fileLine(index, fileCustomer(index)));
  const consents = [{ purpose: 'marketing', channel: '*' }];
  await bank.importFile(admin, 'base.csv', [FILE_HEADER, ...lines].join('\n'), consents);
  withoutConsent = (await bank.customers(admin)).get(fileCustomer(0).externalId)!.customerId;
  const app = await bank.customer(withoutConsent);
  await app.post('/app/v1/consents', { purpose: 'marketing', channel: '*', isGranted: false, evidence: 'app' });
  const { policy } = await admin.get<{ policy: object }>('/admin/v1/contact-policy');
  const once = { scope: 'overall', key: '', maxCount: 1, windowDays: 7, window: 'rolling', purpose: 'marketing' };
  const open = { quietHours: [], suppressions: [], globalHoldoutBasisPoints: 0 };
  await admin.put('/admin/v1/contact-policy', { ...policy, ...open, limits: [once] });
  await admin.put('/admin/v1/queues/calls', { name: 'Calls', channel: 'remote_bank', orgPath: 'hq' });
  await admin.put('/admin/v1/capacity/calls/default', { units: 5 });
  await maker.put('/admin/v1/scripts/talk', { title: 'Talk', opening: 'Good day', orgPath: 'hq' });
  const terms = { issue: 'growth', group: 'deposits', purpose: 'marketing', currency: 'CNY', orgPath: 'hq' };
  const message = { channel: 'app', title: 'Hello', body: 'A message.' };
  const call = { channel: 'remote_bank', title: 'Call', scriptId: 'talk', queue: 'calls' };
  await maker.put('/admin/v1/actions/hello', { ...terms, name: 'Hello', valueMinor: 1, treatments: [message] });
  await maker.put('/admin/v1/actions/loan', { ...terms, name: 'Loan', valueMinor: 100, treatments: [call] });
  await maker.put('/admin/v1/segments/everybody', { name: 'Everybody', rule: { all: [] }, orgPath: 'hq' });
  const content = { name: 'S', orgPath: 'hq', segmentId: 'everybody' };
  await bank.publishStrategy(maker, checker, 'hellos', { ...content, actionIds: ['hello'] });
  await maker.post('/admin/v1/strategies', { ...content, strategyId: 'loans', actionIds: ['loan'] });
  const last = await bank.customer((await bank.customers(admin)).get(fileCustomer(COUNT - 1).externalId)!.customerId);
  await eventually(async () => {
    const preview = { isCommitted: false };
    const { actions } = await last.post<{ actions: unknown[] }>('/app/v1/next-best-actions', preview);
    // The strategy and the customers have arrived.
    expect(actions).toHaveLength(1);
  }, WAIT);
});
afterAll(() => bank?.stop());

/** The draft played over the coming days. */
async function simulate(strategyId = 'loans'): Promise<SimulationView> {
  const path = `/admin/v1/strategies/${strategyId}/simulations`;
  const { simulationId } = await maker.post<{ simulationId: string }>(path, { dayCount: DAYS });
  return eventually(async () => {
    const { simulation } = await maker.get<{ simulation: SimulationView }>(`/admin/v1/simulations/${simulationId}`);
    expect(simulation).toMatchObject({ state: 'completed', baseCount: COUNT, customerCount: COUNT });
    return simulation;
  }, WAIT);
}
const sum = (numbers: number[]): number => numbers.reduce((total, each) => total + each, 0);

it('shows volumes by day and channel, conflicts, who gets nothing and why, and the change against live', async () => {
  const { simulationId, report } = await simulate();
  const { volumes, queues, strategies, conflicts, nothingCountByReason, ...counts } = report!;
  // Live, everybody but one gets a message on the first day; with the draft, five of them are called instead, and five more cannot be: they had the message.
  const ofChannel = (channel: string, of: 'draftCount' | 'liveCount'): number =>
    sum(volumes.filter((each) => each.channel === channel).map((each) => each[of]));
  expect(new Set(volumes.map(({ day }) => day)).size).toBeLessThanOrEqual(DAYS);
  expect([ofChannel('remote_bank', 'draftCount'), ofChannel('remote_bank', 'liveCount')]).toEqual([5, 0]);
  expect([ofChannel('app', 'draftCount'), ofChannel('app', 'liveCount')]).toEqual([COUNT - 6, COUNT - 1]);
  expect(counts).toMatchObject({
    audienceCount: COUNT,
    reachedCount: 5,
    gainedCount: 0,
    lostCount: 0,
    switchedCount: 5,
  });
  expect(counts.sameCount).toBe(COUNT - 5);
  expect(queues.every(({ draftCount, freeUnits }) => draftCount <= freeUnits)).toBe(true);
  expect(strategies.map(({ strategyId }) => strategyId).sort()).toEqual(['hellos', 'loans']);
  expect(conflicts).toMatchObject([{ strategyId: 'hellos', tookCount: 5 }]);
  expect(sum(Object.values(nothingCountByReason))).toBe(COUNT - 5);
  expect(nothingCountByReason['CONSENT_MISSING']).toBe(1);
  const page = `/admin/v1/simulations/${simulationId}/customers?reason=CONSENT_MISSING`;
  const { customers } = await maker.get<{ customers: CustomerRow[] }>(page);
  expect(customers).toMatchObject([{ customerId: withoutConsent, draftContacts: [], liveContacts: [] }]);
  const switched = `/admin/v1/simulations/${simulationId}/customers?change=switched`;
  expect((await maker.get<{ customers: CustomerRow[] }>(switched)).customers).toHaveLength(5);
});

it('gives no more of a benefit than its stock has, over all the days', async () => {
  const endsAt = new Date(Date.now() + 30 * 86_400_000).toISOString();
  await admin.put('/admin/v1/org-units', { orgPath: 'hq', name: 'Head office' });
  await admin.post('/admin/v1/stocks', stockBody('packets', { totalLimit: 7, claimEndsAt: endsAt }));
  const terms = { issue: 'growth', group: 'cards', purpose: 'marketing', currency: 'CNY', orgPath: 'hq' };
  const gift = { channel: 'app', title: 'A packet', body: 'For you.', benefitStockId: 'packets' };
  await maker.put('/admin/v1/actions/packet', { ...terms, name: 'Packet', valueMinor: 50, treatments: [gift] });
  const content = { name: 'Packets', orgPath: 'hq', segmentId: 'everybody', actionIds: ['packet'], endsAt };
  await maker.post('/admin/v1/strategies', { ...content, strategyId: 'packets' });
  const { report } = await simulate('packets');
  expect(report).toMatchObject({ audienceCount: COUNT, reachedCount: 7, switchedCount: 7, gainedCount: 0 });
});

it('leaves nothing behind but itself', async () => {
  const known = [...(await bank.customers(admin)).values()];
  for (const { customerId } of known) {
    const path = `/admin/v1/decisions?customerId=${customerId}`;
    expect((await admin.get<{ decisions: DecisionView[] }>(path)).decisions).toEqual([]);
  }
  const leader = await bank.staff('lee', ['team_leader']);
  expect((await leader.get<{ leads: unknown[] }>('/workbench/v1/leads?queue=calls')).leads).toEqual([]);
  const { capacities } = await admin.get<{ capacities: { reserved: number }[] }>('/admin/v1/capacity?queue=calls');
  expect(sum(capacities.map(({ reserved }) => reserved))).toBe(0);
  const { strategy } = await maker.get<{ strategy: { state: string } }>('/admin/v1/strategies/loans');
  expect(strategy.state).toBe('draft');
  const { simulations } = await maker.get<{ simulations: SimulationView[] }>('/admin/v1/simulations?strategyId=loans');
  expect(simulations).toMatchObject([{ state: 'completed', startedBy: 'max' }]);
});
