import fc from 'fast-check';
import { Persons } from '../../domain/person';
import { issueInstance, type Instance } from '../../domain/instance';
import { balanceAt, emptyAccount, putIn, type PointsAccount } from '../../points/domain/points-account';
import { PointsBatch } from '../../points/domain/points-batch';
import { toLedger } from '../../points/domain/points-entry';
import { aStock } from '../../testing/stock.factory';
import { aBenefit, anExchangeOffer, somePoints } from '../testing/exchange.factory';
import { ExchangeBatch } from './exchange-batch';
import type { ExchangeOffer } from './exchange-offer';
import { GivenSide } from './given-side';

// Goal: whatever the order of commands in one commit, limits hold, and who was refused has what he gave.

const now = new Date('2026-03-02T02:00:00Z');
const CUSTOMERS = ['a', 'b', 'c'] as const;
/** `a` and `b` are profiles of one person. */
const PERSONS = new Persons(
  ['a', 'b'].map((customerId) => ({ customerId, personKey: '', version: 0, personId: 'twins' })),
);
const HELD = 250;
const rich = (customerId: string): PointsAccount =>
  putIn(emptyAccount(customerId), [{ points: HELD, orgPath: 'hq', expiresAt: new Date('2027-01-01Z') }]);
const reasonOf = (work: () => unknown): string => {
  try {
    work();
    return 'done';
  } catch (error) {
    return (error as { reason: string }).reason;
  }
};

function batchOf(instances: Instance[] = []) {
  const points = new PointsBatch(new Map(CUSTOMERS.map((each) => [each, rich(each)])), new Map(), now);
  const given = new GivenSide(points, new Map(instances.map((each) => [each.instanceId, each])), now);
  return { batch: new ExchangeBatch(new Map(), new Map(), given, PERSONS, now), points, given };
}
const opener =
  (batch: ExchangeBatch, offer: ExchangeOffer) =>
  (exchangeId: string, customerId: string, ...instanceIds: string[]) =>
    batch.open({ exchangeId, offer, customerId, instanceIds });

it('never exceeds a limit, and gives back exactly what the refused gave', () => {
  const offer = anExchangeOffer({ dailyLimit: 4, dailyLimitPerCustomer: 2 });
  const step = fc.record({
    customer: fc.constantFrom(...CUSTOMERS),
    id: fc.integer({ min: 0, max: 5 }),
    then: fc.constantFrom('stay', 'granted', 'refused', 'failed'),
  });
  fc.assert(
    fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
      const { batch, points } = batchOf();
      const open = opener(batch, offer);
      for (const { customer, id, then } of steps) {
        const exchangeId = `${customer}-${id}`;
        reasonOf(() => open(exchangeId, customer));
        if (then === 'stay' || !batch.changed.has(exchangeId)) continue;
        const instanceIds = then === 'granted' ? [exchangeId] : [];
        batch.settle(exchangeId, { outcome: then, instanceIds, reason: then === 'granted' ? '' : 'X' } as never);
      }
      const kept = [...batch.changed.values()].filter(({ state }) => state !== 'refused');
      expect(kept.length).toBeLessThanOrEqual(4);
      expect(batch.changedCounts.get('points-for-parking|2026-03-02') ?? 0).toBe(kept.length);
      const left = new Map(points.accounts().map((account) => [account.customerId, balanceAt(account, now)]));
      for (const customer of CUSTOMERS) {
        const used = kept.filter(({ customerId }) => customerId === customer).length;
        expect(left.get(customer) ?? HELD).toBe(HELD - 100 * used);
      }
      for (const person of [['a', 'b'], ['c']]) {
        expect(kept.filter(({ customerId }) => person.includes(customerId)).length).toBeLessThanOrEqual(2);
      }
      const postings = points.entries.flatMap(toLedger).flatMap((transaction) => transaction.postings);
      const sum = postings.reduce(
        (total, { side, amountMinor }) => total + (side === 'debit' ? 1 : -1) * amountMinor,
        0,
      );
      expect(sum).toBe(0);
    }),
    { seed: 5, numRuns: 300 },
  );
});

it('takes a benefit once, though two give it in one commit, and gives points for it at the end', () => {
  const stock = aStock({ stockId: 'coffee' });
  const coffee = issueInstance(stock, { instanceId: 'i', customerId: 'a', requestId: 'r', now });
  const { batch, points, given } = batchOf([coffee]);
  const open = opener(batch, anExchangeOffer({ give: aBenefit('coffee'), get: somePoints(40) }));
  expect([
    reasonOf(() => open('foreign', 'b', 'i')),
    reasonOf(() => open('first', 'a', 'i')),
    reasonOf(() => open('second', 'a', 'i')),
  ]).toEqual(['INSTANCE_NOT_FOUND', 'done', 'INSTANCE_NOT_AVAILABLE']);
  const granted = { outcome: 'granted', instanceIds: [] } as const;
  expect([batch.settle('first', granted).state, batch.settle('first', granted).state]).toEqual(['done', 'done']);
  expect(points.accounts().map((account) => balanceAt(account, now))).toEqual([HELD + 40]);
  expect(given.instancesToSave()).toMatchObject([{ instanceId: 'i', state: 'redeemed', remainingMinor: 0 }]);
  expect(given.changes.map(({ cause }) => cause)).toEqual(['hold', 'commit']);
});

it('takes all benefits of a side or none, each once, and its postings balance, whoever names which', () => {
  const stock = aStock({ stockId: 'coffee' });
  const names = ['i0', 'i1', 'i2', 'i3', 'i4', 'i5', 'i6'];
  const command = fc.record({
    customer: fc.constantFrom('a', 'b'),
    named: fc.uniqueArray(fc.constantFrom(...names), { minLength: 3, maxLength: 3 }),
    then: fc.constantFrom('stay', 'granted', 'refused', 'failed'),
  });
  fc.assert(
    fc.property(fc.array(command, { maxLength: 12 }), (commands) => {
      // Those of even number are a's.
      const all = names.map((instanceId, index) =>
        issueInstance(stock, { instanceId, customerId: index % 2 ? 'b' : 'a', requestId: instanceId, now }),
      );
      const { batch, given, points } = batchOf(all);
      const open = opener(batch, anExchangeOffer({ give: aBenefit('coffee', 3), get: somePoints(40) }));
      let doneCount = 0;
      const expected = new Map(all.map(({ instanceId, customerId }) => [instanceId, { customerId, state: 'issued' }]));
      commands.forEach(({ customer, named, then }, index) => {
        const id = `x-${index}`;
        const isFree = named.every((name) => {
          const { customerId, state } = expected.get(name)!;
          return customerId === customer && state === 'issued';
        });
        expect(reasonOf(() => open(id, customer, ...named)) === 'done').toBe(isFree);
        if (!isFree) return;
        const outcome = { outcome: then, instanceIds: [], reason: then === 'granted' ? '' : 'X' };
        if (then !== 'stay') batch.settle(id, outcome as never);
        if (then === 'granted') doneCount += 1;
        const ends = { granted: 'redeemed', refused: 'issued', stay: 'held', failed: 'held' } as const;
        for (const name of named) expected.set(name, { customerId: customer, state: ends[then as keyof typeof ends] });
      });
      const after = new Map(all.map(({ instanceId, state }) => [instanceId, state]));
      for (const { instanceId, state } of given.instancesToSave()) after.set(instanceId, state);
      expect([...after]).toEqual([...expected].map(([name, { state }]) => [name, state]));
      expect(points.entries.filter(({ points: earned }) => earned > 0)).toHaveLength(doneCount);
      const posted = given.changes.flatMap(({ ledgerTransactions }) => ledgerTransactions);
      expect(new Set(posted.map(({ transactionId }) => transactionId)).size).toBe(posted.length);
      const sumOf = (postings: (typeof posted)[number]['postings']): number =>
        postings.reduce((sum, { side, amountMinor }) => sum + (side === 'debit' ? 1 : -1) * amountMinor, 0);
      expect(posted.every(({ postings }) => sumOf(postings) === 0)).toBe(true);
    }),
    { seed: 7, numRuns: 300 },
  );
});
