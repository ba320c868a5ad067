import { Injectable } from '@nestjs/common';
import { newFileImport } from '@tidegate/imports';
import { Mongo, newId } from '@tidegate/mongo';
import type { Actor } from '@tidegate/observability';
import { Clock } from '@tidegate/service';
import type { ImportJob } from '../../importing/import-job';
import { parseMapping } from '../../domain/import-mapping';
import { ImportRepository } from '../../repositories/import.repository';
import type { StartImportInput } from './start-import.request';

/** Opens an import of customers; the file's content follows in chunks. */
@Injectable()
export class StartImportUseCase {
  constructor(
    private readonly mongo: Mongo,
    private readonly imports: ImportRepository,
    private readonly clock: Clock,
  ) {}

  /** @throws MAPPING_INVALID, REQUEST_ID_REUSED */
  async execute({ requestId, ...input }: StartImportInput, actor: Actor): Promise<ImportJob> {
    const mapping = parseMapping(input.mapping);
    return this.mongo.once({ scope: 'start-import', requestId, input }, async (tx) => {
      const job: ImportJob = {
        ...newFileImport({ importId: newId(), ...input }, this.clock.now()),
        mapping,
        consents: input.consents.map(({ purpose, channel }) => ({ purpose, channel })),
        tags: [...new Set(input.tags)],
        defaultOrgPath: input.defaultOrgPath,
        scopeOrgPath: actor.kind === 'staff' ? actor.orgPath : '',
        actor: actor.id,
        createdCount: 0,
        updatedCount: 0,
        unchangedCount: 0,
      };
      await this.imports.add(job, tx);
      return job;
    });
  }
}
