import type { SettlementItem } from './settlement-item';
import type { ShareAmount } from './share-amount';

export const FINDING_STATES = ['open', 'settled'] as const;
export type FindingState = (typeof FINDING_STATES)[number];

/** A redemption whose shares do not add up 结算异常: it is in no batch, and its merchant has none of its business day, until it is whole. */
export interface SettlementFinding {
  redemptionId: string;
  merchantId: string;
  /** The merchant's organisation when it was found; the head office when the merchant is unknown here. */
  orgPath: string;
  /** On which its merchant was not settled for it. */
  businessDate: string;
  amountMinor: number;
  currency: string;
  /** As they were when it was found. */
  shares: ShareAmount[];
  redeemedAt: Date;
  foundAt: Date;
  state: FindingState;
  /** When it was whole and went into a batch. */
  settledAt: Date | null;
}

/** What was found of an item of a business day. */
export function findingOf(
  { redemptionId, merchantId, amountMinor, currency, shares, occurredAt }: SettlementItem,
  { businessDate, orgPath, now }: { businessDate: string; orgPath: string; now: Date },
): SettlementFinding {
  const found = { redemptionId, merchantId, orgPath, businessDate, amountMinor, currency, shares };
  return { ...found, redeemedAt: occurredAt, foundAt: now, state: 'open', settledAt: null };
}
