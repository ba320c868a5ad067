import { Injectable } from '@nestjs/common';
import { requireOrgScope } from '@tidegate/grpc';
import { newFileImport } from '@tidegate/imports';
import { Mongo, newId } from '@tidegate/mongo';
import type { Actor } from '@tidegate/observability';
import { Clock } from '@tidegate/service';
import type { CodeImport } from '../../importing/code-import';
import { CodeImportRepository } from '../../repositories/code-import.repository';
import { CodePoolRepository } from '../../repositories/code-pool.repository';
import type { StartCodeImportInput } from './start-code-import.request';

const CODE_COLUMN = 'code';

/** Opens an import of codes into a pool; the file's content follows in chunks. */
@Injectable()
export class StartCodeImportUseCase {
  constructor(
    private readonly mongo: Mongo,
    private readonly imports: CodeImportRepository,
    private readonly pools: CodePoolRepository,
    private readonly clock: Clock,
  ) {}

  /** @throws POOL_NOT_FOUND, ORG_OUT_OF_SCOPE, REQUEST_ID_REUSED */
  execute({ requestId, ...input }: StartCodeImportInput, actor: Actor): Promise<CodeImport> {
    return this.mongo.once({ scope: 'start-code-import', requestId, input }, async (tx) => {
      const { poolId, providerId, orgPath } = await this.pools.get(input.poolId, tx);
      requireOrgScope(actor, orgPath);
      const job: CodeImport = {
        ...newFileImport({ importId: newId(), ...input }, this.clock.now()),
        poolId,
        providerId,
        orgPath,
        codeColumn: input.codeColumn || CODE_COLUMN,
        secretColumn: input.secretColumn,
        importedCount: 0,
        duplicateCount: 0,
        ranges: [],
      };
      await this.imports.add(job, tx);
      return job;
    });
  }
}
