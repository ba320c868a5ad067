import fc from 'fast-check';
import { countRedemption, takeOff, unheard } from './counted-redemption';
import { tally, type PlacedFact } from './productivity';

const fact: PlacedFact = {
  ...{ kind: 'redemption', customerId: 'c-1', merchantId: 'noodle-bar', orgPath: 'hq', circle: null },
  month: '2026-11',
};

it('counts a redemption once and takes it off once, in whatever order and however often it is told', () => {
  fc.assert(
    fc.property(fc.array(fc.constantFrom('redeemed', 'reversed', 'nowhere')), (told) => {
      let redemption = unheard('r-1');
      const facts: PlacedFact[] = [];
      for (const what of told) {
        const next =
          what === 'reversed' ? takeOff(redemption) : countRedemption(redemption, what === 'redeemed' ? fact : null);
        redemption = next.redemption;
        facts.push(...next.facts);
      }
      const isRedeemed = told.includes('redeemed');
      const row = tally(facts).get('2026-11|head_office|hq');
      expect(row?.redemptionCount ?? 0).toBe(isRedeemed && !told.includes('reversed') ? 1 : 0);
      expect([...(row?.customerIds ?? [])]).toEqual(isRedeemed ? ['c-1'] : []);
    }),
  );
});
