import { issueInstance, moveInstance } from '../../domain/instance';
import { ALWAYS, type RedeemWindow } from '../../domain/stock';
import { aStock } from '../../testing/stock.factory';
import { showFirst } from './first-show';

const now = new Date('2026-03-02T00:00:00Z');
const stock = aStock({ kind: 'third_party_code' });
const instance = issueInstance(stock, {
  instanceId: 'i-1',
  customerId: 'c-1',
  requestId: 'r-1',
  now,
});

it('turns what was promised into costs, the provider bearing the share of a merchant that was left open', () => {
  const { instance: shown, ledgerTransaction } = showFirst(instance, { stock, providerId: 'cinema' }, now);
  expect(shown).toMatchObject({ state: 'redeemed', remainingMinor: 0, promised: [] });
  const lines = ledgerTransaction.postings.map(({ side, account, amountMinor }) => `${side} ${account} ${amountMinor}`);
  expect(lines).toEqual([
    'debit customer:c-1 800',
    'credit codes_shown:cinema 800',
    'debit cost_bank:hq 560',
    'debit cost_merchant:cinema 240',
    'credit budget_bank:hq 560',
    'credit budget_merchant:* 240',
  ]);
});

it('shows none whose benefit has ended, is set aside or was used otherwise', () => {
  const held = moveInstance(instance, 'hold');
  for (const other of [held, moveInstance(held, 'commit'), moveInstance(instance, 'void')]) {
    expect(() => showFirst(other, { stock, providerId: 'cinema' }, now)).toThrow(
      expect.objectContaining({ reason: 'INSTANCE_NOT_AVAILABLE' }),
    );
  }
  const ended = { ...instance, expiresAt: now };
  expect(() => showFirst(ended, { stock, providerId: 'cinema' }, now)).toThrow(
    expect.objectContaining({ reason: 'INSTANCE_EXPIRED' }),
  );
});

it('is seen on its days and hours only, and after its wait', () => {
  const reasonWith = (window: Partial<RedeemWindow>): string => {
    const windowed = { ...stock, redeemWindow: { ...ALWAYS, ...window } };
    try {
      return showFirst(instance, { stock: windowed, providerId: 'cinema' }, now).instance.state;
    } catch (error) {
      return (error as { reason: string }).reason;
    }
  };
  // 08:00 of a Monday in Shanghai.
  expect(reasonWith({ weekdays: [1], from: '08:00' })).toBe('redeemed');
  expect(reasonWith({ from: '08:01' })).toBe('REDEEM_WINDOW_CLOSED');
  expect(reasonWith({ afterDays: 1 })).toBe('REDEEM_NOT_YET');
});
