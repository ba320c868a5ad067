import { HttpException, NotFoundException } from '@nestjs/common';
import { DomainError, invalid, type ErrorCode } from '@tidegate/errors';

/** An error that HTTP has a status of its own for, beside the platform's codes. */
export class HttpError extends DomainError {
  constructor(
    readonly status: number,
    readonly title: string,
    reason: string,
    message: string,
    readonly headers: Record<string, string> = {},
  ) {
    super({ code: 'INVALID_ARGUMENT', reason, message });
  }
}

export const bodyTooLarge = (bytesMax?: number): HttpError =>
  new HttpError(
    413,
    'Content Too Large',
    'BODY_TOO_LARGE',
    bytesMax === undefined ? 'The body is too large.' : `The body may have ${bytesMax} bytes at most.`,
    { connection: 'close' },
  );

export const unsupportedMediaType = (accepted: readonly string[]): HttpError =>
  new HttpError(415, 'Unsupported Media Type', 'UNSUPPORTED_MEDIA_TYPE', `Send ${accepted.join(' or ')}.`);

export const methodNotAllowed = (allowed: readonly string[]): HttpError =>
  new HttpError(405, 'Method Not Allowed', 'METHOD_NOT_ALLOWED', `Allowed here: ${allowed.join(', ')}.`, {
    allow: allowed.join(', '),
  });

export const routeNotFound = (): DomainError =>
  new DomainError({ code: 'NOT_FOUND', reason: 'ROUTE_NOT_FOUND', message: 'There is nothing at this address.' });

export const badRequest = (message: string): DomainError =>
  new DomainError({ code: 'INVALID_ARGUMENT', reason: 'BAD_REQUEST', message });

const CODES: Record<number, ErrorCode> = {
  401: 'UNAUTHENTICATED',
  403: 'PERMISSION_DENIED',
  408: 'DEADLINE_EXCEEDED',
  429: 'RESOURCE_EXHAUSTED',
  503: 'UNAVAILABLE',
};

/** What the web framework threw, as a platform error; anything it does not know stays as it is. */
export function fromFramework(error: unknown): unknown {
  if (error instanceof DomainError) return error;
  if (error instanceof NotFoundException) return routeNotFound();
  const status =
    error instanceof HttpException ? error.getStatus() : (error as { statusCode?: number } | null)?.statusCode;
  if (status === undefined || status >= 500 || status < 400) return error;
  if (status === 413) return bodyTooLarge();
  if (status === 415) return unsupportedMediaType(['application/json']);
  const code = CODES[status];
  if (code) return new DomainError({ code, reason: code, message: 'The request was refused.' });
  return badRequest('The request cannot be understood.');
}

/** One faulty field. */
export const faulty = (field: string, description: string): DomainError => invalid([{ field, description }]);
