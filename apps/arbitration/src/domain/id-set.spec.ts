import fc from 'fast-check';
import { IdSet } from './id-set';

describe('a set of ids', () => {
  it('knows each id once, as an ordinary set does', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ maxLength: 3 }), { maxLength: 200 }), (ids) => {
        const [small, plain] = [new IdSet(ids.length), new Set<string>()];
        for (const id of ids) {
          expect(small.add(id)).toBe(!plain.has(id));
          plain.add(id);
        }
      }),
    );
  });

  it('takes as many as it was made for', () => {
    const set = new IdSet(5_000);
    for (let index = 0; index < 5_000; index += 1) expect(set.add(`customer-${index}`)).toBe(true);
    expect(set.add('customer-7')).toBe(false);
    expect(() => set.add('one more')).toThrow('more ids');
  });
});
