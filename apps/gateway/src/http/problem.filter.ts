import { Catch, NotFoundException, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import { DomainError } from '@tidegate/errors';
import { logger } from '@tidegate/observability';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { fromFramework, methodNotAllowed } from './http-errors';
import { sendProblem } from './problem-reply';
import { RouteTable } from './route-table';

const log = logger('gateway');

/** Every error, from whatever layer, as a problem document. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  constructor(private readonly routes: RouteTable) {}

  catch(exception: unknown, host: ArgumentsHost): void {
    const request = host.switchToHttp().getRequest<FastifyRequest>();
    const reply = host.switchToHttp().getResponse<FastifyReply>();
    // A stream that has begun cannot become a problem any more.
    if (reply.sent) return;
    const error = this.known(exception, request);
    if (!(error instanceof DomainError) || error.code === 'INTERNAL') {
      log.error({ err: error, route: request.routeOptions.url }, 'a request failed');
    }
    sendProblem(reply, error, traceIdOf(request));
  }

  private known(exception: unknown, request: FastifyRequest): unknown {
    // Only the router throws it: services say what was not found.
    if (!(exception instanceof NotFoundException)) return fromFramework(exception);
    const allowed = this.routes.methodsOf(request.url);
    return allowed.length > 0 ? methodNotAllowed(allowed) : fromFramework(exception);
  }
}

const traceIdOf = (request: FastifyRequest): string | undefined => request.callContext?.traceparent.split('-')[1];
