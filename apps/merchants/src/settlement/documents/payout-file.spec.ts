import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { memoryPages, validateXML } from 'xmllint-wasm';
import { aBatch, aPayout } from '../testing/settlement.factory';
import { payoutFile } from './payout-file';

const schema = readFileSync(join(__dirname, '../../../../../data/iso20022/pain.001.001.09.xsd'), 'utf8');
const debtor = { name: '示例银行股份有限公司', account: '6222000000000001', bic: 'DEMOCNBJXXX' };

async function errorsOf(xml: string): Promise<string[]> {
  const file = { fileName: 'pain.xml', contents: xml };
  const result = await validateXML({
    xml: [file],
    schema: [schema],
    initialMemoryPages: 256,
    maxMemoryPages: memoryPages.GiB,
  });
  return result.errors.map(({ message }) => message);
}
const release = {
  payoutId: 'p-1',
  payee: { name: '上海面馆', account: '6222021234567890' },
  state: 'released' as const,
};

it('is valid against the schema of ISO 20022, with two currencies, an IBAN and a Chinese name', async () => {
  const batches = [
    aBatch({ ...release, batchId: '2026-11-20.noodle-bar.CNY.1', amountMinor: 123_456 }),
    aBatch({ ...release, batchId: '2026-11-20.tea-house.CNY.1', amountMinor: 7 }),
    aBatch({
      ...release,
      batchId: '2026-11-20.book-shop.JPY.1',
      currency: 'JPY',
      amountMinor: 500,
      payee: { name: 'Book & Shop <Praha>', account: 'CZ6508000000192000145399' },
    }),
  ];
  const xml = await payoutFile(aPayout(), batches, debtor);
  expect(await errorsOf(xml)).toEqual([]);
  expect(xml).toContain('<CtrlSum>1734.63</CtrlSum>');
  expect(xml).toContain('<InstdAmt Ccy="CNY">1234.56</InstdAmt>');
  expect(xml).toContain('<InstdAmt Ccy="JPY">500</InstdAmt>');
  expect(xml).toContain('<IBAN>CZ6508000000192000145399</IBAN>');
  expect(xml).toContain('<Nm>Book &amp; Shop &lt;Praha&gt;</Nm>');
  expect(await payoutFile(aPayout(), batches, debtor)).toBe(xml);
});

it('would be refused by the schema if it were wrong', async () => {
  const xml = await payoutFile(aPayout(), [aBatch(release)], debtor);
  expect(await errorsOf(xml.replace('<PmtMtd>TRF</PmtMtd>', '<PmtMtd>CASH</PmtMtd>'))).not.toEqual([]);
  expect(await errorsOf(xml.replace(/<ReqdExctnDt>[^]*<\/ReqdExctnDt>/, ''))).not.toEqual([]);
});

it('never shortens an account: one that is too long makes no valid file', async () => {
  const payee = { name: 'Noodle Bar', account: '1'.repeat(35) };
  const xml = await payoutFile(aPayout(), [aBatch({ ...release, payee })], debtor);
  expect(xml).toContain(payee.account);
  expect(await errorsOf(xml)).not.toEqual([]);
});

it('names each payment for ever, however long the merchant is called', async () => {
  const longId = 'm'.repeat(40);
  const batchIds = ['2026-11-20', '2026-11-23'].flatMap((date) => [
    `${date}.${longId}.CNY.1`,
    `${date}.${longId}.CNY.2`,
    `${date}.noodle-bar.CNY.1`,
  ]);
  const ids: string[] = [];
  for (const batchId of batchIds) {
    const xml = await payoutFile(aPayout(), [aBatch({ ...release, batchId })], debtor);
    expect(await errorsOf(xml)).toEqual([]);
    expect(xml).toContain(`<Ustrd>${batchId}</Ustrd>`);
    ids.push(/<EndToEndId>(.*)<\/EndToEndId>/.exec(xml)![1]!);
  }
  expect(new Set(ids).size).toBe(batchIds.length);
  expect(ids.map((id) => id.slice(0, 10))).toEqual(batchIds.map((batchId) => batchId.slice(0, 10)));
  expect(ids[2]).toBe(batchIds[2]);
});

it('stays valid whatever merchants are called', async () => {
  const name = fc.string({ unit: 'binary', minLength: 0, maxLength: 200 });
  const names = fc.sample(name, { numRuns: 60, seed: 20_261_123 });
  const batches = names.map((text, index) =>
    aBatch({
      ...release,
      batchId: `2026-11-20.${'m'.repeat(64)}${index}.CNY.1`,
      payee: { name: text, account: '1'.repeat(34) },
    }),
  );
  expect(await errorsOf(await payoutFile(aPayout(), batches, { ...debtor, bic: '' }))).toEqual([]);
});
