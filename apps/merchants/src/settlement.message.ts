import type {
  SettlementBatch as SettlementBatchMessage,
  StatementLine as LineMessage,
} from '@tidegate/contracts/merchants/v1/merchants';
import type { SettlementBatch, StatementLine } from './domain/settlement';

/** A batch as others see it: it is building until the ledger has it. */
export function toBatchMessage({ stage, ...batch }: SettlementBatch): SettlementBatchMessage {
  const {
    batchId,
    merchantId,
    businessDate,
    redemptionCount,
    amountMinor,
    currency,
    createdAt,
    transactionId,
    shares,
  } = batch;
  const state = stage === 'posted' ? 'posted' : 'building';
  return {
    batchId,
    merchantId,
    businessDate,
    redemptionCount,
    amountMinor,
    currency,
    state,
    createdAt,
    transactionId,
    shares,
  };
}

export function toLineMessage({
  redemptionId,
  storeId,
  clerkId,
  amountMinor,
  redeemedAt,
  shares,
}: StatementLine): LineMessage {
  return { redemptionId, storeId, clerkId, amountMinor, redeemedAt, shares };
}
