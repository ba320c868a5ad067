import { Injectable } from '@nestjs/common';
import { requireOrgScope } from '@tidegate/grpc';
import type { ImportRefusal } from '@tidegate/imports';
import type { Actor } from '@tidegate/observability';
import { ImportWorker } from '../../importing/import-worker';

/** The lines of an import that were refused, in the order of the file. */
@Injectable()
export class ListImportErrorsUseCase {
  constructor(private readonly worker: ImportWorker) {}

  /** @throws IMPORT_NOT_FOUND, PAGE_TOKEN_INVALID */
  execute(
    input: { importId: string; pageSize: number; pageToken: string },
    actor: Actor,
  ): Promise<{ errors: ImportRefusal[]; nextPageToken: string }> {
    return this.worker.intake.listRefusals(input, ({ defaultOrgPath }) => requireOrgScope(actor, defaultOrgPath));
  }
}
