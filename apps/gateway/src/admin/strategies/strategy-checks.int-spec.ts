import { setTimeout as delay } from 'node:timers/promises';
import { send } from '../../testing/gateway-caller';
import { startTestGateway, type TestGateway } from '../../testing/test-gateway';

// Goal: whoever submits, approves or rolls back is told what came of it, also when the check of the whole base takes its time.

/** Longer than an ordinary call may take. */
const CHECK_MS = 6_000;

let gateway: TestGateway;

beforeAll(async () => {
  gateway = await startTestGateway();
  gateway.services.answerRest(() => delay(CHECK_MS, {}));
});
afterAll(() => gateway?.stop());

it.each([
  ['submit', {}],
  ['approve', { contentHash: 'as-it-was-read' }],
  ['roll-back', { comment: 'the title misleads' }],
])('waits for a long check at %s', async (step, body) => {
  const headers = {
    authorization: `Bearer ${await gateway.token()}`,
    'idempotency-key': step,
    'content-type': 'application/json',
  };
  const path = `/admin/v1/strategies/waves/${step}`;
  expect((await send(gateway, { method: 'POST', path, headers, body: JSON.stringify(body) })).status).toBe(200);
});
