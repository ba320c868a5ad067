import { BenefitExpiring } from '@tidegate/contracts/benefits/v1/benefits_events';
import { DeliveryServiceService, type Delivery } from '@tidegate/contracts/delivery/v1/delivery';
import { eventually, FakeClock, startTestService, type TestService } from '@tidegate/testing';
import { DeliveryModule } from '../../delivery.module';
import { PlayedArbitration } from '../../testing/played-arbitration';
import { PlayedBenefits } from '../../testing/played-benefits';
import { SendQueuedMessagesUseCase } from './send-queued-messages.use-case';

// Goal: a reminder that a frequency limit keeps back comes when there is room again, while its benefit may be used and nothing later says the same.

const PATIENT = { timeoutMs: 60_000 };
const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const FULL = 'CONTACT_LIMIT_OVERALL';
const clock = new FakeClock();
let first: TestService;
let second: TestService;
let arbitration: PlayedArbitration;
let benefits: PlayedBenefits;

beforeAll(async () => {
  [arbitration, benefits] = [await PlayedArbitration.start(), await PlayedBenefits.start()];
  const peers = { arbitration: arbitration.url, benefits: benefits.url };
  const options = { grpc: [DeliveryServiceService], clock, peers };
  first = await startTestService(DeliveryModule, options);
  second = await startTestService(DeliveryModule, { ...options, shareWith: first });
});
afterAll(async () => {
  await second?.stop();
  await first?.stop();
  await arbitration?.stop();
  await benefits?.stop();
});

const expiring = (customerId: string, instanceId: string, inMs: number, leadDays = 3): BenefitExpiring =>
  BenefitExpiring.fromPartial({
    ...{ instanceId, customerId, leadDays, stockId: 'tea', stockName: 'Tea voucher', timeZone: 'Asia/Shanghai' },
    expiresAt: new Date(clock.now().getTime() + inMs),
  });
const tell = async (...told: BenefitExpiring[]): Promise<void> => {
  await first.publish(BenefitExpiring, 'i', told);
  for (const { instanceId, leadDays } of told) await eventually(() => stateOf(instanceId, leadDays), PATIENT);
};
const find = async (instanceId: string, leadDays = 3): Promise<Delivery> => {
  const deliveryId = `msg-expiry-${instanceId}-${leadDays}`;
  return (await first.client(DeliveryServiceService).getDelivery({ deliveryId })).delivery!;
};
const stateOf = async (instanceId: string, leadDays = 3): Promise<string> => {
  const { state, stoppedReason } = await find(instanceId, leadDays);
  return [state, stoppedReason].join(' ').trim();
};
const release = (): Promise<unknown> =>
  Promise.allSettled([first, second].map(({ app }) => app.get(SendQueuedMessagesUseCase).execute()));
const becomes = (instanceId: string, expected: string, leadDays = 3): Promise<void> =>
  eventually(async () => {
    await release();
    expect(await stateOf(instanceId, leadDays)).toBe(expected);
  }, PATIENT);
const inboxOf = async (customerId: string): Promise<string[]> => {
  const client = first.client(DeliveryServiceService, { kind: 'customer', id: customerId });
  const { messages } = await client.listInbox({ customerId, pageSize: 0, pageToken: '' });
  return messages.map(({ messageId }) => messageId);
};

it('comes once when there is room, and is stopped only when the benefit ends first', async () => {
  arbitration.stops.set('ann', FULL);
  await tell(expiring('ann', 'i-1', 3 * DAY_MS), expiring('ann', 'i-2', 5 * HOUR_MS, 1));
  expect([await stateOf('i-1'), await stateOf('i-2', 1)]).toEqual(['pending', `stopped ${FULL}`]);
  clock.advance(12 * HOUR_MS);
  const again = new Date(clock.now().getTime() + 6 * HOUR_MS);
  await eventually(async () => {
    await release();
    expect(await find('i-1')).toMatchObject({ state: 'pending', nextAttemptAt: again });
  }, PATIENT);
  arbitration.stops.clear();
  clock.advance(6 * HOUR_MS);
  await becomes('i-1', 'delivered');
  await release();
  expect(await inboxOf('ann')).toEqual(['msg-expiry-i-1-3']);
});

it('says nothing of what is used or gone meanwhile, nor what a later reminder says, and gives back what was promised', async () => {
  arbitration.stops.set('ben', FULL);
  const all = ['used', 'gone', 'twice', 'held'];
  await tell(...all.map((instanceId) => expiring('ben', instanceId, 3 * DAY_MS)));
  benefits.states.set('used', 'redeemed').set('gone', '').set('held', 'held');
  await tell(expiring('ben', 'twice', 2 * DAY_MS, 1));
  arbitration.stops.clear();
  clock.advance(6 * HOUR_MS);
  await becomes('used', 'stopped BENEFIT_GONE');
  await becomes('gone', 'stopped BENEFIT_GONE');
  await becomes('twice', 'stopped REMINDED_LATER');
  await becomes('twice', 'delivered', 1);
  await becomes('held', 'delivered');
  expect((await inboxOf('ben')).sort()).toEqual(['msg-expiry-held-3', 'msg-expiry-twice-1']);
  const givenUp = arbitration.tooLateContacts;
  expect([...givenUp].sort()).toEqual(['msg-expiry-gone-3', 'msg-expiry-twice-3', 'msg-expiry-used-3']);
});

it('waits while it cannot be asked what may be used', async () => {
  arbitration.stops.set('cyd', FULL);
  await tell(expiring('cyd', 'i-9', 3 * DAY_MS));
  arbitration.stops.clear();
  benefits.isAway = true;
  const before = benefits.askedCount;
  clock.advance(6 * HOUR_MS);
  await eventually(async () => {
    await release();
    expect(benefits.askedCount).toBeGreaterThan(before);
  }, PATIENT);
  expect([await stateOf('i-9'), await inboxOf('cyd')]).toEqual(['pending', []]);
  benefits.isAway = false;
  await eventually(async () => {
    clock.advance(5_000);
    await release();
    expect(await stateOf('i-9')).toBe('delivered');
  }, PATIENT);
});
