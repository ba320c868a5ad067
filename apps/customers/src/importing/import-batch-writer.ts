import { Injectable } from '@nestjs/common';
import { ConsentRecorded } from '@tidegate/contracts/customers/v1/customers_events';
import { event, newId, type Transaction } from '@tidegate/mongo';
import type { ImportReader, NumberedLine } from '@tidegate/imports';
import { Clock } from '@tidegate/service';
import { missingColumns } from '../domain/import-mapping';
import { customerChanged, personsChanged } from '../customers.message';
import type { ConsentRecord } from '../domain/consent';
import type { ImportJob } from './import-job';
import { FieldCipher } from '@tidegate/encryption';
import { PROFILES_MAX } from '@tidegate/persons';
import { ConsentRecordRepository } from '../repositories/consent-record.repository';
import { CustomerRepository } from '../repositories/customer.repository';
import { FeedRepository } from '../repositories/feed.repository';
import { ImportRepository } from '../repositories/import.repository';
import { decideBatch, readBatch, type BatchResult } from './import-batch';
import { sharedKeysOf, sharersOf, underPersons } from './under-persons';

/** Writes a batch of lines: customers, consents and refusals. */
@Injectable()
export class ImportBatchWriter implements ImportReader<ImportJob> {
  constructor(
    private readonly imports: ImportRepository,
    private readonly customers: CustomerRepository,
    private readonly consentRecords: ConsentRecordRepository,
    private readonly feed: FeedRepository,
    private readonly cipher: FieldCipher,
    private readonly clock: Clock,
  ) {}

  missingColumns({ mapping }: ImportJob, columns: string[]): string[] {
    return missingColumns(mapping, columns);
  }

  async write(job: ImportJob, lines: readonly NumberedLine[], tx: Transaction): Promise<ImportJob> {
    const batch = readBatch(job, lines);
    const existing = await this.customers.findMany([...new Set(batch.lines.map(({ customerId }) => customerId))], tx);
    const terms = { ...job, now: this.clock.now() };
    const decided = decideBatch(job, batch, existing, terms, this.cipher);
    const sharing = await this.customers.listOfPersons(sharedKeysOf(decided), PROFILES_MAX + 1, tx);
    const result = underPersons(decided, sharing);
    await this.save(job, result, tx);
    return result.job;
  }

  private async save(job: ImportJob, result: BatchResult, tx: Transaction): Promise<void> {
    const records = this.recordsOf(job, result);
    await this.customers.addMany(result.created, tx);
    await this.customers.saveMany(result.updated, tx);
    await this.consentRecords.addMany(records, tx);
    await this.imports.addRefusals(job.importId, result.refusals, tx);
    await this.feed.write(tx);
    for (const customer of [...result.created, ...result.updated]) tx.emit(customerChanged(customer));
    const sharers = sharersOf(result);
    if (sharers.length > 0) tx.emit(personsChanged(job.importId, sharers));
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
