import { continueTrace, histogram, logger, runInContext } from '@tidegate/observability';
import type { FastifyInstance } from 'fastify';
import './route-config';

const log = logger('access');
const duration = histogram('http_server_seconds', 'Duration of HTTP requests served', ['route', 'status']);

/** Gives every request its trace, runs its handler inside it, and counts and logs how it ended. */
export function installRequestContext(fastify: FastifyInstance): void {
  fastify.decorateRequest('callContext');
  fastify.decorateRequest('receivedAt', 0);
  fastify.decorateRequest('tokenExpiresAt');
  fastify.decorateRequest('requestId', '');
  fastify.decorateRequest('rawBody');

  fastify.addHook('onRequest', (request, reply, done) => {
    const traceparent = request.headers.traceparent;
    request.receivedAt = performance.now();
    request.callContext = { traceparent: continueTrace(typeof traceparent === 'string' ? traceparent : undefined) };
    void reply.header('traceparent', request.callContext.traceparent);
    done();
  });
  // Late: reading the body would leave a context that was entered before.
  fastify.addHook('preHandler', (request, _reply, done) => runInContext(request.callContext, done));
  fastify.addHook('onResponse', (request, reply, done) => {
    const route = request.routeOptions.url ?? 'unmatched';
    const seconds = (performance.now() - request.receivedAt) / 1000;
    duration.observe({ route, status: String(reply.statusCode) }, seconds);
    runInContext(request.callContext, () =>
      log.debug(
        { method: request.method, route, status: reply.statusCode, ms: Math.round(seconds * 1e4) / 10 },
        'served',
      ),
    );
    done();
  });
}
