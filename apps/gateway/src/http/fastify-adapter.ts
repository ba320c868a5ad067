import type { Socket } from 'node:net';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import { continueTrace } from '@tidegate/observability';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { GatewayConfig } from '../gateway.config';
import { badRequest } from './http-errors';
import { problemOf, sendProblem } from './problem-reply';

export const BODY_BYTES_MAX = 256 * 1024;
const PARAM_LENGTH_MAX = 1_000;
// Long enough for a large file over a slow line.
const REQUEST_TIMEOUT_MS = 300_000;

/** Fastify with the gateway's limits; what goes wrong before there is a route is a problem document too. */
export const createAdapter = ({ isProxyTrusted }: GatewayConfig): FastifyAdapter =>
  new FastifyAdapter({
    bodyLimit: BODY_BYTES_MAX,
    requestTimeout: REQUEST_TIMEOUT_MS,
    trustProxy: isProxyTrusted,
    exposeHeadRoutes: false,
    forceCloseConnections: true,
    // What is still being answered while closing is answered, not refused.
    return503OnClosing: false,
    routerOptions: { maxParamLength: PARAM_LENGTH_MAX },
    frameworkErrors: answerUnroutable,
    clientErrorHandler: answerUnreadable,
  });

/** An address that the router cannot read; no hook has run. */
function answerUnroutable(_error: Error, request: FastifyRequest, reply: FastifyReply): void {
  const traceparent = continueTrace(undefined);
  request.callContext = { traceparent };
  request.receivedAt = performance.now();
  reply.header('traceparent', traceparent);
  sendProblem(reply, badRequest('The address is not a valid URL.'), traceparent.split('-')[1]);
}

/** Bytes that are not HTTP, or headers that are too large. */
function answerUnreadable(error: Error & { code?: string }, socket: Socket): void {
  if (error.code === 'ECONNRESET' || !socket.writable) {
    socket.destroy();
    return;
  }
  const { body } = problemOf(badRequest('The request is not readable HTTP.'), undefined);
  const head = `HTTP/1.1 400 Bad Request\r\ncontent-type: application/problem+json\r\ncontent-length: ${Buffer.byteLength(body)}\r\nconnection: close\r\n\r\n`;
  socket.end(head + body);
}
