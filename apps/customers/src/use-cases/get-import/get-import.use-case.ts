import { Injectable } from '@nestjs/common';
import { requireOrgScope } from '@tidegate/grpc';
import type { Actor } from '@tidegate/observability';
import type { ImportJob } from '../../importing/import-job';
import { ImportRepository } from '../../repositories/import.repository';

/** One import with how far it is. */
@Injectable()
export class GetImportUseCase {
  constructor(private readonly imports: ImportRepository) {}

  /** @throws IMPORT_NOT_FOUND, ORG_OUT_OF_SCOPE */
  async execute(importId: string, actor: Actor): Promise<ImportJob> {
    const job = await this.imports.get(importId);
    requireOrgScope(actor, job.defaultOrgPath);
    return job;
  }
}
