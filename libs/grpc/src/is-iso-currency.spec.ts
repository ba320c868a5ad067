import { IsIsoCurrency } from './is-iso-currency';
import { validated } from './validated';

class Price {
  @IsIsoCurrency()
  currency!: string;
}
class Gift {
  @IsIsoCurrency('', 'PTS')
  currency!: string;
}

it.each(['CNY', 'EUR', 'JPY'])('takes %s', (currency) => {
  expect(validated(Price, { currency })).toEqual({ currency });
});

it.each(['RMB', 'cny', 'CN', 'CNYX', '', 'PTS', 'XAU', 'XDR', 'XTS', 'XXX'])('refuses %p', (currency) => {
  expect(() => validated(Price, { currency })).toThrow(expect.objectContaining({ reason: 'VALIDATION_FAILED' }));
});

it('takes what is named besides, and nothing else', () => {
  for (const currency of ['', 'PTS', 'CNY']) expect(validated(Gift, { currency })).toEqual({ currency });
  for (const currency of ['RMB', ' ', 'pts']) {
    expect(() => validated(Gift, { currency })).toThrow(expect.objectContaining({ reason: 'VALIDATION_FAILED' }));
  }
});
