import { Persons } from '@tidegate/persons';
import fc from 'fast-check';
import { newPersons, rowIdOf, tally, type PlacedFact } from './productivity';

const circle = { circleId: 'nanjing-road', name: 'Nanjing Road', orgPath: 'hq/east' };
const aFact = (overrides: Partial<PlacedFact> = {}): PlacedFact => ({
  ...{ kind: 'redemption', customerId: 'c-1', merchantId: 'noodle-bar', orgPath: 'hq/east/shanghai', circle },
  month: '2026-11',
  ...overrides,
});

it('counts a fact in its unit, in all above it and in its circle', () => {
  const rows = tally([aFact()]);
  expect([...rows.keys()]).toEqual([
    '2026-11|head_office|hq',
    '2026-11|branch|hq/east',
    '2026-11|sub_branch|hq/east/shanghai',
    '2026-11|circle|nanjing-road',
  ]);
  for (const { redemptionCount, customerIds } of rows.values()) {
    expect([redemptionCount, [...customerIds]]).toEqual([1, ['c-1']]);
  }
  expect(rows.get('2026-11|circle|nanjing-road')?.row.orgPath).toBe('hq/east');
});

it('calls a merchant active that sold, not one that was followed', () => {
  const row = tally([aFact({ kind: 'fan_won', circle: null }), aFact({ kind: 'transaction', merchantId: '' })]);
  expect(row.get('2026-11|branch|hq/east')).toMatchObject({
    transactionCount: 1,
    fanChange: 1,
    merchantIds: new Set(),
  });
});

it('takes reversals off, and calls nobody a customer who only unfollowed', () => {
  const facts = [aFact(), aFact(), aFact({ kind: 'reversal' }), aFact({ kind: 'fan_lost', customerId: 'c-2' })];
  expect(tally(facts).get('2026-11|branch|hq/east')).toMatchObject({
    ...{ redemptionCount: 1, fanChange: -1, customerIds: new Set(['c-1']) },
  });
});

it('adds up: a unit has what its parts have, and each customer once', () => {
  const fact = fc.record({
    kind: fc.constantFrom<PlacedFact['kind']>('transaction', 'redemption', 'fan_won', 'fan_lost'),
    customerId: fc.constantFrom('c-1', 'c-2', 'c-3'),
    merchantId: fc.constantFrom('', 'm-1', 'm-2'),
    orgPath: fc.constantFrom('hq/east/a', 'hq/east/b', 'hq/west/c'),
  });
  fc.assert(
    fc.property(fc.array(fact), (facts) => {
      const placed = facts.map((each) => aFact({ ...each, circle: null }));
      const rows = tally(placed);
      const at = (key: string, kind: string) => rows.get(rowIdOf({ month: '2026-11', kind: kind as never, key }));
      const sum = (keys: string[]) =>
        keys.reduce((total, key) => total + (at(key, 'sub_branch')?.redemptionCount ?? 0), 0);
      expect(at('hq/east', 'branch')?.redemptionCount ?? 0).toBe(sum(['hq/east/a', 'hq/east/b']));
      const all = at('hq', 'head_office');
      expect(all?.customerIds ?? new Set()).toEqual(
        new Set(placed.flatMap(({ kind, customerId }) => (kind === 'fan_lost' ? [] : customerId))),
      );
      const won = placed.filter(({ kind }) => kind === 'fan_won').length;
      const lost = placed.filter(({ kind }) => kind === 'fan_lost').length;
      expect(all?.fanChange ?? 0).toBe(won - lost);
    }),
  );
});

it('counts a person once in a row, under whichever profile and in however many batches', () => {
  const customerId = fc.integer({ min: 0, max: 7 });
  const batches = fc.array(fc.uniqueArray(customerId), { maxLength: 5 });
  fc.assert(
    fc.property(batches, fc.array(fc.nat(3), { minLength: 8, maxLength: 8 }), (told, keys) => {
      const links = keys.map((key, index) => ({ customerId: `c-${index}`, personKey: `k-${key}`, version: 1 }));
      const persons = new Persons(links);
      const counted = new Set<string>();
      for (const batch of told) {
        const customerIds = batch.map((index) => `c-${index}`);
        for (const one of newPersons(customerIds, (id) => counted.has(id), persons)) counted.add(one);
      }
      expect(counted.size).toBe(new Set(told.flat().map((index) => keys[index])).size);
    }),
  );
});
