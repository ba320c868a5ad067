import { LeadOffered } from '@tidegate/contracts/leads/v1/leads_events';
import { event } from '@tidegate/mongo';
import { eventually } from '@tidegate/testing';
import { headers } from 'nats';
import { problemOf, send, type Reply } from '../../testing/gateway-caller';
import { startTestGateway, type TestGateway } from '../../testing/test-gateway';
import type { DeadLetterPage } from './dead-letters.response';

// Goal: what no consumer could handle is seen by the head office and goes back to its consumer once.

let gateway: TestGateway;
beforeAll(async () => {
  gateway = await startTestGateway();
  for (const id of ['m-1', 'm-2', 'm-3']) await bury(id);
});
afterAll(() => gateway?.stop());

async function bury(messageId: string): Promise<void> {
  const info = headers();
  const said = { 'tg-consumer': 'review_main', 'tg-subject': 'evt.leads.v1.lead-offered', 'tg-message-id': messageId };
  for (const [name, value] of Object.entries({ ...said, 'tg-reason': 'POISON', 'tg-message': 'cannot be handled' }))
    info.set(name, value);
  const dead = [event(LeadOffered, messageId, { lead: undefined, agentId: 'agent-1' })];
  const { bus } = gateway;
  await bus.jetStream.publish(bus.subject('dlq.review_main.evt.leads.v1.lead-offered'), JSON.stringify(dead), {
    headers: info,
  });
}

const as = async (roles: string[], method: string, path: string, orgPath = 'hq'): Promise<Reply> => {
  const authorization = `Bearer ${await gateway.token({ roles, orgPath })}`;
  return send(gateway, {
    method,
    path: `/admin/v1/dead-letters${path}`,
    headers: { authorization, 'idempotency-key': 'k-1' },
  });
};
const page = async (roles: string[], query = ''): Promise<DeadLetterPage> =>
  (await as(roles, 'GET', query)).body as DeadLetterPage;

it('pages them, newest first, with data for those only who may read personal data', async () => {
  const first = await page(['admin', 'pii_reader'], '?limit=2');
  expect(first.deadLetters.map(({ messageId }) => messageId)).toEqual(['m-3', 'm-2']);
  expect(first.deadLetters[0]).toMatchObject({
    consumer: 'review_main',
    reason: 'POISON',
    subject: 'evt.leads.v1.lead-offered',
    events: [{ subject: 'm-3', data: { agentId: 'agent-1' } }],
  });
  const second = await page(['admin'], `?limit=2&before=${first.nextBefore}`);
  expect(second).toMatchObject({ deadLetters: [{ messageId: 'm-1' }], nextBefore: 0 });
  expect(second.deadLetters[0]!.events[0]).not.toHaveProperty('data');
});

it('replays one to its consumer, once', async () => {
  const { bus } = gateway;
  const replayed: string[] = [];
  const stop = bus.listen(LeadOffered, ({ subject }) => replayed.push(subject));
  const [newest] = (await page(['admin'])).deadLetters;
  expect(await as(['admin'], 'POST', `/${newest!.id}/replay`)).toMatchObject({
    status: 200,
    body: { deadLetter: { messageId: 'm-3' } },
  });
  await eventually(() => expect(replayed).toEqual(['m-3']));
  expect((await page(['admin'])).deadLetters.map(({ messageId }) => messageId)).toEqual(['m-2', 'm-1']);
  const again = await as(['admin'], 'POST', `/${newest!.id}/replay`);
  expect({ status: again.status, reason: problemOf(again).reason }).toEqual({
    status: 404,
    reason: 'DEAD_LETTER_NOT_FOUND',
  });
  stop();
});

it('is the head office’s', async () => {
  for (const [method, path] of [
    ['GET', ''],
    ['POST', '/1/replay'],
  ] as const) {
    const reply = await as(['admin'], method, path, 'hq/east');
    expect({ status: reply.status, reason: problemOf(reply).reason }).toEqual({
      status: 403,
      reason: 'HEAD_OFFICE_ONLY',
    });
  }
  for (const id of ['0', 'x', '1.5', '9'.repeat(30)])
    expect((await as(['admin'], 'POST', `/${id}/replay`)).status).toBe(400);
});
