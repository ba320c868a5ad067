import fc from 'fast-check';
import { TakerSet } from './taker-set';

// Goal: nobody who claimed is ever taken for one who did not.

it('has every customer it was made of', () => {
  fc.assert(
    fc.property(fc.array(fc.string({ unit: 'binary' })), (customerIds) => {
      const takers = new TakerSet(customerIds);
      expect(customerIds.every((customerId) => takers.has(customerId))).toBe(true);
    }),
  );
});

it('has hardly anybody else', () => {
  const takers = new TakerSet(Array.from({ length: 10_000 }, (_, index) => `winner-${index}`));
  const taken = Array.from({ length: 10_000 }, (_, index) => `late-${index}`).filter((id) => takers.has(id));
  expect(taken.length).toBeLessThan(10);
  expect(new TakerSet([]).has('anybody')).toBe(false);
});
