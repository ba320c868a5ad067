import { SettlementBatch, type Settlement } from './settlement-batch';

// Goal: of settlements in one commit none pays an item again, and a batch that is told twice is posted once.

const now = new Date('2026-03-03T02:00:00Z');
const settlement = (batchId: string, itemIds: string[]): Settlement => ({
  batchId,
  merchantId: 'm-tea',
  amountMinor: 800,
  currency: 'CNY',
  itemIds,
});
const tell = (batch: SettlementBatch, one: Settlement): string => {
  try {
    return batch.post(one).transactionId;
  } catch (error) {
    const { reason, metadata } = error as { reason: string; metadata: Record<string, string> };
    return `${reason} ${metadata['id']} ${metadata['batchId']}`;
  }
};

it('pays an item with one batch, whether that came before or in the same commit', () => {
  const batch = new SettlementBatch(new Set(['settlement-old']), new Map([['r-0', 'old']]), now);
  const told = [
    settlement('a', ['r-1', 'reversal.x']),
    settlement('b', ['r-2', 'r-1']),
    settlement('c', ['r-0']),
    settlement('a', ['r-1', 'reversal.x']),
    settlement('old', ['r-0']),
    settlement('d', ['r-2']),
  ].map((one) => tell(batch, one));
  expect(told).toEqual([
    'settlement-a',
    'REDEMPTION_IN_OTHER_BATCH r-1 a',
    'REDEMPTION_IN_OTHER_BATCH r-0 old',
    'settlement-a',
    'settlement-old',
    'settlement-d',
  ]);
  expect(batch.done.map(({ transaction }) => transaction.transactionId)).toEqual(['settlement-a', 'settlement-d']);
  expect(batch.done[0]?.transaction.postings).toEqual([
    { account: 'payable:m-tea', side: 'debit', amountMinor: 800, currency: 'CNY' },
    { account: 'paid_out:m-tea', side: 'credit', amountMinor: 800, currency: 'CNY' },
  ]);
});
