import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { cell, parseTable } from './csv-table';

/** Part of the lines whose outcomes the bank knew before the campaign. */
const HISTORY_SHARE = 0.4;

/**
 * The UCI Bank Marketing file: the bytes that are uploaded, and the result `y` of each data line, which only this program holds.
 * Lines count from 1.
 */
export interface BankFile {
  content: Buffer;
  lineCount: number;
  /** Lines 1 to this one are the history. */
  historyCount: number;
  hasSubscribed(line: number): boolean;
}

export interface LineRange {
  first: number;
  last: number;
}

export const readBankFile = (folder: string): BankFile => bankFileOf(readFileSync(join(folder, 'bank-full.csv')));

export function bankFileOf(content: Buffer): BankFile {
  const results = parseTable(content.toString('utf8'), ',').map((row) => readResult(cell(row, 'y')));
  return {
    content,
    lineCount: results.length,
    historyCount: Math.floor(results.length * HISTORY_SHARE),
    hasSubscribed: (line) => {
      const result = results[line - 1];
      if (result === undefined) throw new Error(`the bank's file has no data line ${line}`);
      return result;
    },
  };
}

function readResult(y: string): boolean {
  if (y !== 'yes' && y !== 'no') throw new Error('column y of the bank’s file must be yes or no');
  return y === 'yes';
}

/** The lines after the history in the file's order, cut into windows; the last may be shorter. */
export function windowsOf(file: Pick<BankFile, 'lineCount' | 'historyCount'>, size: number): LineRange[] {
  const windows: LineRange[] = [];
  for (let first = file.historyCount + 1; first <= file.lineCount; first += size) {
    windows.push({ first, last: Math.min(first + size - 1, file.lineCount) });
  }
  return windows;
}

const EXTERNAL_ID_PREFIX = 'bm-';

export const bankCustomerOf = (line: number): string => `${EXTERNAL_ID_PREFIX}${line}`;

/** The data line that a customer was imported from. */
export function lineOf(externalId: string): number {
  const line = Number(externalId.slice(EXTERNAL_ID_PREFIX.length));
  if (!externalId.startsWith(EXTERNAL_ID_PREFIX) || !Number.isSafeInteger(line) || line < 1) {
    throw new Error(`${externalId} is not a customer of the bank's file`);
  }
  return line;
}
