import { join } from 'node:path';
import { branchPathOf, clientsCsv, subBranchPathOf } from './berka-customers';
import { holdingEvents, transactionEvents } from './berka-events';
import { readBerkaFiles } from './berka-files';
import { parseTable } from './csv-table';
import { momentThresholds, SALARY_OPERATION } from './moment-thresholds';

const files = readBerkaFiles(join(__dirname, '..', '..', '..', 'data', 'berka'));

describe('the Berka data set', () => {
  it('is whole', () => {
    const { districts, clients, dispositions, accounts, cards, loans, transactions } = files;
    expect([districts, clients, dispositions, accounts, cards, loans, transactions].map((rows) => rows.length)).toEqual([
      77, 5_369, 5_369, 4_500, 202, 682, 30_200,
    ]);
  });

  it('becomes one line per client, at a sub-branch of its district', () => {
    const rows = parseTable(clientsCsv(files), ',');
    expect(rows).toHaveLength(5_369);
    expect(rows[0]).toEqual({
      client_id: '1',
      birth_date: '1970-12-13',
      sex: 'female',
      district: 'Pisek',
      sub_branch: 'hq/south-bohemia/pisek',
      account_id: '1',
      account_role: 'owner',
      statements: 'monthly issuance',
    });
    const paths = new Set(files.districts.map(subBranchPathOf));
    expect(rows.filter(({ sub_branch }) => !paths.has(sub_branch ?? ''))).toEqual([]);
    expect([paths.size, new Set(files.districts.map(branchPathOf)).size]).toEqual([77, 8]);
  });

  it('becomes events in order of time, each with an id of its own', () => {
    const [holdings, transactions] = [holdingEvents(files), transactionEvents(files)];
    expect([holdings.length, transactions.length]).toEqual([4_500 + 202 + 682, 30_200]);
    for (const events of [holdings, transactions]) {
      expect(events.map(({ time }) => time)).toEqual(events.map(({ time }) => time).sort());
      expect(new Set(events.map(({ id }) => id)).size).toBe(events.length);
    }
    expect(transactions.find(({ id }) => id === 'transaction-6145')).toEqual({
      specversion: '1.0',
      id: 'transaction-6145',
      source: 'urn:berka:core-bank',
      type: 'transaction',
      subject: 'berka-31',
      time: '1996-07-28T00:00:00Z',
      data: {
        accountId: '25',
        direction: 'credit',
        operation: 'credit in cash',
        purpose: '',
        amountMinor: 90_000,
        balanceMinor: 90_000,
        currency: 'CZK',
      },
    });
  });

  it('has thresholds that few of its own transactions pass', () => {
    const { outflowMinor, salaryMinor } = momentThresholds(files.transactions);
    const outflows = files.transactions.filter(({ direction }) => direction === 'debit');
    const salaries = files.transactions.filter(({ operation }) => operation === SALARY_OPERATION);
    const shareAbove = (all: { amountMinor: number }[], threshold: number): number =>
      all.filter(({ amountMinor }) => amountMinor >= threshold).length / all.length;
    expect(shareAbove(outflows, outflowMinor)).toBeCloseTo(0.02, 2);
    expect(shareAbove(salaries, salaryMinor)).toBeCloseTo(0.2, 1);
  });
});
