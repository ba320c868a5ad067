import { DecisionMade } from '@tidegate/contracts/arbitration/v1/arbitration_events';
import { DeliveryServiceService, type Delivery } from '@tidegate/contracts/delivery/v1/delivery';
import { DeliveryFailed, MessageDelivered } from '@tidegate/contracts/delivery/v1/delivery_events';
import { eventually, FakeClock, startTestService, type TestService } from '@tidegate/testing';
import { Webhook } from 'standardwebhooks';
import { DeliveryModule } from '../../delivery.module';
import { ATTEMPTS_MAX, LEASE_MS } from '../../domain/delivery';
import { buildDecision } from '../../testing/decision.factory';
import { PlayedArbitration } from '../../testing/played-arbitration';
import { WebhookReceiver } from '../../testing/webhook-receiver';
import { AttemptRecorder } from './attempt-recorder';
import { SendWebhooksUseCase } from './send-webhooks.use-case';

// Goal: a partner gets each decision, signed, with retries and over two replicas, and can tell a repeat by its id.

const HOUR_MS = 3_600_000;
const clock = new FakeClock();
let first: TestService;
let second: TestService;
let arbitration: PlayedArbitration;
let receiver: WebhookReceiver;
let number = 0;

beforeAll(async () => {
  arbitration = await PlayedArbitration.start();
  const peers = { benefits: '127.0.0.1:1', arbitration: arbitration.url };
  first = await startTestService(DeliveryModule, { grpc: [DeliveryServiceService], clock, peers });
  second = await startTestService(DeliveryModule, {
    grpc: [DeliveryServiceService],
    clock,
    peers,
    shareWith: first,
  });
});
afterAll(async () => {
  await second?.stop();
  await first?.stop();
  await arbitration?.stop();
});
beforeEach(async () => {
  receiver = await WebhookReceiver.listen();
});
afterEach(() => receiver.close());

const putEndpoint = async (endpointId: string, overrides = {}): Promise<string> => {
  const endpoint = { endpointId, url: receiver.url, orgPath: 'hq', isActive: true, ...overrides };
  const requestId = `put-${endpointId}-${(number += 1)}`;
  return (await first.client(DeliveryServiceService).putWebhookEndpoint({ requestId, endpoint })).secret;
};
/** Tells of a decision for an endpoint; the delivery's id. */
const decide = async (endpointId: string): Promise<string> => {
  number += 1;
  const decision = buildDecision(number, { channel: 'webhook', queue: endpointId });
  await first.publish(DecisionMade, 'd', [{ decision, leftCandidates: [] }]);
  await eventually(() => get(`msg-d-${number}`));
  return `msg-d-${number}`;
};
const get = async (deliveryId: string): Promise<Delivery> =>
  (await first.client(DeliveryServiceService).getDelivery({ deliveryId })).delivery!;
/** Both replicas look for due attempts and make them. */
const send = async (): Promise<void> => {
  const both = [first, second].map(({ app }) => app.get(SendWebhooksUseCase));
  await Promise.all(both.map((sender) => sender.execute()));
  await Promise.all(both.map((sender) => sender.settle()));
};
const attemptsOf = (deliveryId: string, count: number): Promise<Delivery> =>
  eventually(async () => {
    await send();
    const delivery = await get(deliveryId);
    expect(delivery.attempts).toHaveLength(count);
    return delivery;
  });

it('retries until the receiver takes it: the same id and body, each attempt signed and made once', async () => {
  const delivered: string[] = [];
  const stopListening = first.bus.listen(MessageDelivered, ({ data }) => delivered.push(data.deliveryId));
  const secret = await putEndpoint('retrying');
  receiver.answer = () => ({ status: receiver.received.length < 3 ? 503 : 200 });
  const deliveryId = await decide('retrying');
  for (const count of [1, 2, 3]) {
    const { state, nextAttemptAt } = await attemptsOf(deliveryId, count);
    expect(state).toBe(count < 3 ? 'pending' : 'delivered');
    if (count < 3) expect(nextAttemptAt!.getTime()).toBeGreaterThan(clock.now().getTime());
    clock.advance(HOUR_MS);
  }
  await send();
  const received = receiver.of(deliveryId);
  expect(received).toHaveLength(3);
  expect(new Set(received.map(({ body }) => body)).size).toBe(1);
  for (const { headers, body } of received) {
    const verified = new Webhook(secret).verify(body, headers as Record<string, string>);
    expect(verified).toMatchObject({ type: 'decision.chosen', data: { customerId: 'c-1', actionId: 'red-packet' } });
  }
  expect(() =>
    new Webhook(secret).verify(`${received[0]!.body} `, received[0]!.headers as Record<string, string>),
  ).toThrow();
  expect((await get(deliveryId)).attempts.map(({ status, error }) => [status, error])).toEqual([
    [503, 'HTTP_503'],
    [503, 'HTTP_503'],
    [200, ''],
  ]);
  await eventually(() => expect(delivered).toEqual([deliveryId]));
  stopListening();
});

it('tells no other branch of a customer', async () => {
  await putEndpoint('west-partner', { orgPath: 'hq/west' });
  number += 1;
  const decision = buildDecision(number, { channel: 'webhook', queue: 'west-partner' });
  await first.publish(DecisionMade, 'd', [{ decision, leftCandidates: [], orgPath: 'hq/east' }]);
  const { state, attempts } = await eventually(() => get(`msg-d-${number}`));
  expect([state, attempts.map(({ error }) => error)]).toEqual(['failed', ['NO_ENDPOINT']]);
});

it('sends 60 decisions once each although two replicas look for them at once', async () => {
  await putEndpoint('many');
  const made = Array.from({ length: 60 }, (_, index) => ({
    decision: buildDecision(5_000 + index, { channel: 'webhook', queue: 'many' }),
    leftCandidates: [],
  }));
  await first.publish(DecisionMade, 'd', made);
  await first.publish(DecisionMade, 'd', [...made].reverse());
  const ids = made.map(({ decision }) => `msg-${decision.decisionId}`).sort();
  await eventually(async () => {
    await send();
    expect(receiver.received.map(({ headers }) => headers['webhook-id']).sort()).toEqual(ids);
  });
  const page = { channel: 'webhook', state: 'pending', pageSize: 200, pageToken: '' };
  await eventually(async () => {
    const { deliveries } = await first.client(DeliveryServiceService).listDeliveries(page);
    expect(deliveries).toEqual([]);
  });
});

it('sends again with the same id when a crash came between sending and writing it down', async () => {
  await putEndpoint('crashing');
  const recorders = [first, second].map(({ app }) => app.get(AttemptRecorder));
  const crashes = recorders.map((recorder) => jest.spyOn(recorder, 'record').mockRejectedValue(new Error('crashed')));
  const deliveryId = await decide('crashing');
  await eventually(async () => {
    await send();
    expect(receiver.of(deliveryId)).toHaveLength(1);
  });
  for (const crash of crashes) crash.mockRestore();
  await send();
  expect(receiver.of(deliveryId)).toHaveLength(1);
  expect(await get(deliveryId)).toMatchObject({ state: 'pending', attempts: [] });
  clock.advance(LEASE_MS);
  expect((await attemptsOf(deliveryId, 1)).state).toBe('delivered');
  expect(receiver.of(deliveryId)).toHaveLength(2);
});

it('fails at the end, tells so, and meanwhile spares a receiver that is down', async () => {
  const failed: string[] = [];
  const stopListening = first.bus.listen(DeliveryFailed, ({ data }) => failed.push(`${data.deliveryId} ${data.error}`));
  await putEndpoint('down');
  receiver.answer = () => ({ status: 500 });
  const deliveryId = await decide('down');
  for (let count = 1; count <= ATTEMPTS_MAX; count += 1) {
    await attemptsOf(deliveryId, count);
    clock.advance(HOUR_MS);
  }
  expect(await get(deliveryId)).toMatchObject({ state: 'failed', nextAttemptAt: undefined });
  await eventually(() => expect(failed).toEqual([`${deliveryId} HTTP_500`]));
  stopListening();
  expect(receiver.received).toHaveLength(ATTEMPTS_MAX);
});

it('sends nothing in quiet hours that began since: it waits for their end, or is left where the policy says so', async () => {
  await putEndpoint('quiet');
  receiver.answer = () => ({ status: 503 });
  const [waiting, dropped] = [await decide('quiet'), await decide('quiet')];
  for (const deliveryId of [waiting, dropped]) await attemptsOf(deliveryId, 1);
  const morning = new Date(clock.now().getTime() + 9 * HOUR_MS);
  const decisionOf = (deliveryId: string): string => deliveryId.slice('msg-'.length);
  arbitration.quiet.set(decisionOf(waiting), morning).set(decisionOf(dropped), undefined);
  receiver.answer = () => ({ status: 200 });
  clock.advance(HOUR_MS);
  await eventually(async () => {
    await send();
    expect(await get(dropped)).toMatchObject({
      state: 'failed',
      attempts: [{ status: 503 }, { error: 'QUIET_HOURS' }],
    });
    expect(await get(waiting)).toMatchObject({ state: 'pending', nextAttemptAt: morning, attempts: [{ status: 503 }] });
  });
  clock.set(new Date(morning.getTime() - 1));
  await send();
  expect([receiver.of(waiting), receiver.of(dropped)].map(({ length }) => length)).toEqual([1, 1]);
  clock.set(morning);
  arbitration.quiet.clear();
  expect(await attemptsOf(waiting, 2)).toMatchObject({ state: 'delivered' });
  expect(receiver.of(dropped)).toHaveLength(1);
});

it('stops at once when the receiver is gone or there is none', async () => {
  await putEndpoint('gone');
  receiver.answer = () => ({ status: 410 });
  expect(await attemptsOf(await decide('gone'), 1)).toMatchObject({ state: 'failed' });
  const { endpoints } = await first.client(DeliveryServiceService).listWebhookEndpoints({ pageSize: 0, pageToken: '' });
  expect(endpoints.find(({ endpointId }) => endpointId === 'gone')).toMatchObject({ isActive: false });
  expect(await get(await decide('nobody'))).toMatchObject({ state: 'failed', attempts: [{ error: 'NO_ENDPOINT' }] });
});

it('keeps secrets sealed, gives one only to who sets the endpoint up, and refuses URLs inside the bank', async () => {
  const secret = await putEndpoint('sealed');
  expect(secret).toMatch(/^whsec_/);
  expect(await putEndpoint('sealed', { isActive: false })).toBe(secret);
  const stored = JSON.stringify(
    await Promise.all(
      ['webhook_endpoints', 'requests'].map((name) => first.mongo.connection.collection(name).find({}).toArray()),
    ),
  );
  expect(stored).toContain('sealed');
  expect(stored).not.toContain(secret.slice('whsec_'.length));
  const client = first.client(DeliveryServiceService);
  expect(JSON.stringify(await client.listWebhookEndpoints({ pageSize: 0, pageToken: '' }))).not.toContain('ecret');
  await expect(putEndpoint('inside', { url: 'https://10.0.0.8/hook' })).rejects.toMatchObject({
    reason: 'WEBHOOK_URL_NOT_ALLOWED',
    violations: [{ field: 'endpoint.url' }],
  });
  const east = first.client(DeliveryServiceService, { orgPath: 'hq/east' });
  const endpoint = { endpointId: 'sealed', url: receiver.url, orgPath: 'hq/east', isActive: true };
  await expect(east.putWebhookEndpoint({ requestId: 'steal', endpoint })).rejects.toMatchObject({
    reason: 'ORG_OUT_OF_SCOPE',
  });
  expect((await east.listWebhookEndpoints({ pageSize: 0, pageToken: '' })).endpoints).toEqual([]);
});
