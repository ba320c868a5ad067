import { PROFILES_MAX } from '@tidegate/persons';
import fc from 'fast-check';
import { Persons, withKey, type PersonLink } from './person';

// Goal: whoever shares a name, directly or by way of others, is one person, and the last word on a profile holds in whatever order.

const link = (customerId: string, personKey = '', personId = ''): PersonLink => ({
  customerId,
  personKey,
  version: 1,
  personId,
});

it('takes a customer who is not linked for a person of his own', () => {
  const persons = new Persons([link('ann', 'key')]);
  expect(persons.namesOf('bob')).toEqual(['bob']);
  expect(persons.profilesOf('bob')).toEqual(['bob']);
  expect([persons.isOne('bob', 'bob'), persons.isOne('bob', 'ann')]).toEqual([true, false]);
  expect(persons.namesOf('ann')).toEqual(['ann', 'key']);
});

it('joins by what customers tells and by what the bank says, also when a name is itself a customer', () => {
  const persons = new Persons([link('a', 'k1'), link('b', 'k1', 'p'), link('c', 'k2', 'p'), link('d', '', 'a')]);
  for (const customerId of ['a', 'b', 'c', 'd']) {
    expect([...persons.profilesOf(customerId)].sort()).toEqual(['a', 'b', 'c', 'd']);
    expect(persons.namesOf(customerId)[0]).toBe(customerId);
  }
});

it('finds the same persons as walking from name to name does', () => {
  const customerId = fc.integer({ min: 0, max: 7 }).map((n) => `c${n}`);
  const name = fc.oneof(fc.constant(''), fc.constantFrom('k0', 'k1', 'k2', 'k3'), customerId);
  const links = fc.uniqueArray(fc.record({ customerId, personKey: name, personId: name, version: fc.constant(1) }), {
    selector: (each) => each.customerId,
  });
  fc.assert(
    fc.property(links, customerId, (told, start) => {
      const reached = new Set([start]);
      for (let size = 0; size < reached.size;) {
        size = reached.size;
        for (const each of told) {
          const names = [each.customerId, each.personKey, each.personId].filter((one) => one !== '');
          if (names.some((one) => reached.has(one))) names.forEach((one) => reached.add(one));
        }
      }
      expect([...new Persons(told).namesOf(start)].sort()).toEqual([...reached].sort());
    }),
  );
});

it('ends with the highest version, however often and in whatever order it is told, and keeps what the bank says', () => {
  const words = fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 20 });
  fc.assert(
    fc.property(words, (versions) => {
      let held: PersonLink | undefined = { ...link('a', '', 'p'), version: 0 };
      for (const version of versions) held = withKey(held, { customerId: 'a', personKey: `key-${version}`, version });
      const last = Math.max(...versions);
      expect(held).toEqual({ customerId: 'a', personKey: `key-${last}`, version: last, personId: 'p' });
    }),
  );
});

it('takes no crowd for a person', () => {
  const crowd = Array.from({ length: PROFILES_MAX + 1 }, (_, index) => link(`c${index}`, 'phone'));
  expect(() => new Persons(crowd).requirePerson('c0')).toThrow(
    expect.objectContaining({ reason: 'PERSON_PROFILES_TOO_MANY' }),
  );
  expect(() => new Persons(crowd.slice(1)).requirePerson('c1')).not.toThrow();
});
