import { DomainError, type ErrorCode, type FieldViolation } from './domain-error';

/** RFC 9457 problem document, with the platform's stable `reason`. */
export interface Problem {
  type: string;
  title: string;
  status: number;
  detail: string;
  reason: string;
  violations?: FieldViolation[];
  metadata?: Record<string, string>;
  traceId?: string;
}

const STATUS: Record<ErrorCode, { status: number; title: string }> = {
  INVALID_ARGUMENT: { status: 400, title: 'Bad Request' },
  OUT_OF_RANGE: { status: 400, title: 'Bad Request' },
  UNAUTHENTICATED: { status: 401, title: 'Unauthorized' },
  PERMISSION_DENIED: { status: 403, title: 'Forbidden' },
  NOT_FOUND: { status: 404, title: 'Not Found' },
  ALREADY_EXISTS: { status: 409, title: 'Conflict' },
  ABORTED: { status: 409, title: 'Conflict' },
  FAILED_PRECONDITION: { status: 422, title: 'Unprocessable Content' },
  RESOURCE_EXHAUSTED: { status: 429, title: 'Too Many Requests' },
  CANCELLED: { status: 499, title: 'Client Closed Request' },
  UNIMPLEMENTED: { status: 501, title: 'Not Implemented' },
  UNAVAILABLE: { status: 503, title: 'Service Unavailable' },
  DEADLINE_EXCEEDED: { status: 504, title: 'Gateway Timeout' },
  INTERNAL: { status: 500, title: 'Internal Server Error' },
};

/** Maps any error to a problem document; an unknown error shows no inner text. */
export function toProblem(error: unknown, traceId?: string): Problem {
  if (!(error instanceof DomainError) || error.code === 'INTERNAL') {
    return {
      type: 'about:blank',
      ...STATUS.INTERNAL,
      detail: 'Something went wrong on our side.',
      reason: 'INTERNAL',
      traceId,
    };
  }
  const { status, title } = STATUS[error.code];
  return {
    type: `urn:tidegate:problem:${error.reason.toLowerCase().replaceAll('_', '-')}`,
    title,
    status,
    detail: error.message,
    reason: error.reason,
    ...(error.violations.length > 0 && { violations: error.violations }),
    ...(Object.keys(error.metadata).length > 0 && { metadata: error.metadata }),
    traceId,
  };
}
