import { mongo } from 'mongoose';

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
