import fc from 'fast-check';
import { aStock } from '../../testing/stock.factory';
import { createLink, newSharer, noteClaim, requireLink, rewardIdOf, type ShareLink, type Sharer } from './share-link';

const NOW = new Date('2026-03-02T02:00:00Z');
const DAY_MS = 24 * 3_600_000;
const REWARD = { kind: 'points', points: 5, pointsValidMonths: 12, stockId: '' };
const shareable = (terms = {}, overrides = {}) =>
  aStock({
    isShareable: true,
    shareTerms: {
      linkValidSeconds: 3_600,
      linksPerCustomerMax: 2,
      sharerReward: REWARD,
      sharerRewardsMax: 3,
      ...terms,
    },
    ...overrides,
  });
const ANN = newSharer('spring-red-packet', 'ann');
const alone = (sharer: Sharer) => ({ sharer, others: [] });
const reasonOf = (work: () => unknown): string => {
  try {
    work();
    return 'none';
  } catch (error) {
    return (error as { reason: string }).reason;
  }
};

it('makes links of a shareable stock only, and so many for each customer', () => {
  expect(reasonOf(() => createLink(aStock(), alone(ANN), 'l', NOW))).toBe('NOT_SHAREABLE');
  const { link, sharer } = createLink(shareable(), alone(ANN), 'l-1', NOW);
  expect(link).toMatchObject({ linkId: 'l-1', customerId: 'ann', expiresAt: new Date(NOW.getTime() + 3_600_000) });
  const second = createLink(shareable(), alone(sharer), 'l-2', NOW);
  expect(reasonOf(() => createLink(shareable(), alone(second.sharer), 'l-3', NOW))).toBe('SHARE_LINK_LIMIT_REACHED');
});

it('ends a link with its time and with the claims, and shares before they begin', () => {
  const stock = shareable({ linkValidSeconds: 30 * 24 * 3_600 });
  const early = createLink(stock, alone(ANN), 'l', new Date('2026-02-01T00:00:00Z')).link;
  const late = createLink(stock, alone(ANN), 'l', NOW).link;
  expect(late.expiresAt).toEqual(stock.claimEndsAt);
  expect(reasonOf(() => requireLink(early, new Date(early.expiresAt.getTime() - 1)))).toBe('none');
  expect(reasonOf(() => requireLink(early, early.expiresAt))).toBe('SHARE_LINK_EXPIRED');
  expect(reasonOf(() => createLink(stock, alone(ANN), 'l', stock.claimEndsAt))).toBe('CLAIM_ENDED');
  expect(reasonOf(() => createLink(shareable({}, { state: 'paused' }), alone(ANN), 'l', NOW))).toBe('STOCK_PAUSED');
});

it('lives seven days, twenty for each customer, when the stock says nothing', () => {
  const { link, sharer } = createLink(
    aStock({ isShareable: true, claimEndsAt: new Date('2027-01-01T00:00:00Z') }),
    alone({ ...ANN, linkCount: 19 }),
    'l',
    NOW,
  );
  expect(link.expiresAt.getTime() - NOW.getTime()).toBe(7 * DAY_MS);
  expect(reasonOf(() => createLink(aStock({ isShareable: true }), alone(sharer), 'm', NOW))).toBe(
    'SHARE_LINK_LIMIT_REACHED',
  );
});

it('counts every claim, and rewards each new person once up to the limit', () => {
  const claim = fc.record({ link: fc.nat(1), person: fc.nat(6) });
  fc.assert(
    fc.property(fc.array(claim, { maxLength: 40 }), fc.integer({ min: 0, max: 4 }), (claims, sharerRewardsMax) => {
      const stock = shareable({ sharerRewardsMax });
      const links: ShareLink[] = ['l-0', 'l-1'].map((linkId) => createLink(stock, alone(ANN), linkId, NOW).link);
      let sharer: Sharer = ANN;
      const owed = new Set<string>();
      for (const { link, person } of claims) {
        const claimerId = `p-${person}`;
        const isNew = !owed.has(rewardIdOf(sharer, claimerId));
        const noted = noteClaim({ link: links[link]!, ...alone(sharer) }, { stock, claimerId, isNew }, NOW);
        links[link] = noted.link;
        sharer = noted.sharer;
        if (noted.owed) {
          expect(owed.has(noted.owed.rewardId)).toBe(false);
          owed.add(noted.owed.rewardId);
        }
      }
      const persons = new Set(claims.map(({ person }) => person)).size;
      expect(owed.size).toBe(Math.min(persons, sharerRewardsMax));
      expect(links.reduce((sum, { claimedCount }) => sum + claimedCount, 0)).toBe(claims.length);
      expect(links.reduce((sum, { rewardedCount }) => sum + rewardedCount, 0)).toBe(owed.size);
    }),
  );
});

it('counts both limits over all profiles of the sharer', () => {
  const other = { ...newSharer('spring-red-packet', 'ann-too'), linkCount: 1, rewardedCount: 2 };
  const made = (linkCount: number) =>
    createLink(shareable(), { sharer: { ...ANN, linkCount }, others: [other] }, 'l', NOW);
  const { link, sharer } = made(0);
  expect(sharer.linkCount).toBe(1);
  expect(reasonOf(() => made(1))).toBe('SHARE_LINK_LIMIT_REACHED');
  const noted = (rewardedCount: number) =>
    noteClaim(
      { link, sharer: { ...ANN, rewardedCount }, others: [other] },
      { stock: shareable(), claimerId: 'bob', isNew: true },
      NOW,
    );
  expect([noted(0).sharer.rewardedCount, noted(1).owed]).toEqual([1, undefined]);
});
