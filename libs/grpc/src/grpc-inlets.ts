import {
  Server,
  ServerCredentials,
  type handleUnaryCall,
  type Metadata,
  type sendUnaryData,
  type ServiceDefinition,
} from '@grpc/grpc-js';
import type { CustomTransportStrategy } from '@nestjs/microservices';
import { histogram, runInContext } from '@tidegate/observability';
import { toContext } from './call-metadata';
import { releaseEndedStreams } from './ended-streams';
import { toGrpcStatus } from './error-mapping';
import { handlersOf, type Handler } from './grpc-controller';
import { MESSAGE_BYTES_MAX } from './grpc-client';
import { fullServiceName, type GrpcService } from './service-definition';

const duration = histogram('grpc_server_seconds', 'Duration of gRPC calls served', ['method', 'outcome']);

export interface GrpcInletsOptions {
  /** `host:port` to bind. */
  bind: string;
  services: GrpcService[];
  /** Every controller of the application; asked when it is about to listen. */
  controllers: () => object[];
  /** Adds what is not a controller's, such as health. */
  extend: (server: Server) => void;
}

/**
 * The gRPC server of a service, as a transport of Nest. A call goes from grpc-js straight to the controller's method, in the
 * caller's trace and actor, its errors mapped to google.rpc.Status. Nest's own server leads every call through observables and
 * makes a second error object of every refusal, which a flash sale pays for (ADR 0001).
 */
export class GrpcInlets implements CustomTransportStrategy {
  private readonly server = new Server({
    'grpc.max_receive_message_length': MESSAGE_BYTES_MAX,
    'grpc.max_send_message_length': MESSAGE_BYTES_MAX,
    'grpc.enable_channelz': 0,
  });

  constructor(private readonly options: GrpcInletsOptions) {}

  /** @throws Error when a service has no controller, or the port is taken (to the callback) */
  listen(callback: (error?: unknown) => void): void {
    try {
      const controllers = this.options.controllers();
      for (const service of this.options.services) this.add(service, controllers);
      this.options.extend(this.server);
    } catch (error) {
      callback(error);
      return;
    }
    releaseEndedStreams();
    this.server.bindAsync(this.options.bind, ServerCredentials.createInsecure(), (error) =>
      callback(error ?? undefined),
    );
  }

  close(): void {
    this.server.forceShutdown();
  }

  private add(service: GrpcService, controllers: object[]): void {
    for (const controller of controllers) {
      const handlers = handlersOf(controller, service);
      if (!handlers) continue;
      const served = Object.entries(service).map(([name, { path }]) => [name, serve(path, handlers[name]!)]);
      this.server.addService(service as unknown as ServiceDefinition, Object.fromEntries(served));
      return;
    }
    throw new Error(`no controller serves ${fullServiceName(service)}`);
  }
}

const serve =
  (path: string, handler: Handler): handleUnaryCall<unknown, unknown> =>
  ({ request, metadata }, callback) =>
    void answer(path, () => handler(request, metadata), metadata, callback);

async function answer(
  path: string,
  handle: () => Promise<unknown>,
  metadata: Metadata,
  callback: sendUnaryData<unknown>,
): Promise<void> {
  const stopTimer = duration.startTimer({ method: path });
  try {
    const response = await runInContext(toContext(metadata), handle);
    stopTimer({ outcome: 'OK' });
    callback(null, response);
  } catch (error) {
    const status = toGrpcStatus(error);
    stopTimer({ outcome: String(status.code) });
    callback(status);
  }
}
