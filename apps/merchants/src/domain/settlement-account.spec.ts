import fc from 'fast-check';
import { accountFault, isIban, plainAccount, requireAccount } from './settlement-account';

// Source: the examples of the SWIFT IBAN registry.
const IBANS = [
  'CZ6508000000192000145399',
  'NO9386011117947',
  'GB29NWBK60161331926819',
  'MT84MALT011000012345MTLCAST001S',
  'LC55HEMM000100010012001200023015',
];
const VALIDATION_FAILED = expect.objectContaining({
  reason: 'VALIDATION_FAILED',
  violations: [expect.objectContaining({ field: 'merchant.settlementAccount' })],
}) as Error;

it.each(IBANS)('takes the IBAN %s, however it is typed', (iban) => {
  const typed = ` ${iban.toLowerCase().replace(/(.{4})/g, '$1 ')}\t`;
  expect(plainAccount(typed)).toBe(iban);
  expect([isIban(iban), accountFault(iban)]).toEqual([true, null]);
});

it('finds any one wrong digit of an IBAN', () => {
  fc.assert(
    fc.property(fc.constantFrom(...IBANS), fc.nat(), fc.integer({ min: 1, max: 9 }), (iban, seed, by) => {
      const places = [...iban].flatMap((character, index) => (/\d/.test(character) ? [index] : []));
      const at = places[seed % places.length]!;
      const wrong = iban.slice(0, at) + String((Number(iban[at]) + by) % 10) + iban.slice(at + 1);
      expect(accountFault(wrong)).toBe('check_digits');
    }),
  );
});

it('takes what is no IBAN as it is, up to 34 characters', () => {
  for (const account of ['6222-0001', 'acc-1', 'CZ-DEMO-0001', 'AB12', '1'.repeat(34)]) {
    expect([plainAccount(account), isIban(account), accountFault(account)]).toEqual([account, false, null]);
  }
});

it.each([
  ['too_long', '1'.repeat(35)],
  ['too_long', `CZ65${'0'.repeat(31)}`],
  ['unprintable', '6222账户'],
  ['unprintable', '6222\u0001'],
  ['check_digits', 'CZ6508000000192000145398'],
])('refuses as %s: %s', (fault, account) => {
  expect(accountFault(account)).toBe(fault);
  expect(() => requireAccount(account)).toThrow(VALIDATION_FAILED);
});

it('lets a draft have none, and counts no spaces', () => {
  for (const typed of ['', '  ', '1'.repeat(17) + ' '.repeat(9) + '1'.repeat(17)]) requireAccount(typed);
  expect(accountFault(plainAccount(' \t'))).toBe('missing');
});
