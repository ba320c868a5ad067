import fc from 'fast-check';
import { aGrowthPlan, anActivity } from '../testing/growth.factory';
import { emptyGrowth, grow, growthAt, type GrowthAccount } from './growth-account';
import { reviewedAt, reviewLevel, type LevelReview } from './level-review';

const plan = aGrowthPlan();
const at = (text: string): Date => new Date(text);
const march = at('2026-03-02T01:00:00Z');

/** The review of one who has no other profile. */
function review(account: GrowthAccount, now: Date): { account: GrowthAccount; due: LevelReview['due'] } {
  const { accounts, due } = reviewLevel([account], plan, now);
  return { account: accounts[0]!, due };
}
const grown = (account: GrowthAccount, yuan: number, now: Date): GrowthAccount =>
  grow({ account }, plan, anActivity({ amountMinor: yuan * 100, at: now }), now);
/** Growth by a payment and the review that follows. */
const paid = (account: GrowthAccount, yuan: number, now: Date) => review(grown(account, yuan, now), now);
const start = (): GrowthAccount => emptyGrowth('card-growth', 'c-1', march);

it('counts whole steps of amounts and single activities under their daily cap', () => {
  let account = grow({ account: start() }, plan, anActivity({ amountMinor: 12_345 }), march);
  for (const hour of [1, 2, 3]) {
    account = grow(
      { account },
      plan,
      anActivity({ type: 'sign_in', amountMinor: 0, at: at(`2026-03-02T0${hour}:00Z`) }),
      march,
    );
  }
  expect(growthAt(account, plan.terms, march)).toBe(128);
  expect(grow({ account }, plan, anActivity({ type: 'something-else' }), march)).toBe(account);
});

it('gives a person the cap of a day once, under whichever of his profiles', () => {
  const signIn = anActivity({ type: 'sign_in', amountMinor: 0, at: march });
  const other = grow({ account: emptyGrowth('card-growth', 'c-2', march) }, plan, signIn, march);
  expect(growthAt(other, plan.terms, march)).toBe(5);
  expect(grow({ account: start(), others: [other] }, plan, signIn, march)).toEqual(start());
  const nextDay = at('2026-03-03T01:00:00Z');
  const later = grow({ account: start(), others: [other] }, plan, { ...signIn, at: nextDay }, nextDay);
  expect(growthAt(later, plan.terms, nextDay)).toBe(5);
});

it('lifts at once, over several levels, with the benefits of each, and those of the month', () => {
  const { account, due } = paid(start(), 350, march);
  expect(account).toMatchObject({ level: 3, highestLevel: 3, graceEndsAt: null });
  expect(due.map(({ key, reward }) => [key, reward.points])).toEqual([
    ['once|2|0', 20],
    ['once|3|0', 50],
    ['2026-03|3|1', 8],
  ]);
  expect(account.nextReviewAt).toEqual(at('2026-03-31T16:00:00Z'));
  const april = review(account, account.nextReviewAt);
  expect(april.due.map(({ key }) => key)).toEqual(['2026-04|3|1']);
  expect(review(april.account, at('2026-04-15Z')).due).toEqual([]);
});

it('lets a level go only after its grace, to the one that is still kept, and cancels the grace when growth is back', () => {
  const gold = paid(start(), 350, march).account;
  const april = paid(gold, 60, at('2026-04-10Z')).account;
  // In June the growth of March counts no more: 60 is left.
  const june = review(april, at('2026-06-01Z'));
  expect(june.account).toMatchObject({ level: 3, graceEndsAt: at('2026-06-08Z'), nextReviewAt: at('2026-06-08Z') });
  const saved = paid(june.account, 140, at('2026-06-07Z'));
  expect(saved.account).toMatchObject({ level: 3, graceEndsAt: null });

  const lost = review(june.account, at('2026-06-08Z'));
  expect(lost.account).toMatchObject({ level: 2, graceEndsAt: null, highestLevel: 3 });
  expect(lost.due).toEqual([]);
  // Back at gold in the same month: neither the benefits of a first time nor those of the month come again.
  expect(paid(lost.account, 400, at('2026-06-20Z')).due).toEqual([]);
  expect(paid(lost.account, 400, at('2026-07-20Z')).due.map(({ key }) => key)).toEqual(['2026-07|3|1']);
});

it('keeps for ever what a plan without a window counts', () => {
  const endless = aGrowthPlan({ windowMonths: 0 });
  const account = grow({ account: start() }, endless, anActivity({ at: at('2019-01-01Z') }), march);
  expect(growthAt(account, endless.terms, at('2036-01-01Z'))).toBe(100);
});

it('never gives a benefit twice and never moves down without grace, whatever happens when', () => {
  const step = fc.record({ yuan: fc.integer({ min: 0, max: 400 }), days: fc.integer({ min: 0, max: 45 }) });
  fc.assert(
    fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
      let account = start();
      let now = march;
      const keys: string[] = [];
      for (const { yuan, days } of steps) {
        now = new Date(now.getTime() + days * 86_400_000);
        const before = account;
        const reviewed = yuan > 0 ? paid(account, yuan, now) : review(account, now);
        account = reviewed.account;
        keys.push(...reviewed.due.map(({ key }) => key));
        if (account.level < before.level) expect(before.graceEndsAt?.getTime()).toBeLessThanOrEqual(now.getTime());
        const level = plan.terms.levels[account.level - 1];
        const isKept = growthAt(account, plan.terms, now) >= (level?.keepGrowth ?? 0);
        expect(isKept || account.graceEndsAt !== null).toBe(true);
        expect(account.nextReviewAt.getTime()).toBeGreaterThan(now.getTime());
      }
      expect(new Set(keys).size).toBe(keys.length);
    }),
  );
});

it('adds up the growth of a person’s profiles, and gives what neither was given before they were joined', () => {
  const silver = paid(start(), 200, march).account;
  const other = paid(emptyGrowth('card-growth', 'c-2', march), 150, march).account;
  const joined = reviewLevel([silver, other], plan, march);
  // Both had the benefit of silver; that of gold comes once, for the two.
  expect(joined.due.map(({ key }) => key)).toEqual(['once|3|0', '2026-03|3|1']);
  expect(joined.accounts.map(({ customerId, level }) => [customerId, level])).toEqual([
    ['c-1', 3],
    ['c-2', 3],
  ]);
  expect(reviewLevel(joined.accounts.toReversed(), plan, march).due).toEqual([]);
  // Apart again, neither has the growth: both keep the level for the grace, and no benefit comes again.
  const apart = review(joined.accounts[1]!, at('2026-03-20Z'));
  expect(apart).toMatchObject({ account: { level: 3, graceEndsAt: at('2026-03-27Z') }, due: [] });
  const fallen = review(apart.account, at('2026-03-27Z')).account;
  expect(fallen).toMatchObject({ level: 2, highestLevel: 3 });
  expect(paid(fallen, 400, at('2026-03-28Z')).due).toEqual([]);
});

it('judges a person the same, and gives him each benefit once, under whichever profiles he grows', () => {
  const step = fc.record({
    profile: fc.nat(2),
    yuan: fc.integer({ min: 0, max: 250 }),
    days: fc.integer({ min: 0, max: 45 }),
  });
  fc.assert(
    fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
      let [profiles, one] = [[1, 2, 3].map((id) => emptyGrowth('card-growth', `p-${id}`, march)), start()];
      let now = march;
      for (const { profile, yuan, days } of steps) {
        now = new Date(now.getTime() + days * 86_400_000);
        const rest = profiles.filter((_, index) => index !== profile);
        const together = reviewLevel([grown(profiles[profile]!, yuan, now), ...rest], plan, now);
        const alone = paid(one, yuan, now);
        expect(together.due).toEqual(alone.due);
        expect(new Set(together.accounts.map(({ level }) => level))).toEqual(new Set([alone.account.level]));
        one = alone.account;
        profiles = together.accounts.toSorted((a, b) => (a.customerId < b.customerId ? -1 : 1));
      }
    }),
  );
});

it('gives nothing of a month before the one that was reviewed last, and reviews as of no time after the plan', () => {
  const april = at('2026-04-02T01:00:00Z');
  const gold = paid(start(), 400, april);
  expect(gold.due.map(({ key }) => key)).toContain('2026-04|3|1');
  const back = review(gold.account, march);
  expect(back).toMatchObject({ account: { level: 3, benefitMonth: '2026-04' }, due: [] });
  expect(review(back.account, april).due).toEqual([]);
  const ended = aGrowthPlan({}, { validTo: march });
  expect([reviewedAt(ended, april), reviewedAt(plan, april)]).toEqual([new Date(march.getTime() - 1), april]);
});
