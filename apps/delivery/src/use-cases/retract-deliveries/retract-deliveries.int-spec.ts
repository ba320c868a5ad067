import { DecisionMade, DecisionRetracted } from '@tidegate/contracts/arbitration/v1/arbitration_events';
import { DeliveryServiceService, type Delivery } from '@tidegate/contracts/delivery/v1/delivery';
import { DeliveryFailed, MessageDelivered } from '@tidegate/contracts/delivery/v1/delivery_events';
import { Subscriptions } from '@tidegate/messaging';
import { eventually, FakeClock, startTestService, type TestService } from '@tidegate/testing';
import { DeliveryModule } from '../../delivery.module';
import { buildDecision } from '../../testing/decision.factory';
import { PlayedArbitration } from '../../testing/played-arbitration';
import { WebhookReceiver } from '../../testing/webhook-receiver';
import { SendWebhooksUseCase } from '../send-webhooks/send-webhooks.use-case';

// Goal: of a decision that was retracted nothing leaves that has not left yet, whatever is heard of first, and what has left is told as it was.

const PATIENT = { timeoutMs: 60_000 };
const clock = new FakeClock();
let first: TestService;
let second: TestService;
let arbitration: PlayedArbitration;
let receiver: WebhookReceiver;
const failed: DeliveryFailed[] = [];
const delivered: MessageDelivered[] = [];

beforeAll(async () => {
  arbitration = await PlayedArbitration.start();
  const options = {
    grpc: [DeliveryServiceService],
    clock,
    peers: { benefits: '127.0.0.1:1', arbitration: arbitration.url },
  };
  first = await startTestService(DeliveryModule, options);
  second = await startTestService(DeliveryModule, { ...options, shareWith: first });
  first.bus.listen(DeliveryFailed, ({ data }) => failed.push(data));
  first.bus.listen(MessageDelivered, ({ data }) => delivered.push(data));
  receiver = await WebhookReceiver.listen();
  const endpoint = { endpointId: 'partner', url: receiver.url, orgPath: 'hq', isActive: true };
  await first.client(DeliveryServiceService).putWebhookEndpoint({ requestId: 'put', endpoint });
});
afterAll(async () => {
  await second?.stop();
  await first?.stop();
  await arbitration?.stop();
  await receiver?.close();
});

const ofWebhook = { channel: 'webhook', queue: 'partner' };
const decide = (number: number, overrides = {}): Promise<void> =>
  first.publish(DecisionMade, 'd', [{ decision: buildDecision(number, overrides), leftCandidates: [] }]);
const retract = (number: number, overrides = {}): Promise<void> =>
  first.publish(DecisionRetracted, 'd', [
    { decision: buildDecision(number, { retractedReason: 'COMPLAINT_HOLD', ...overrides }) },
  ]);
const find = async (number: number): Promise<Delivery> =>
  (await first.client(DeliveryServiceService).getDelivery({ deliveryId: `msg-d-${number}` })).delivery!;
const state = (number: number, expected: string): Promise<void> =>
  eventually(async () => expect((await find(number)).state).toBe(expected), PATIENT);
const inboxOf = async (customerId: string): Promise<string[]> => {
  const { messages } = await first
    .client(DeliveryServiceService, { kind: 'customer', id: customerId })
    .listInbox({ customerId, pageSize: 0, pageToken: '' });
  return messages.map(({ decisionId }) => decisionId);
};
/** Both replicas look for due attempts and make them. */
const send = async (): Promise<void> => {
  const both = [first, second].map(({ app }) => app.get(SendWebhooksUseCase));
  await Promise.all(both.map((sender) => sender.execute()));
  await Promise.all(both.map((sender) => sender.settle()));
};
const errorsOf = (number: number): string[] =>
  failed.filter(({ decisionId }) => decisionId === `d-${number}`).map(({ error }) => error);

it('hears of a retraction before, twice and after its decision', async () => {
  await retract(1);
  await state(1, 'retracted');
  await retract(1);
  await decide(1);
  await decide(2, { customerId: 'c-1' });
  await eventually(async () => expect(await inboxOf('c-1')).toEqual(['d-2']));
  // What has arrived stays.
  await retract(2);
  await retract(3);
  await state(3, 'retracted');
  expect(await find(1)).toMatchObject({ state: 'retracted', retractedReason: 'COMPLAINT_HOLD', attempts: [] });
  expect(await find(2)).toMatchObject({ state: 'delivered', retractedReason: '' });
  await eventually(() => expect([errorsOf(1), errorsOf(3)]).toEqual([['COMPLAINT_HOLD'], ['COMPLAINT_HOLD']]));
  const page = { channel: 'app', state: 'retracted', pageSize: 0, pageToken: '' };
  const { deliveries } = await first.client(DeliveryServiceService).listDeliveries(page);
  expect(deliveries.map(({ decisionId }) => decisionId).sort()).toEqual(['d-1', 'd-3']);
});

it('asks before a message is stored, and lets it wait while it cannot ask', async () => {
  arbitration.retractions.set('d-11', 'CONSENT_MISSING');
  arbitration.isAway = true;
  const before = arbitration.askedCount;
  await decide(11, { customerId: 'c-2' });
  await decide(12, { customerId: 'c-2' });
  await eventually(() => expect(arbitration.askedCount).toBeGreaterThan(before), PATIENT);
  expect(await inboxOf('c-2')).toEqual([]);
  arbitration.isAway = false;
  await eventually(async () => expect(await inboxOf('c-2')).toEqual(['d-12']), PATIENT);
  await state(11, 'retracted');
  await eventually(() => expect(errorsOf(11)).toEqual(['CONSENT_MISSING']));
});

it('sends no webhook that waits for its next attempt, and asks before each', async () => {
  receiver.answer = () => ({ status: 503 });
  await decide(21, ofWebhook);
  await decide(22, ofWebhook);
  await eventually(async () => {
    await send();
    expect((await find(21)).attempts.length + (await find(22)).attempts.length).toBe(2);
  }, PATIENT);
  receiver.answer = () => ({ status: 204 });
  // One by the event, the other by being asked.
  await retract(21, ofWebhook);
  await state(21, 'retracted');
  arbitration.retractions.set('d-22', 'COMPLAINT_HOLD');
  clock.advance(3_600_000);
  await eventually(async () => {
    await send();
    expect((await find(22)).state).toBe('retracted');
  }, PATIENT);
  expect(await find(22)).toMatchObject({ retractedReason: 'COMPLAINT_HOLD', nextAttemptAt: undefined });
  expect([receiver.of('msg-d-21').length, receiver.of('msg-d-22').length]).toEqual([1, 1]);
});

it('lets webhooks wait without an attempt while it cannot ask', async () => {
  receiver.answer = () => ({ status: 503 });
  await decide(31, ofWebhook);
  await eventually(async () => {
    await send();
    expect((await find(31)).attempts).toHaveLength(1);
  }, PATIENT);
  receiver.answer = () => ({ status: 204 });
  arbitration.isAway = true;
  const before = arbitration.askedCount;
  clock.advance(3_600_000);
  await eventually(async () => {
    await send();
    expect(arbitration.askedCount).toBeGreaterThan(before);
  }, PATIENT);
  await send();
  expect([(await find(31)).state, receiver.of('msg-d-31').length]).toEqual(['pending', 1]);
  arbitration.isAway = false;
  await eventually(async () => {
    clock.advance(60_000);
    await send();
    expect((await find(31)).state).toBe('delivered');
  }, PATIENT);
});

it('tells of a webhook that was under way as it was: it arrived', async () => {
  const numbers = Array.from({ length: 8 }, (_, index) => 41 + index);
  // Each is retracted after it was asked about and before it was sent, while both replicas send.
  arbitration.onAsked = async (decisionIds) => {
    const asked = numbers.filter((number) => decisionIds.includes(`d-${number}`));
    for (const number of asked) await retract(number, ofWebhook);
  };
  for (const number of numbers) await decide(number, ofWebhook);
  for (const number of numbers) await eventually(() => find(number), PATIENT);
  await eventually(async () => {
    await send();
    for (const number of numbers) expect((await find(number)).state).not.toBe('pending');
  }, PATIENT);
  arbitration.onAsked = () => Promise.resolve();
  for (const number of numbers) {
    await eventually(async () => {
      const arrivedCount = receiver.of(`msg-d-${number}`).length;
      expect([number, (await find(number)).state]).toEqual([number, arrivedCount > 0 ? 'delivered' : 'retracted']);
      const told = delivered.filter(({ decisionId }) => decisionId === `d-${number}`);
      expect([number, told.length]).toEqual([number, Math.min(1, arrivedCount)]);
    }, PATIENT);
  }
});

it('hears of retractions beside what is sent, not behind it', () => {
  const inlets = first.app.get(Subscriptions).list();
  const consumersOf = (type: string): string[] =>
    inlets.filter((inlet) => inlet.type === type).map(({ consumer }) => consumer);
  expect(consumersOf(DecisionRetracted.$type)).not.toEqual(consumersOf(DecisionMade.$type));
});
