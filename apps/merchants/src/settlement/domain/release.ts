import { DomainError, refused } from '@tidegate/errors';
import { requireActive, type Merchant } from '../../domain/merchant';
import { accountFault, plainAccount } from '../../domain/settlement-account';
import { moveBatch, type Payee, type SettlementBatch } from './batch';

/** Batches released together: one payment each, one file. */
export interface Payout {
  payoutId: string;
  batchIds: string[];
  /** Over all currencies; the file's control sum adds up the amounts themselves, of currencies with other decimals too. */
  amountMinor: number;
  releasedBy: string;
  releasedAt: Date;
  /** ISO date of the working day on which to pay. */
  executionDate: string;
}

/**
 * Releases a prepared batch to be paid 放款复核. Four eyes: nobody releases what he prepared or adjusted.
 * @throws RELEASER_IS_MAKER, BATCH_MOVE_NOT_ALLOWED, MERCHANT_SUSPENDED, MERCHANT_NOT_ACTIVE, SETTLEMENT_ACCOUNT_MISSING,
 * SETTLEMENT_ACCOUNT_INVALID
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
  const account = plainAccount(merchant?.settlementAccount ?? '');
  if (!merchant || account === '') {
    throw refused('SETTLEMENT_ACCOUNT_MISSING', 'The merchant has no account to be paid to.', metadata);
  }
  const fault = accountFault(account);
  if (fault !== null) throw accountInvalid({ ...metadata, fault });
  return { name: merchant.name, account };
}

/**
 * What of a pay-out its file pays: what the ledger took. What was paid or came back since stays in it, but for what came back because
 * nobody can be paid to its account.
 * @throws PAYOUT_NOT_POSTED, PAYOUT_EMPTY, SETTLEMENT_ACCOUNT_INVALID until the return of such a batch is recorded
 */
export function batchesToPay(batches: readonly SettlementBatch[]): SettlementBatch[] {
  if (batches.some(({ state, transactionId }) => state === 'released' && transactionId === '')) {
    throw refused('PAYOUT_NOT_POSTED', 'The ledger has not taken all of the pay-out yet.');
  }
  const payable = batches.filter(({ batchId, merchantId, payee, state, transactionId }) => {
    if (transactionId === '') return false;
    const fault = accountFault(payee?.account ?? '');
    if (fault !== null && state !== 'rejected') throw accountInvalid({ batchId, merchantId, fault });
    return fault === null;
  });
  if (payable.length === 0) throw refused('PAYOUT_EMPTY', 'There is nothing in the pay-out to be paid.');
  return payable;
}

/** Its account was written before accounts were looked at; it is put right, or the batch is rejected. */
const accountInvalid = (metadata: Record<string, string>): DomainError =>
  refused('SETTLEMENT_ACCOUNT_INVALID', 'Nobody can be paid to the account of the merchant.', metadata);

const releaserIsMaker = ({ batchId }: SettlementBatch): DomainError =>
  new DomainError({
    code: 'PERMISSION_DENIED',
    reason: 'RELEASER_IS_MAKER',
    message: 'Nobody releases what he prepared or adjusted himself.',
    metadata: { batchId },
  });
