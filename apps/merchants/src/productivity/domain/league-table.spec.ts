import { rank } from './league-table';
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
