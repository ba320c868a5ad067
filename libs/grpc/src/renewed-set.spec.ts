import fc from 'fast-check';
import { RenewedSet } from './renewed-set';

it('has what a set has after the same steps', () => {
  const step = fc.record({ isAdded: fc.boolean(), thing: fc.nat(9) });
  fc.assert(
    fc.property(fc.array(step, { maxLength: 500, size: 'max' }), (steps) => {
      const [renewed, plain] = [new RenewedSet<number>(), new Set<number>()];
      for (const { isAdded, thing } of steps) {
        if (isAdded) {
          renewed.add(thing);
          plain.add(thing);
        } else {
          expect(renewed.delete(thing)).toBe(plain.delete(thing));
        }
        expect(renewed.size).toBe(plain.size);
      }
      expect([...renewed]).toEqual([...plain]);
    }),
  );
});
