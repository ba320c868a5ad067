import { Injectable } from '@nestjs/common';
import { ClaimEffects } from '../granting/claim-effects';
import { CodePoolRepository } from './repositories/code-pool.repository';

/** A claim of a third party's code takes one out of its pool. */
@Injectable()
export class PoolClaims {
  constructor(effects: ClaimEffects, pools: CodePoolRepository) {
    effects.on('third_party_code', ({ poolId }, instances, tx) =>
      pools.assign(
        poolId,
        instances.map(({ instanceId }) => instanceId),
        tx,
      ),
    );
  }
}
