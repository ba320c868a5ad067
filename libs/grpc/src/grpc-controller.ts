import type { Metadata } from '@grpc/grpc-js';
import { Controller } from '@nestjs/common';
import type { GrpcService, Handlers } from './service-definition';

export type Handler = (request: unknown, metadata: Metadata) => Promise<unknown>;

const serviceOf = new WeakMap<object, GrpcService>();

/** Makes a class the gRPC controller of a generated service: every rpc is the method of the same name. */
export function GrpcController<S extends GrpcService>(service: S) {
  return <T extends new (...args: never[]) => Handlers<S>>(target: T): void => {
    Controller()(target);
    for (const name of Object.keys(service)) {
      if (!(name in target.prototype)) throw new Error(`${target.name} does not implement ${name}`);
    }
    serviceOf.set(target, service);
  };
}

/** The handlers of a controller by rpc, when it is the controller of that service. */
export function handlersOf(controller: object, service: GrpcService): Record<string, Handler> | undefined {
  if (serviceOf.get(controller.constructor) !== service) return undefined;
  const methods = controller as Record<string, Handler>;
  return Object.fromEntries(Object.keys(service).map((name) => [name, methods[name]!.bind(controller)]));
}
