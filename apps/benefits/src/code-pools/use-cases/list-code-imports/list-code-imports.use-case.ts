import { Injectable } from '@nestjs/common';
import { requireOrgScope } from '@tidegate/grpc';
import { decodePageToken, encodePageToken, pageSize } from '@tidegate/mongo';
import type { Actor } from '@tidegate/observability';
import type { CodeImport } from '../../importing/code-import';
import { CodeImportRepository } from '../../repositories/code-import.repository';
import { CodePoolRepository } from '../../repositories/code-pool.repository';

/** Imports into one pool, newest first. */
@Injectable()
export class ListCodeImportsUseCase {
  constructor(
    private readonly imports: CodeImportRepository,
    private readonly pools: CodePoolRepository,
  ) {}

  /** @throws POOL_NOT_FOUND, ORG_OUT_OF_SCOPE, PAGE_TOKEN_INVALID */
  async execute(
    actor: Actor,
    { poolId, ...page }: { poolId: string; pageSize: number; pageToken: string },
  ): Promise<{ imports: CodeImport[]; nextPageToken: string }> {
    requireOrgScope(actor, (await this.pools.get(poolId)).orgPath);
    const limit = pageSize(page.pageSize, { max: 200, fallback: 50 });
    const [after] = decodePageToken(page.pageToken) ?? [];
    const imports = await this.imports.listOf(poolId, limit, after);
    const last = imports.length === limit ? imports.at(-1) : undefined;
    return { imports, nextPageToken: last ? encodePageToken([last.importId]) : '' };
  }
}
