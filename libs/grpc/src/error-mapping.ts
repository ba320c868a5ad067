import { Metadata, status, type StatusObject } from '@grpc/grpc-js';
import { DomainError, type ErrorCode } from '@tidegate/errors';
import { logger } from '@tidegate/observability';
import { decodeStatus, encodeStatus } from './status-details';

const DETAILS_KEY = 'grpc-status-details-bin';
const log = logger('grpc');

interface GrpcStatus {
  code: status;
  details: string;
  message: string;
  metadata: Metadata;
}

/** A refusal that is one object for thousands of callers, as that of a sold-out stock, is written once. */
const written = new WeakMap<DomainError, GrpcStatus>();

/** What grpc-js sends back for an error: status code, text and google.rpc.Status. An unknown error shows no inner text. */
export function toGrpcStatus(error: unknown): GrpcStatus {
  const known = error instanceof DomainError ? error : unknown(error);
  const before = written.get(known);
  if (before) return before;
  const made = write(known);
  written.set(known, made);
  return made;
}

function write(known: DomainError): GrpcStatus {
  const metadata = new Metadata();
  metadata.set(
    DETAILS_KEY,
    encodeStatus({
      code: status[known.code],
      message: known.message,
      reason: known.reason,
      metadata: known.metadata,
      violations: known.violations,
      retryAfterMs: known.retryAfterMs,
    }),
  );
  return { code: status[known.code], details: known.message, message: known.message, metadata };
}

function unknown(error: unknown): DomainError {
  log.error({ err: error }, 'unexpected error');
  return new DomainError({ code: 'INTERNAL', reason: 'INTERNAL', message: 'Something went wrong on our side.' });
}

/** The DomainError a peer threw, with its reason; transport failures get reasons of their own. */
export function fromStatus(ended: StatusObject, path: string): DomainError {
  const code = (status[ended.code] ?? 'INTERNAL') as ErrorCode | 'UNKNOWN' | 'DATA_LOSS' | 'OK';
  const bytes = ended.metadata?.get(DETAILS_KEY)[0];
  if (Buffer.isBuffer(bytes)) {
    const { reason, message, metadata, violations, retryAfterMs } = decodeStatus(bytes);
    return withoutStack(
      () => new DomainError({ code: code as ErrorCode, reason, message, metadata, violations, retryAfterMs }),
    );
  }
  const cause = new Error(ended.details);
  if (code === 'UNAVAILABLE' || code === 'DEADLINE_EXCEEDED') {
    const reason = code === 'UNAVAILABLE' ? 'PEER_UNAVAILABLE' : 'PEER_TIMED_OUT';
    return new DomainError({
      code,
      reason,
      message: 'A part of the platform did not answer.',
      metadata: { path },
      cause,
    });
  }
  return new DomainError({
    code: 'INTERNAL',
    reason: 'PEER_FAILED',
    message: ended.details,
    metadata: { path },
    cause,
  });
}

/** Of what a peer answered a stack would only tell how the answer was read. */
function withoutStack(make: () => DomainError): DomainError {
  const { stackTraceLimit } = Error;
  Error.stackTraceLimit = 0;
  try {
    return make();
  } finally {
    Error.stackTraceLimit = stackTraceLimit;
  }
}
