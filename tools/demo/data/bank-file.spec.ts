import { join } from 'node:path';
import { bankCustomerOf, bankFileOf, lineOf, readBankFile, windowsOf } from './bank-file';

const fileOf = (...results: string[]) => bankFileOf(Buffer.from(['age,y', ...results.map((y) => `30,${y}`)].join('\n')));

describe('the bank’s file', () => {
  it('has data lines from 1, and nothing before or after them', () => {
    const file = fileOf('no', 'yes', 'no');
    expect([1, 2, 3].map(file.hasSubscribed)).toEqual([false, true, false]);
    for (const line of [0, 4]) expect(() => file.hasSubscribed(line)).toThrow('no data line');
    expect(() => fileOf('maybe')).toThrow('yes or no');
  });

  it('has 40 % of history and the subscribers that are known of it', () => {
    const file = readBankFile(join(__dirname, '..', '..', '..', 'data', 'bank-marketing'));
    expect([file.lineCount, file.historyCount]).toEqual([45_210, 18_084]);
    const lines = Array.from({ length: file.lineCount }, (_, i) => i + 1);
    expect(lines.filter((line) => line > file.historyCount && file.hasSubscribed(line))).toHaveLength(4_477);
  });

  it('is cut into windows that cover every line after the history once', () => {
    const windows = windowsOf({ lineCount: 45_210, historyCount: 18_084 }, 2_500);
    expect([windows.length, windows[0], windows.at(-1)]).toEqual([
      11,
      { first: 18_085, last: 20_584 },
      { first: 43_085, last: 45_210 },
    ]);
    expect(windows.every(({ first }, i) => i === 0 || first === (windows[i - 1]?.last ?? 0) + 1)).toBe(true);
  });

  it('names its customers by line', () => {
    expect(lineOf(bankCustomerOf(18_085))).toBe(18_085);
    for (const other of ['berka-7', 'bm-', 'bm-0', 'bm-x']) expect(() => lineOf(other)).toThrow();
  });
});
