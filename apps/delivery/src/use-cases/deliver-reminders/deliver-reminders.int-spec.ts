import { DecisionMade } from '@tidegate/contracts/arbitration/v1/arbitration_events';
import { BenefitExpiring } from '@tidegate/contracts/benefits/v1/benefits_events';
import { DeliveryServiceService, type Delivery } from '@tidegate/contracts/delivery/v1/delivery';
import { MessageDelivered, MessageMarked } from '@tidegate/contracts/delivery/v1/delivery_events';
import { DomainError } from '@tidegate/errors';
import { eventually, FakeClock, startTestService, type TestService } from '@tidegate/testing';
import { DeliveryModule } from '../../delivery.module';
import { buildDecision } from '../../testing/decision.factory';
import { MessageRepository } from '../../repositories/message.repository';
import { PlayedArbitration } from '../../testing/played-arbitration';
import { PlayedBenefits } from '../../testing/played-benefits';

// Goal: a reminder reaches the inbox once, when the gate lets it and not before; what the gate stops stays behind with its reason.

const PATIENT = { timeoutMs: 60_000 };
const HOUR_MS = 3_600_000;
const clock = new FakeClock();
let service: TestService;
let replica: TestService;
let arbitration: PlayedArbitration;
let benefits: PlayedBenefits;

beforeAll(async () => {
  arbitration = await PlayedArbitration.start();
  benefits = await PlayedBenefits.start();
  const options = {
    grpc: [DeliveryServiceService],
    clock,
    peers: { arbitration: arbitration.url, benefits: benefits.url },
  };
  service = await startTestService(DeliveryModule, options);
  replica = await startTestService(DeliveryModule, { ...options, shareWith: service });
});
afterAll(async () => {
  await replica?.stop();
  await service?.stop();
  await arbitration?.stop();
  await benefits?.stop();
});

const expiring = (customerId: string, instanceId: string, leadDays = 3): BenefitExpiring => ({
  instanceId,
  stockId: 'tea',
  stockName: 'Tea voucher',
  customerId,
  kind: 'amount_discount',
  remainingMinor: 800,
  currency: 'CNY',
  expiresAt: new Date('2026-03-05T02:00:00Z'),
  leadDays,
  timeZone: 'Asia/Shanghai',
});
const tell = (told: BenefitExpiring[], messageId: string) => service.publish(BenefitExpiring, 'i', told, messageId);
const inboxOf = async (customerId: string) =>
  (
    await service
      .client(DeliveryServiceService, { kind: 'customer', id: customerId })
      .listInbox({ customerId, pageSize: 0, pageToken: '' })
  ).messages;
const deliveryOf = async (deliveryId: string): Promise<Delivery> =>
  (await service.client(DeliveryServiceService).getDelivery({ deliveryId })).delivery!;

/** Every message has had its effect, also one of two that were judged side by side. */
const untilIdle = (): Promise<void> =>
  eventually(async () => {
    const consumers = await service.bus.manager.consumers.list(service.bus.eventStream).next();
    expect(consumers.filter(({ num_pending, num_ack_pending }) => num_pending + num_ack_pending > 0)).toEqual([]);
  }, PATIENT);

it('stores one message for each instance and lead time, in the zone of the stock, also when the gate is away at first', async () => {
  arbitration.isAway = true;
  await tell([expiring('c-yes', 'i-1'), expiring('c-yes', 'i-1', 1)], 'm-1');
  await tell([expiring('c-yes', 'i-1'), expiring('c-yes', 'i-1', 1)], 'm-1');
  expect(await inboxOf('c-yes')).toEqual([]);
  arbitration.isAway = false;
  await eventually(async () => {
    const messages = await inboxOf('c-yes');
    expect(messages.map(({ messageId }) => messageId).sort()).toEqual(['msg-expiry-i-1-1', 'msg-expiry-i-1-3']);
    expect(messages[0]).toMatchObject({ title: 'Tea voucher expires soon 即将到期', benefitStockId: 'tea' });
    expect(messages[0]!.body).toContain('2026-03-05 10:00');
  }, PATIENT);
  // Told again as another event it is known, and the gate is not asked about it.
  await untilIdle();
  const asked = arbitration.askedContacts.get('msg-expiry-i-1-3');
  await tell([expiring('c-yes', 'i-1'), expiring('c-yes', 'i-2')], 'm-2');
  await eventually(async () => expect(await inboxOf('c-yes')).toHaveLength(3), PATIENT);
  expect(asked).toBeGreaterThanOrEqual(1);
  expect(arbitration.askedContacts.get('msg-expiry-i-1-3')).toBe(asked);
  expect(await deliveryOf('msg-expiry-i-1-3')).toMatchObject({ state: 'delivered', decisionId: '', channel: 'app' });
});

it('keeps what the gate stops, with the reason, out of the inbox', async () => {
  arbitration.stops.set('c-full', 'ELDER_PROTECTED');
  await tell([expiring('c-full', 'i-11')], 'm-11');
  await eventually(
    async () =>
      expect(await deliveryOf('msg-expiry-i-11-3')).toMatchObject({
        state: 'stopped',
        stoppedReason: 'ELDER_PROTECTED',
      }),
    PATIENT,
  );
  expect(await inboxOf('c-full')).toEqual([]);
  const page = { channel: 'app', state: 'stopped', pageSize: 0, pageToken: '' };
  const { deliveries } = await service.client(DeliveryServiceService).listDeliveries(page);
  expect(deliveries.map(({ deliveryId }) => deliveryId)).toEqual(['msg-expiry-i-11-3']);
});

it('is one contact for the gate, however often its consumer dies between the yes and the commit', async () => {
  let deathCount = 0;
  for (const { app } of [service, replica]) {
    const messages = app.get(MessageRepository);
    const { addMany } = messages;
    jest.spyOn(messages, 'addMany').mockImplementation(async (added, tx) => {
      const isLast = deathCount === 2 || !added.some(({ customerId }) => customerId === 'c-died');
      if (isLast) return addMany.call(messages, added, tx);
      deathCount += 1;
      throw new DomainError({ code: 'UNAVAILABLE', reason: 'DATABASE_UNAVAILABLE', message: 'it died' });
    });
  }
  await tell([expiring('c-died', 'i-41')], 'm-41');
  await eventually(async () => expect(await inboxOf('c-died')).toHaveLength(1), PATIENT);
  jest.restoreAllMocks();
  expect(deathCount).toBe(2);
  const asked = [...arbitration.askedContacts].filter(([contactId]) => contactId.includes('i-41'));
  expect(asked).toEqual([['msg-expiry-i-41-3', expect.any(Number)]]);
  // The gate counts a contact once by its id, and says of it what it said.
  expect(asked[0]![1]).toBeGreaterThan(deathCount);
  expect(await deliveryOf('msg-expiry-i-41-3')).toMatchObject({ state: 'delivered' });
});

it('waits for the end of quiet hours, and is judged anew then, once over two replicas', async () => {
  const until = new Date(clock.now().getTime() + HOUR_MS);
  for (const customerId of ['c-night', 'c-withdrawn']) arbitration.waits.set(customerId, until);
  await tell([expiring('c-night', 'i-21'), expiring('c-withdrawn', 'i-22')], 'm-21');
  await eventually(async () => {
    const waiting = { state: 'pending', nextAttemptAt: until };
    expect(await deliveryOf('msg-expiry-i-21-3')).toMatchObject(waiting);
    expect(await deliveryOf('msg-expiry-i-22-3')).toMatchObject(waiting);
  }, PATIENT);
  arbitration.waits.clear();
  arbitration.stops.set('c-withdrawn', 'CONSENT_MISSING');
  clock.advance(HOUR_MS);
  await eventually(async () => {
    expect(await deliveryOf('msg-expiry-i-21-3')).toMatchObject({ state: 'delivered', nextAttemptAt: undefined });
    expect(await deliveryOf('msg-expiry-i-22-3')).toMatchObject({ state: 'stopped', stoppedReason: 'CONSENT_MISSING' });
  }, PATIENT);
  expect(await inboxOf('c-night')).toMatchObject([{ messageId: 'msg-expiry-i-21-3', deliveredAt: clock.now() }]);
  expect(await inboxOf('c-withdrawn')).toEqual([]);
});

it('is read like any message, and arbitration learns nothing from it', async () => {
  const heard: string[] = [];
  const stops = [
    service.bus.listen(MessageMarked, ({ data }) => heard.push(`marked ${data.messageId}`)),
    service.bus.listen(MessageDelivered, ({ data }) => heard.push(`delivered ${data.deliveryId}`)),
  ];
  const client = service.client(DeliveryServiceService, { kind: 'customer', id: 'c-read' });
  const read = (messageId: string) =>
    client.markMessage({ requestId: messageId, messageId, customerId: 'c-read', mark: 'read' });
  await tell([expiring('c-read', 'i-31')], 'm-31');
  await eventually(async () => expect(await inboxOf('c-read')).toHaveLength(1), PATIENT);
  await service.publish(DecisionMade, 'd', [
    { decision: buildDecision(1, { customerId: 'c-read' }), leftCandidates: [] },
  ]);
  await eventually(async () => expect(await inboxOf('c-read')).toHaveLength(2), PATIENT);
  expect((await read('msg-expiry-i-31-3')).message?.state).toBe('read');
  await read('msg-d-1');
  await eventually(() => expect(heard.sort()).toEqual(['delivered msg-d-1', 'marked msg-d-1']), PATIENT);
  for (const stop of stops) stop();
});
