import { DomainError } from '@tidegate/errors';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { bodyTooLarge, unsupportedMediaType } from './http-errors';
import { parseJsonBody } from './json-body';

export const JSON_TYPE = 'application/json';
export const CSV_TYPE = 'text/csv';
export const CLOUD_EVENT_TYPE = 'application/cloudevents+json';
export const CLOUD_EVENTS_BATCH_TYPE = 'application/cloudevents-batch+json';

const WRITES = new Set(['POST', 'PUT', 'PATCH', 'DELETE']);
// Visible ASCII.
const KEY = /^[\x21-\x7e]{1,128}$/;

/** How bodies are read, which of them a route takes, and that every write can be repeated safely. */
export function installBodies(fastify: FastifyInstance): void {
  fastify.removeAllContentTypeParsers();
  fastify.addContentTypeParser(
    [JSON_TYPE, CLOUD_EVENT_TYPE, CLOUD_EVENTS_BATCH_TYPE],
    { parseAs: 'buffer' },
    (request, body, done) => {
      request.rawBody = body as Buffer;
      try {
        done(null, parseJsonBody(body as Buffer));
      } catch (error) {
        done(error as Error);
      }
    },
  );
  // Handed on as it comes in: such files are larger than this process should hold.
  fastify.addContentTypeParser(CSV_TYPE, (_request, payload, done) => done(null, payload));
  fastify.addHook('onRequest', (request, _reply, done) => {
    try {
      if (!request.is404 && WRITES.has(request.method)) checkWrite(request);
      done();
    } catch (error) {
      done(error as Error);
    }
  });
}

/** @throws UNSUPPORTED_MEDIA_TYPE, BODY_TOO_LARGE, IDEMPOTENCY_KEY_MISSING, IDEMPOTENCY_KEY_INVALID */
function checkWrite(request: FastifyRequest): void {
  const { config, bodyLimit } = request.routeOptions;
  const length = Number(request.headers['content-length'] ?? 0);
  const hasBody = length > 0 || request.headers['transfer-encoding'] !== undefined;
  const accepted = config.consumes ?? [JSON_TYPE];
  const mediaType = (request.headers['content-type'] ?? '').split(';', 1)[0]?.trim().toLowerCase() ?? '';
  if ((hasBody || mediaType !== '') && !accepted.includes(mediaType)) throw unsupportedMediaType(accepted);
  if (bodyLimit !== undefined && length > bodyLimit) throw bodyTooLarge(bodyLimit);
  if (!config.isKeyless) request.requestId = readKey(request.headers['idempotency-key']);
}

function readKey(key: string | string[] | undefined): string {
  if (key === undefined || key === '') {
    throw refusedKey('IDEMPOTENCY_KEY_MISSING', 'Every write needs the header Idempotency-Key.');
  }
  if (typeof key === 'string' && KEY.test(key)) return key;
  throw refusedKey('IDEMPOTENCY_KEY_INVALID', 'Idempotency-Key must be 1 to 128 visible ASCII characters.');
}

const refusedKey = (reason: string, message: string): DomainError =>
  new DomainError({ code: 'INVALID_ARGUMENT', reason, message });
