import fc from 'fast-check';
import { isKnownBy, type FiledFact } from './fact';

// Goal: of any facts of a customer each has one place in the order in which they became known.

const moment = fc.integer({ min: 0, max: 2 }).map((ms) => new Date(ms));
const aFact: fc.Arbitrary<FiledFact> = fc.record({
  factId: fc.constantFrom('a', 'b', 'c', 'd'),
  type: fc.constant('cash'),
  customerId: fc.constant('c-1'),
  occurredAt: moment,
  acceptedAt: moment,
  filedAt: moment,
  data: fc.constant({}),
});

it('orders all facts, and knows each by itself', () => {
  const facts = fc.uniqueArray(aFact, { selector: ({ factId }) => factId });
  fc.assert(
    fc.property(facts, (all) => {
      // As many are known by a fact as its place says: a total order without ties.
      const places = all.map((fact) => all.filter((other) => isKnownBy(other, fact)).length);
      expect(places.sort()).toEqual(all.map((_, index) => index + 1));
    }),
  );
});

it('goes by when they were filed, whatever was accepted or happened before', () => {
  fc.assert(
    fc.property(aFact, aFact, (fact, other) => {
      fc.pre(fact.filedAt < other.filedAt);
      expect([isKnownBy(fact, other), isKnownBy(other, fact)]).toEqual([true, false]);
    }),
  );
});
