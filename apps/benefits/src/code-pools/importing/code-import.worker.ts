import { Injectable, type OnModuleInit } from '@nestjs/common';
import { FileImportIntake, FileImportWorker } from '@tidegate/imports';
import { Mongo } from '@tidegate/mongo';
import { Clock, PeriodicTasks } from '@tidegate/service';
import { CodeImportRepository } from '../repositories/code-import.repository';
import { CodeImportReader } from './code-import-reader';
import type { CodeImport } from './code-import';

/** Takes files of codes in and imports them in the background. */
@Injectable()
export class CodeImportWorker implements OnModuleInit {
  readonly intake: FileImportIntake<CodeImport>;
  private readonly worker: FileImportWorker<CodeImport>;

  constructor(
    mongo: Mongo,
    imports: CodeImportRepository,
    reader: CodeImportReader,
    clock: Clock,
    tasks: PeriodicTasks,
  ) {
    this.worker = new FileImportWorker({ mongo, imports, reader, clock, tasks });
    this.intake = new FileImportIntake({ mongo, imports, clock, wake: () => this.worker.wake() });
  }

  onModuleInit(): void {
    this.worker.start();
  }
}
