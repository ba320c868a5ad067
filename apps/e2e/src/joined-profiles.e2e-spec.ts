import type { Customer, TimelineEntry } from '@tidegate/contracts/customers/v1/customers';
import { eventually } from '@tidegate/testing';
import type { Json } from '../../../tools/demo/http/json';
import { Bank } from './testing/bank';
import { readAll, type HttpCaller } from './testing/http-caller';
import { stockBody } from './testing/stock';
import { WalletPeople } from './testing/wallet-people';

// Goal: two profiles that are found to be of one person count as one for benefits, contacts and history, and as two when it was a mistake.

jest.setTimeout(300_000);

const PATIENT = { timeoutMs: 90_000 };
const MARKETING = { purpose: 'marketing', channel: '*', evidence: 'app, switch' };
type Name = 'gus' | 'hal';

const SERVICES = ['gateway', 'customers', 'campaigns', 'arbitration', 'merchants', 'benefits'];

let bank: Bank;
let admin: HttpCaller;
let people: WalletPeople<Name>;
let joinId: string;
let stockCount = 0;

beforeAll(async () => {
  bank = await Bank.open({}, SERVICES);
  admin = await bank.staff('adam', ['admin']);
  const maker = await bank.staff('max', ['maker']);
  const checker = await bank.staff('clara', ['checker']);
  for (const orgPath of ['hq', 'hq/east']) await admin.put('/admin/v1/org-units', { orgPath, name: orgPath });
  await putLimits([]);
  people = await WalletPeople.join(bank, admin, ['gus', 'hal']);
  // The first question about the whole base opens its columnar copy, for which a busy machine may need long.
  await eventually(() => admin.post('/admin/v1/segments/preview', { rule: { all: [] } }), { timeoutMs: 120_000 });
  const treatment = { channel: 'app', title: 'A deposit?', body: 'Today.' };
  const terms = { issue: 'growth', group: 'tea', purpose: 'marketing', valueMinor: 1, currency: 'CNY', orgPath: 'hq' };
  await maker.put('/admin/v1/actions/deposit', { ...terms, name: 'Deposit', treatments: [treatment] });
  await maker.put('/admin/v1/segments/everybody', { name: 'Everybody', rule: { all: [] }, orgPath: 'hq' });
  const endsAt = new Date(Date.now() + 30 * 60_000).toISOString();
  const content = { name: 'Deposit', orgPath: 'hq', segmentId: 'everybody', actionIds: ['deposit'], endsAt };
  await bank.publishStrategy(maker, checker, 'deposit', content);
});
afterAll(() => bank?.stop());

async function putLimits(limits: object[]): Promise<void> {
  const { policy } = await admin.get<{ policy: object }>('/admin/v1/contact-policy');
  await admin.put('/admin/v1/contact-policy', { ...policy, limits, quietHours: [], suppressions: [] });
}
/** A stock of which one person has one, under all his profiles; the second profile has taken it. */
async function takenByHal(): Promise<string> {
  const stockId = `one-each-${(stockCount += 1)}`;
  await admin.post('/admin/v1/stocks', stockBody(stockId, { naturalPersonLimit: 1, perCustomerLimit: 0 }));
  await people.claim('hal', stockId);
  return stockId;
}
const view = (name: Name): Promise<{ customer: Json<Customer>; otherCustomerIds: string[] }> =>
  admin.get(`/admin/v1/customers/${people.ids[name]}`);
const offersTo = async (name: Name): Promise<number> => {
  const body = { maxActions: 1, isCommitted: false };
  return (await people.apps[name].post<{ actions: object[] }>('/app/v1/next-best-actions', body)).actions.length;
};
const claimsSeenOf = async (name: Name): Promise<string[]> => {
  const path = `/admin/v1/customers/${people.ids[name]}/timeline?pageSize=2`;
  const entries = await readAll<Json<TimelineEntry>>(admin, path, 'entries');
  return entries.filter(({ type }) => type === 'benefit-claimed').map(({ customerId }) => customerId);
};

it('counts for the one profile what the other took, once they are joined', async () => {
  const stockId = await takenByHal();
  const body = { otherCustomerId: people.ids.gus, reason: 'one passport' };
  joinId = (await admin.post<{ join: { joinId: string } }>(`/admin/v1/customers/${people.ids.hal}/joins`, body)).join
    .joinId;
  // A claim cannot be tried again: each look is at a stock of its own until the wallet has heard of the join.
  await eventually(async () => {
    const path = `stocks/${await takenByHal()}/claims`;
    expect(await people.refusal('gus', path)).toEqual([422, 'PERSON_LIMIT_REACHED']);
  }, PATIENT);
  expect(await people.refusal('gus', `stocks/${stockId}/claims`)).toEqual([422, 'PERSON_LIMIT_REACHED']);
  expect(await people.statesOf('gus', stockId)).toEqual([]);
  expect(await people.statesOf('hal', stockId)).toEqual(['issued']);
});

it('shows staff one history, each entry once and of whom, and the app each its own', async () => {
  await eventually(async () => {
    const seen = await claimsSeenOf('gus');
    expect(seen.filter((customerId) => customerId === people.ids.hal)).toHaveLength(stockCount);
    expect(await claimsSeenOf('hal')).toEqual(seen);
  }, PATIENT);
  expect((await view('gus')).otherCustomerIds).toEqual([people.ids.hal]);
  expect((await view('hal')).otherCustomerIds).toEqual([people.ids.gus]);
  expect((await people.walletOf('gus')).map(({ customerId }) => customerId)).not.toContain(people.ids.hal);
});

it('contacts the person no more often than one who has one profile', async () => {
  await eventually(async () => expect([await offersTo('gus'), await offersTo('hal')]).toEqual([1, 1]), PATIENT);
  const once = { scope: 'overall', key: '', maxCount: 1, windowDays: 1, window: 'rolling', purpose: 'marketing' };
  await putLimits([once]);
  const told = await people.apps.hal.post<{ actions: object[] }>('/app/v1/next-best-actions', {
    maxActions: 1,
    isCommitted: true,
  });
  expect(told.actions).toHaveLength(1);
  await eventually(async () => expect([await offersTo('gus'), await offersTo('hal')]).toEqual([0, 0]), PATIENT);
  await putLimits([]);
});

it('offers nothing to either profile from the moment that one withdraws', async () => {
  await eventually(async () => expect([await offersTo('gus'), await offersTo('hal')]).toEqual([1, 1]), PATIENT);
  await people.apps.hal.post('/app/v1/consents', { ...MARKETING, isGranted: false });
  expect([await offersTo('gus'), await offersTo('hal')]).toEqual([0, 0]);
  const { customer } = await view('gus');
  expect(customer.consents).toContainEqual(
    expect.objectContaining({ purpose: 'marketing', channel: 'app', isGranted: false, isOfPerson: true }),
  );
  // The other profile may say what it likes: the stricter word holds.
  await people.apps.gus.post('/app/v1/consents', { ...MARKETING, isGranted: true });
  expect(await offersTo('gus')).toBe(0);
});

it('takes all of it apart again when the join was a mistake', async () => {
  await admin.post(`/admin/v1/customers/${people.ids.hal}/joins/${joinId}/undo`, { reason: 'another passport' });
  await eventually(() => people.claim('gus', 'one-each-1'), PATIENT);
  expect(await people.refusal('hal', 'stocks/one-each-1/claims')).toEqual([422, 'PERSON_LIMIT_REACHED']);
  await eventually(async () => expect(await offersTo('gus')).toBe(1), PATIENT);
  expect(await offersTo('hal')).toBe(0);
  expect((await view('gus')).otherCustomerIds).toEqual([]);
  await eventually(async () => expect(new Set(await claimsSeenOf('gus'))).toEqual(new Set([people.ids.gus])), PATIENT);
});
