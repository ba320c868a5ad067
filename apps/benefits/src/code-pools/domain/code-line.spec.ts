import { readCodeLine } from './code-line';

const columns = { codeColumn: 'code', secretColumn: '' };

it.each([
  [{ code: ' A-1 ' }, columns, { code: 'A-1', secret: '' }],
  [{ code: '', other: 'x' }, columns, { reason: 'CODE_MISSING' }],
  [{}, columns, { reason: 'CODE_MISSING' }],
  [{ code: 'A 1' }, columns, { reason: 'CODE_INVALID' }],
  [{ code: 'A\u00001' }, columns, { reason: 'CODE_INVALID' }],
  [{ code: 'x'.repeat(257) }, columns, { reason: 'CODE_INVALID' }],
  [
    { 卡号: '6001', 卡密: '42' },
    { codeColumn: '卡号', secretColumn: '卡密' },
    { code: '6001', secret: '42' },
  ],
  [{ 卡号: '6001', 卡密: ' ' }, { codeColumn: '卡号', secretColumn: '卡密' }, { reason: 'SECRET_MISSING' }],
])('reads %j', (cells, terms, expected) => {
  expect(readCodeLine(cells, terms)).toMatchObject(expected);
});
