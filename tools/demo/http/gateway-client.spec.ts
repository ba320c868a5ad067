import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Caller } from './caller';
import { GatewayClient } from './gateway-client';
import { GatewayRefusal, refusalOf } from './gateway-refusal';

interface Answer {
  status: number;
  body: unknown;
}

describe('GatewayClient', () => {
  let server: Server;
  let client: GatewayClient;
  let caller: Caller;
  let seen: IncomingMessage[];
  let answers: Answer[];

  beforeEach(async () => {
    [seen, answers] = [[], []];
    server = createServer((request, response) => {
      seen.push(request);
      const { status, body } = answers.shift() ?? { status: 200, body: {} };
      request.resume().on('end', () => {
        response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
      });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    client = new GatewayClient(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
    caller = new Caller(client, () => ({ authorization: 'Bearer t' }));
  });

  afterEach(async () => {
    await client.close();
    await new Promise((resolve) => server.close(resolve));
  });

  it('comes back with the same key when it is told to come later', async () => {
    answers = [
      { status: 429, body: { reason: 'INTAKE_BUSY' } },
      { status: 503, body: {} },
      { status: 201, body: { instance: { instanceId: 'i' } } },
    ];
    expect(await caller.post('/app/v1/stocks/s/claims', 'key-1')).toEqual({ instance: { instanceId: 'i' } });
    expect(seen.map(({ headers }) => headers['idempotency-key'])).toEqual(['key-1', 'key-1', 'key-1']);
    expect(client.busyCount).toBe(2);
  });

  it('tells why it was refused, and does not ask again', async () => {
    answers = [{ status: 422, body: { reason: 'STOCK_SOLD_OUT', detail: 'All of it has been claimed.' } }];
    const refusal = await refusalOf(caller.post('/x', 'key'), 'STOCK_SOLD_OUT');
    expect(refusal).toBeInstanceOf(GatewayRefusal);
    expect([refusal.status, seen.length]).toEqual([422, 1]);
  });

  it('does not take one refusal for another, nor a success for a refusal', async () => {
    answers = [{ status: 403, body: { reason: 'ROLE_MISSING' } }];
    await expect(refusalOf(caller.post('/x', 'key'), 'GIFT_TAKEN')).rejects.toThrow('ROLE_MISSING');
    await expect(refusalOf(caller.post('/x', 'key'), 'GIFT_TAKEN')).rejects.toThrow('was let through');
  });

  it('writes the query, without what is left out', async () => {
    await caller.get('/list', { pageSize: 5, pageToken: undefined, queue: 'a b' });
    expect(seen[0]?.url).toBe('/list?pageSize=5&queue=a+b');
    expect(seen[0]?.headers['idempotency-key']).toBeUndefined();
  });
});
