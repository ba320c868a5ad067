import { decimalText } from '@tidegate/money';
import type { SettlementBatch } from '../domain/batch';
import type { ItemKind, StatementLine } from '../domain/settlement-item';
import { chineseFont } from './woff-font';

/** What a printed statement is made of. */
export interface StatementInput {
  batch: SettlementBatch;
  lines: StatementLine[];
  merchantName: string;
  bankName: string;
  /** IANA zone that times are shown in. */
  timeZone: string;
}

const MARGIN = 40;
const BOTTOM = 800;
const ROW_HEIGHT = 14;
const COLUMNS = [
  { title: '类型 Kind', x: 40, width: 70 },
  { title: '编号 Id', x: 112, width: 178 },
  { title: '门店 Store', x: 292, width: 80 },
  { title: '时间 Time', x: 374, width: 96 },
  { title: '金额 Amount', x: 472, width: 83 },
] as const;

const KIND_NAMES: Record<ItemKind, string> = {
  redemption: '核销',
  reversal: '冲正',
  adjustment: '调整',
  returned_payment: '退汇',
};
const STATE_NAMES: Record<SettlementBatch['state'], string> = {
  open: '汇总中 open',
  prepared: '待复核 prepared',
  released: '已放款 released',
  paid: '已付款 paid',
  rejected: '已拒绝 rejected',
};

/** A batch's statement 对账单 as a PDF in Chinese and English, A4. */
export async function statementPdf(input: StatementInput): Promise<Buffer> {
  // Loaded where it is used: few processes ever print one.
  const { default: PDFDocument } = await import('pdfkit');
  const { batch } = input;
  const document = new PDFDocument({
    size: 'A4',
    margin: MARGIN,
    info: { Title: `Statement ${batch.batchId}`, CreationDate: batch.createdAt },
  });
  const chunks: Buffer[] = [];
  document.on('data', (chunk: Buffer) => chunks.push(chunk));
  const ended = new Promise<void>((resolve, reject) => document.on('end', resolve).on('error', reject));
  document.registerFont('text', chineseFont());
  document.font('text');
  writeHead(document, input);
  writeLines(document, input);
  document.end();
  await ended;
  return Buffer.concat(chunks);
}

function writeHead(document: PDFKit.PDFDocument, { batch, merchantName, bankName }: StatementInput): void {
  const { currency } = batch;
  document.fontSize(16).text('商户结算对账单  Settlement statement', MARGIN, MARGIN);
  document.fontSize(9).moveDown(0.5);
  const rows = [
    ['银行 Bank', bankName],
    ['商户 Merchant', `${merchantName}（${batch.merchantId}）`],
    ['批次 Batch', batch.batchId],
    ['营业日 Business day', batch.businessDate],
    ['状态 State', STATE_NAMES[batch.state]],
    ['笔数 Lines', `核销 ${batch.redemptionCount}，其他 ${batch.correctionCount}`],
    ['应付金额 Amount', `${currency} ${decimalText(batch.amountMinor, currency)}`],
    ...batch.shares.map(({ funder, partyId, amountMinor }) => [
      `承担方 ${funder}`,
      `${partyId}  ${currency} ${decimalText(amountMinor, currency)}`,
    ]),
  ];
  for (const [label = '', value = ''] of rows) {
    document.text(label, MARGIN, document.y, { continued: false, width: 120 });
    document.text(value, MARGIN + 125, document.y - document.currentLineHeight(true), { width: 390 });
  }
  document.moveDown(1);
}

function writeLines(document: PDFKit.PDFDocument, { lines, timeZone }: StatementInput): void {
  const time = new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'medium' });
  document.fontSize(8);
  let y = writeRow(
    document,
    document.y,
    COLUMNS.map(({ title }) => title),
  );
  for (const line of lines) {
    if (y > BOTTOM - ROW_HEIGHT) {
      document.addPage();
      y = writeRow(
        document,
        MARGIN,
        COLUMNS.map(({ title }) => title),
      );
    }
    y = writeRow(document, y, [
      KIND_NAMES[line.kind],
      line.itemId,
      line.note || line.storeId,
      time.format(line.occurredAt),
      decimalText(line.amountMinor, line.currency),
    ]);
  }
}

/** Writes one row and returns where the next one begins. */
function writeRow(document: PDFKit.PDFDocument, y: number, cells: readonly string[]): number {
  for (const [index, { x, width }] of COLUMNS.entries()) {
    const align = index === COLUMNS.length - 1 ? 'right' : 'left';
    document.text(fitting(document, cells[index] ?? '', width - 4), x, y, { width, align, lineBreak: false });
  }
  return y + ROW_HEIGHT;
}

/** As much of the text as the width takes. */
function fitting(document: PDFKit.PDFDocument, text: string, width: number): string {
  if (document.widthOfString(text) <= width) return text;
  const kept = [...text];
  while (kept.length > 0 && document.widthOfString(`${kept.join('')}…`) > width) kept.pop();
  return `${kept.join('')}…`;
}
