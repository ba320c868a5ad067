import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { Actor } from '@tidegate/observability';
import type { FastifyRequest } from 'fastify';
import { WithRouteConfig } from '../http/route-config';
import type { AccessRule } from './access-rules';

/** Who may call the route. A route that does not say is refused to everyone, and the gateway does not start with it. */
export const Access = (access: AccessRule): MethodDecorator => WithRouteConfig({ access });

const requestOf = (context: ExecutionContext): FastifyRequest => context.switchToHttp().getRequest<FastifyRequest>();

/** Who calls, as the access hook found out. */
export const Caller = createParamDecorator((_data: unknown, context: ExecutionContext): Actor => {
  const { actor } = requestOf(context).callContext;
  // Only public routes have no actor, and they ask for none.
  if (!actor) throw new Error('a public route has no caller');
  return actor;
});

/** The Idempotency-Key of a write, which every service takes as its request id. */
export const RequestId = createParamDecorator(
  (_data: unknown, context: ExecutionContext): string => requestOf(context).requestId,
);
