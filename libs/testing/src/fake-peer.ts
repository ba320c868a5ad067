import { Server, ServerCredentials, type handleUnaryCall, type ServiceDefinition } from '@grpc/grpc-js';
import { DomainError } from '@tidegate/errors';
import { toGrpcStatus, type GrpcService, type Handlers } from '@tidegate/grpc';

type Handler = (request: unknown, metadata: unknown) => Promise<unknown>;

/** One gRPC service of a played neighbour. */
export interface FakeService {
  service: GrpcService;
  handlers: Partial<Record<string, Handler>>;
}

/** A real gRPC server that plays a neighbour; an rpc without a handler answers UNIMPLEMENTED. */
export const fakePeer = <S extends GrpcService>(
  service: S,
  handlers: Partial<Handlers<S>>,
): Promise<{ url: string; stop(): Promise<void> }> =>
  fakePeerOf([{ service, handlers: handlers as FakeService['handlers'] }]);

/** As fakePeer, for a neighbour that answers as several gRPC services at one address. */
export async function fakePeerOf(services: FakeService[]): Promise<{ url: string; stop(): Promise<void> }> {
  const server = new Server();
  for (const { service, handlers } of services) {
    const calls = Object.keys(service).map((name) => [name, unary(name, handlers[name])] as const);
    server.addService(service as unknown as ServiceDefinition, Object.fromEntries(calls));
  }
  const port = await new Promise<number>((resolve, reject) =>
    server.bindAsync('127.0.0.1:0', ServerCredentials.createInsecure(), (error, bound) =>
      error ? reject(error) : resolve(bound),
    ),
  );
  return {
    url: `127.0.0.1:${port}`,
    stop: () =>
      new Promise((resolve) => {
        server.tryShutdown(() => resolve());
        setTimeout(() => server.forceShutdown(), 500).unref();
      }),
  };
}

const unary =
  (name: string, handler: Handler | undefined): handleUnaryCall<unknown, unknown> =>
  (call, callback) => {
    const answer = handler
      ? Promise.resolve().then(() => handler(call.request, call.metadata))
      : Promise.reject(new DomainError({ code: 'UNIMPLEMENTED', reason: 'NOT_FAKED', message: name }));
    answer.then(
      (response) => callback(null, response),
      (error: unknown) => callback(toGrpcStatus(error)),
    );
  };
