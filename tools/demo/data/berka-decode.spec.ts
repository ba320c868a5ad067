import { decodeAmount, decodeBirthNumber, decodeDay, decodeDirection, pathPartOf } from './berka-decode';

describe('the Berka data', () => {
  it('has days of the last century', () => {
    expect(decodeDay('930101')).toBe('1993-01-01');
    expect(decodeDay('960229')).toBe('1996-02-29');
    for (const wrong of ['950229', '931301', '1993-01-01', '']) expect(() => decodeDay(wrong)).toThrow();
  });

  it('has 50 added to the month of a woman’s birth', () => {
    expect(decodeBirthNumber('706213')).toEqual({ birthDate: '1970-12-13', sex: 'female' });
    expect(decodeBirthNumber('450204')).toEqual({ birthDate: '1945-02-04', sex: 'male' });
    expect(() => decodeBirthNumber('455004')).toThrow();
  });

  it('has crowns with or without decimals', () => {
    expect(['900.00', '13067.5', '93960', '-0.9', '0.00', '40610.80'].map(decodeAmount)).toEqual([
      90_000, 1_306_750, 9_396_000, -90, 0, 4_061_080,
    ]);
    for (const wrong of ['', '1,5', '1.234', 'x']) expect(() => decodeAmount(wrong)).toThrow();
  });

  it('takes money out in two words', () => {
    expect(['credit', 'withdrawal', 'withdrawal in cash'].map(decodeDirection)).toEqual(['credit', 'debit', 'debit']);
    expect(() => decodeDirection('loan')).toThrow();
  });

  it('has names that become parts of a path', () => {
    expect(['Hl.m. Praha', 'Praha - vychod', 'central Bohemia'].map(pathPartOf)).toEqual([
      'hl-m-praha',
      'praha-vychod',
      'central-bohemia',
    ]);
  });
});
