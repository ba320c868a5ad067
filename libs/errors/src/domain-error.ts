/** google.rpc.Code names that a rule or an inlet may answer with. Source: google/rpc/code.proto. */
export type ErrorCode =
  | 'INVALID_ARGUMENT'
  | 'FAILED_PRECONDITION'
  | 'OUT_OF_RANGE'
  | 'NOT_FOUND'
  | 'ALREADY_EXISTS'
  | 'ABORTED'
  | 'UNAUTHENTICATED'
  | 'PERMISSION_DENIED'
  | 'RESOURCE_EXHAUSTED'
  | 'UNAVAILABLE'
  | 'DEADLINE_EXCEEDED'
  | 'CANCELLED'
  | 'UNIMPLEMENTED'
  | 'INTERNAL';

/** One field that broke a rule: `field` is the path in the caller's own request. */
export interface FieldViolation {
  field: string;
  description: string;
}

export interface DomainErrorInit {
  code: ErrorCode;
  /** Stable, UPPER_SNAKE_CASE; callers branch on it. */
  reason: string;
  /** For a person; never personal data. */
  message: string;
  metadata?: Record<string, string>;
  violations?: FieldViolation[];
  /** When the caller may try again, for RESOURCE_EXHAUSTED and UNAVAILABLE. */
  retryAfterMs?: number;
  cause?: unknown;
}

/** The one error that crosses layers; each transport maps it in one place. */
export class DomainError extends Error {
  readonly code: ErrorCode;
  readonly reason: string;
  readonly metadata: Record<string, string>;
  readonly violations: FieldViolation[];
  readonly retryAfterMs?: number;

  constructor(init: DomainErrorInit) {
    super(init.message, { cause: init.cause });
    this.name = 'DomainError';
    this.code = init.code;
    this.reason = init.reason;
    this.metadata = init.metadata ?? {};
    this.violations = init.violations ?? [];
    this.retryAfterMs = init.retryAfterMs;
  }
}

/** Refused by a rule: the request is well formed, the state says no. */
export const refused = (reason: string, message: string, metadata?: Record<string, string>): DomainError =>
  new DomainError({ code: 'FAILED_PRECONDITION', reason, message, metadata });

export const notFound = (reason: string, message: string, metadata?: Record<string, string>): DomainError =>
  new DomainError({ code: 'NOT_FOUND', reason, message, metadata });

export const invalid = (violations: FieldViolation[], message = 'The request is not valid.'): DomainError =>
  new DomainError({ code: 'INVALID_ARGUMENT', reason: 'VALIDATION_FAILED', message, violations });

/** Whether the same request may succeed later without being changed. */
export const isRetryable = (error: unknown): boolean =>
  !(error instanceof DomainError) || ['UNAVAILABLE', 'ABORTED', 'DEADLINE_EXCEEDED', 'INTERNAL'].includes(error.code);
