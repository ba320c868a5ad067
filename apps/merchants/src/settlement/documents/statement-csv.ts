import { decimalText } from '@tidegate/money';
import type { StatementLine } from '../domain/settlement-item';

/** The columns, in order; a merchant may send the file back to be reconciled. */
const COLUMNS = [
  'line_id',
  'kind',
  'redemption_id',
  'store_id',
  'clerk_id',
  'amount_minor',
  'amount',
  'currency',
  'occurred_at',
  'note',
] as const;

/** A batch's lines as CSV: RFC 4180, UTF-8 with a byte-order mark, as spreadsheets expect it for Chinese text. */
export function statementCsv(lines: StatementLine[]): Buffer {
  const rows = lines.map((line) => [
    line.itemId,
    line.kind,
    line.redemptionId,
    line.storeId,
    line.clerkId,
    String(line.amountMinor),
    decimalText(line.amountMinor, line.currency),
    line.currency,
    line.occurredAt.toISOString(),
    line.note,
  ]);
  const text = [[...COLUMNS], ...rows].map((cells) => cells.map(cell).join(',')).join('\r\n');
  return Buffer.from(`\ufeff${text}\r\n`, 'utf8');
}

/** Quoted where needed. What a spreadsheet would take for a formula is told by an apostrophe, as OWASP advises for CSV injection. */
function cell(value: string): string {
  const safe = /^[=+@\t\r]/.test(value) || /^-(?!\d+(\.\d+)?$)/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
