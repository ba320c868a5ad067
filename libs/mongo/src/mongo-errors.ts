import { mongo } from 'mongoose';

const INTERNAL_ERROR = 1;
const WRITE_CONFLICT = 112;
const NO_SUCH_TRANSACTION = 251;
const DUPLICATE_KEY = 11000;

const hasLabel = (error: unknown, label: string): boolean =>
  error instanceof mongo.MongoError && error.hasErrorLabel(label);
const codeOf = (error: unknown): unknown => (error as { code?: unknown } | undefined)?.code;

/** The same transaction may succeed when it runs again. */
export const isTransient = (error: unknown): boolean =>
  hasLabel(error, 'TransientTransactionError') ||
  codeOf(error) === WRITE_CONFLICT ||
  codeOf(error) === NO_SUCH_TRANSACTION;

export const isUnknownCommit = (error: unknown): boolean => hasLabel(error, 'UnknownTransactionCommitResult');

export const isDuplicateKey = (error: unknown): boolean => codeOf(error) === DUPLICATE_KEY;

export const isUnreachable = (error: unknown): boolean =>
  error instanceof mongo.MongoNetworkError || error instanceof mongo.MongoServerSelectionError;

/** The database failed for a reason that it does not say, as the embedded one does when it has no session left. */
export const isServerFault = (error: unknown): boolean => codeOf(error) === INTERNAL_ERROR;

/** A fault of the database in a transaction whose commit was not asked for, so nothing of it took place. */
export class UncommittedFault extends Error {
  constructor(override readonly cause: unknown) {
    super('the database failed before the commit');
  }
}
