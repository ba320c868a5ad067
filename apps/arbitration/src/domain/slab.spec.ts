import fc from 'fast-check';
import { Slab } from './slab';

// Goal: arrays from one piece of memory are as if each had its own.

it('gives arrays of zeros of the length that is asked for, none of which another one writes to', () => {
  const lengths = fc.array(fc.integer({ min: 0, max: 20 }), { maxLength: 30 });
  fc.assert(
    fc.property(lengths, (asked) => {
      const slab = new Slab((length) => new Float64Array(length), 16);
      const taken = asked.map((length, index) => {
        const part = slab.take(length);
        expect([...part]).toEqual(Array.from({ length }, () => 0));
        return part.fill(index + 1);
      });
      taken.forEach((part, index) => expect([...part]).toEqual(Array.from({ length: asked[index]! }, () => index + 1)));
    }),
  );
});
