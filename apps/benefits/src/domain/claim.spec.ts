import fc from 'fast-check';
import { aStock } from '../testing/stock.factory';
import { claim, repeatClaim, type ClaimState } from './claim';
import { NOTHING_TAKEN } from './count';

// Goal: no sequence of claims gives one too many, in total, per day or per customer; the ledger stays balanced.
// Method: random claims by few customers at random times against a tiny model that only counts.

const at = (iso: string): Date => new Date(iso);
const command = (customerId: string, requestId = 'r1') => ({
  requestId,
  instanceId: `i-${customerId}-${requestId}`,
  stockId: 'spring-red-packet',
  customerId,
  decisionId: '',
});
const fresh = (overrides = {}): ClaimState => ({
  stock: aStock(overrides),
  stockCount: NOTHING_TAKEN,
  customerCount: NOTHING_TAKEN,
  personTotal: 0,
});
const reasonOf = (work: () => unknown): string => {
  try {
    work();
    return 'none';
  } catch (error) {
    return (error as { reason: string }).reason;
  }
};
const NOW = at('2026-03-02T02:00:00Z');

describe(claim.name, () => {
  it('moves the face value from the budgets of the cost split to the customer', () => {
    const { instance, ledgerTransaction } = claim(fresh(), command('c1'), NOW);
    expect(instance).toMatchObject({ state: 'issued', customerId: 'c1', expiresAt: at('2026-03-09T02:00:00Z') });
    expect(ledgerTransaction?.postings).toEqual([
      { account: 'budget_bank:hq', side: 'debit', amountMinor: 560, currency: 'CNY' },
      { account: 'budget_merchant:*', side: 'debit', amountMinor: 240, currency: 'CNY' },
      { account: 'customer:c1', side: 'credit', amountMinor: 800, currency: 'CNY' },
    ]);
  });

  it('makes two postings when one party pays for all', () => {
    const costShares = [{ funder: 'third_party', partyId: 'brewery', basisPoints: 10_000 }];
    expect(claim(fresh({ costShares }), command('c1'), NOW).ledgerTransaction?.postings).toEqual([
      { account: 'budget_third_party:brewery', side: 'debit', amountMinor: 800, currency: 'CNY' },
      { account: 'customer:c1', side: 'credit', amountMinor: 800, currency: 'CNY' },
    ]);
  });

  it.each([
    ['CLAIM_NOT_STARTED', {}, at('2026-02-28T23:59:59.999Z')],
    ['CLAIM_ENDED', {}, at('2026-03-08T00:00:00Z')],
    ['STOCK_CLOSED', { state: 'closed' }, NOW],
  ])('refuses with %s', (reason, overrides, now) => {
    expect(reasonOf(() => claim(fresh(overrides), command('c1'), now))).toBe(reason);
  });

  it('counts days in the stock’s zone: a new day in Shanghai starts at 16:00 UTC', () => {
    const state = { ...fresh({ dailyLimit: 1 }), stockCount: { total: 1, day: '2026-03-02', dayTotal: 1 } };
    expect(reasonOf(() => claim(state, command('c1'), at('2026-03-02T15:59:59Z')))).toBe('DAILY_LIMIT_REACHED');
    expect(claim(state, command('c1'), at('2026-03-02T16:00:00Z')).stockCount).toEqual({
      total: 2,
      day: '2026-03-03',
      dayTotal: 1,
    });
  });

  it('never exceeds a limit, whatever the sequence', () => {
    const step = fc.record({ customer: fc.integer({ min: 0, max: 5 }), hour: fc.integer({ min: 0, max: 140 }) });
    const limits = fc.record({
      totalLimit: fc.integer({ min: 1, max: 12 }),
      dailyLimit: fc.integer({ min: 0, max: 5 }),
      perCustomerLimit: fc.integer({ min: 0, max: 3 }),
    });
    fc.assert(
      fc.property(limits, fc.array(step, { maxLength: 60 }), (limit, steps) => {
        const state = fresh(limit);
        const perCustomer = new Map<number, number>();
        const perDay = new Map<string, number>();
        let total = 0;
        for (const { customer, hour } of steps.sort((a, b) => a.hour - b.hour)) {
          const now = new Date(at('2026-03-01T00:00:00Z').getTime() + hour * 3600_000);
          const day = new Date(now.getTime() + 8 * 3600_000).toISOString().slice(0, 10);
          const isAllowed =
            total < limit.totalLimit &&
            (limit.dailyLimit === 0 || (perDay.get(day) ?? 0) < limit.dailyLimit) &&
            (limit.perCustomerLimit === 0 || (perCustomer.get(customer) ?? 0) < limit.perCustomerLimit);
          state.customerCount = { ...NOTHING_TAKEN, total: perCustomer.get(customer) ?? 0 };
          const reason = reasonOf(() => (state.stockCount = claim(state, command(`c${customer}`), now).stockCount));
          expect(reason === 'none').toBe(isAllowed);
          if (!isAllowed) continue;
          total += 1;
          perDay.set(day, (perDay.get(day) ?? 0) + 1);
          perCustomer.set(customer, (perCustomer.get(customer) ?? 0) + 1);
        }
        expect(state.stockCount.total).toBe(total);
      }),
    );
  });
});

describe(repeatClaim.name, () => {
  it('answers the same request again and refuses the id for another stock', () => {
    const { instance } = claim(fresh(), command('c1'), NOW);
    expect(repeatClaim(instance, command('c1'))).toBe(instance);
    expect(reasonOf(() => repeatClaim(instance, { ...command('c1'), stockId: 'other' }))).toBe('REQUEST_ID_REUSED');
  });
});
