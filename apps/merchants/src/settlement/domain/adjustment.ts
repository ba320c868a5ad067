import type { SettlementBatch } from './batch';
import { itemIdOf, type SettlementItem } from './settlement-item';

export const ADJUSTMENT_FUNDERS = ['bank', 'merchant', 'third_party'] as const;
export type AdjustmentFunder = (typeof ADJUSTMENT_FUNDERS)[number];

/** A correction of what a merchant is owed 调整. created until the ledger has it, then posted and on its way into a batch. */
export interface Adjustment {
  adjustmentId: string;
  /** returned_payment: a pay-out that came back is owed again; subsidy: earned by traffic; feedback: paid to the bank for traffic. */
  kind: 'adjustment' | 'returned_payment' | 'subsidy' | 'feedback';
  merchantId: string;
  orgPath: string;
  /** Positive: the merchant is owed more. */
  amountMinor: number;
  currency: string;
  /** Who bears it; empty for a returned payment, which was borne before. */
  funder: AdjustmentFunder | '';
  partyId: string;
  comment: string;
  createdBy: string;
  createdAt: Date;
  state: 'created' | 'posted';
  transactionId: string;
}

/** The adjustment that owes a batch's pay-out again. */
export function returnedPayment(batch: SettlementBatch, reason: string, createdBy: string, now: Date): Adjustment {
  const { batchId, merchantId, orgPath, amountMinor, currency } = batch;
  return {
    adjustmentId: itemIdOf.returnedPayment(batchId),
    kind: 'returned_payment',
    merchantId,
    orgPath,
    amountMinor,
    currency,
    funder: '',
    partyId: '',
    comment: reason,
    createdBy,
    createdAt: now,
    state: 'created',
    transactionId: '',
  };
}

/** A subsidy, as far as settlement cares. */
export interface EarnedSubsidy {
  /** The event that told of it: the same for ever, and without the customer that a subsidy's own id names. */
  eventId: string;
  planId: string;
  merchantId: string;
  cause: string;
  businessDate: string;
  amountMinor: number;
  currency: string;
  /** merchant: the bank earned it; else he did. */
  payer: string;
  /** His organisation when it was earned; empty in those of before it was told. */
  orgPath: string;
}

/**
 * The adjustment that owes a merchant what he earned (or takes back what he lost) by traffic, borne by the organisation of the bank that
 * was his when he earned it; or, where he is the payer, takes off what he pays that organisation. The staff of `orgPath`, his now, see it.
 */
export function subsidyAdjustment(
  { eventId, planId, merchantId, cause, businessDate, amountMinor, currency, payer, orgPath: earnedFor }: EarnedSubsidy,
  orgPath: string,
  now: Date,
): Adjustment {
  const isPaidByMerchant = payer === 'merchant';
  const term = isPaidByMerchant ? 'feedback 商户反馈' : 'subsidy 反馈补贴';
  return {
    adjustmentId: itemIdOf.subsidy(eventId),
    kind: isPaidByMerchant ? 'feedback' : 'subsidy',
    merchantId,
    orgPath,
    amountMinor: isPaidByMerchant ? -amountMinor : amountMinor,
    currency,
    funder: 'bank',
    partyId: earnedFor || orgPath,
    comment: `${term} ${planId}: ${cause} ${businessDate}`,
    createdBy: 'traffic',
    createdAt: now,
    state: 'created',
    transactionId: '',
  };
}

/** The adjustment as an item of the next batch, where a subsidy or feedback is one like others; who made it may not release that. */
export function adjustmentItem(adjustment: Adjustment): SettlementItem {
  const { adjustmentId, kind, merchantId, amountMinor, currency, funder, partyId, comment, createdBy } = adjustment;
  const isReturned = kind === 'returned_payment';
  return {
    itemId: isReturned ? adjustmentId : itemIdOf.adjustment(adjustmentId),
    kind: isReturned ? kind : 'adjustment',
    redemptionId: '',
    merchantId,
    storeId: '',
    clerkId: '',
    amountMinor,
    currency,
    shares: isReturned ? [] : [{ funder, partyId, amountMinor }],
    occurredAt: adjustment.createdAt,
    makerId: createdBy,
    note: comment,
  };
}

/** What an item is called in the ledger's adjustments. */
export const ledgerAdjustmentId = ({ itemId, kind }: Pick<SettlementItem, 'itemId' | 'kind'>): string =>
  kind === 'returned_payment' ? itemId : itemId.slice(itemIdOf.adjustment('').length);
