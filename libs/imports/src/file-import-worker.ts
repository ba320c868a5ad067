import { csvLines, type CsvLine } from '@tidegate/csv';
import { type Mongo, newId, type Transaction } from '@tidegate/mongo';
import { logger } from '@tidegate/observability';
import type { Clock, PeriodicTasks } from '@tidegate/service';
import { moveImport, type FileImport } from './file-import';
import type { FileImportStore } from './file-import-store';

const LINES_PER_TRANSACTION = 500;
const LEASE_MS = 30_000;
const POLL_MS = 2_000;
const TICK_MS = 100;
const FAILURES_MAX = 5;

const log = logger('import');

/** A line of the file and its number among the data lines, from 1. */
export interface NumberedLine {
  lineNumber: number;
  line: CsvLine;
}

/** What a service does with the file. */
export interface ImportReader<J extends FileImport> {
  /** Columns that the import needs and the header lacks. */
  missingColumns(job: J, columns: string[]): string[];
  /** Writes a batch of lines and answers with the import's counts after it. It may run again after a write conflict. */
  write(job: J, lines: readonly NumberedLine[], tx: Transaction): Promise<J>;
  /** Called in the transaction that completes the import. */
  completed?(job: J, tx: Transaction): Promise<void>;
}

export interface FileImportWorkerOptions<J extends FileImport> {
  mongo: Mongo;
  imports: FileImportStore<J>;
  reader: ImportReader<J>;
  clock: Clock;
  tasks: PeriodicTasks;
}

/** The file as a whole cannot be imported. */
class FileRefused extends Error {}

/**
 * Runs imports in the background, one at a time in a process. Each batch of lines is one transaction with the import's
 * progress: a crash repeats it whole or not at all. A lease in the database gives each import to one process; when that one
 * falls silent another goes on behind the last batch it committed.
 */
export class FileImportWorker<J extends FileImport> {
  private readonly owner = newId();
  private readonly failures = new Map<string, number>();
  private nextPollAt = 0;

  constructor(private readonly options: FileImportWorkerOptions<J>) {}

  /** Starts looking for imports that are ready. */
  start(): void {
    this.options.tasks.every(TICK_MS, 'imports', async () => {
      if (Date.now() < this.nextPollAt) return;
      this.nextPollAt = Date.now() + POLL_MS;
      await this.runWaiting();
    });
  }

  /** An import is ready: do not wait for the next look. */
  wake(): void {
    this.nextPollAt = 0;
  }

  private async runWaiting(): Promise<void> {
    for (const { importId } of await this.options.imports.listByState('running')) {
      if (this.options.tasks.isStopped) return;
      const job = await this.claim(importId);
      if (job) await this.run(job);
    }
  }

  /** Takes the lease when it is free; leases are in real time, whatever the clock of the bank says. */
  private async claim(importId: string): Promise<J | undefined> {
    const { mongo, imports } = this.options;
    return mongo.transaction(async (tx) => {
      const job = await imports.get(importId, tx);
      const isFree = job.leaseUntil === null || job.leaseUntil < new Date() || job.leaseOwner === this.owner;
      if (job.state !== 'running' || !isFree) return undefined;
      const claimed = { ...job, leaseOwner: this.owner, leaseUntil: this.leaseUntil() };
      await imports.save(claimed, tx);
      return claimed;
    });
  }

  private async run(job: J): Promise<void> {
    try {
      const isDone = await this.importLines(job);
      if (isDone) await this.finish(job.importId, 'completed');
      this.failures.delete(job.importId);
    } catch (err) {
      if (err instanceof FileRefused) return this.finish(job.importId, 'failed', err.message);
      const failures = (this.failures.get(job.importId) ?? 0) + 1;
      this.failures.set(job.importId, failures);
      log.error({ err, importId: job.importId, failures }, 'an import stumbled');
      if (failures >= FAILURES_MAX) return this.finish(job.importId, 'failed', 'INTERNAL');
      this.nextPollAt = Date.now() + POLL_MS;
    }
  }

  /** True at the end of the file; false when the import was cancelled, taken over, or the service is stopping. */
  private async importLines(job: J): Promise<boolean> {
    let waiting: NumberedLine[] = [];
    let lineNumber = 0;
    const requireColumns = (columns: string[]): void => {
      if (columns.length === 0) throw new FileRefused('FILE_EMPTY');
      const missing = this.options.reader.missingColumns(job, columns);
      if (missing.length > 0) throw new FileRefused(`MAPPING_COLUMN_MISSING: ${missing.join(', ')}`);
    };
    for await (const line of csvLines(this.content(job), job.delimiter, requireColumns)) {
      lineNumber += 1;
      if (lineNumber <= job.lineCount) continue;
      waiting.push({ lineNumber, line });
      if (waiting.length < LINES_PER_TRANSACTION) continue;
      if (!(await this.write(job.importId, waiting))) return false;
      waiting = [];
    }
    return waiting.length === 0 || this.write(job.importId, waiting);
  }

  /** False when the import is no longer this worker's to run. */
  private async write(importId: string, lines: NumberedLine[]): Promise<boolean> {
    const { mongo, imports, reader, tasks } = this.options;
    if (tasks.isStopped) {
      await this.release(importId);
      return false;
    }
    return mongo.transaction(async (tx) => {
      const job = await imports.get(importId, tx);
      if (job.state !== 'running' || job.leaseOwner !== this.owner) return false;
      const next = await reader.write(job, lines, tx);
      await imports.save({ ...next, lineCount: job.lineCount + lines.length, leaseUntil: this.leaseUntil() }, tx);
      return true;
    });
  }

  private async *content(job: J): AsyncGenerator<Buffer> {
    const { imports } = this.options;
    for (let sequence = 0; sequence < job.chunkCount; sequence += 1) {
      const content = await imports.content.find(job.importId, sequence);
      if (!content) {
        // Cancelled meanwhile: the content goes first, and the next write finds out.
        if ((await imports.get(job.importId)).state !== 'running') return;
        throw new Error(`chunk ${sequence} of import ${job.importId} is gone`);
      }
      yield content;
    }
  }

  private async finish(importId: string, state: 'completed' | 'failed', reason = ''): Promise<void> {
    const { mongo, imports, reader, clock } = this.options;
    const isFinished = await mongo.transaction(async (tx) => {
      const job = await imports.get(importId, tx);
      // Who took it over still reads the file.
      if (job.state !== 'running' || job.leaseOwner !== this.owner) return false;
      const finished = moveImport(job, state, clock.now(), reason);
      await imports.save(finished, tx);
      if (state === 'completed') await reader.completed?.(finished, tx);
      return true;
    });
    if (isFinished) await imports.content.remove(importId);
  }

  /** Lets another process go on at once. */
  private async release(importId: string): Promise<void> {
    const { mongo, imports } = this.options;
    await mongo.transaction(async (tx) => {
      const job = await imports.get(importId, tx);
      if (job.leaseOwner === this.owner) await imports.save({ ...job, leaseUntil: null }, tx);
    });
  }

  private leaseUntil(): Date {
    return new Date(Date.now() + LEASE_MS);
  }
}
