import { DecisionMade } from '@tidegate/contracts/arbitration/v1/arbitration_events';
import { DeliveryServiceService } from '@tidegate/contracts/delivery/v1/delivery';
import { MessageDelivered, MessageMarked } from '@tidegate/contracts/delivery/v1/delivery_events';
import { eventually, FakeClock, startTestService, type TestService } from '@tidegate/testing';
import { DeliveryModule } from '../../delivery.module';
import { buildDecision } from '../../testing/decision.factory';
import { PlayedArbitration } from '../../testing/played-arbitration';

// Goal: a decision for the app is in the inbox once, however often it is told, and each reaction is told once.

const clock = new FakeClock();
let service: TestService;
let arbitration: PlayedArbitration;

beforeAll(async () => {
  arbitration = await PlayedArbitration.start();
  const peers = { benefits: '127.0.0.1:1', arbitration: arbitration.url };
  service = await startTestService(DeliveryModule, { grpc: [DeliveryServiceService], clock, peers });
});
afterAll(async () => {
  await service?.stop();
  await arbitration?.stop();
});

const decide = (numbers: number[], overrides = {}, messageId?: string): Promise<void> => {
  const made = numbers.map((number) => ({ decision: buildDecision(number, overrides), leftCandidates: [] }));
  return service.publish(DecisionMade, 'd', made, messageId);
};
const inboxOf = (customerId: string, pageSize = 0, pageToken = '') =>
  service
    .client(DeliveryServiceService, { kind: 'customer', id: customerId })
    .listInbox({ customerId, pageSize, pageToken });

it('stores a message once under duplicates and disorder, and none for pulls, losers and human channels', async () => {
  const delivered: string[] = [];
  const stopListening = service.bus.listen(MessageDelivered, ({ data }) => delivered.push(data.decisionId));
  await decide([1, 2], {}, 'm-1');
  await decide([2, 1, 3], {}, 'm-2');
  await decide([1, 2], {}, 'm-1');
  await decide([4], { mode: 'pull' });
  await decide([5], { reason: 'QUIET_HOURS' });
  await decide([6], { channel: 'remote_bank', queue: 'remote' });
  await decide([7]);
  await eventually(async () => {
    const { messages, unreadCount } = await inboxOf('c-1');
    expect(messages.map(({ decisionId }) => decisionId).sort()).toEqual(['d-1', 'd-2', 'd-3', 'd-7']);
    expect(unreadCount).toBe(4);
  });
  await eventually(() => expect([...delivered].sort()).toEqual(['d-1', 'd-2', 'd-3', 'd-7']));
  stopListening();
  const page = { channel: 'app', state: 'delivered', pageSize: 3, pageToken: '' };
  const first = await service.client(DeliveryServiceService).listDeliveries(page);
  const second = await service
    .client(DeliveryServiceService)
    .listDeliveries({ ...page, pageToken: first.nextPageToken });
  const ids = [...first.deliveries, ...second.deliveries].map(({ decisionId }) => decisionId);
  expect(ids.sort()).toEqual(['d-1', 'd-2', 'd-3', 'd-7']);
});

it('pages the inbox newest first', async () => {
  for (const number of [21, 22, 23]) {
    await decide([number], { customerId: 'c-2' });
    await eventually(async () => expect((await inboxOf('c-2')).messages[0]?.decisionId).toBe(`d-${number}`));
    clock.advance(1_000);
  }
  const first = await inboxOf('c-2', 2);
  const second = await inboxOf('c-2', 2, first.nextPageToken);
  expect([first, second].map(({ messages }) => messages.map(({ decisionId }) => decisionId))).toEqual([
    ['d-23', 'd-22'],
    ['d-21'],
  ]);
  expect(second.nextPageToken).toBe('');
  await expect(inboxOf('c-2', 2, 'nonsense')).rejects.toMatchObject({ reason: 'PAGE_TOKEN_INVALID' });
});

it('marks a message read, clicked and dismissed once each, only for its customer', async () => {
  const outcomes: string[] = [];
  const stopListening = service.bus.listen(MessageMarked, ({ data }) => outcomes.push(data.outcome));
  await decide([31], { customerId: 'c-3' });
  await eventually(async () => expect((await inboxOf('c-3')).unreadCount).toBe(1));
  const client = service.client(DeliveryServiceService, { kind: 'customer', id: 'c-3' });
  const mark = (requestId: string, value: string) =>
    client.markMessage({ requestId, messageId: 'msg-d-31', customerId: 'c-3', mark: value });

  await Promise.all(['read-1', 'read-2', 'read-1'].map((requestId) => mark(requestId, 'read')));
  expect((await mark('click', 'clicked')).message?.state).toBe('clicked');
  expect((await mark('read-3', 'read')).message?.state).toBe('clicked');
  expect((await mark('read-1', 'read')).message?.state).toBe('read');
  expect((await mark('away', 'dismissed')).message?.state).toBe('dismissed');
  expect((await inboxOf('c-3')).unreadCount).toBe(0);
  await eventually(() => expect(outcomes).toEqual(['shown', 'clicked', 'dismissed']));
  stopListening();

  await expect(mark('x', 'eaten')).rejects.toMatchObject({ reason: 'VALIDATION_FAILED' });
  await expect(mark('read-1', 'clicked')).rejects.toMatchObject({ reason: 'REQUEST_ID_REUSED' });
  const other = service.client(DeliveryServiceService, { kind: 'customer', id: 'c-4' });
  const request = { requestId: 'y', messageId: 'msg-d-31', mark: 'read' };
  await expect(other.markMessage({ ...request, customerId: 'c-3' })).rejects.toMatchObject({ reason: 'NOT_YOURS' });
  await expect(other.markMessage({ ...request, customerId: 'c-4' })).rejects.toMatchObject({
    reason: 'MESSAGE_NOT_FOUND',
  });
  const all = { channel: '', state: '', pageSize: 0, pageToken: '' };
  await expect(other.listDeliveries(all)).rejects.toMatchObject({ reason: 'STAFF_ONLY' });
});

it('keeps the request ids of customers apart', async () => {
  for (const [number, customerId] of [
    [41, 'c-5'],
    [42, 'c-6'],
  ] as const) {
    await decide([number], { customerId });
    await eventually(async () => expect((await inboxOf(customerId)).unreadCount).toBe(1));
    const client = service.client(DeliveryServiceService, { kind: 'customer', id: customerId });
    const request = { requestId: 'one', messageId: `msg-d-${number}`, customerId, mark: 'read' };
    expect((await client.markMessage(request)).message?.state).toBe('read');
  }
});
