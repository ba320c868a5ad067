import { inflateSync } from 'node:zlib';
import fc from 'fast-check';
import { aBatch, anItem } from '../testing/settlement.factory';
import { merchantLines } from './merchant-csv';
import { statementCsv } from './statement-csv';
import { statementPdf } from './statement-pdf';

const aLine = (overrides: Parameters<typeof anItem>[0] = {}) => ({ ...anItem(overrides), batchId: 'b-1' });

describe('CSV', () => {
  it('has one row per line, with the note quoted', () => {
    const adjusted = aLine({
      itemId: 'adjustment.a-1',
      kind: 'adjustment',
      redemptionId: '',
      amountMinor: -5,
      note: '多收, "退"',
    });
    const text = statementCsv([aLine(), adjusted]).toString('utf8');
    expect(text.split('\r\n')).toEqual([
      '\ufeffline_id,kind,redemption_id,store_id,clerk_id,amount_minor,amount,currency,occurred_at,note',
      'redemption-1,redemption,redemption-1,noodle-bar-1,li-wei,1000,10.00,CNY,2026-11-20T04:00:00.000Z,',
      'adjustment.a-1,adjustment,,noodle-bar-1,li-wei,-5,-0.05,CNY,2026-11-20T04:00:00.000Z,"多收, ""退"""',
      '',
    ]);
  });

  it('cannot make a spreadsheet calculate', () => {
    const text = statementCsv(['=1+1', '-1+cmd', '+1', '@x'].map((note) => aLine({ note }))).toString('utf8');
    expect(text).toContain("'=1+1");
    expect(text).toContain("'-1+cmd");
    expect(text).toContain("'+1");
    expect(text).toContain("'@x");
  });

  it('comes back as it was sent, whatever is in its notes', async () => {
    const notes = fc.array(fc.record({ note: fc.string({ unit: 'binary' }), amountMinor: fc.integer() }), {
      minLength: 1,
    });
    await fc.assert(
      fc.asyncProperty(notes, async (fields) => {
        const lines = fields.map((field, index) => aLine({ ...field, itemId: `r-${index}` }));
        const read = await merchantLines(statementCsv(lines).toString('utf8'));
        expect(read.map(({ lineId, amountMinor }) => [lineId, amountMinor])).toEqual(
          lines.map(({ itemId, amountMinor }) => [itemId, amountMinor]),
        );
      }),
    );
  });

  it.each([
    ['', '1'],
    ['id,amount_minor\nr-1,5\n', '1'],
    ['redemption_id,amount\nr-1,5\n', '1'],
    ['redemption_id,amount_minor\nr-1,5\nr-2,1.5\n', '3'],
    ['redemption_id,amount_minor\n,5\n', '2'],
    ['redemption_id,amount_minor\nr-1,5,6\n', '2'],
    ['redemption_id,amount_minor\nr-1,"5\n', '2'],
  ])('%j is refused with its line', async (content, line) => {
    await expect(merchantLines(content)).rejects.toMatchObject({ reason: 'CSV_INVALID', metadata: { line } });
  });

  it('may have 50,000 lines', async () => {
    const rows = (count: number) => `redemption_id,amount_minor\n${'r,1\n'.repeat(count)}`;
    expect(await merchantLines(rows(50_000))).toHaveLength(50_000);
    await expect(merchantLines(rows(50_001))).rejects.toMatchObject({ reason: 'CSV_INVALID' });
  });
});

/** Everything in a PDF's compressed streams. */
function inflated(pdf: Buffer): string {
  const text = pdf.toString('latin1');
  return [...text.matchAll(/stream\n([^]*?)\nendstream/g)]
    .map(([, stream = '']) => {
      try {
        return inflateSync(Buffer.from(stream, 'latin1')).toString('latin1');
      } catch {
        return '';
      }
    })
    .join('\n');
}

describe('PDF', () => {
  it('embeds the Chinese characters it uses, and no more than it uses', async () => {
    const batch = aBatch({ state: 'released' });
    const lines = Array.from({ length: 200 }, (_, index) => aLine({ itemId: `r-${index}` }));
    const pdf = await statementPdf({
      batch,
      lines,
      merchantName: '上海面馆（南京路店）',
      bankName: '示例银行',
      timeZone: 'Asia/Shanghai',
    });
    expect(pdf.toString('latin1', 0, 5)).toBe('%PDF-');
    expect(pdf.length).toBeLessThan(200_000);
    expect([...pdf.toString('latin1').matchAll(/\/Type \/Page\n/g)].length).toBeGreaterThan(3);
    const content = inflated(pdf).toLowerCase();
    for (const character of '对账单上海面馆示例银行') {
      expect(content).toContain(`<${character.codePointAt(0)!.toString(16).padStart(4, '0')}>`);
    }
  });
});
