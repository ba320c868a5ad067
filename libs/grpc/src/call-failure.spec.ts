import { Server, ServerCredentials, type ServiceDefinition } from '@grpc/grpc-js';
import { BenefitsServiceService } from '@tidegate/contracts/benefits/v1/benefits';
import { refused } from '@tidegate/errors';
import { toGrpcStatus } from './error-mapping';
import { createClient } from './grpc-client';

// Goal: a call that fails is told apart by its reason, whoever failed.

type Answer = (error: object | null, response?: object) => void;
const server = new Server();
let port = 0;
beforeAll(async () => {
  const { getInstance } = BenefitsServiceService;
  const handlers = {
    getInstance: ({ request }: { request: { instanceId: string } }, answer: Answer): void => {
      if (request.instanceId === 'gone') answer(toGrpcStatus(refused('TOO_LATE', 'It is over.', { until: 'noon' })));
      if (request.instanceId === 'here') answer(null, { instance: undefined });
    },
  };
  server.addService({ getInstance } as unknown as ServiceDefinition, handlers);
  port = await new Promise((resolve, reject) =>
    server.bindAsync('127.0.0.1:0', ServerCredentials.createInsecure(), (error, bound) =>
      error ? reject(error) : resolve(bound),
    ),
  );
});
afterAll(() => server.forceShutdown());

it('answers, refuses with the reason of the peer, and names a peer that is slow or away', async () => {
  const client = createClient(BenefitsServiceService, `127.0.0.1:${port}`);
  const away = createClient(BenefitsServiceService, '127.0.0.1:1');
  try {
    expect(await client.getInstance({ instanceId: 'here' })).toEqual({ instance: undefined });
    await expect(client.getInstance({ instanceId: 'gone' })).rejects.toMatchObject({
      code: 'FAILED_PRECONDITION',
      reason: 'TOO_LATE',
      message: 'It is over.',
      metadata: { until: 'noon' },
    });
    await expect(client.getInstance({ instanceId: 'silent' }, { deadlineMs: 50 })).rejects.toMatchObject({
      reason: 'PEER_TIMED_OUT',
    });
    await expect(away.getInstance({ instanceId: 'here' })).rejects.toMatchObject({ reason: 'PEER_UNAVAILABLE' });
  } finally {
    client.close();
    away.close();
  }
});
