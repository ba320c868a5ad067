import type { FissionMember } from '@tidegate/contracts/benefits/v1/fission';
import type { GrowthStanding, MissionProgress } from '@tidegate/contracts/benefits/v1/growth';
import type { PointsEntry } from '@tidegate/contracts/benefits/v1/points';
import type { SignInStatus } from '@tidegate/contracts/benefits/v1/sign_in';
import { eventually } from '@tidegate/testing';
import type { Json } from '../../../tools/demo/http/json';
import { Bank } from './testing/bank';
import type { HttpCaller } from './testing/http-caller';
import { balanceOf, expectSoundLedger } from './testing/ledger';
import { MerchantSystem } from './testing/merchant-system';
import { middayZone } from './testing/midday';
import { putInForce } from './testing/programme';
import { stockBody } from './testing/stock';
import { WALLET_SERVICES, WalletPeople } from './testing/wallet-people';

// Goal: what a customer does in the app and pays by card brings what the programmes promise, once, and never more than their limits.

const NAMES = ['ann', 'bob', 'cid', 'dee', 'eve', 'fay'] as const;
type Name = (typeof NAMES)[number];
const ZONE = { timeZone: middayZone() };
const SHORT_LIFE_SECONDS = 600;
const points = (count: number): object => ({ kind: 'points', points: count, pointsValidMonths: 12 });
const CARD = { filter: { activityType: 'transaction', operations: ['card_payment'] } };

let bank: Bank;
let staff: { maker: HttpCaller; checker: HttpCaller };
let people: WalletPeople<Name>;
/** A gift of a short-lived benefit that nobody takes; looked at when its time is over. */
let stale: { giftId: string; token: string; instanceId: string };

beforeAll(async () => {
  bank = await Bank.withClocks(WALLET_SERVICES);
  staff = { maker: await bank.staff('max', ['admin', 'maker']), checker: await bank.staff('chen', ['checker']) };
  for (const orgPath of ['hq', 'hq/east']) await staff.maker.put('/admin/v1/org-units', { orgPath, name: orgPath });
  people = await WalletPeople.join(bank, staff.maker, NAMES);
});
afterAll(() => bank?.stop());

const open = (stockId: string, overrides: object = {}): Promise<unknown> =>
  staff.maker.post('/admin/v1/stocks', stockBody(stockId, overrides));

it('passes a benefit straight on, or as a gift that comes back when it is cancelled', async () => {
  const shortLived = { isTransferable: true, validForSeconds: SHORT_LIFE_SECONDS, orgPath: 'hq/east' };
  const costShares = [{ funder: 'bank', partyId: 'hq/east', basisPoints: 10_000 }];
  await open('day-ticket', { ...shortLived, faceValueMinor: 700, costShares });
  const { instanceId: given } = await people.claim('ann', 'day-ticket');
  const offered = await people.apps.ann.post<{ giftId: string; token: string }>(`/app/v1/wallet/${given}/gifts`);
  stale = { ...offered, instanceId: given };

  await open('umbrella', { isTransferable: true });
  const { instanceId } = await people.claim('ann', 'umbrella');
  await people.claim('cid', 'umbrella');
  const transfer = `wallet/${instanceId}/transfer`;
  expect(await people.refusal('ann', transfer, { toCustomerId: people.ids.ann })).toEqual([422, 'GIFT_TO_SELF']);
  expect(await people.refusal('bob', transfer, { toCustomerId: people.ids.bob })).toEqual([404, 'INSTANCE_NOT_FOUND']);
  expect(await people.refusal('ann', transfer, { toCustomerId: 'nobody' })).toEqual([404, 'CUSTOMER_NOT_FOUND']);
  expect((await people.refusal('ann', transfer, { toCustomerId: people.ids.cid }))[1]).toBe('CUSTOMER_LIMIT_REACHED');
  await people.apps.ann.post(`/app/v1/${transfer}`, { toCustomerId: people.ids.bob });
  expect(await people.statesOf('ann', 'umbrella')).toEqual(['transferred']);
  expect(await people.statesOf('bob', 'umbrella')).toEqual(['issued']);
  expect(await balanceOf(staff.maker, `customer:${people.ids.ann}`)).toBe(0);
  expect(await balanceOf(staff.maker, `customer:${people.ids.bob}`)).toBe(800);

  const bobs = (await people.walletOf('bob')).find(({ stockId }) => stockId === 'umbrella')!;
  const gift = await people.apps.bob.post<{ giftId: string; token: string }>(`/app/v1/wallet/${bobs.instanceId}/gifts`);
  expect(await people.statesOf('bob', 'umbrella')).toEqual(['gifting']);
  expect(await balanceOf(staff.maker, `on_way:${people.ids.bob}`)).toBe(800);
  expect(await people.apps.bob.get('/app/v1/gifts')).toMatchObject({ gifts: [gift] });
  await people.apps.bob.post(`/app/v1/gifts/${gift.giftId}/cancel`);
  expect(await people.statesOf('bob', 'umbrella')).toEqual(['issued']);
  const late = await people.refusal('dee', `gifts/${gift.giftId}/accept`, { token: gift.token });
  expect(late).toEqual([422, 'GIFT_CANCELLED']);
});

it('opens a bundle as a whole or not at all, or into what is left', async () => {
  await open('film-ticket', { totalLimit: 1, faceValueMinor: 900 });
  await open('popcorn', { kind: 'physical_gift', faceValueMinor: 300, perCustomerLimit: 5 });
  const bundle = { kind: 'bundle', bundleStockIds: ['film-ticket', 'popcorn'], faceValueMinor: 1_200 };
  await open('whole-evening', { ...bundle, isBundleWhole: true });
  await open('part-evening', bundle);
  const { instanceId } = await people.claim('dee', 'whole-evening');
  const parts = (await people.walletOf('dee')).filter(({ fromInstanceId }) => fromInstanceId === instanceId);
  expect(parts.map(({ stockId, state }) => [stockId, state]).sort()).toEqual([
    ['film-ticket', 'issued'],
    ['popcorn', 'issued'],
  ]);
  expect(await people.refusal('eve', 'stocks/whole-evening/claims')).toEqual([422, 'STOCK_SOLD_OUT']);
  expect(await people.walletOf('eve')).toEqual([]);
  await people.claim('eve', 'part-evening');
  expect(await people.statesOf('eve', 'popcorn')).toEqual(['issued']);
  expect(await people.statesOf('eve', 'film-ticket')).toEqual([]);
});

it('rewards signing in by the day of the streak, a missed day made up with a card', async () => {
  const streakRewards = [10, 20].map((count, index) => ({ streakDay: index + 1, reward: points(count) }));
  const terms = { ...ZONE, streakRewards, cardsPerMonth: 1, makeUpDaysMax: 3 };
  await putInForce(staff, 'sign-in-programmes', 'daily', terms);
  const path = 'sign-in-programmes/daily';
  const today = await people.apps.ann.post<{ status: Json<SignInStatus> }>(`/app/v1/${path}/sign-ins`);
  expect(today.status).toMatchObject({ streakDays: 1, makeUpCards: 1, isSignedInToday: true });
  const [status, reason] = await people.refusal('ann', `${path}/sign-ins`);
  expect([[409, 422].includes(status), reason]).toEqual([true, 'SIGNED_IN_ALREADY']);
  const dayBefore = (days: number): string =>
    new Date(Date.parse(today.status.today) - days * 24 * 3_600_000).toISOString().slice(0, 10);
  expect((await people.refusal('ann', `${path}/make-ups`, { day: dayBefore(9) }))[1]).toBe('DAY_TOO_EARLY');
  const yesterday = dayBefore(1);
  const made = await people.apps.ann.post<{ status: object }>(`/app/v1/${path}/make-ups`, { day: yesterday });
  expect(made.status).toMatchObject({ streakDays: 2, makeUpCards: 0 });
  expect((await people.refusal('ann', `${path}/make-ups`, { day: dayBefore(2) }))[1]).toBe('NO_MAKE_UP_CARD');
  const month = `/app/v1/${path}/calendar?month=${yesterday.slice(0, 7)}`;
  const calendar = await people.apps.ann.get<{ madeUpDays: string[] }>(month);
  expect(calendar.madeUpDays).toEqual([yesterday]);
  await eventually(async () => expect(await people.pointsOf('ann')).toBe(30));
});

it('earns points from card transactions up to the caps', async () => {
  const rates = { currency: 'CNY', operations: ['card_payment'], stepAmountMinor: 100, pointsPerStep: 1 };
  const caps = { pointsMaxPerTransaction: 40, pointsMaxPerDay: 50 };
  await putInForce(staff, 'points-rules', 'card-points', { ...ZONE, ...rates, ...caps, validMonths: 12 });
  const small: [Name, string, number] = ['bob', 'bob-1', 3_000];
  await people.pay(
    small,
    ['bob', 'bob-2', 9_000],
    ['bob', 'bob-3', 7_000, { operation: 'transfer' }],
    ['cid', 'cid-1', 2_500],
  );
  await people.pay(small, ['bob', 'bob-4', 7_000, { currency: 'USD' }]);
  await eventually(async () => expect([await people.pointsOf('bob'), await people.pointsOf('cid')]).toEqual([50, 25]));
  const { entries } = await people.apps.bob.get<{ entries: Json<PointsEntry>[] }>('/app/v1/points/entries');
  const awards = entries.flatMap((entry) => entry.awards);
  const sum = (key: 'points' | 'cappedPoints'): number => awards.reduce((all, award) => all + Number(award[key]), 0);
  // Of 30 and 90 points, each transaction told twice or once.
  expect([entries.length, sum('points'), sum('cappedPoints')]).toEqual([2, 50, 70]);
});

it('exchanges points into a benefit and back at the rates and daily limits of the offers', async () => {
  await open('parking', { perCustomerLimit: 5 });
  const parking = { kind: 'benefit', stockId: 'parking' };
  const limits = { dailyLimit: 2, dailyLimitPerCustomer: 1 };
  await putInForce(staff, 'exchange-offers', 'park', { ...ZONE, give: points(20), get: parking, ...limits });
  await putInForce(staff, 'exchange-offers', 'unpark', { ...ZONE, give: parking, get: points(15) });
  expect((await people.refusal('dee', 'exchange-offers/park/exchanges'))[1]).toBe('POINTS_INSUFFICIENT');
  const bought = await people.exchange('bob', 'park');
  expect([await people.pointsOf('bob'), await people.statesOf('bob', 'parking')]).toEqual([30, ['issued']]);
  expect((await people.refusal('bob', 'exchange-offers/park/exchanges'))[1]).toBe('CUSTOMER_DAILY_LIMIT_REACHED');
  await people.exchange('ann', 'park');
  expect((await people.refusal('cid', 'exchange-offers/park/exchanges'))[1]).toBe('DAILY_LIMIT_REACHED');
  expect([await people.pointsOf('ann'), await people.pointsOf('cid')]).toEqual([10, 25]);
  await people.exchange('bob', 'unpark', { instanceId: bought.gotInstanceId });
  expect(await people.statesOf('bob', 'parking')).not.toContain('issued');
  expect(await people.pointsOf('bob')).toBe(45);
  expect(await balanceOf(staff.maker, `points:${people.ids.bob}`, 'PTS')).toBe(45);
});

it('grows an invite tree and rewards both sides when the invited one pays', async () => {
  const condition = { kind: 'fact', factType: 'transaction', countMin: 1, amountMinorMin: 5_000 };
  const rewards = { inviterReward: points(9), inviteeReward: points(4) };
  const terms = { ...ZONE, condition, conditionWithinSeconds: 86_400, ...rewards, personMaxPerDevice: 1 };
  await putInForce(staff, 'fission-campaigns', 'friends', terms);
  const device = (name: Name): object => ({ deviceId: `phone-of-${name}-0001` });
  const invite = async (name: Name): Promise<string> =>
    (await people.apps[name].post<{ code: string }>('/app/v1/fission-campaigns/friends/invites', device(name))).code;
  const code = await invite('dee');
  expect((await people.refusal('dee', `invites/${code}/accept`, device('dee')))[1]).toBe('INVITE_TO_SELF');
  expect((await people.refusal('eve', `invites/${code}/accept`, device('dee')))[1]).toBe('DEVICE_LIMIT_REACHED');
  await people.apps.eve.post(`/app/v1/invites/${code}/accept`, device('eve'));
  const next = await invite('eve');
  await people.apps.fay.post(`/app/v1/invites/${next}/accept`, device('fay'));
  const last = await invite('fay');
  expect((await people.refusal('dee', `invites/${last}/accept`, device('dee')))[1]).toBe('INVITE_CYCLE');
  expect((await people.refusal('eve', `invites/${last}/accept`, device('eve')))[1]).toBe('INVITER_FIXED');

  const transfer = { operation: 'transfer' };
  await people.pay(['eve', 'eve-small', 4_999, transfer], ['eve', 'eve-large', 5_000, transfer]);
  await eventually(async () => expect([await people.pointsOf('dee'), await people.pointsOf('eve')]).toEqual([9, 4]));
  expect(await people.pointsOf('fay')).toBe(0);
  const members = '/admin/v1/fission-campaigns/friends/members';
  const below = async (name: Name): Promise<unknown[]> => {
    const { invitees } = await staff.maker.get<{ invitees: { member: Json<FissionMember> }[] }>(
      `${members}/${people.ids[name]}/invitees`,
    );
    return invitees.map(({ member }) => [member.customerId, member.state]);
  };
  expect([await below('dee'), await below('eve'), await below('fay')]).toEqual([
    [[people.ids.eve, 'qualified']],
    [[people.ids.fay, 'joined']],
    [],
  ]);
});

it('lifts a customer to a level with its benefit, and pays for a chain of tasks', async () => {
  await open('silver-cup');
  const cup = { reward: { kind: 'benefit', stockId: 'silver-cup' }, every: 'once' };
  const levels = [
    { name: 'Member', upGrowth: 0, keepGrowth: 0 },
    { name: 'Silver', upGrowth: 50, keepGrowth: 40, benefits: [cup] },
  ];
  const sources = [{ ...CARD, growth: 1, stepAmountMinor: 100 }];
  await putInForce(staff, 'growth-plans', 'club', { ...ZONE, sources, levels, graceDays: 30 });
  const pays = { name: 'Pay by card', ...CARD, measure: 'amount', target: 6_000 };
  const signsIn = { name: 'Sign in', filter: { activityType: 'sign_in' }, measure: 'count', target: 1 };
  const chain = { steps: [pays, signsIn], isChained: true, period: 'once', rewards: [points(7)] };
  await putInForce(staff, 'missions', 'first-steps', { ...ZONE, ...chain });
  const standing = async (): Promise<unknown[]> => {
    const { standings } = await people.apps.fay.get<{ standings: Json<GrowthStanding>[] }>('/app/v1/growth');
    return standings.map(({ levelName, growth }) => [levelName, Number(growth)]);
  };
  const mission = async (): Promise<Json<MissionProgress>> =>
    (await people.apps.fay.get<{ missions: Json<MissionProgress>[] }>('/app/v1/missions')).missions[0]!;
  await people.pay(['fay', 'fay-1', 4_900]);
  await eventually(async () => expect(await standing()).toEqual([['Member', 49]]));
  expect((await mission()).steps.map(({ isDone }) => isDone)).toEqual([false, false]);
  await people.pay(['fay', 'fay-2', 1_100]);
  await eventually(async () => {
    expect(await standing()).toEqual([['Silver', 60]]);
    expect(await people.statesOf('fay', 'silver-cup')).toEqual(['issued']);
    expect((await mission()).steps.map(({ isDone }) => isDone)).toEqual([true, false]);
  });
  expect(await people.rewardsOf('fay', 'mission')).toEqual([]);
  await people.apps.fay.post('/app/v1/sign-in-programmes/daily/sign-ins');
  await eventually(async () => {
    expect((await mission()).state).toBe('done');
    expect(await people.rewardsOf('fay', 'mission')).toMatchObject([{ state: 'granted', reward: { points: 7 } }]);
  });
});

it('finds a hidden point where the customer stands, once', async () => {
  const bund = { pointId: 'bund', name: 'The Bund', longitude: 121.49, latitude: 31.24, radiusMetres: 50 };
  const limits = { accuracyMetresMax: 30, positionAgeSecondsMax: 300, speedMetresPerSecondMax: 50 };
  await putInForce(staff, 'hunts', 'treasure', { ...ZONE, points: [{ ...bund, reward: points(11) }], ...limits });
  const { hunts } = await people.apps.cid.get<{ hunts: { terms: { points: object[] } }[] }>('/app/v1/hunts');
  expect(hunts[0]!.terms.points).toMatchObject([{ pointId: 'bund', latitude: 31.24 }]);
  const at = (name: Name, latitude: number, more: object = {}): Promise<object> =>
    people.standAt(name, 'treasure', { longitude: 121.49, latitude, ...more });
  const path = 'hunts/treasure/points/bund/claims';
  // 111 m to the north, and there by word of a mock provider.
  expect(await people.refusal('dee', path, await at('dee', 31.241))).toEqual([422, 'TOO_FAR']);
  expect((await people.refusal('eve', path, await at('eve', 31.24, { isMocked: true })))[1]).toBe('POSITION_MOCKED');
  const before = await people.pointsOf('cid');
  const here = await at('cid', 31.2401);
  await people.apps.cid.post(`/app/v1/${path}`, here);
  expect((await people.refusal('cid', path, here))[1]).toBe('CHALLENGE_USED');
  expect((await people.refusal('cid', path, await at('cid', 31.2401)))[1]).toBe('POINT_CLAIMED_ALREADY');
  expect((await people.refusal('cid', path, await at('cid', 32.24)))[1]).toBe('SPEED_IMPLAUSIBLE');
  await eventually(async () => expect(await people.pointsOf('cid')).toBe(before + 11));
  expect(await people.rewardsOf('cid', 'hunt')).toMatchObject([{ state: 'granted', reward: { points: 11 } }]);
});

it('follows a store and leaves it, counted by day', async () => {
  const [kind, targetId] = ['store', 'corner-shop-1'];
  await MerchantSystem.join(bank.url, { admin: staff.maker, checker: staff.checker }, 'corner-shop', 'hq/east');
  await staff.maker.put('/admin/v1/fan-targets', { kind, targetId, name: 'Corner', orgPath: 'hq/east', ...ZONE });
  for (const name of ['ann', 'ann', 'bob'] as const)
    await people.apps[name].post('/app/v1/follows', { kind, targetId, source: 'qr' });
  await people.apps.bob.post('/app/v1/follows/end', { kind, targetId });
  expect((await people.refusal('ann', 'follows', { kind, targetId: 'no-shop' }))[1]).toBe('TARGET_NOT_FOUND');
  expect(await people.apps.ann.get('/app/v1/follows')).toMatchObject({ fans: [{ targetId, source: 'qr' }] });
  expect(await staff.maker.get('/admin/v1/fan-targets')).toMatchObject({ targets: [{ targetId, fanCount: 1 }] });
  const day = new Intl.DateTimeFormat('en-CA', ZONE).format(new Date());
  const span = `kind=store&targetId=${targetId}&fromDay=${day}&toDay=${day}`;
  const days = [{ day, followedCount: 2, unfollowedCount: 1, fanCount: 1 }];
  expect(await staff.maker.get(`/admin/v1/fan-growth?${span}`)).toMatchObject({ days });
});

it('returns what nobody used to its funder, and every amount is in the ledger', async () => {
  bank.clocks.set('benefits', SHORT_LIFE_SECONDS * 1_000);
  const isExpired = async (): Promise<void> => expect(await people.statesOf('ann', 'day-ticket')).toEqual(['expired']);
  await eventually(isExpired, { timeoutMs: 60_000 });
  const late = await people.refusal('bob', `gifts/${stale.giftId}/accept`, { token: stale.token });
  expect(late).toEqual([422, 'GIFT_EXPIRED']);
  expect(await balanceOf(staff.maker, 'expired_bank:hq/east')).toBe(700);
  expect(await balanceOf(staff.maker, `on_way:${people.ids.ann}`)).toBe(0);
  await expectSoundLedger(staff.checker);
});
