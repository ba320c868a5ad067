import type { IncomingEvent } from '@tidegate/contracts/customers/v1/customers';
import { CLOUD_EVENT_TYPE, CLOUD_EVENTS_BATCH_TYPE } from '../../http/body.hook';
import { problemOf, send, type Reply } from '../../testing/gateway-caller';
import { startTestGateway, type TestGateway } from '../../testing/test-gateway';

// Goal: events reach the customers service in both content modes, and one bad event never spoils its neighbours.

let gateway: TestGateway;
beforeAll(async () => {
  gateway = await startTestGateway();
});
afterAll(() => gateway?.stop());

const anEvent = (overrides: object = {}) => ({
  specversion: '1.0',
  id: 'e-1',
  source: '/core-bank',
  type: 'transaction',
  subject: 'c-1',
  time: '2026-03-02T10:00:00+08:00',
  data: { amountMinor: 1_200, tags: ['a', null, { deep: true }] },
  ...overrides,
});

const tell = async (contentType: string, body: unknown): Promise<Reply> => {
  const token = await gateway.token({ kind: 'service', roles: ['intake'], orgPath: '' });
  const headers = { authorization: `Bearer ${token}`, 'content-type': contentType };
  return send(gateway, {
    method: 'POST',
    path: '/open/v1/events',
    headers,
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });
};
const seen = () => gateway.services.lastCall('customers.ingestEvents')?.request.events as IncomingEvent[];
const accepting = (request: Record<string, unknown>) => ({ acceptedCount: (request.events as unknown[]).length });

it('takes a single event as it is', async () => {
  gateway.services.answer('customers.ingestEvents', accepting);
  const reply = await tell(`${CLOUD_EVENT_TYPE}; charset=utf-8`, anEvent({ traceparent: '00-x', partitionkey: 'p' }));
  expect(reply).toMatchObject({ status: 202, body: { acceptedCount: 1, duplicateCount: 0, refused: [] } });
  const { specversion: _version, time: _time, data, ...rest } = anEvent();
  const dataJson = JSON.stringify(data);
  expect(seen()).toEqual([{ ...rest, time: new Date('2026-03-02T02:00:00Z'), dataJson }]);
});

it('numbers refused events of a batch as the caller did', async () => {
  gateway.services.answer('customers.ingestEvents', (request) => ({
    acceptedCount: (request.events as unknown[]).length - 1,
    refused: [{ index: 1, id: 'e-3', reason: 'CUSTOMER_UNKNOWN', message: 'unknown' }],
  }));
  const batch = [
    anEvent(),
    anEvent({ id: 'e-2', specversion: '0.3' }),
    'no event',
    anEvent({ id: 'e-3' }),
    anEvent({ id: 'e-4' }),
  ];
  const reply = await tell(CLOUD_EVENTS_BATCH_TYPE, batch);
  expect(seen().map(({ id }) => id)).toEqual(['e-1', 'e-3', 'e-4']);
  expect(reply).toMatchObject({ status: 202, body: { acceptedCount: 2 } });
  expect((reply.body as { refused: object[] }).refused).toEqual([
    { index: 1, id: 'e-2', reason: 'EVENT_INVALID', message: 'specversion must be "1.0"' },
    { index: 2, id: '', reason: 'EVENT_INVALID', message: 'must be an object' },
    { index: 3, id: 'e-3', reason: 'CUSTOMER_UNKNOWN', message: 'unknown' },
  ]);
});

it('asks no one when nothing is left of a batch', async () => {
  const before = gateway.services.calls.length;
  const reply = await tell(CLOUD_EVENTS_BATCH_TYPE, [anEvent({ id: '' })]);
  expect(reply).toMatchObject({ status: 202, body: { acceptedCount: 0, refused: [{ index: 0 }] } });
  expect(gateway.services.calls).toHaveLength(before);
});

it.each([
  ['a batch that is no array', CLOUD_EVENTS_BATCH_TYPE, anEvent(), 400, 'VALIDATION_FAILED'],
  ['an empty batch', CLOUD_EVENTS_BATCH_TYPE, [], 400, 'VALIDATION_FAILED'],
  ['1001 events', CLOUD_EVENTS_BATCH_TYPE, Array.from({ length: 1_001 }, () => anEvent()), 400, 'VALIDATION_FAILED'],
  ['a batch as a single event', CLOUD_EVENT_TYPE, [anEvent()], 400, 'VALIDATION_FAILED'],
  ['a single event without subject', CLOUD_EVENT_TYPE, anEvent({ subject: undefined }), 400, 'VALIDATION_FAILED'],
  ['no JSON', CLOUD_EVENT_TYPE, '{', 400, 'MALFORMED_JSON'],
  ['plain JSON', 'application/json', anEvent(), 415, 'UNSUPPORTED_MEDIA_TYPE'],
  [
    'more than 4 MiB',
    CLOUD_EVENTS_BATCH_TYPE,
    [anEvent({ data: { pad: 'x'.repeat(4 * 1024 * 1024) } })],
    413,
    'BODY_TOO_LARGE',
  ],
])('refuses %s', async (_what, contentType, body, status, reason) => {
  const reply = await tell(contentType, body);
  expect({ status: reply.status, reason: problemOf(reply).reason }).toEqual({ status, reason });
});

it('takes 1000 events of a kilobyte each', async () => {
  gateway.services.answer('customers.ingestEvents', accepting);
  const batch = Array.from({ length: 1_000 }, (_none, index) =>
    anEvent({ id: `e-${index}`, data: { pad: 'x'.repeat(1_000) } }),
  );
  expect(await tell(CLOUD_EVENTS_BATCH_TYPE, batch)).toMatchObject({ status: 202, body: { acceptedCount: 1_000 } });
});
