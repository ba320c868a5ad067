import { setTimeout as delay } from 'node:timers/promises';
import { hasCrashPoints, watchWrites } from '@tidegate/crash-points';
import { DomainError } from '@tidegate/errors';
import { logger } from '@tidegate/observability';
import mongoose, { type ClientSession, type Connection, type Model, type Schema } from 'mongoose';
import { isDuplicateKey, isTransient, isUnknownCommit, isUnreachable } from './mongo-errors';
import { Outbox, type OutboxMessage } from './outbox';
import { RequestLog, type RequestKey } from './request-log';
import { Transaction } from './transaction';

const log = logger('mongo');

const ATTEMPTS_MAX = 16;
const DUPLICATE_ATTEMPTS_MAX = 4;
const COMMIT_ATTEMPTS_MAX = 5;
const BACKOFF_MS_MAX = 200;

/** One service's own database: models, transactions with outbox, and the request log. */
export class Mongo {
  readonly outbox: Outbox;
  readonly requests: RequestLog;
  private readonly listeners: ((messages: OutboxMessage[]) => void)[] = [];

  private constructor(readonly connection: Connection) {
    this.outbox = new Outbox(connection);
    this.requests = new RequestLog(connection);
  }

  static async connect(uri: string, database: string): Promise<Mongo> {
    const connection = mongoose.createConnection(uri, {
      dbName: database,
      maxPoolSize: 24,
      minPoolSize: 1,
      serverSelectionTimeoutMS: 10_000,
      socketTimeoutMS: 60_000,
      autoIndex: true,
      autoCreate: true,
      monitorCommands: hasCrashPoints,
    });
    await connection.asPromise();
    watchWrites(connection.getClient());
    return new Mongo(connection);
  }

  /** Registers a model; its collection and indexes exist once `ready()` returned. */
  model<T>(name: string, schema: Schema<T>): Model<T> {
    return (this.connection.models[name] as Model<T> | undefined) ?? this.connection.model<T>(name, schema);
  }

  async ready(): Promise<void> {
    await Promise.all(Object.values(this.connection.models).map((model) => model.init()));
  }

  /** Called with the stored messages after each commit that has any, once those who waited for it went on. */
  onCommit(listener: (messages: OutboxMessage[]) => void): void {
    this.listeners.push(listener);
  }

  /**
   * Runs `work` in one snapshot transaction and stores its events with it. Write conflicts run it again, with a limit, so
   * `work` must have no effect but its writes.
   * @throws UNAVAILABLE / COMMIT_UNKNOWN when the database did not say whether the commit took place; repeating the
   * request with the same id tells.
   */
  async transaction<T>(work: (tx: Transaction) => Promise<T>): Promise<T> {
    for (let attempt = 1; ; attempt += 1) {
      const session = await this.connection.startSession();
      try {
        return await this.attempt(new Transaction(session, attempt), work);
      } catch (error) {
        if (error instanceof DomainError) throw error;
        const attemptsMax = isDuplicateKey(error) ? DUPLICATE_ATTEMPTS_MAX : ATTEMPTS_MAX;
        if (!(isTransient(error) || isDuplicateKey(error)) || attempt >= attemptsMax) throw toDomainError(error);
        await delay(Math.random() * Math.min(BACKOFF_MS_MAX, 4 * 2 ** attempt));
      } finally {
        void session.endSession().catch(() => undefined);
      }
    }
  }

  /** A transaction whose result is remembered: the same request id again gives the first result. */
  async once<T>(key: RequestKey, work: (tx: Transaction) => Promise<T>): Promise<T> {
    return this.transaction(async (tx) => {
      const earlier = await this.requests.find<T>(tx, key);
      if (earlier) return earlier.result;
      const result = await work(tx);
      await this.requests.add(tx, key, result);
      return result;
    });
  }

  async close(): Promise<void> {
    await this.connection.close();
  }

  private async attempt<T>(tx: Transaction, work: (tx: Transaction) => Promise<T>): Promise<T> {
    const { session } = tx;
    session.startTransaction({ readConcern: { level: 'snapshot' }, writeConcern: { w: 'majority' } });
    let messages: OutboxMessage[];
    let result: T;
    try {
      result = await work(tx);
      messages = await this.outbox.write(tx);
    } catch (error) {
      await session.abortTransaction().catch(() => undefined);
      throw error;
    }
    await commit(session);
    // Whoever waits for this commit is answered first.
    if (messages.length > 0) setImmediate(() => this.tell(messages));
    return result;
  }

  /** A listener's fault is its own: the transaction is committed. */
  private tell(messages: OutboxMessage[]): void {
    for (const listener of this.listeners) {
      try {
        listener(messages);
      } catch (err) {
        log.error({ err }, 'a listener of commits failed');
      }
    }
  }
}

/** Commits; an unknown result is asked again, which the server answers with the first outcome. */
async function commit(session: ClientSession): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      await session.commitTransaction();
      return;
    } catch (error) {
      if (!isUnknownCommit(error)) throw error;
      if (attempt >= COMMIT_ATTEMPTS_MAX) {
        throw new DomainError({
          code: 'UNAVAILABLE',
          reason: 'COMMIT_UNKNOWN',
          message: 'The database did not confirm the write. Repeat the request with the same request id.',
          cause: error,
        });
      }
      await delay(50 * attempt);
    }
  }
}

function toDomainError(error: unknown): unknown {
  if (isTransient(error)) {
    return new DomainError({
      code: 'ABORTED',
      reason: 'WRITE_CONFLICT',
      message: 'Too many requests changed the same data at once. Try again.',
      cause: error,
    });
  }
  if (isUnreachable(error)) {
    return new DomainError({
      code: 'UNAVAILABLE',
      reason: 'DATABASE_UNAVAILABLE',
      message: 'The database cannot be reached now.',
      cause: error,
    });
  }
  return error;
}
