import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Mongo } from '@tidegate/mongo';
import { logger } from '@tidegate/observability';
import { Clock, newId, PeriodicTasks } from '@tidegate/service';
import { moveImport, type ImportJob } from '../domain/import-job';
import { missingColumns } from '../domain/import-mapping';
import { FieldCipher } from '@tidegate/encryption';
import { ImportRepository } from '../repositories/import.repository';
import { csvLines } from '@tidegate/csv';
import { ImportBatchWriter } from './import-batch-writer';
import type { NumberedLine } from './import-batch';

const LINES_PER_TRANSACTION = 500;
const LEASE_MS = 30_000;
const POLL_MS = 2_000;
const TICK_MS = 100;
const FAILURES_MAX = 5;

const log = logger('import');

/** The file as a whole cannot be imported. */
class FileRefused extends Error {}

/**
 * Runs imports in the background, one at a time in a process. A lease in the database gives each import to one process; when
 * that one falls silent another goes on behind the last batch it committed.
 */
@Injectable()
export class ImportWorker implements OnModuleInit {
  private readonly owner = newId();
  private readonly failures = new Map<string, number>();
  private nextPollAt = 0;

  constructor(
    private readonly mongo: Mongo,
    private readonly imports: ImportRepository,
    private readonly writer: ImportBatchWriter,
    private readonly cipher: FieldCipher,
    private readonly clock: Clock,
    private readonly tasks: PeriodicTasks,
  ) {}

  onModuleInit(): void {
    this.tasks.every(TICK_MS, 'imports', async () => {
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
    for (const { importId } of await this.imports.listByState('running')) {
      if (this.tasks.isStopped) return;
      const job = await this.claim(importId);
      if (job) await this.run(job);
    }
  }

  /** Takes the lease when it is free; leases are in real time, whatever the clock of the bank says. */
  private async claim(importId: string): Promise<ImportJob | undefined> {
    return this.mongo.transaction(async (tx) => {
      const job = await this.imports.get(importId, tx);
      const isFree = job.leaseUntil === null || job.leaseUntil < new Date() || job.leaseOwner === this.owner;
      if (job.state !== 'running' || !isFree) return undefined;
      const claimed = { ...job, leaseOwner: this.owner, leaseUntil: this.leaseUntil() };
      await this.imports.save(claimed, tx);
      return claimed;
    });
  }

  private async run(job: ImportJob): Promise<void> {
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
  private async importLines(job: ImportJob): Promise<boolean> {
    let waiting: NumberedLine[] = [];
    let lineNumber = 0;
    const requireColumns = (columns: string[]): void => {
      const missing = missingColumns(job.mapping, columns);
      if (columns.length === 0) throw new FileRefused('FILE_EMPTY');
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

  private async write(importId: string, lines: NumberedLine[]): Promise<boolean> {
    if (this.tasks.isStopped) {
      await this.release(importId);
      return false;
    }
    const lease = { owner: this.owner, until: this.leaseUntil() };
    return (await this.writer.write(importId, lines, lease)) !== undefined;
  }

  private async *content(job: ImportJob): AsyncGenerator<Buffer> {
    for (let sequence = 0; sequence < job.chunkCount; sequence += 1) {
      const sealed = await this.imports.findChunk(job.importId, sequence);
      if (!sealed) {
        // Cancelled meanwhile: the content goes first, and the next write finds out.
        if ((await this.imports.get(job.importId)).state !== 'running') return;
        throw new Error(`chunk ${sequence} of import ${job.importId} is gone`);
      }
      yield this.cipher.openContent(sealed);
    }
  }

  private async finish(importId: string, state: 'completed' | 'failed', reason = ''): Promise<void> {
    await this.mongo.transaction(async (tx) => {
      const job = await this.imports.get(importId, tx);
      if (job.state !== 'running' || job.leaseOwner !== this.owner) return;
      await this.imports.save(moveImport(job, state, this.clock.now(), reason), tx);
    });
    await this.imports.removeChunks(importId);
  }

  /** Lets another process go on at once. */
  private async release(importId: string): Promise<void> {
    await this.mongo.transaction(async (tx) => {
      const job = await this.imports.get(importId, tx);
      if (job.leaseOwner === this.owner) await this.imports.save({ ...job, leaseUntil: null }, tx);
    });
  }

  private leaseUntil(): Date {
    return new Date(Date.now() + LEASE_MS);
  }
}
