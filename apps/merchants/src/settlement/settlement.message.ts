import type {
  SettlementBatch as SettlementBatchMessage,
  StatementLine as LineMessage,
} from '@tidegate/contracts/merchants/v1/merchants';
import type * as rpc from '@tidegate/contracts/merchants/v1/settlement';
import type { SettlementBatch } from './domain/batch';
import type { SettlementFinding } from './domain/finding';
import type { Difference, Reconciliation } from './domain/reconciliation';
import type { Payout } from './domain/release';
import type { StatementLine } from './domain/settlement-item';

export function toBatchMessage(batch: SettlementBatch): SettlementBatchMessage {
  const { orgPath: _orgPath, sequence: _sequence, payee: _payee, releasedAt, closedAt, ...shown } = batch;
  return { ...shown, releasedAt: releasedAt ?? undefined, closedAt: closedAt ?? undefined };
}

export function toLineMessage(line: StatementLine): LineMessage {
  const { itemId, kind, redemptionId, storeId, clerkId, amountMinor, occurredAt, shares, note } = line;
  return { redemptionId, storeId, clerkId, amountMinor, redeemedAt: occurredAt, shares, lineId: itemId, kind, note };
}

export function toFindingMessage({ orgPath: _orgPath, settledAt, ...shown }: SettlementFinding): rpc.SettlementFinding {
  return { ...shown, reason: 'REDEMPTION_UNBALANCED', settledAt: settledAt ?? undefined };
}

export function toPayoutMessage({ batchIds, ...payout }: Payout): rpc.Payout {
  return { ...payout, batchCount: batchIds.length };
}

export function toReconciliationMessage(reconciliation: Reconciliation): rpc.Reconciliation {
  const { orgPath: _orgPath, differenceCountByKind, ...shown } = reconciliation;
  return { ...shown, differenceCountByKind: { ...differenceCountByKind } };
}

export function toDifferenceMessage(difference: Difference): rpc.Difference {
  const { orgPath: _orgPath, merchantAmountMinor, bankAmountMinor, resolvedAt, ...shown } = difference;
  return {
    ...shown,
    merchantAmountMinor: merchantAmountMinor ?? undefined,
    bankAmountMinor: bankAmountMinor ?? undefined,
    resolvedAt: resolvedAt ?? undefined,
  };
}
