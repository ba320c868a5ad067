import { Injectable } from '@nestjs/common';
import { requireOrgScope } from '@tidegate/grpc';
import { Mongo } from '@tidegate/mongo';
import type { Actor } from '@tidegate/observability';
import { Clock } from '@tidegate/service';
import { moveImport, type ImportJob } from '../../domain/import-job';
import { ImportRepository } from '../../repositories/import.repository';

/** Stops an import behind the batch it is writing; what is written stays. */
@Injectable()
export class CancelImportUseCase {
  constructor(
    private readonly mongo: Mongo,
    private readonly imports: ImportRepository,
    private readonly clock: Clock,
  ) {}

  /** A repeat answers with the cancelled import. @throws IMPORT_NOT_FOUND, IMPORT_FINISHED */
  async execute(importId: string, actor: Actor): Promise<ImportJob> {
    const job = await this.mongo.transaction(async (tx) => {
      const held = await this.imports.get(importId, tx);
      requireOrgScope(actor, held.defaultOrgPath);
      if (held.state === 'cancelled') return held;
      const cancelled = moveImport(held, 'cancelled', this.clock.now());
      await this.imports.save(cancelled, tx);
      return cancelled;
    });
    await this.imports.removeChunks(importId);
    return job;
  }
}
