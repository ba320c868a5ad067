import { BenefitsServiceService } from '@tidegate/contracts/benefits/v1/benefits';
import { PointsServiceService, type CardTransaction, type PointsEntry } from '@tidegate/contracts/benefits/v1/points';
import { PointsMoved } from '@tidegate/contracts/benefits/v1/points_events';
import { eventually, type TestService } from '@tidegate/testing';
import { aBenefit, somePoints } from '../../../exchange/testing/exchange.factory';
import { ExchangeFixture } from '../../../exchange/testing/exchange.fixture';
import { aCardTransaction, aPointsRule } from '../../testing/points-rule.factory';

// Goal: what a transaction earned is taken back once for ever, never more than there is, whatever happens to the points meanwhile.

const ROUNDS = 12;
let fixture: ExchangeFixture;
beforeAll(async () => {
  fixture = await ExchangeFixture.start();
  await define({}, 'card-points');
});
afterAll(() => fixture?.stop());
afterEach(async () => expect(await fixture.trialBalance()).toBe(0));

const points = (service = fixture.first, id = 'chen') => service.client(PointsServiceService, { id });
const both = (): TestService[] => [fixture.first, fixture.second];

/** Makes and approves a rule; returns when both replicas know it. */
async function define(terms: Parameters<typeof aPointsRule>[0], definitionId: string): Promise<void> {
  const rule = aPointsRule(terms, { definitionId });
  await points().createPointsRule({ requestId: definitionId, rule });
  await points(fixture.first, 'checker').movePointsRule({ requestId: definitionId, definitionId, move: 'approve' });
  const { currency } = rule.terms;
  for (const [index, service] of both().entries()) {
    await eventually(async () => {
      const transactionId = `${definitionId}-${index}-${Math.random()}`;
      const [probe] = await earn([aCardTransaction({ customerId: 'probe', transactionId, currency })], service);
      expect(probe?.entry?.awards.map(({ ruleId }) => ruleId)).toContain(definitionId);
    });
  }
}
const earn = async (transactions: CardTransaction[], service = fixture.first) =>
  (await points(service).earnPoints({ requestId: 'earn', transactions })).results;
const reverse = async (
  customerId: string,
  transactionIds: string[],
  { service = fixture.first, id = 'chen', reason = 'refunded' } = {},
) => {
  const reversals = transactionIds.map((transactionId) => ({ transactionId, customerId, reason }));
  return (await points(service, id).reversePoints({ requestId: 'reverse', reversals })).results;
};
const entriesOf = async (customerId: string): Promise<PointsEntry[]> =>
  (await points().listPointsEntries({ customerId, pageSize: 200, pageToken: '' })).entries;

/** Balance, history and ledger say the same. */
async function balanceOf(customerId: string): Promise<number> {
  const balance = await fixture.pointsOf(customerId);
  const request = { account: `points:${customerId}`, currency: 'PTS', at: undefined };
  const { balance: posted } = await fixture.first.client(BenefitsServiceService).getAccountBalance(request);
  expect(posted!.creditMinor - posted!.debitMinor).toBe(balance);
  const entries = await entriesOf(customerId);
  expect(entries.reduce((sum, each) => sum + each.points, 0)).toBe(balance);
  return balance;
}

it('takes back once, and tells staff why; the customer sees that it was', async () => {
  const told: PointsEntry[] = [];
  fixture.first.bus.listen(PointsMoved, ({ data }) => told.push(data.entry!));
  const transaction = aCardTransaction({ customerId: 'ann', transactionId: 'bank/1' });
  await earn([transaction, aCardTransaction({ customerId: 'ann', transactionId: 'bank/2' })]);
  const [first] = await reverse('ann', ['bank/1']);
  expect(first).toMatchObject({ isRepeat: false, reason: '' });
  const takenBack = { kind: 'reverse', points: -88, shortPoints: 0, reference: 'bank/1', balanceAfter: 88 };
  expect(first?.entry).toMatchObject({ ...takenBack, reason: 'refunded', actorId: 'chen' });
  const again = await reverse('ann', ['bank/1'], { service: fixture.second, id: 'li', reason: 'another word' });
  expect(again).toEqual([{ ...first, isRepeat: true }]);
  // Reversed it stays, also when it is told once more.
  expect(await earn([transaction])).toMatchObject([{ isRepeat: true, entry: { kind: 'earn', points: 88 } }]);
  expect(await balanceOf('ann')).toBe(88);
  const own = fixture.first.client(PointsServiceService, { kind: 'customer', id: 'ann' });
  const { entries } = await own.listPointsEntries({ customerId: 'ann', pageSize: 0, pageToken: '' });
  expect(entries).toHaveLength(3);
  const shown = entries.find(({ kind }) => kind === 'reverse');
  expect(shown).toMatchObject({ ...takenBack, reason: '', actorId: '' });
  expect((await entriesOf('ann')).find(({ kind }) => kind === 'reverse')).toEqual(first?.entry);
  await eventually(() => expect(told.filter(({ kind }) => kind === 'reverse')).toEqual([first?.entry]));
});

it('refuses what was never told, and who is not of the head office, without harm to its neighbours', async () => {
  await earn([aCardTransaction({ customerId: 'bo', transactionId: 'real' })]);
  const results = await reverse('bo', ['unknown', 'real', 'real']);
  expect(results.map(({ reason, isRepeat, entry }) => [reason, isRepeat, entry?.points])).toEqual([
    ['TRANSACTION_NOT_FOUND', false, undefined],
    ['', false, -88],
    ['', true, -88],
  ]);
  expect((await reverse('nobody', ['real'])).map(({ reason }) => reason)).toEqual(['TRANSACTION_NOT_FOUND']);
  // Nothing was remembered of it: told later, it earns, and can be reversed.
  await earn([aCardTransaction({ customerId: 'bo', transactionId: 'unknown' })]);
  expect(await balanceOf('bo')).toBe(88);
  const request = { requestId: 'r', reversals: [{ transactionId: 'unknown', customerId: 'bo', reason: 'x' }] };
  for (const actor of [{ orgPath: 'hq/east' }, { kind: 'customer' as const, id: 'bo' }]) {
    const other = fixture.first.client(PointsServiceService, actor);
    await expect(other.reversePoints(request)).rejects.toMatchObject({ reason: 'HEAD_OFFICE_ONLY' });
  }
  const wordless = points().reversePoints({ ...request, reversals: [{ ...request.reversals[0]!, reason: '' }] });
  await expect(wordless).rejects.toMatchObject({ reason: 'VALIDATION_FAILED' });
  expect(await balanceOf('bo')).toBe(88);
});

it('takes what is there, and tells how much was short', async () => {
  await fixture.openStock('parking');
  await fixture.offer('parking', { give: somePoints(50), get: aBenefit('parking') });
  await earn([aCardTransaction({ customerId: 'cy' })]);
  await fixture.swap('parking', 'cy', 'cy');
  const results = await reverse('cy', ['transaction-1']);
  expect(results[0]?.entry).toMatchObject({ points: -38, shortPoints: 50, balanceAfter: 0 });
  expect(await balanceOf('cy')).toBe(0);
  // What was short is not taken later.
  await earn([aCardTransaction({ customerId: 'cy', transactionId: 'later' })]);
  await reverse('cy', ['transaction-1']);
  expect(await balanceOf('cy')).toBe(88);
});

it('frees the cap that was used, also of a rule that was retired since', async () => {
  await define({ currency: 'EUR', pointsMaxPerDay: 100 }, 'capped');
  const pay = async (transactionId: string) =>
    (await earn([aCardTransaction({ customerId: 'dee', transactionId, currency: 'EUR' })]))[0]?.entry?.points;
  expect([await pay('one'), await pay('two')]).toEqual([88, 12]);
  await reverse('dee', ['one']);
  expect([await pay('three'), await pay('four')]).toEqual([88, 0]);
  const retired = { requestId: 'retire', definitionId: 'capped', move: 'retire' };
  await points(fixture.first, 'checker').movePointsRule(retired);
  await Promise.all(both().map((service) => eventually(async () => expect(await earnsEuro(service)).toBe(false))));
  const counters = async () => {
    const accounts = fixture.first.mongo.connection.collection('points_accounts');
    const account = await accounts.findOne({ _id: 'dee' as never });
    return (account as unknown as { counters: { key: string; used: number }[] }).counters;
  };
  expect(await counters()).toMatchObject([{ key: 'capped|day', used: 100 }]);
  await reverse('dee', ['three']);
  expect(await counters()).toMatchObject([{ key: 'capped|day', used: 12 }]);
});

async function earnsEuro(service: TestService): Promise<boolean> {
  const probe = aCardTransaction({ customerId: 'probe', transactionId: `${Math.random()}`, currency: 'EUR' });
  return ((await earn([probe], service))[0]?.entry?.points ?? 0) > 0;
}

it('agrees with exchanges of the same points at once, on two replicas', async () => {
  await fixture.openStock('coffee', { totalLimit: 1_000 });
  await fixture.offer('coffee', { give: somePoints(60), get: aBenefit('coffee') });
  const outcomes = await Promise.all(
    Array.from({ length: ROUNDS }, async (_, index) => {
      const customerId = `race-${index}`;
      await earn([aCardTransaction({ customerId })]);
      const swapped = fixture.swap('coffee', customerId, customerId, { service: fixture.second }).then(
        ({ exchange }) => exchange!.state,
        (error: { reason: string }) => error.reason,
      );
      const [exchange, ...reversed] = await Promise.all([
        swapped,
        ...both().map((service) => reverse(customerId, ['transaction-1'], { service })),
      ]);
      return { customerId, exchange, reversed: reversed.flat() };
    }),
  );
  for (const { customerId, exchange, reversed } of outcomes) {
    const [taken, short] = exchange === 'POINTS_INSUFFICIENT' ? [-88, 0] : [-28, 60];
    expect(['POINTS_INSUFFICIENT', 'open', 'done']).toContain(exchange);
    expect(reversed.map(({ entry }) => [entry?.points, entry?.shortPoints])).toEqual([
      [taken, short],
      [taken, short],
    ]);
    expect(reversed.filter(({ isRepeat }) => !isRepeat)).toHaveLength(1);
    expect(await balanceOf(customerId)).toBe(0);
  }
});

it('agrees with the same transaction told at once, on two replicas: it earns once and is taken back once or not at all', async () => {
  const rounds = Array.from({ length: ROUNDS }, async (_, index) => {
    const transaction = aCardTransaction({ customerId: `told-${index}` });
    const { customerId, transactionId } = transaction;
    const [earned, reversed] = await Promise.all([
      Promise.all(both().map((service) => earn([transaction], service))),
      Promise.all(both().map((service) => reverse(customerId, [transactionId], { service }))),
    ]);
    const isNew = ({ isRepeat, reason }: { isRepeat: boolean; reason: string }) => !isRepeat && reason === '';
    expect(earned.flat().filter(isNew)).toHaveLength(1);
    const taken = reversed.flat().filter(isNew).length;
    expect(taken).toBeLessThanOrEqual(1);
    expect(await balanceOf(customerId)).toBe(taken === 1 ? 0 : 88);
    await reverse(customerId, [transactionId]);
    await earn([transaction], fixture.second);
    expect(await balanceOf(customerId)).toBe(0);
  });
  await Promise.all(rounds);
});
