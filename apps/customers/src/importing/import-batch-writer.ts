import { Injectable } from '@nestjs/common';
import { ConsentRecorded } from '@tidegate/contracts/customers/v1/customers_events';
import { event, Mongo, type Transaction } from '@tidegate/mongo';
import { Clock, newId } from '@tidegate/service';
import { customerChanged } from '../customers.message';
import type { ConsentRecord } from '../domain/consent';
import type { ImportJob } from '../domain/import-job';
import { FieldCipher } from '@tidegate/encryption';
import { ConsentRecordRepository } from '../repositories/consent-record.repository';
import { CustomerRepository } from '../repositories/customer.repository';
import { FeedRepository } from '../repositories/feed.repository';
import { ImportRepository } from '../repositories/import.repository';
import { decideBatch, readBatch, type BatchResult, type NumberedLine } from './import-batch';

/** Writes a batch of lines, with the import's progress, in one transaction: a crash repeats it whole or not at all. */
@Injectable()
export class ImportBatchWriter {
  constructor(
    private readonly mongo: Mongo,
    private readonly imports: ImportRepository,
    private readonly customers: CustomerRepository,
    private readonly consentRecords: ConsentRecordRepository,
    private readonly feed: FeedRepository,
    private readonly cipher: FieldCipher,
    private readonly clock: Clock,
  ) {}

  /** The import with its progress; undefined when it is no longer this worker's to run. */
  async write(
    importId: string,
    lines: readonly NumberedLine[],
    lease: { owner: string; until: Date },
  ): Promise<ImportJob | undefined> {
    return this.mongo.transaction(async (tx) => {
      const job = await this.imports.get(importId, tx);
      if (job.state !== 'running' || job.leaseOwner !== lease.owner) return undefined;
      const batch = readBatch(job, lines);
      const existing = await this.customers.findMany([...new Set(batch.lines.map(({ customerId }) => customerId))], tx);
      const terms = { ...job, now: this.clock.now() };
      const result = decideBatch(job, batch, existing, terms, this.cipher);
      const next = { ...result.job, leaseUntil: lease.until };
      await this.save(next, result, tx);
      return next;
    });
  }

  private async save(job: ImportJob, result: BatchResult, tx: Transaction): Promise<void> {
    const records = this.recordsOf(job, result);
    await this.customers.addMany(result.created, tx);
    await this.customers.saveMany(result.updated, tx);
    await this.consentRecords.addMany(records, tx);
    await this.imports.addRefusals(job.importId, result.refusals, tx);
    await this.imports.save(job, tx);
    await this.feed.write(tx);
    for (const customer of [...result.created, ...result.updated]) tx.emit(customerChanged(customer));
    for (const record of records) {
      tx.emit(event(ConsentRecorded, record.customerId, { customerId: record.customerId, record }));
    }
  }

  private recordsOf(job: ImportJob, { grants }: BatchResult): ConsentRecord[] {
    const recordedAt = this.clock.now();
    return grants.map(({ customerId, grant }) => ({
      recordId: newId(),
      customerId,
      ...grant,
      isGranted: true,
      evidence: `import ${job.importId}: ${job.fileName}`,
      actor: job.actor,
      recordedAt,
    }));
  }
}
