import { Injectable } from '@nestjs/common';
import type { Transaction } from '@tidegate/mongo';
import type { Stock } from '../domain/stock';
import { ClaimEffects, type Supply } from '../granting/claim-effects';
import { availableCount, codePoolEmpty } from './domain/code-pool';
import { CodePoolRepository } from './repositories/code-pool.repository';

/** A claim of a third party's code takes one out of its pool. */
@Injectable()
export class PoolClaims {
  constructor(
    effects: ClaimEffects,
    private readonly pools: CodePoolRepository,
  ) {
    effects.on(
      'third_party_code',
      ({ poolId }, instances, tx) =>
        pools.assign(
          poolId,
          instances.map(({ instanceId }) => instanceId),
          tx,
        ),
      (stocks, tx) => this.supplies(stocks, tx),
    );
  }

  private async supplies(stocks: Stock[], tx?: Transaction): Promise<Map<string, Supply>> {
    const counts = await this.pools.findCounts([...new Set(stocks.map(({ poolId }) => poolId))], tx);
    const byPool = new Map(
      [...counts].map(([poolId, each]): [string, Supply] => [
        poolId,
        { left: availableCount(each), none: codePoolEmpty },
      ]),
    );
    return new Map(stocks.map(({ stockId, poolId }) => [stockId, byPool.get(poolId)!]));
  }
}
