import { fansAt, type FanTotal } from './fan-total';

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
