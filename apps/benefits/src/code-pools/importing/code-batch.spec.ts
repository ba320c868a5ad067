import { newFileImport, type NumberedLine } from '@tidegate/imports';
import { readCodes, withoutDuplicates } from './code-batch';
import type { CodeImport } from './code-import';

const job: CodeImport = {
  ...newFileImport({ importId: 'i-2', fileName: 'f.csv', delimiter: '' }, new Date(0)),
  poolId: 'p',
  providerId: 'v',
  orgPath: 'hq',
  codeColumn: 'code',
  secretColumn: '',
  importedCount: 0,
  duplicateCount: 0,
};
const line = (fileLine: number, code: string | undefined): NumberedLine => ({
  lineNumber: fileLine - 1,
  line: {
    fileLine,
    cells: code === undefined ? undefined : { code },
    reason: code === undefined ? 'LINE_MALFORMED' : '',
    message: '',
  },
});

it('names every duplicate, its line and where the code was before', () => {
  const lines = [line(2, 'A'), line(3, 'B'), line(4, 'A'), line(5, undefined), line(6, ''), line(7, 'C')];
  const read = readCodes(job, lines, (code) => `digest-${code}`);
  const earlier = new Map([['digest-C', { poolId: 'other', importId: 'i-1', line: 9 }]]);
  const batch = withoutDuplicates(read, earlier);
  expect(batch.fresh.map(({ code, line: at }) => [code, at])).toEqual([
    ['A', 2],
    ['B', 3],
  ]);
  expect(batch.duplicateCount).toBe(2);
  expect(batch.refusals.map(({ line: at, reason }) => [at, reason])).toEqual([
    [5, 'LINE_MALFORMED'],
    [6, 'CODE_MISSING'],
    [4, 'CODE_DUPLICATE'],
    [7, 'CODE_DUPLICATE'],
  ]);
  expect(batch.refusals[2]?.message).toBe('Line 2 of this file has the same code.');
  expect(batch.refusals[3]?.message).toBe('The code came into pool other before, by line 9 of import i-1.');
});
