import { Http2SubchannelConnector } from '@grpc/grpc-js/build/src/transport';
import { Client, credentials, Metadata, Server, ServerCredentials, type ServiceDefinition } from '@grpc/grpc-js';
import { releaseEndedCalls } from './active-calls';
import { RenewedSet } from './renewed-set';

// Goal: calls go on as before, and grpc-js still holds those under way where we put them.

const raw = (bytes: Buffer): Buffer => bytes;
const method = { requestSerialize: raw, requestDeserialize: raw, responseSerialize: raw, responseDeserialize: raw };
const echo = { path: '/test.Echo/Say', requestStream: false, responseStream: false, ...method };

it('holds calls under way, and none that are over', async () => {
  releaseEndedCalls();
  releaseEndedCalls();
  const transports: { activeCalls: RenewedSet<unknown> }[] = [];
  const connector = Http2SubchannelConnector.prototype as unknown as { connect(...args: unknown[]): Promise<never> };
  const { connect } = connector;
  connector.connect = async function (...args) {
    const transport = await connect.apply(this, args);
    transports.push(transport);
    return transport;
  };
  let answer: (() => void) | undefined;
  const server = new Server();
  server.addService({ say: echo } as unknown as ServiceDefinition, {
    say: (call: { request: Buffer }, callback: (error: null, value: Buffer) => void) => {
      answer = () => callback(null, call.request);
    },
  });
  const bound = server.bindAsync.bind(server, '127.0.0.1:0', ServerCredentials.createInsecure());
  const port = await new Promise<number>((resolve, reject) =>
    bound((error, at) => (error ? reject(error) : resolve(at))),
  );
  const client = new Client(`127.0.0.1:${port}`, credentials.createInsecure());
  try {
    const said = new Promise<string>((resolve, reject) =>
      client.makeUnaryRequest(echo.path, raw, raw, Buffer.from('hello'), new Metadata(), (error, value) =>
        error ? reject(error) : resolve(String(value)),
      ),
    );
    while (answer === undefined) await new Promise((resolve) => setTimeout(resolve, 1));
    expect(transports.map(({ activeCalls }) => activeCalls)).toEqual([expect.any(RenewedSet)]);
    expect(transports[0]!.activeCalls.size).toBe(1);
    answer();
    expect(await said).toBe('hello');
    expect(transports[0]!.activeCalls.size).toBe(0);
  } finally {
    connector.connect = connect;
    client.close();
    server.forceShutdown();
  }
});
