import { DomainError } from '@tidegate/errors';
import { counter, histogram } from '@tidegate/observability';
import type { Mongo } from './mongo';
import type { Transaction } from './transaction';

/** What one command of a batch came to. */
export type Settled<R> = { value: R } | { error: DomainError };

export interface GroupCommitterOptions<C, R> {
  name: string;
  /** Commands in one transaction at most; default 256. */
  batchMax?: number;
  /**
   * In one transaction at most when many wait: half of them are taken, for what a transaction costs by itself is then shared by more.
   * Default `batchMax`.
   */
  rushMax?: number;
  /** Commands waiting at most; further ones are refused. Default 20,000. */
  queueMax?: number;
  /** Batches under way at once; default 1, because two batches on one hot document only conflict. */
  lanes?: number;
  /**
   * Loads, decides in arrival order and writes, in one transaction. Answers every command at its index. It runs again after
   * a write conflict, so nothing but the transaction may be changed.
   */
  commit: (commands: C[], tx: Transaction) => Promise<Settled<R>[]>;
}

interface Waiting<C, R> {
  command: C;
  resolve: (value: R) => void;
  reject: (error: unknown) => void;
}

const commitSeconds = histogram('group_commit_seconds', 'Duration of a group commit', ['committer']);
const commands = counter('group_commit_commands_total', 'Commands settled by group commits', ['committer', 'outcome']);

/**
 * Gathers concurrent commands and commits them as one transaction: the path of every hot write (ADR 0002). A lone command is committed at once. The guard against double effects is in the database, so several
 * replicas stay correct; one bad command never fails its neighbours.
 */
export class GroupCommitter<C, R> {
  private waiting: Waiting<C, R>[] = [];
  private running = 0;
  private readonly batchMax: number;
  private readonly rushMax: number;
  private readonly queueMax: number;
  private readonly lanes: number;

  constructor(
    private readonly mongo: Mongo,
    private readonly options: GroupCommitterOptions<C, R>,
  ) {
    this.batchMax = options.batchMax ?? 256;
    this.rushMax = options.rushMax ?? this.batchMax;
    this.queueMax = options.queueMax ?? 20_000;
    this.lanes = options.lanes ?? 1;
  }

  /** @throws whatever the rules said of this command; QUEUE_FULL when too many wait. */
  submit(command: C): Promise<R> {
    if (this.waiting.length >= this.queueMax) {
      return Promise.reject(
        new DomainError({
          code: 'RESOURCE_EXHAUSTED',
          reason: 'QUEUE_FULL',
          message: 'Too many requests are waiting. Try again shortly.',
          retryAfterMs: 1000,
        }),
      );
    }
    return new Promise<R>((resolve, reject) => {
      this.waiting.push({ command, resolve, reject });
      if (this.running < this.lanes) this.start();
    });
  }

  private start(): void {
    this.running += 1;
    // Yield once, so that commands arriving in the same turn of the event loop share the first batch.
    setImmediate(() => void this.drain());
  }

  private async drain(): Promise<void> {
    while (this.waiting.length > 0) {
      const half = Math.ceil(this.waiting.length / 2);
      const batch = this.waiting.splice(0, Math.min(Math.max(half, this.batchMax), this.rushMax));
      await this.commitBatch(batch);
    }
    this.running -= 1;
  }

  private async commitBatch(batch: Waiting<C, R>[]): Promise<void> {
    const stopTimer = commitSeconds.startTimer({ committer: this.options.name });
    try {
      const settled = await this.mongo.transaction((tx) =>
        this.options.commit(
          batch.map((entry) => entry.command),
          tx,
        ),
      );
      this.answerAll(batch, settled);
    } catch (error) {
      if (batch.length > 1 && !(error instanceof DomainError && error.code === 'UNAVAILABLE')) {
        for (const entry of batch) await this.commitBatch([entry]);
      } else {
        for (const entry of batch) entry.reject(error);
        this.count('failed', batch.length);
      }
    } finally {
      stopTimer();
    }
  }

  /** While others wait, the database begins with them before what these callers do next keeps this process busy. */
  private answerAll(batch: Waiting<C, R>[], settled: Settled<R>[]): void {
    const answer = (): void => {
      const done = batch.filter((entry, index) => this.answer(entry, settled[index])).length;
      this.count('done', done);
      this.count('refused', batch.length - done);
    };
    if (this.waiting.length > 0) setImmediate(answer);
    else answer();
  }

  /** Whether it was done. */
  private answer(entry: Waiting<C, R>, settled: Settled<R> | undefined): boolean {
    const isDone = settled !== undefined && 'value' in settled;
    if (isDone) entry.resolve(settled.value);
    else entry.reject(settled?.error ?? new Error(`${this.options.name}: a command was left unanswered`));
    return isDone;
  }

  private count(outcome: 'done' | 'refused' | 'failed', size: number): void {
    if (size > 0) commands.inc({ committer: this.options.name, outcome }, size);
  }
}

/** Runs a rule for one command of a batch: a refusal settles that command only. */
export function settle<R>(rule: () => R): Settled<R> {
  try {
    return { value: rule() };
  } catch (error) {
    if (error instanceof DomainError) return { error };
    throw error;
  }
}
