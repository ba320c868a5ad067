import { csvLines } from '@tidegate/csv';
import { DomainError } from '@tidegate/errors';
import type { MerchantLine } from '../domain/reconciliation';

const LINES_MAX = 50_000;
const LINE_ID_LENGTH_MAX = 128;
const AMOUNT = /^-?\d{1,15}$/;

/**
 * A merchant's file: columns line_id (or redemption_id) and amount_minor, others are ignored. Nothing of it is taken when a line is wrong.
 * @throws CSV_INVALID with metadata.line, the header being line 1
 */
export async function merchantLines(content: string): Promise<MerchantLine[]> {
  const lines: MerchantLine[] = [];
  let idColumn = '';
  const onHeader = (columns: string[]): void => {
    idColumn = ['line_id', 'redemption_id'].find((name) => columns.includes(name)) ?? '';
    if (idColumn === '') throw csvInvalid(1, 'The header needs a column line_id or redemption_id.');
    if (!columns.includes('amount_minor')) throw csvInvalid(1, 'The header needs a column amount_minor.');
    if (new Set(columns).size !== columns.length) throw csvInvalid(1, 'The header has a column twice.');
  };
  for await (const { cells, fileLine, message } of csvLines(inOneChunk(content), ',', onHeader)) {
    if (!cells) throw csvInvalid(fileLine, message);
    if (lines.length >= LINES_MAX) throw csvInvalid(fileLine, `The file may have ${LINES_MAX} lines at most.`);
    const lineId = cells[idColumn]?.trim() ?? '';
    const amount = cells.amount_minor?.trim() ?? '';
    if (lineId === '' || lineId.length > LINE_ID_LENGTH_MAX) throw csvInvalid(fileLine, 'The line has no sound id.');
    if (!AMOUNT.test(amount)) throw csvInvalid(fileLine, 'amount_minor must be a whole number.');
    lines.push({ line: fileLine, lineId, amountMinor: Number(amount) });
  }
  return lines;
}

async function* inOneChunk(content: string): AsyncGenerator<Uint8Array> {
  yield Buffer.from(content.replace(/^\ufeff/, ''), 'utf8');
}

const csvInvalid = (line: number, message: string): DomainError =>
  new DomainError({ code: 'INVALID_ARGUMENT', reason: 'CSV_INVALID', message, metadata: { line: String(line) } });
