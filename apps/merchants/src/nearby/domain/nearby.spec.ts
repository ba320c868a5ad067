import fc from 'fast-check';
import { collectPage, type NearbyPosition } from './nearby';

it('pages through everything that is kept, once, in order, whatever the page size', async () => {
  const distances = fc.array(fc.integer({ min: 0, max: 20 }), { maxLength: 60 });
  await fc.assert(
    fc.asyncProperty(
      distances,
      fc.integer({ min: 1, max: 7 }),
      fc.integer({ min: 1, max: 5 }),
      async (all, limit, nth) => {
        const found = all
          .map((distanceMeters, index) => ({ id: String(index).padStart(3, '0'), distanceMeters }))
          .sort((a, b) => a.distanceMeters - b.distanceMeters || a.id.localeCompare(b.id));
        const isAfter = (each: NearbyPosition, at: NearbyPosition) =>
          each.distanceMeters > at.distanceMeters || (each.distanceMeters === at.distanceMeters && each.id > at.id);
        const read = (after: NearbyPosition | null, count: number) =>
          Promise.resolve(found.filter((each) => !after || isAfter(each, after)).slice(0, count));
        const isKept = ({ id }: { id: string }) => Number(id) % nth === 0;
        const seen: string[] = [];
        let at: NearbyPosition | null = null;
        do {
          const page: Awaited<ReturnType<typeof collectPage<{ id: string }, { id: string }>>> = await collectPage(
            at,
            limit,
            read,
            {
              positionOf: ({ id, distanceMeters }) => ({ id, distanceMeters }),
              keep: (rows) => Promise.resolve(rows.map((row) => (isKept(row) ? row : null))),
            },
          );
          expect(page.items.length).toBeLessThanOrEqual(limit);
          seen.push(...page.items.map(({ id }) => id));
          at = page.next;
        } while (at);
        expect(seen).toEqual(found.filter(isKept).map(({ id }) => id));
      },
    ),
  );
});
