import { DomainError } from '@tidegate/errors';

/** Answers that stay the same however often the ledger is asked. */
const REFUSALS = ['FAILED_PRECONDITION', 'INVALID_ARGUMENT', 'ALREADY_EXISTS', 'NOT_FOUND'];

/** Whether the ledger said no for good; anything else is worth another try. */
export const isLedgerRefusal = (error: unknown): error is DomainError =>
  error instanceof DomainError && REFUSALS.includes(error.code);
