import { FactRecorded } from '@tidegate/contracts/customers/v1/customers_events';
import * as fc from 'fast-check';
import { factOfMessage, recordedJson } from './customers.message';
import type { Fact } from './domain/fact';

const facts: fc.Arbitrary<Fact> = fc.record({
  factId: fc.string({ unit: 'grapheme', minLength: 1, maxLength: 40 }).map((id) => `source/${id}`),
  type: fc.constantFrom('transaction', 'card-issued', 'a.b_c'),
  customerId: fc.uuid(),
  occurredAt: fc.date({ min: new Date('1900-01-01'), max: new Date('2100-01-01'), noInvalidDate: true }),
  acceptedAt: fc.date({ min: new Date('2020-01-01'), max: new Date('2100-01-01'), noInvalidDate: true }),
  data: fc.dictionary(fc.string({ minLength: 1 }), fc.jsonValue()).map((data) => JSON.parse(JSON.stringify(data))),
});

it('writes a fact as its message would, whether the data is given as text or not, and reads the same back', () => {
  fc.assert(
    fc.property(facts, (fact) => {
      const json = recordedJson(fact);
      const { type, ...rest } = fact;
      expect(JSON.parse(json)).toEqual(JSON.parse(JSON.stringify(FactRecorded.toJSON({ ...rest, factType: type }))));
      expect(recordedJson(fact, JSON.stringify(fact.data))).toBe(json);
      expect(factOfMessage(FactRecorded.fromJSON(JSON.parse(json)), new Date(0))).toEqual(fact);
    }),
  );
});
