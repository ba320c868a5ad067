import fc from 'fast-check';
import { isInGlobalHoldout, isInStrategyHoldout } from './holdout';

const people = Array.from({ length: 20_000 }, (_, index) => `person-${index}`);

describe('holdouts', () => {
  it.each([100, 500, 2000])('keep %i basis points of the people', (basisPoints) => {
    const share = people.filter((person) => isInGlobalHoldout(person, basisPoints)).length / people.length;
    // Five standard deviations of a fair draw.
    const deviation = Math.sqrt(((basisPoints / 10_000) * (1 - basisPoints / 10_000)) / people.length);
    expect(Math.abs(share - basisPoints / 10_000)).toBeLessThan(5 * deviation);
  });

  it('only add people when the share grows', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), fc.nat(5000), fc.nat(5000), (person, strategy, one, other) => {
        const [small, large] = [Math.min(one, other), Math.max(one, other)];
        if (isInStrategyHoldout(person, strategy, small))
          expect(isInStrategyHoldout(person, strategy, large)).toBe(true);
      }),
    );
  });

  it('keep nobody at zero and draw independently for each strategy', () => {
    expect(people.some((person) => isInStrategyHoldout(person, 's', 0))).toBe(false);
    const both = people.filter((p) => isInStrategyHoldout(p, 'a', 2000) && isInStrategyHoldout(p, 'b', 2000)).length;
    expect(both / people.length).toBeGreaterThan(0.03);
    expect(both / people.length).toBeLessThan(0.05);
  });

  it('never change their mind about a person', () => {
    // Written down once: a changed hash would move people between the groups of running tests.
    expect(people.slice(0, 40).filter((person) => isInStrategyHoldout(person, 's-1', 1500))).toMatchInlineSnapshot(`
     [
       "person-9",
       "person-16",
       "person-21",
       "person-27",
       "person-28",
       "person-33",
       "person-37",
     ]
    `);
  });
});
