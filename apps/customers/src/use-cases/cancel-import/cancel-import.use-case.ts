import { Injectable } from '@nestjs/common';
import { requireOrgScope } from '@tidegate/grpc';
import type { Actor } from '@tidegate/observability';
import type { ImportJob } from '../../importing/import-job';
import { ImportWorker } from '../../importing/import-worker';

/** Stops an import behind the batch it is writing; what is written stays. */
@Injectable()
export class CancelImportUseCase {
  constructor(private readonly worker: ImportWorker) {}

  /** A repeat answers with the cancelled import. @throws IMPORT_NOT_FOUND, IMPORT_FINISHED */
  execute(importId: string, actor: Actor): Promise<ImportJob> {
    return this.worker.intake.cancel(importId, ({ defaultOrgPath }) => requireOrgScope(actor, defaultOrgPath));
  }
}
