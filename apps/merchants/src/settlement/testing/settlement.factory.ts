import type { SettlementBatch } from '../domain/batch';
import type { Payout } from '../domain/release';
import type { SettlementItem } from '../domain/settlement-item';

/** A redemption as an item, shared 60 : 40 between bank and merchant, to the minor unit. */
export function anItem(overrides: Partial<SettlementItem> = {}): SettlementItem {
  const item = {
    itemId: 'redemption-1',
    kind: 'redemption' as const,
    redemptionId: overrides.itemId ?? 'redemption-1',
    merchantId: 'noodle-bar',
    storeId: 'noodle-bar-1',
    clerkId: 'li-wei',
    amountMinor: 1000,
    currency: 'CNY',
    occurredAt: new Date('2026-11-20T04:00:00Z'),
    makerId: '',
    note: '',
    ...overrides,
  };
  const bankMinor = Math.floor(item.amountMinor * 0.6);
  return {
    ...item,
    shares: overrides.shares ?? [
      { funder: 'bank', partyId: 'hq', amountMinor: bankMinor },
      { funder: 'merchant', partyId: item.merchantId, amountMinor: item.amountMinor - bankMinor },
    ],
  };
}

export const aBatch = (overrides: Partial<SettlementBatch> = {}): SettlementBatch => ({
  batchId: '2026-11-20.noodle-bar.CNY.1',
  merchantId: 'noodle-bar',
  orgPath: 'hq/east',
  businessDate: '2026-11-20',
  currency: 'CNY',
  sequence: 1,
  redemptionCount: 1,
  correctionCount: 0,
  amountMinor: 1000,
  shares: [{ funder: 'bank', partyId: 'hq', amountMinor: 1000 }],
  state: 'prepared',
  makerIds: ['maker'],
  createdAt: new Date('2026-11-23T00:30:00Z'),
  releasedBy: '',
  releasedAt: null,
  payoutId: '',
  payee: null,
  transactionId: '',
  rejectReason: '',
  closedAt: null,
  ...overrides,
});

export const aPayout = (overrides: Partial<Payout> = {}): Payout => ({
  payoutId: '01a2b3c4-0000-7000-8000-000000000001',
  batchIds: ['2026-11-20.noodle-bar.CNY.1'],
  amountMinor: 1000,
  releasedBy: 'checker',
  releasedAt: new Date('2026-11-23T01:00:00Z'),
  executionDate: '2026-11-23',
  ...overrides,
});
