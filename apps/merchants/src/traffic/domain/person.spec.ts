import fc from 'fast-check';
import { Persons, PROFILES_MAX, withKey, type PersonLink } from './person';

const link = (customerId: string, personKey: string): PersonLink => ({ customerId, personKey, version: 1 });

it('takes profiles of one key for one person, and all others for themselves', () => {
  const persons = new Persons([link('ann', 'k1'), link('bob', 'k1'), link('cy', 'k2')]);
  expect(persons.profilesOf('bob')).toEqual(['bob', 'ann']);
  expect(persons.profilesOf('cy')).toEqual(['cy']);
  expect(persons.profilesOf('dan')).toEqual(['dan']);
  expect([persons.isOne('ann', 'bob'), persons.isOne('ann', 'cy'), persons.isOne('dan', 'dan')]).toEqual([
    true,
    false,
    true,
  ]);
});

it('takes no crowd for a person', () => {
  const crowd = Array.from({ length: PROFILES_MAX + 1 }, (_, index) => link(`c${index}`, 'phone'));
  expect(new Persons(crowd).profilesOf('c1')).toEqual(['c1']);
  expect(new Persons(crowd.slice(1)).profilesOf('c1')).toHaveLength(PROFILES_MAX);
});

it('ends with the highest version, however often and in whatever order it is told', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 20 }), (versions) => {
      let held: PersonLink | undefined;
      for (const version of versions) held = withKey(held, { customerId: 'a', personKey: `key-${version}`, version });
      const last = Math.max(...versions);
      expect(held).toEqual({ customerId: 'a', personKey: `key-${last}`, version: last });
    }),
  );
});
