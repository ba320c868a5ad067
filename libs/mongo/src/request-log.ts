import { createHash } from 'node:crypto';
import { DomainError } from '@tidegate/errors';
import { Schema, type Connection, type Model } from 'mongoose';
import type { Transaction } from './transaction';

interface RequestRecord {
  /** `<scope>:<request id>`. */
  _id: string;
  inputHash: string;
  result: unknown;
  createdAt: Date;
}

const RETENTION_SECONDS = 7 * 24 * 3600;

const requestSchema = new Schema<RequestRecord>(
  { _id: String, inputHash: String, result: Schema.Types.Mixed, createdAt: Date },
  { collection: 'requests', versionKey: false, minimize: false },
);
requestSchema.index({ createdAt: 1 }, { expireAfterSeconds: RETENTION_SECONDS });

/** Stable hash of a plain input, independent of key order. */
export function hashInput(input: unknown): string {
  return createHash('sha256').update(canonical(input)).digest('base64url');
}

function canonical(value: unknown): string {
  if (value instanceof Date) return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (typeof value === 'object' && value !== null) {
    const entries = Object.entries(value).filter(([, item]) => item !== undefined);
    entries.sort(([a], [b]) => (a < b ? -1 : 1));
    return `{${entries.map(([key, item]) => `${JSON.stringify(key)}:${canonical(item)}`).join(',')}}`;
  }
  return JSON.stringify(value) ?? 'null';
}

export interface RequestKey {
  /** What is being done, e.g. `create-stock`. */
  scope: string;
  requestId: string;
  /** Everything that makes this request differ from another. */
  input: unknown;
}

/** What an earlier request with the same id answered, or why this one may not use the id. */
export type EarlierAnswer<T> = { result: T } | { error: DomainError };

/** Remembers what each write answered, so that a repeat gets the first answer. */
export class RequestLog {
  private readonly model: Model<RequestRecord>;

  constructor(connection: Connection) {
    this.model = connection.model<RequestRecord>('Request', requestSchema);
  }

  /** @throws REQUEST_ID_REUSED when the id was used with other content. */
  async find<T>(tx: Transaction, key: RequestKey): Promise<{ result: T } | undefined> {
    const record = await this.model.collection.findOne({ _id: recordId(key) as never }, { session: tx.session });
    if (!record) return undefined;
    if (record.inputHash !== hashInput(key.input)) throw requestIdReused(key.requestId);
    return { result: record.result as T };
  }

  /** Like find, for a group commit: the earlier answer, or refusal, of each key at its index. */
  async findMany<T>(tx: Transaction, keys: RequestKey[]): Promise<(EarlierAnswer<T> | undefined)[]> {
    const ids = [...new Set(keys.map(recordId))];
    if (ids.length === 0) return [];
    const records = await this.model.collection
      .find({ _id: { $in: ids as never[] } }, { session: tx.session })
      .toArray();
    const byId = new Map(records.map((record) => [String(record._id), record]));
    return keys.map((key) => {
      const record = byId.get(recordId(key));
      if (!record) return undefined;
      if (record.inputHash !== hashInput(key.input)) return { error: requestIdReused(key.requestId) };
      return { result: record.result as T };
    });
  }

  async add(tx: Transaction, key: RequestKey, result: unknown): Promise<void> {
    await this.addMany(tx, [{ key, result }]);
  }

  async addMany(tx: Transaction, answers: { key: RequestKey; result: unknown }[]): Promise<void> {
    const createdAt = new Date();
    const records = answers.map(({ key, result }): RequestRecord => ({
      _id: recordId(key),
      inputHash: hashInput(key.input),
      result,
      createdAt,
    }));
    if (records.length === 0) return;
    // An unset field of an answer stays unset when it is read again, not null.
    await this.model.collection.insertMany(records as never[], { session: tx.session, ignoreUndefined: true });
  }
}

const recordId = (key: RequestKey): string => `${key.scope}:${key.requestId}`;

export const requestIdReused = (requestId: string): DomainError =>
  new DomainError({
    code: 'ALREADY_EXISTS',
    reason: 'REQUEST_ID_REUSED',
    message: 'This request id was used with other content.',
    metadata: { requestId },
  });
