import fc from 'fast-check';
import { decimalText, sumDecimalTexts } from './money-text';

it.each([
  [123456, 'CNY', '1234.56'],
  [5, 'CNY', '0.05'],
  [-5, 'CNY', '-0.05'],
  [500, 'JPY', '500'],
  [1234, 'KWD', '1.234'],
  [1234, 'IQD', '1.234'],
  [12345, 'CLF', '1.2345'],
  [123456, 'HUF', '1234.56'],
  [123456, 'IDR', '1234.56'],
  [123456, 'LAK', '1234.56'],
  [500, 'VND', '500'],
])('%i minor units of %s are %s', (amountMinor, currency, text) => {
  expect(decimalText(amountMinor, currency)).toBe(text);
});

it('adds exactly', () => {
  const amounts = fc.array(fc.integer({ min: 1, max: Number.MAX_SAFE_INTEGER }), { minLength: 1, maxLength: 50 });
  fc.assert(
    fc.property(amounts, (minors) => {
      const sum = minors.reduce((total, minor) => total + BigInt(minor), 0n);
      expect(sumDecimalTexts(minors.map((minor) => decimalText(minor, 'CNY'))).replace('.', '')).toBe(
        String(sum).padStart(3, '0'),
      );
    }),
  );
  expect(sumDecimalTexts(['500', '1.05', '0.001'])).toBe('501.051');
});
