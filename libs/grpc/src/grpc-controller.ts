import type { Metadata } from '@grpc/grpc-js';
import { Controller } from '@nestjs/common';
import { GrpcMethod, RpcException } from '@nestjs/microservices';
import { histogram, runInContext } from '@tidegate/observability';
import { toContext } from './call-metadata';
import { toGrpcStatus } from './error-mapping';
import { fullServiceName, type GrpcService, type Handlers } from './service-definition';

type Handler = (request: unknown, metadata: Metadata) => Promise<unknown>;

const duration = histogram('grpc_server_seconds', 'Duration of gRPC calls served', ['method', 'outcome']);

/**
 * Makes a class the gRPC controller of a generated service: every rpc is the method of the same name, run in the caller's
 * trace and actor, its errors mapped to google.rpc.Status.
 */
export function GrpcController<S extends GrpcService>(service: S) {
  const serviceName = fullServiceName(service).split('.').at(-1) ?? '';
  return <T extends new (...args: never[]) => Handlers<S>>(target: T): void => {
    Controller()(target);
    for (const [name, method] of Object.entries(service)) {
      const descriptor = Object.getOwnPropertyDescriptor(target.prototype, name);
      if (!descriptor) throw new Error(`${target.name} does not implement ${name}`);
      const wrapped = { ...descriptor, value: served(method.path, descriptor.value as Handler) };
      Object.defineProperty(target.prototype, name, wrapped);
      GrpcMethod(serviceName, name)(target.prototype as object, name, wrapped);
    }
  };
}

function served(path: string, handler: Handler): Handler {
  return function (this: unknown, request, metadata) {
    const stopTimer = duration.startTimer({ method: path });
    return runInContext(toContext(metadata), async () => {
      try {
        const response = await handler.call(this, request, metadata);
        stopTimer({ outcome: 'OK' });
        return response;
      } catch (error) {
        const status = toGrpcStatus(error);
        stopTimer({ outcome: String(status.code) });
        throw new RpcException(status);
      }
    });
  };
}
