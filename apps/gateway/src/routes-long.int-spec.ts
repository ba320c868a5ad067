import { setTimeout as delay } from 'node:timers/promises';
import { send } from './testing/gateway-caller';
import { startTestGateway, type TestGateway } from './testing/test-gateway';

// Goal: who asks for something that looks at the whole base, or at a whole list, is told what came of it, also when that takes its time.

/** Longer than an ordinary call may take. */
const WORK_MS = 6_000;
const STRATEGY = '/admin/v1/strategies/waves';

let gateway: TestGateway;

beforeAll(async () => {
  gateway = await startTestGateway();
  gateway.services.answerRest(() => delay(WORK_MS, {}));
});
afterAll(() => gateway?.stop());

it('waits for the check of a strategy, the size of a list, and a list that is handed over', async () => {
  const authorization = `Bearer ${await gateway.token()}`;
  const asked = [
    { path: `${STRATEGY}/submit`, body: {}, status: 200 },
    { path: `${STRATEGY}/approve`, body: { contentHash: 'as-it-was-read' }, status: 200 },
    { path: `${STRATEGY}/roll-back`, body: { comment: 'the title misleads' }, status: 200 },
    { path: '/admin/v1/name-lists', body: { strategyId: 'waves', name: 'Week 1' }, status: 202 },
    { path: '/admin/v1/name-lists/week-1/dispatch', body: {}, status: 202 },
  ];
  const answered = await Promise.all(
    asked.map(async ({ path, body }) => {
      const headers = { authorization, 'idempotency-key': path, 'content-type': 'application/json' };
      const { status } = await send(gateway, { method: 'POST', path, headers, body: JSON.stringify(body) });
      return { path, body, status };
    }),
  );
  expect(answered).toEqual(asked);
});
