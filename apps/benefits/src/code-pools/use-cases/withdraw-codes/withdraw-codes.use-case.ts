import { Injectable } from '@nestjs/common';
import { refused } from '@tidegate/errors';
import { requireOrgScope } from '@tidegate/grpc';
import { importNotFound } from '@tidegate/imports';
import { Mongo, newId } from '@tidegate/mongo';
import type { Actor } from '@tidegate/observability';
import { Clock } from '@tidegate/service';
import { nextPosition, type CodePool } from '../../domain/code-pool';
import type { CodeRange } from '../../domain/code-range';
import { CodeImportRepository } from '../../repositories/code-import.repository';
import { CodePoolRepository } from '../../repositories/code-pool.repository';
import { CodeWithdrawalRepository } from '../../repositories/code-withdrawal.repository';
import { PoolCodeRepository } from '../../repositories/pool-code.repository';
import type { WithdrawCodesInput } from './withdraw-codes.request';

const ALL: CodeRange = { from: 0, to: Number.MAX_SAFE_INTEGER };

/**
 * Withdraws what is not given yet of a pool's codes, or of those of one import: a wrong file, or a partner that has gone. The codes are
 * named by their places, so a million of them are withdrawn in one step, and who did it stands with it.
 */
@Injectable()
export class WithdrawCodesUseCase {
  constructor(
    private readonly mongo: Mongo,
    private readonly pools: CodePoolRepository,
    private readonly imports: CodeImportRepository,
    private readonly codes: PoolCodeRepository,
    private readonly withdrawals: CodeWithdrawalRepository,
    private readonly clock: Clock,
  ) {}

  /** @throws POOL_NOT_FOUND, ORG_OUT_OF_SCOPE, IMPORT_NOT_FOUND, IMPORT_NOT_FINISHED, REQUEST_ID_REUSED */
  async execute(
    { requestId, poolId, importId, reason }: WithdrawCodesInput,
    actor: Actor,
  ): Promise<{ pool: CodePool; withdrawnCount: number }> {
    const pool = await this.pools.get(poolId);
    requireOrgScope(actor, pool.orgPath);
    const ranges = importId ? await this.rangesOf(poolId, importId) : [ALL];
    // A request of before reasons were kept is the same request still.
    const input = { poolId, importId, ...(reason && { reason }) };
    const { withdrawnCount } = await this.mongo.once({ scope: 'withdraw-codes', requestId, input }, async (tx) => {
      const withdrawnCount = await this.pools.withdraw(poolId, ranges, tx);
      const by = { actorId: actor.id, reason, withdrawnAt: this.clock.now() };
      await this.withdrawals.add({ withdrawalId: newId(), poolId, importId, withdrawnCount, ...by }, tx);
      return { withdrawnCount };
    });
    return { pool, withdrawnCount };
  }

  /** Of an import that is over, as it is then for good. */
  private async rangesOf(poolId: string, importId: string): Promise<CodeRange[]> {
    const job = await this.imports.get(importId);
    if (job.poolId !== poolId) throw importNotFound(importId);
    if (!job.finishedAt) {
      throw refused('IMPORT_NOT_FINISHED', 'The import is not over: wait for its end, or cancel it.', { importId });
    }
    if (job.ranges) return job.ranges;
    const queue = await this.pools.getQueue(poolId);
    return this.codes.findRanges({ poolId, importId }, { from: nextPosition(queue), to: queue.importedCount });
  }
}
