import { DomainError, toProblem } from '@tidegate/errors';
import type { FastifyReply } from 'fastify';
import { HttpError } from './http-errors';

export const PROBLEM_TYPE = 'application/problem+json';

/** Status, headers and body that tell an error. Source: RFC 9457; Retry-After of RFC 9110; WWW-Authenticate of RFC 6750. */
export function problemOf(
  error: unknown,
  traceId: string | undefined,
): { status: number; headers: Record<string, string>; body: string } {
  const mapped = toProblem(error, traceId);
  const problem = error instanceof HttpError ? { ...mapped, title: error.title, status: error.status } : mapped;
  const headers: Record<string, string> = { 'content-type': PROBLEM_TYPE, 'cache-control': 'no-store' };
  if (problem.status === 429 || problem.status === 503) {
    const waitMs = error instanceof DomainError ? (error.retryAfterMs ?? 1_000) : 1_000;
    headers['retry-after'] = String(Math.max(1, Math.ceil(waitMs / 1000)));
  }
  if (problem.status === 401) headers['www-authenticate'] = 'Bearer realm="tidegate"';
  if (error instanceof HttpError) Object.assign(headers, error.headers);
  return { status: problem.status, headers, body: JSON.stringify(problem) };
}

/** Answers with a problem document. */
export function sendProblem(reply: FastifyReply, error: unknown, traceId: string | undefined): void {
  const { status, headers, body } = problemOf(error, traceId);
  void reply.code(status).headers(headers).send(body);
}
