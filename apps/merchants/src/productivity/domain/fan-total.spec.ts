import { fansAt, withFans, type FanTotal } from './fan-total';

const total = (key: string, changes: Record<string, number>): FanTotal => ({
  ...{ kind: 'branch', key, orgPath: key, changes },
});

it('has everybody who was won and not lost up to the end of the month', () => {
  const east = total('hq/east', { '2026-12': 5, '2026-10': 3, '2026-11': -1 });
  const months = ['2026-09', '2026-10', '2026-11', '2026-12', '2027-06'];
  expect(months.map((month) => fansAt(east, month))).toEqual([0, 3, 2, 7, 7]);
});

it('has nobody when more were lost than were heard of', () => {
  expect(fansAt(total('hq/east', { '2026-10': -2 }), '2026-10')).toBe(0);
});

it('gives rows their fans, and what has fans a row', () => {
  const month = '2026-11';
  const counts = { customerCount: 1, activeMerchantCount: 1, transactionCount: 1, redemptionCount: 1 };
  const busy = { month, kind: 'branch', key: 'hq/east', orgPath: 'hq/east', ...counts } as const;
  const totals = [
    total('hq/east', { '2026-10': 2 }),
    total('hq/west', { '2026-10': 1 }),
    total('hq/north', { '2026-12': 1 }),
  ];
  const nothing = { customerCount: 0, activeMerchantCount: 0, transactionCount: 0, redemptionCount: 0 };
  expect(withFans([busy], totals, month)).toEqual([
    { ...busy, fanCount: 2 },
    { ...{ month, kind: 'branch', key: 'hq/west', orgPath: 'hq/west', ...nothing }, fanCount: 1 },
  ]);
  expect(withFans([busy], [], month)).toEqual([{ ...busy, fanCount: 0 }]);
});
