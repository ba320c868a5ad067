import { aMerchant } from '../../testing/merchants.factory';
import { aBatch } from '../testing/settlement.factory';
import { adjustmentItem, ledgerAdjustmentId, returnedPayment } from './adjustment';
import { batchesToPay, releaseBatch } from './release';
import { reversalItem } from './reversal';
import { requireBalanced } from './settlement-item';

const now = new Date('2026-11-23T01:00:00Z');
const by = (releasedBy: string) => ({ payoutId: 'p-1', releasedBy, now });
const reason = (expected: string) => expect.objectContaining({ reason: expected }) as Error;

it('is released by somebody else, to the account of that moment', () => {
  const merchant = aMerchant({ settlementAccount: '6222 0001' });
  expect(releaseBatch(aBatch(), merchant, by('checker'))).toMatchObject({
    state: 'released',
    releasedBy: 'checker',
    releasedAt: now,
    payoutId: 'p-1',
    payee: { name: 'Noodle Bar', account: '62220001' },
    transactionId: '',
  });
});

it.each([
  ['its preparer', aBatch({ makerIds: ['maker'] }), 'maker'],
  ['who adjusted it', aBatch({ makerIds: ['maker', 'adjuster'] }), 'adjuster'],
])('is never released by %s', (_who, batch, releasedBy) => {
  expect(() => releaseBatch(batch, aMerchant(), by(releasedBy))).toThrow(reason('RELEASER_IS_MAKER'));
});

it('is not released to a merchant that is not active, unknown or without an account, nor twice', () => {
  const release =
    (merchant: Parameters<typeof releaseBatch>[1], batch = aBatch()) =>
    () =>
      releaseBatch(batch, merchant, by('checker'));
  expect(release(aMerchant({ state: 'suspended' }))).toThrow(reason('MERCHANT_SUSPENDED'));
  expect(release(aMerchant({ state: 'draft' }))).toThrow(reason('MERCHANT_NOT_ACTIVE'));
  expect(release(aMerchant({ settlementAccount: ' ' }))).toThrow(reason('SETTLEMENT_ACCOUNT_MISSING'));
  expect(release(undefined)).toThrow(reason('SETTLEMENT_ACCOUNT_MISSING'));
  expect(release(aMerchant(), aBatch({ state: 'released' }))).toThrow(reason('BATCH_MOVE_NOT_ALLOWED'));
});

it.each([
  ['too_long', '1'.repeat(35)],
  ['check_digits', 'CZ65 0800 0000 1920 0014 5398'],
])('is not released to an account that cannot be paid to: %s', (fault, settlementAccount) => {
  const { batchId, merchantId } = aBatch();
  expect(() => releaseBatch(aBatch(), aMerchant({ settlementAccount }), by('checker'))).toThrow(
    expect.objectContaining({ reason: 'SETTLEMENT_ACCOUNT_INVALID', metadata: { batchId, merchantId, fault } }),
  );
});

describe('the file of a pay-out', () => {
  const posted = aBatch({ state: 'released', transactionId: 'tx-1', payee: { name: 'Noodle Bar', account: '6222' } });
  const returned = aBatch({ ...posted, batchId: 'returned', state: 'rejected' });
  const bad = { ...posted, batchId: 'bad', payee: { name: 'Noodle Bar', account: '1'.repeat(40) } };

  it('pays what the ledger took, also what came back since, once it has answered for all', () => {
    const refusedByLedger = aBatch({ state: 'rejected' });
    expect(batchesToPay([posted, returned, refusedByLedger])).toEqual([posted, returned]);
    expect(() => batchesToPay([refusedByLedger])).toThrow(reason('PAYOUT_EMPTY'));
    expect(() => batchesToPay([posted, { ...posted, transactionId: '' }])).toThrow(reason('PAYOUT_NOT_POSTED'));
  });

  it('waits for the return of a batch whose account cannot be paid to, and leaves that out', () => {
    expect(() => batchesToPay([posted, bad])).toThrow(reason('SETTLEMENT_ACCOUNT_INVALID'));
    expect(batchesToPay([posted, { ...bad, state: 'rejected' }])).toEqual([posted]);
    expect(() => batchesToPay([{ ...bad, state: 'rejected' }])).toThrow(reason('PAYOUT_EMPTY'));
  });
});

it('comes back as an item of the next batch, which whoever recorded it may not release', () => {
  const returned = returnedPayment(aBatch({ amountMinor: 700 }), 'account closed', 'ada', now);
  const item = adjustmentItem(returned);
  expect(item).toMatchObject({ kind: 'returned_payment', amountMinor: 700, makerId: 'ada', note: 'account closed' });
  expect(item.itemId).toBe('returned.2026-11-20.noodle-bar.CNY.1');
  expect(ledgerAdjustmentId(item)).toBe(returned.adjustmentId);
  expect(() => requireBalanced(item)).not.toThrow();
});

it('takes a reversal off, from whoever bore it', () => {
  const shares = [
    { funder: 'bank', partyId: 'hq', amountMinor: 60 },
    { funder: 'merchant', partyId: 'noodle-bar', amountMinor: 40 },
  ];
  const item = reversalItem({
    reversalId: 'v-1',
    redemptionId: 'r-1',
    merchantId: 'noodle-bar',
    amountMinor: 100,
    currency: 'CNY',
    shares,
    reversedAt: now,
    storeId: 'noodle-bar-1',
    clerkId: 'li-wei',
    reason: 'wrong till',
  });
  expect(item).toMatchObject({ itemId: 'reversal.v-1', redemptionId: 'r-1', amountMinor: -100 });
  expect(item).toMatchObject({ storeId: 'noodle-bar-1', clerkId: 'li-wei' });
  expect(item.shares.map(({ amountMinor }) => amountMinor)).toEqual([-60, -40]);
  expect(() => requireBalanced(item)).not.toThrow();
});
