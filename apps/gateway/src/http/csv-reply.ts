import { Readable } from 'node:stream';
import type { FastifyReply } from 'fastify';

const NEEDS_QUOTES = /[",\r\n]/;
// A spreadsheet would run such a cell. Source: OWASP, CSV injection.
const IS_FORMULA = /^[=+\-@\t\r]/;

/** One line of a CSV file (RFC 4180) that a spreadsheet opens as text. */
export const csvLine = (cells: readonly (string | number | boolean | Date | undefined)[]): string =>
  `${cells.map((value) => csvCell(value)).join(',')}\r\n`;

function csvCell(value: string | number | boolean | Date | undefined): string {
  if (value === undefined) return '';
  if (value instanceof Date) return value.toISOString();
  if (typeof value !== 'string') return String(value);
  const text = IS_FORMULA.test(value) ? `'${value}` : value;
  return NEEDS_QUOTES.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** A page of a list, and the token of the next one. */
export interface CsvPage {
  lines: string;
  nextPageToken: string;
}

/**
 * Answers with a list of any length, page by page as the reader takes it: one page is held at a time. The first page is read before the answer
 * begins, so that its errors are still problems; a later one cuts the answer off, which the reader notices.
 */
export async function replyCsv(
  reply: FastifyReply,
  fileName: string,
  header: readonly string[],
  read: (pageToken: string) => Promise<CsvPage>,
): Promise<void> {
  const first = await read('');
  async function* text(): AsyncGenerator<string> {
    yield csvLine(header) + first.lines;
    for (let token = first.nextPageToken; token !== '';) {
      const page = await read(token);
      if (page.lines !== '') yield page.lines;
      token = page.nextPageToken;
    }
  }
  await reply
    .header('content-type', 'text/csv; charset=utf-8')
    .header('content-disposition', `attachment; filename="${fileName}"`)
    .send(Readable.from(text(), { objectMode: false, highWaterMark: 64 * 1024 }));
}
