import { Injectable, type OnModuleInit } from '@nestjs/common';
import { FileImportIntake, FileImportWorker } from '@tidegate/imports';
import { Mongo } from '@tidegate/mongo';
import { Clock, PeriodicTasks } from '@tidegate/service';
import { ImportRepository } from '../repositories/import.repository';
import { ImportBatchWriter } from './import-batch-writer';
import type { ImportJob } from './import-job';

/** Takes files of customers in and imports them in the background. */
@Injectable()
export class ImportWorker implements OnModuleInit {
  readonly intake: FileImportIntake<ImportJob>;
  private readonly worker: FileImportWorker<ImportJob>;

  constructor(mongo: Mongo, imports: ImportRepository, reader: ImportBatchWriter, clock: Clock, tasks: PeriodicTasks) {
    this.worker = new FileImportWorker({ mongo, imports, reader, clock, tasks });
    this.intake = new FileImportIntake({ mongo, imports, clock, wake: () => this.worker.wake() });
  }

  onModuleInit(): void {
    this.worker.start();
  }
}
