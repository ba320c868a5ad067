import { account } from '../../domain/ledger';
import { FUNDERS } from '../../domain/stock';
import { pointsAccounts } from '../../points/domain/points-entry';
import { CHART, classOf } from './chart';

it('has every class that something is posted to, and no other', () => {
  const { budget, expired, cost, ...plain } = account;
  const byFunder = [budget, expired, cost].flatMap((accountOf) => FUNDERS.map((funder) => accountOf(funder, 'party')));
  const others = [...Object.values(plain), ...Object.values(pointsAccounts)].map((accountOf) => accountOf('owner'));
  const used = [...byFunder, ...others].map(classOf);
  expect(new Set(used).size).toBe(used.length);
  expect(CHART.map(({ name }) => name).sort()).toEqual(used.sort());
});
