import { parse } from 'csv-parse/sync';
import * as fc from 'fast-check';
import { csvLine } from './csv-reply';

it('writes what a reader of CSV reads back', () => {
  const cell = fc.string().filter((text) => !/^[=+\-@\t\r]/.test(text));
  fc.assert(
    fc.property(fc.array(cell, { minLength: 2, maxLength: 5 }), (cells) => {
      expect(parse(csvLine(cells), { relax_column_count: true, skip_empty_lines: false })).toEqual([cells]);
    }),
  );
});

it('writes no formula, and times in one form', () => {
  const line = csvLine(['=1+1', '@cmd', 'a "b", c', 7, true, undefined, new Date(0)]);
  expect(line).toBe(`'=1+1,'@cmd,"a ""b"", c",7,true,,1970-01-01T00:00:00.000Z\r\n`);
});
