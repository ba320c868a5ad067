import fc from 'fast-check';
import { newLinks, Persons, PROFILES_MAX, type PersonLink } from './person';

const link = (customerId: string, personKey: string, version = 1): PersonLink => ({ customerId, personKey, version });

it('takes profiles of one key for one person, and all others for themselves', () => {
  const persons = new Persons([link('ann', 'k1'), link('bob', 'k1'), link('cy', 'k2')]);
  expect(['bob', 'cy', 'dan'].map((id) => persons.profilesOf(id))).toEqual([['bob', 'ann'], ['cy'], ['dan']]);
  const pairs = [
    ['ann', 'bob'],
    ['ann', 'cy'],
    ['dan', 'dan'],
  ] as const;
  expect(pairs.map(([one, other]) => persons.isOne(one, other))).toEqual([true, false, true]);
  persons.join(['bob', 'dan']);
  expect([...persons.profilesOf('dan')].sort()).toEqual(['ann', 'bob', 'dan']);
});

it('takes no crowd for a person', () => {
  const crowd = Array.from({ length: PROFILES_MAX + 1 }, (_, index) => link(`c${index}`, 'phone'));
  expect(new Persons(crowd).profilesOf('c1')).toEqual(['c1']);
  expect(new Persons(crowd.slice(1)).profilesOf('c1')).toHaveLength(PROFILES_MAX);
});

it('ends with the highest version of each profile, in whatever order and however often it is told', () => {
  const told = fc.array(
    fc.record({ customerId: fc.constantFrom('a', 'b', 'c'), version: fc.integer({ min: 1, max: 9 }) }),
  );
  const withKeys = told.map((each) => each.map(({ customerId, version }) => link(customerId, `k-${version}`, version)));
  const follow = (links: readonly PersonLink[]): Map<string, PersonLink> => {
    const known = new Map<string, PersonLink>();
    for (const one of links) {
      for (const fresh of newLinks([...known.values()], [one])) known.set(fresh.customerId, fresh);
    }
    return known;
  };
  fc.assert(
    fc.property(withKeys, (links) => {
      const atOnce = new Map(newLinks([], links).map((one) => [one.customerId, one]));
      expect(follow([...links].reverse())).toEqual(new Map([...atOnce].reverse()));
      expect(newLinks([...atOnce.values()], links)).toEqual([]);
    }),
  );
});
