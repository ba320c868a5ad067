import { Injectable } from '@nestjs/common';
import { decodeTimeToken, encodePageToken, pageSize } from '@tidegate/mongo';
import type { Actor } from '@tidegate/observability';
import type { CodePool, PoolCounts } from '../../domain/code-pool';
import { CodePoolRepository } from '../../repositories/code-pool.repository';

/** Pools of the actor's organisation and below, newest first. */
@Injectable()
export class ListCodePoolsUseCase {
  constructor(private readonly pools: CodePoolRepository) {}

  /** @throws PAGE_TOKEN_INVALID */
  async execute(
    actor: Actor,
    page: { pageSize: number; pageToken: string },
  ): Promise<{ pools: { pool: CodePool; counts: PoolCounts }[]; nextPageToken: string }> {
    const limit = pageSize(page.pageSize, { max: 200, fallback: 50 });
    const token = decodeTimeToken(page.pageToken);
    const after = token && { createdAt: token.at, poolId: token.id };
    const scope = actor.kind === 'staff' ? actor.orgPath : undefined;
    const pools = await this.pools.list(limit, { scope, after });
    const counts = await this.pools.findCounts(pools.map((pool) => pool.poolId));
    const last = pools.length === limit ? pools.at(-1) : undefined;
    return {
      pools: pools.map((pool) => ({ pool, counts: counts.get(pool.poolId)! })),
      nextPageToken: last ? encodePageToken([last.createdAt.toISOString(), last.poolId]) : '',
    };
  }
}
