import { SetMetadata } from '@nestjs/common';
import { FASTIFY_ROUTE_CONFIG_METADATA } from '@nestjs/platform-fastify/constants';
import type { CallContext } from '@tidegate/observability';
import type { AccessRule } from '../access/access-rules';

/** What a route says about itself to the hooks that run before it. */
export interface RouteConfig {
  access?: AccessRule;
  /** Media types of the body; JSON when not said. */
  consumes?: readonly string[];
  bodyBytesMax?: number;
  /** A write that is safe to repeat without an Idempotency-Key. */
  isKeyless?: boolean;
}

declare module 'fastify' {
  interface FastifyContextConfig extends RouteConfig {}
  interface FastifyRequest {
    callContext: CallContext;
    receivedAt: number;
    /** When the caller's token ends; undefined for signed and public requests. */
    tokenExpiresAt: Date | undefined;
    /** The Idempotency-Key of a write. */
    requestId: string;
    /** The body as it came, for signatures and digests. */
    rawBody: Buffer | undefined;
  }
}

/** Adds to what a route says about itself. */
export const WithRouteConfig =
  (config: RouteConfig): MethodDecorator =>
  (target, key, descriptor) => {
    const value = descriptor.value as object;
    const existing = Reflect.getMetadata(FASTIFY_ROUTE_CONFIG_METADATA, value) as RouteConfig | undefined;
    SetMetadata(FASTIFY_ROUTE_CONFIG_METADATA, { ...existing, ...config })(target, key, descriptor);
  };
