import { DomainError, refused } from '@tidegate/errors';
import { eventually } from '@tidegate/testing';
import { ExchangeCommitter } from '../../exchange-committer';
import { aBenefit, somePoints } from '../../testing/exchange.factory';
import { ExchangeFixture } from '../../testing/exchange.fixture';

// Goal: both sides or neither, also when two replicas try at once to end an exchange and one is refused what the other is granted.

const OFFER = 'ten-for-parking';
let shop: ExchangeFixture;
beforeAll(async () => {
  shop = await ExchangeFixture.start();
  await shop.openStock('parking');
  await shop.offer(OFFER, { give: somePoints(10), get: aBenefit('parking') });
});
afterAll(() => shop?.stop());
afterEach(() => jest.restoreAllMocks());

const soldOut = () => refused('STOCK_SOLD_OUT', 'for a test');

async function stateOf(customerId: string) {
  const [exchange] = await shop.exchangesOf(customerId);
  const held = (await shop.holdingsOf(customerId)).map(({ instanceId }) => instanceId);
  return { exchange: exchange?.state, held, points: await shop.pointsOf(customerId) };
}

/** An exchange whose points are taken and whose other side nobody could grant so far. */
async function leaveOpen(customerId: string): Promise<void> {
  await shop.givePoints(customerId, 10);
  const gone = new DomainError({ code: 'UNAVAILABLE', reason: 'GONE', message: 'for a test' });
  const spies = shop.granters.map((granter) => jest.spyOn(granter, 'grant').mockRejectedValue(gone));
  await eventually(async () => {
    const { exchange } = await shop.swap(OFFER, customerId, 'swap');
    expect(exchange?.state).toBe('open');
  });
  for (const spy of spies) spy.mockRestore();
}

it('is done when another attempt was granted what this one was refused', async () => {
  await leaveOpen('early');
  const committer = shop.second.app.get(ExchangeCommitter);
  const note = committer.settle.bind(committer);
  let release = (): void => undefined;
  const released = new Promise<void>((resolve) => (release = resolve));
  // The second grants, and notes so only when the first has noted its refusal.
  jest.spyOn(committer, 'settle').mockImplementation(async (...noted) => {
    await released;
    return note(...noted);
  });
  jest.spyOn(shop.granters[0], 'grant').mockImplementation(async () => {
    await eventually(async () => expect((await stateOf('early')).held).toHaveLength(1));
    throw soldOut();
  });
  shop.clock.advance(60_000);
  const late = shop.settle(shop.second);
  await shop.settle(shop.first);
  await eventually(async () => expect((await stateOf('early')).exchange).not.toBe('open'));
  release();
  await late;
  expect(await stateOf('early')).toMatchObject({ exchange: 'done', held: [expect.any(String)], points: 0 });
  const [exchange] = await shop.exchangesOf('early');
  expect([exchange!.gotInstanceId]).toEqual((await stateOf('early')).held);
});

it('grants nothing any more when another attempt has put the given side back', async () => {
  await leaveOpen('tardy');
  const granter = shop.granters[1];
  const grant = granter.grant.bind(granter);
  const reasons: string[] = [];
  jest.spyOn(granter, 'grant').mockImplementation(async (command) => {
    await eventually(async () => expect((await stateOf('tardy')).exchange).toBe('refused'));
    return grant(command).catch((error: DomainError) => {
      reasons.push(error.reason);
      throw error;
    });
  });
  jest.spyOn(shop.granters[0], 'grant').mockRejectedValue(soldOut());
  shop.clock.advance(60_000);
  await Promise.all([shop.settle(shop.second), shop.settle(shop.first)]);
  expect(new Set(reasons)).toEqual(new Set(['EXCHANGE_REFUSED']));
  expect(await stateOf('tardy')).toEqual({ exchange: 'refused', held: [], points: 10 });
});

it('moves both sides or neither of many exchanges that one replica grants and another is refused at once', async () => {
  const customers = Array.from({ length: 16 }, (_, index) => `crowd-${index}`);
  for (const customerId of customers) await leaveOpen(customerId);
  const granter = shop.granters[0];
  jest.spyOn(granter, 'grant').mockImplementation(async () => {
    // About as long as a grant takes, so that either may be first.
    await stateOf('crowd-0');
    throw soldOut();
  });
  shop.clock.advance(60_000);
  await Promise.all([shop.settle(shop.second), shop.settle(shop.first)]);
  await eventually(async () => {
    for (const customerId of customers) expect((await stateOf(customerId)).exchange).not.toBe('open');
  });
  for (const customerId of customers) {
    const { exchange, held, points } = await stateOf(customerId);
    expect([exchange, held.length, points]).toEqual(exchange === 'done' ? ['done', 1, 0] : ['refused', 0, 10]);
  }
  expect(await shop.trialBalance()).toBe(0);
});
