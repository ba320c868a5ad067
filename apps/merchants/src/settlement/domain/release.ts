import { DomainError, refused } from '@tidegate/errors';
import { requireActive, type Merchant } from '../../domain/merchant';
import { moveBatch, type Payee, type SettlementBatch } from './batch';

/** Batches released together: one payment each, one file. */
export interface Payout {
  payoutId: string;
  batchIds: string[];
  /** Over all currencies, as the file's control sum. */
  amountMinor: number;
  releasedBy: string;
  releasedAt: Date;
  /** ISO date of the working day on which to pay. */
  executionDate: string;
}

/**
 * Releases a prepared batch to be paid 放款复核. Four eyes: nobody releases what he prepared or adjusted.
 * @throws RELEASER_IS_MAKER, BATCH_MOVE_NOT_ALLOWED, MERCHANT_SUSPENDED, MERCHANT_NOT_ACTIVE, SETTLEMENT_ACCOUNT_MISSING
 */
export function releaseBatch(
  batch: SettlementBatch,
  merchant: Merchant | undefined,
  { payoutId, releasedBy, now }: { payoutId: string; releasedBy: string; now: Date },
): SettlementBatch {
  if (batch.makerIds.includes(releasedBy)) throw releaserIsMaker(batch);
  return moveBatch(batch, 'released', {
    payoutId,
    releasedBy,
    releasedAt: now,
    payee: payeeOf(batch, merchant),
  });
}

function payeeOf({ batchId, merchantId }: SettlementBatch, merchant: Merchant | undefined): Payee {
  const metadata = { batchId, merchantId };
  if (merchant) requireActive(merchant);
  const account = merchant?.settlementAccount.replace(/\s/g, '') ?? '';
  if (!merchant || account === '') {
    throw refused('SETTLEMENT_ACCOUNT_MISSING', 'The merchant has no account to be paid to.', metadata);
  }
  return { name: merchant.name, account };
}

const releaserIsMaker = ({ batchId }: SettlementBatch): DomainError =>
  new DomainError({
    code: 'PERMISSION_DENIED',
    reason: 'RELEASER_IS_MAKER',
    message: 'Nobody releases what he prepared or adjusted himself.',
    metadata: { batchId },
  });
