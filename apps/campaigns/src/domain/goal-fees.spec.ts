import fc from 'fast-check';
import type { CustomerFacts } from './customer-facts';
import type { GoalMember } from './goal';
import { catchUp, FEES_KEPT_MAX, hasJoinedEarlier, keepFees, type FeeNews } from './goal-fees';
import { hear, joinGoal, type GoalNews } from './goal-moves';

const at = (minute: number): Date => new Date(Date.UTC(2026, 2, 2) + minute * 60_000);
const GOAL = { successOutcome: '', factType: 'fee-income', currency: 'CNY' };
const customer: CustomerFacts = {
  customerId: 'c',
  externalId: '',
  orgPath: 'hq',
  stage: '',
  birthDate: null,
  attributes: {},
  tags: [],
  rfm: null,
  version: 1,
};
const feeAt = (minute: number, amountMinor: number, currency = ''): FeeNews => ({
  kind: 'fact',
  customerId: 'c',
  factType: 'fee-income',
  amountMinor,
  currency,
  at: at(minute),
});
const decidedAt = (minute: number): GoalNews => ({ kind: 'treated', strategyId: 's', customerId: 'c', at: at(minute) });

/** As the service hears them: fees are kept, and count at once where there is a member. */
function follow(all: readonly GoalNews[]): GoalMember | null {
  let member: GoalMember | null = null;
  let kept: FeeNews[] = [];
  for (const news of all) {
    if (news.kind === 'fact') {
      kept = keepFees(kept, [news]);
      member = member && hear(member, news, GOAL);
    } else if (news.kind === 'treated') {
      const before: GoalMember | null = member;
      const after = hear(before ?? joinGoal('g', customer, news.at), news, GOAL);
      member = hasJoinedEarlier(before, after) ? catchUp(before, after, kept, GOAL) : after;
    }
  }
  return member;
}

it('counts each fee since the earliest decision once, in whatever order they are heard of', () => {
  const minute = fc.integer({ min: 0, max: 20 });
  const news = fc.oneof(
    fc.tuple(minute, fc.integer({ min: -50, max: 100 })).map(([when, amount]): GoalNews => feeAt(when, amount)),
    minute.map(decidedAt),
  );
  const story = fc.array(news, { maxLength: 12 });
  fc.assert(
    fc.property(story, (all) => {
      const decisions = all.filter(({ kind }) => kind === 'treated').map((each) => (each as { at: Date }).at.getTime());
      const fees = all.filter((each): each is FeeNews => each.kind === 'fact');
      const since = fees.filter((fee) => fee.at.getTime() >= Math.min(...decisions));
      const expected =
        decisions.length === 0 ? undefined : since.reduce((sum, { amountMinor }) => sum + amountMinor, 0);
      expect(follow(all)?.feeMinor).toBe(expected);
    }),
  );
});

it('counts fees in the goal’s currency, or that name none', () => {
  const fees = [feeAt(2, 700), feeAt(2, 40, 'CNY'), feeAt(2, 9_000, 'USD')];
  expect(follow([decidedAt(1), ...fees])?.feeMinor).toBe(740);
  expect(follow([...fees, decidedAt(1)])?.feeMinor).toBe(740);
});

it('keeps a limited number, the newest', () => {
  const many = Array.from({ length: FEES_KEPT_MAX + 5 }, (_, i) => feeAt(i, 1));
  const kept = keepFees([feeAt(0, 9)], many);
  expect(kept).toHaveLength(FEES_KEPT_MAX);
  expect(kept.at(-1)).toBe(many.at(-1));
});
