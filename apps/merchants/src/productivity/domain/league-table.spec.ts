import { rank, tableOf } from './league-table';
import type { ProductivityRow } from './productivity';

const row = (key: string, redemptionCount: number): ProductivityRow => ({
  ...{ month: '2026-11', kind: 'outlet', key, orgPath: key, redemptionCount },
  ...{ customerCount: 0, activeMerchantCount: 0, transactionCount: 0, fanCount: 0 },
});

it('ranks the best first; equals share a rank', () => {
  const rows = rank([row('c', 5), row('a', 9), row('b', 9), row('d', 1)], 'redemptions');
  expect(rows.map(({ key, rank: place }) => [key, place])).toEqual([
    ['a', 1],
    ['b', 1],
    ['c', 3],
    ['d', 4],
  ]);
  expect(rank(rows, 'fans').map(({ rank: place }) => place)).toEqual([1, 1, 1, 1]);
});

it('has a row for every unit, with nothing where nothing happened, and none for what is no unit', () => {
  const unit = (key: string) => ({ kind: 'outlet' as const, key, orgPath: key });
  const { fanCount: _none, ...busy } = row('busy', 3);
  const { fanCount: _nobody, ...mistyped } = row('mistyped', 9);
  const fans = (key: string, changes: Record<string, number>) => ({ ...unit(key), changes });
  const totals = [fans('loved', { '2026-10': 2, '2026-12': 1 }), fans('busy', { '2026-11': 1 }), fans('no-unit', {})];
  const table = tableOf(['busy', 'loved', 'idle'].map(unit), [mistyped, busy], totals, '2026-11');
  expect(table).toEqual([
    { ...busy, fanCount: 1 },
    { ...row('loved', 0), fanCount: 2 },
    { ...row('idle', 0), fanCount: 0 },
  ]);
  expect(rank(table, 'redemptions').map(({ key, rank: place }) => [key, place])).toEqual([
    ['busy', 1],
    ['idle', 2],
    ['loved', 2],
  ]);
});
