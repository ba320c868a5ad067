import { Injectable } from '@nestjs/common';
import { requireOrgScope } from '@tidegate/grpc';
import { Mongo, type Transaction } from '@tidegate/mongo';
import type { Actor } from '@tidegate/observability';
import { Clock } from '@tidegate/service';
import { changePool, type CodePool } from '../../domain/code-pool';
import { CodePoolRepository } from '../../repositories/code-pool.repository';
import { PoolCodeRepository } from '../../repositories/pool-code.repository';
import type { CodePoolInput, PutCodePoolInput } from './put-code-pool.request';

/** Creates a code pool, or changes its name and alarm. */
@Injectable()
export class PutCodePoolUseCase {
  constructor(
    private readonly mongo: Mongo,
    private readonly pools: CodePoolRepository,
    private readonly codes: PoolCodeRepository,
    private readonly clock: Clock,
  ) {}

  /** @throws POOL_PROVIDER_FIXED, ORG_OUT_OF_SCOPE, REQUEST_ID_REUSED */
  execute({ requestId, pool: input }: PutCodePoolInput, actor: Actor): Promise<CodePool> {
    requireOrgScope(actor, input.orgPath);
    return this.mongo.once({ scope: 'put-code-pool', requestId, input }, async (tx) => {
      const held = await this.pools.find(input.poolId, tx);
      if (!held) return this.create(input, tx);
      requireOrgScope(actor, held.orgPath);
      const changed = changePool(held, input);
      await this.pools.save(changed, tx);
      return changed;
    });
  }

  private async create({ poolId, name, providerId, orgPath, alarmBelowCount }: CodePoolInput, tx: Transaction) {
    const pool: CodePool = { poolId, name, providerId, orgPath, alarmBelowCount, createdAt: this.clock.now() };
    await this.codes.ensureProvider(providerId, tx);
    await this.pools.add(pool, tx);
    return pool;
  }
}
