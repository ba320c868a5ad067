import { Server, ServerCredentials, type handleUnaryCall, type ServiceDefinition } from '@grpc/grpc-js';
import { DomainError } from '@tidegate/errors';
import { toGrpcStatus, type GrpcService, type Handlers } from '@tidegate/grpc';

/** A real gRPC server that plays a neighbour; an rpc without a handler answers UNIMPLEMENTED. */
export async function fakePeer<S extends GrpcService>(
  service: S,
  handlers: Partial<Handlers<S>>,
): Promise<{ url: string; stop(): Promise<void> }> {
  const server = new Server();
  const implementation = Object.fromEntries(
    Object.keys(service).map((name) => {
      const unary: handleUnaryCall<unknown, unknown> = (call, callback) => {
        const handler = handlers[name as keyof S] as
          ((request: unknown, metadata: unknown) => Promise<unknown>) | undefined;
        const answer = handler
          ? Promise.resolve().then(() => handler(call.request, call.metadata))
          : Promise.reject(new DomainError({ code: 'UNIMPLEMENTED', reason: 'NOT_FAKED', message: name }));
        answer.then(
          (response) => callback(null, response),
          (error: unknown) => callback(toGrpcStatus(error)),
        );
      };
      return [name, unary];
    }),
  );
  server.addService(service as unknown as ServiceDefinition, implementation);
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
