import { Injectable } from '@nestjs/common';
import { requireOrgScope } from '@tidegate/grpc';
import type { ImportChunkInput } from '@tidegate/imports';
import type { Actor } from '@tidegate/observability';
import type { ImportJob } from '../../importing/import-job';
import { ImportWorker } from '../../importing/import-worker';

/** Stores one chunk of the file, sealed; the last one sets the worker to work. */
@Injectable()
export class AppendImportChunkUseCase {
  constructor(private readonly worker: ImportWorker) {}

  /** @throws IMPORT_NOT_FOUND, IMPORT_CHUNK_OUT_OF_ORDER, IMPORT_CONTENT_DIFFERS, IMPORT_FINISHED, IMPORT_TOO_LARGE, VALIDATION_FAILED */
  execute(input: ImportChunkInput, actor: Actor): Promise<ImportJob> {
    return this.worker.intake.receive(input, ({ defaultOrgPath }) => requireOrgScope(actor, defaultOrgPath));
  }
}
