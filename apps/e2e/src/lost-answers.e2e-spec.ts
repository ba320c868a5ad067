import { BenefitsServiceService } from '@tidegate/contracts/benefits/v1/benefits';
import { PointsServiceService } from '@tidegate/contracts/benefits/v1/points';
import type { Client } from '@tidegate/grpc';
import { eventually, startLossyProxy, type LossyProxy } from '@tidegate/testing';
import { Bank } from './testing/bank';
import type { HttpCaller, Problem } from './testing/http-caller';
import { expectSoundLedger } from './testing/ledger';
import { MerchantSystem } from './testing/merchant-system';
import { middayZone } from './testing/midday';
import { putInForce } from './testing/programme';
import { stockBody } from './testing/stock';
import { WALLET_SERVICES, WalletPeople, type Held } from './testing/wallet-people';

// Goal: who was told that the time is up, while what was asked for was done, is told so when the request is repeated; it is done once.
// Method: the answers of benefits are kept back from the gateway and from merchants until the deadline is over and the commit is seen.

jest.setTimeout(600_000);

const NAMES = ['ann', 'bob'] as const;
const ZONE = { timeZone: middayZone() };
const FACE = 800;
const SIGN_IN_POINTS = 30;
const PARKING_POINTS = 20;
const WAIT = { timeoutMs: 180_000, everyMs: 100 };
const points = (count: number): object => ({ kind: 'points', points: count, pointsValidMonths: 12 });

let proxy: LossyProxy;

let bank: Bank;
let staff: { maker: HttpCaller; checker: HttpCaller };
let people: WalletPeople<(typeof NAMES)[number]>;
let tea: MerchantSystem;
/** Straight to benefits, past what keeps the answers back. */
let benefits: Client<typeof BenefitsServiceService>;
let accounts: Client<typeof PointsServiceService>;

beforeAll(async () => {
  let benefitsUrl = '';
  proxy = await startLossyProxy(() => benefitsUrl);
  bank = await Bank.open({ BENEFITS_GRPC_URL: proxy.url }, WALLET_SERVICES);
  const { services } = await bank.platform.endpoints();
  benefitsUrl = services.find(({ name }) => name === 'benefits')!.grpcUrl;
  benefits = await bank.platform.client('benefits', BenefitsServiceService);
  accounts = await bank.platform.client('benefits', PointsServiceService);
  staff = { maker: await bank.staff('max', ['admin', 'maker']), checker: await bank.staff('chen', ['checker']) };
  for (const orgPath of ['hq', 'hq/east']) await staff.maker.put('/admin/v1/org-units', { orgPath, name: orgPath });
  people = await WalletPeople.join(bank, staff.maker, NAMES);
  tea = await MerchantSystem.join(bank.url, { admin: staff.maker, checker: staff.checker }, 'tea-house');
  await staff.maker.post('/admin/v1/stocks', stockBody('packet', { faceValueMinor: FACE, isTransferable: true }));
  await staff.maker.post('/admin/v1/stocks', stockBody('parking'));
});
afterAll(async () => {
  await bank?.stop();
  await proxy?.stop();
});
afterEach(() => expectSoundLedger(staff.checker));

/** Asks until the time was up and it is done all the same; then asks once more under the same key, and is answered. */
async function askTwice<T>(by: HttpCaller, path: string, body: object, isDone: () => Promise<void>): Promise<T> {
  const key = path.slice(1).replaceAll('/', '-');
  proxy.keepBack();
  try {
    await eventually(async () => {
      const { status, body: problem } = await by.call<Problem>('POST', path, { body, key });
      expect([status, problem.reason]).toEqual([504, 'PEER_TIMED_OUT']);
      await isDone();
    }, WAIT);
  } finally {
    proxy.restore();
  }
  return by.post<T>(path, body, { key });
}

/** What a customer holds or held, as benefits itself says. */
async function walletOf(name: (typeof NAMES)[number]): Promise<string[]> {
  const page = { customerId: people.ids[name], pageSize: 10, pageToken: '', state: '', group: '' };
  const { instances } = await benefits.listWallet(page);
  return instances.map(({ stockId, state }) => `${stockId} ${state}`).sort();
}
const hasPoints = async (name: (typeof NAMES)[number], amount: number): Promise<void> =>
  expect((await accounts.getPointsBalance({ customerId: people.ids[name] })).points).toBe(amount);
const claimedOf = async (stockId: string): Promise<number | undefined> =>
  (await benefits.getStock({ stockId })).stock?.claimedCount;

it('a claim', async () => {
  const isDone = async (): Promise<void> => expect(await walletOf('ann')).toEqual(['packet issued']);
  const path = '/app/v1/stocks/packet/claims';
  const told = await askTwice<{ instance: Held; isRepeat: boolean }>(people.apps.ann, path, {}, isDone);
  const [held] = await people.walletOf('ann');
  expect(told).toMatchObject({ isRepeat: true, instance: { instanceId: held!.instanceId, state: 'issued' } });
  expect(await claimedOf('packet')).toBe(1);
  await isDone();
});

it('a transfer', async () => {
  const [{ instanceId } = { instanceId: '' }] = await people.walletOf('ann');
  const isDone = async (): Promise<void> => {
    expect([await walletOf('ann'), await walletOf('bob')]).toEqual([['packet transferred'], ['packet issued']]);
  };
  const path = `/app/v1/wallet/${instanceId}/transfer`;
  const body = { toCustomerId: people.ids.bob };
  const told = await askTwice<{ instance: Held }>(people.apps.ann, path, body, isDone);
  const [taken] = await people.walletOf('bob');
  expect(told.instance).toMatchObject({ instanceId: taken!.instanceId, state: 'issued' });
  await isDone();
});

it('a redemption by a signed request', async () => {
  const [{ instanceId } = { instanceId: '' }] = await people.walletOf('bob');
  const sale = tea.sale(await people.codeOf('bob', instanceId));
  const isDone = async (): Promise<void> => expect(await walletOf('bob')).toEqual(['packet redeemed']);
  const told = await askTwice<{ redemption: object }>(tea.http, '/merchant/v1/redemptions', sale, isDone);
  expect(told.redemption).toMatchObject({ instanceId, amountMinor: FACE, merchantId: 'tea-house' });
  const account = { account: 'payable:tea-house', currency: 'CNY', at: undefined };
  expect((await benefits.getAccountBalance(account)).balance).toMatchObject({ creditMinor: FACE, debitMinor: 0 });
});

it('points for a sign-in', async () => {
  const terms = { ...ZONE, streakRewards: [{ streakDay: 1, reward: points(SIGN_IN_POINTS) }] };
  await putInForce(staff, 'sign-in-programmes', 'daily', terms);
  const isDone = (): Promise<void> => eventually(() => hasPoints('ann', SIGN_IN_POINTS), WAIT);
  const path = '/app/v1/sign-in-programmes/daily/sign-ins';
  const told = await askTwice<{ status: object }>(people.apps.ann, path, {}, isDone);
  expect(told.status).toMatchObject({ streakDays: 1, isSignedInToday: true });
  const { entries } = await people.apps.ann.get<{ entries: object[] }>('/app/v1/points/entries');
  expect(entries).toHaveLength(1);
});

it('an exchange of points for a benefit', async () => {
  const get = { kind: 'benefit', stockId: 'parking' };
  await putInForce(staff, 'exchange-offers', 'park', { ...ZONE, give: points(PARKING_POINTS), get });
  const isDone = async (): Promise<void> => {
    await hasPoints('ann', SIGN_IN_POINTS - PARKING_POINTS);
    expect(await walletOf('ann')).toEqual(['packet transferred', 'parking issued']);
  };
  const path = '/app/v1/exchange-offers/park/exchanges';
  const { exchange } = await askTwice<{ exchange: { exchangeId: string } }>(people.apps.ann, path, {}, isDone);
  const { exchanges } = await people.apps.ann.get<{ exchanges: object[] }>('/app/v1/exchanges');
  expect(exchanges).toMatchObject([{ exchangeId: exchange.exchangeId, state: 'done' }]);
  expect(await claimedOf('parking')).toBe(1);
  await isDone();
});

it('points that are taken back', async () => {
  const rule = {
    currency: 'CNY',
    operations: ['card_payment'],
    stepAmountMinor: 100,
    pointsPerStep: 1,
    validMonths: 12,
  };
  await putInForce(staff, 'points-rules', 'card-points', { ...ZONE, ...rule });
  await people.pay(['bob', 'bob-1', 2_500]);
  await eventually(() => hasPoints('bob', 25), WAIT);
  const { entries } = await people.apps.bob.get<{ entries: { reference: string }[] }>('/app/v1/points/entries');
  const body = {
    reversals: [
      { customerId: people.ids.bob, transactionId: entries[0]!.reference, reason: 'the payment was refunded' },
    ],
  };
  const isDone = (): Promise<void> => hasPoints('bob', 0);
  const { results } = await askTwice<{ results: object[] }>(staff.maker, '/admin/v1/points/reversals', body, isDone);
  expect(results).toMatchObject([
    { isRepeat: true, reason: '', entry: { kind: 'reverse', points: -25, shortPoints: 0 } },
  ]);
  const { entries: seen } = await people.apps.bob.get<{ entries: object[] }>('/app/v1/points/entries');
  expect(seen).toMatchObject([
    { kind: 'reverse', points: -25, reason: '', actorId: '' },
    { kind: 'earn', points: 25 },
  ]);
});
