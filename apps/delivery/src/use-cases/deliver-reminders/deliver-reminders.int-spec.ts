import { DecisionMade } from '@tidegate/contracts/arbitration/v1/arbitration_events';
import { BenefitExpiring } from '@tidegate/contracts/benefits/v1/benefits_events';
import { Customer, CustomersServiceService, type Consent } from '@tidegate/contracts/customers/v1/customers';
import { DeliveryServiceService } from '@tidegate/contracts/delivery/v1/delivery';
import { MessageMarked } from '@tidegate/contracts/delivery/v1/delivery_events';
import { DomainError, notFound } from '@tidegate/errors';
import { eventually, fakePeer, FakeClock, startTestService, type TestService } from '@tidegate/testing';
import { DeliveryModule } from '../../delivery.module';
import { buildDecision } from '../../testing/decision.factory';
import { PlayedArbitration } from '../../testing/played-arbitration';

// Goal: who allows service messages in the app is reminded there once, also when consents cannot be asked for at first.

const PATIENT = { timeoutMs: 60_000 };
const clock = new FakeClock();
let service: TestService;
let arbitration: PlayedArbitration;
let customers: Awaited<ReturnType<typeof fakePeer>>;
let outages = 0;
const answered = new Set<string>();

const consent = (purpose: string, channel: string, isGranted: boolean): Consent => ({
  purpose,
  channel,
  isGranted,
  changedAt: clock.now(),
  isOfPerson: false,
});
const CONSENTS: Record<string, Consent[]> = {
  'c-yes': [consent('service', 'app', true)],
  'c-no': [consent('service', 'app', false), consent('marketing', 'app', true)],
  'c-silent': [],
};

beforeAll(async () => {
  customers = await fakePeer(CustomersServiceService, {
    getCustomer: ({ customerId }: { customerId: string }) => {
      if ((outages -= 1) >= 0) {
        throw new DomainError({ code: 'UNAVAILABLE', reason: 'DATABASE_UNAVAILABLE', message: 'down' });
      }
      answered.add(customerId);
      const consents = CONSENTS[customerId];
      if (!consents) throw notFound('CUSTOMER_NOT_FOUND', 'There is no such customer.');
      return Promise.resolve({ customer: Customer.fromPartial({ customerId, consents }), otherCustomerIds: [] });
    },
  });
  arbitration = await PlayedArbitration.start();
  const peers = { customers: customers.url, arbitration: arbitration.url };
  service = await startTestService(DeliveryModule, { grpc: [DeliveryServiceService], clock, peers });
});
afterAll(async () => {
  await service?.stop();
  await customers?.stop();
  await arbitration?.stop();
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

it('stores one message for each instance and lead time, in the zone of the stock', async () => {
  outages = 3;
  await tell([expiring('c-yes', 'i-1'), expiring('c-yes', 'i-1', 1)], 'm-1');
  await tell([expiring('c-yes', 'i-1'), expiring('c-yes', 'i-1', 1)], 'm-1');
  await tell([expiring('c-no', 'i-2'), expiring('c-silent', 'i-3'), expiring('c-unknown', 'i-4')], 'm-2');
  await eventually(() => expect([...answered].sort()).toEqual(['c-no', 'c-silent', 'c-unknown', 'c-yes']), PATIENT);
  await tell([expiring('c-yes', 'i-5')], 'm-3');
  await eventually(async () => {
    const messages = await inboxOf('c-yes');
    expect(messages.map(({ messageId }) => messageId).sort()).toEqual([
      'msg-expiry-i-1-1',
      'msg-expiry-i-1-3',
      'msg-expiry-i-5-3',
    ]);
    expect(messages[0]).toMatchObject({ title: 'Tea voucher expires soon 即将到期', benefitStockId: 'tea' });
    expect(messages[0]!.body).toContain('2026-03-05 10:00');
  }, PATIENT);
  for (const customerId of ['c-no', 'c-silent', 'c-unknown']) expect(await inboxOf(customerId)).toEqual([]);
});

it('is read like any message, and arbitration learns nothing from it', async () => {
  const marked: string[] = [];
  const stopListening = service.bus.listen(MessageMarked, ({ data }) => marked.push(data.messageId));
  const client = service.client(DeliveryServiceService, { kind: 'customer', id: 'c-yes' });
  const read = (messageId: string) =>
    client.markMessage({ requestId: messageId, messageId, customerId: 'c-yes', mark: 'read' });
  await service.publish(DecisionMade, 'd', [{ decision: buildDecision(1, { customerId: 'c-yes' }) }]);
  await eventually(async () => expect(await inboxOf('c-yes')).toHaveLength(4), PATIENT);
  expect((await read('msg-expiry-i-1-3')).message?.state).toBe('read');
  await read('msg-d-1');
  await eventually(() => expect(marked).toEqual(['msg-d-1']), PATIENT);
  stopListening();
});
