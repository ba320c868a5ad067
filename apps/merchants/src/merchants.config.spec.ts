import { readConfig } from './merchants.config';

it('pays from the bank’s own account, as payment systems know it', () => {
  expect(readConfig({}).debtor).toEqual({ name: 'Tidegate Bank', account: 'SETTLEMENT', bic: '' });
  const account = readConfig({ BANK_SETTLEMENT_ACCOUNT: 'CZ65 0800 0000 1920 0014 5399' }).debtor.account;
  expect(account).toBe('CZ6508000000192000145399');
});

it.each(['1'.repeat(35), 'CZ65 0800 0000 1920 0014 5398', ' '])('does not start to pay from %p', (account) => {
  expect(() => readConfig({ BANK_SETTLEMENT_ACCOUNT: account })).toThrow('BANK_SETTLEMENT_ACCOUNT');
});
