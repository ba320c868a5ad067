import type { Actor } from '@tidegate/observability';
import { requireMerchantAccess } from '../merchant-access';
import type { SettlementBatch } from './domain/batch';
import { batchNotFound } from './settlement.errors';

/**
 * The batch, for who may read it. Ids of batches can be guessed, so a merchant is not told that another one's exists.
 * @throws BATCH_NOT_FOUND, ORG_OUT_OF_SCOPE, MERCHANT_OUT_OF_SCOPE
 */
export function readableBatch(batch: SettlementBatch | null, actor: Actor): SettlementBatch {
  if (!batch || (actor.kind === 'merchant' && actor.id !== batch.merchantId)) throw batchNotFound();
  requireMerchantAccess(actor, batch);
  return batch;
}
