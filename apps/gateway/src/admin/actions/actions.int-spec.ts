import { DomainError } from '@tidegate/errors';
import { ORG_PATH_LENGTH_MAX } from '@tidegate/org-path';
import { problemOf, send, type Reply } from '../../testing/gateway-caller';
import { startTestGateway, type TestGateway } from '../../testing/test-gateway';

// Goal: who says which version was read overwrites nobody else's change, and nothing is let through that the service refuses for its length.

let gateway: TestGateway;

beforeAll(async () => {
  gateway = await startTestGateway();
  gateway.services.answer('campaigns.putAction', ({ action }) => {
    if ((action as { version: number }).version !== 1) return { action };
    throw new DomainError({ code: 'ABORTED', reason: 'VERSION_CONFLICT', message: 'changed since' });
  });
});
afterAll(() => gateway?.stop());

const put = async (overrides: object): Promise<Reply> => {
  const treatments = [{ channel: 'app', title: 'Hello' }];
  const terms = { issue: 'growth', group: 'deposits', currency: 'CNY', purpose: 'marketing', orgPath: 'hq' };
  const headers = {
    authorization: `Bearer ${await gateway.token()}`,
    'idempotency-key': 'put',
    'content-type': 'application/json',
  };
  const body = JSON.stringify({ name: 'Deposit', treatments, ...terms, ...overrides });
  return send(gateway, { method: 'PUT', path: '/admin/v1/actions/deposit', headers, body });
};
const sentVersion = (): unknown =>
  (gateway.services.lastCall('campaigns.putAction')?.request.action as { version: number }).version;

it('passes on the version that was read, and the conflict', async () => {
  expect([(await put({ version: 2 })).status, sentVersion()]).toEqual([200, 2]);
  expect([(await put({})).status, sentVersion()]).toEqual([200, 0]);
  const stale = await put({ version: 1 });
  expect([stale.status, problemOf(stale).reason]).toEqual([409, 'VERSION_CONFLICT']);
});

it.each([
  ['name', 100],
  ['orgPath', ORG_PATH_LENGTH_MAX],
])('takes a %s of at most %i characters, as the service does', async (name, max) => {
  expect((await put({ [name]: 'x'.repeat(max) })).status).toBe(200);
  const reply = await put({ [name]: 'x'.repeat(max + 1) });
  expect([reply.status, problemOf(reply).violations]).toMatchObject([400, [{ field: name }]]);
});
