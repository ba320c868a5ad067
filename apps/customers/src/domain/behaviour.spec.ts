import fc from 'fast-check';
import { customer } from '../testing/customer.factory';
import { applyFacts } from './behaviour';
import type { Fact } from './fact';

const at = (day: number): Date => new Date(Date.UTC(2026, 0, day));
const fact = (over: Partial<Fact>): Fact => ({
  factId: 'core/1',
  type: 'transaction',
  customerId: 'c',
  occurredAt: at(5),
  acceptedAt: at(6),
  data: {},
  ...over,
});

describe('applyFacts', () => {
  it('counts transactions and keeps the latest time and balance', () => {
    const change = applyFacts(customer(), [
      fact({ data: { amountMinor: -1000, balanceMinor: 5000 }, occurredAt: at(9) }),
      fact({ data: { amount: 20.5, balance: 70.25 }, occurredAt: at(5) }),
    ]);
    expect(change).toEqual({
      attributes: {
        transactionCount: 2,
        transactionAmountMinor: 3050,
        lastTransactionAt: at(9).getTime(),
        balanceMinor: 5000,
      },
      balanceAt: at(9),
    });
  });

  it('counts holdings by product', () => {
    const change = applyFacts(customer(), [
      fact({ type: 'product-opened', data: { productId: 'fund 7' } }),
      fact({ type: 'card-issued' }),
      fact({ type: 'product-closed', data: { productId: 'fund 7' } }),
    ]);
    expect(change?.attributes).toEqual({ holding_fund_7: 0, holding_card: 1, holdingCount: 1 });
  });

  it('is silent about facts that change no profile', () => {
    expect(
      applyFacts(customer(), [fact({ type: 'campaign-outcome', data: { outcome: 'converted' } })]),
    ).toBeUndefined();
    const held = customer({ attributes: { lastLoginAt: at(9).getTime() } });
    expect(applyFacts(held, [fact({ type: 'login' })])).toBeUndefined();
  });

  it('gives the same end state in any order and grouping', () => {
    const one = fc.record({
      type: fc.constantFrom('transaction', 'card-issued', 'login', 'product-opened', 'product-closed'),
      // Two balances of one moment have no order: each day has its own balance.
      day: fc.integer({ min: 1, max: 27 }),
      amountMinor: fc.integer({ min: -9999, max: 9999 }),
    });
    fc.assert(
      fc.property(fc.array(one, { maxLength: 12 }), fc.nat(12), fc.infiniteStream(fc.nat()), (list, cut, order) => {
        const facts = list.map(({ type, day, amountMinor }) =>
          fact({ type, occurredAt: at(day), data: { amountMinor, balanceMinor: day * 100 } }),
        );
        const shuffled = facts.map((value) => ({ value, key: order.next().value as number }));
        shuffled.sort((a, b) => a.key - b.key);
        const moved = shuffled.map(({ value }) => value);
        const whole = { ...customer(), ...applyFacts(customer(), facts) };
        const first = { ...customer(), ...applyFacts(customer(), moved.slice(0, cut)) };
        expect({ ...first, ...applyFacts(first, moved.slice(cut)) }).toEqual(whole);
      }),
    );
  });
});
