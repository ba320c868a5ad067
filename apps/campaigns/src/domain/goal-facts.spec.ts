import fc from 'fast-check';
import type { CustomerFacts } from './customer-facts';
import type { GoalMember } from './goal';
import {
  catchUp,
  FACTS_KEPT_MAX,
  hasJoinedEarlier,
  keepFacts,
  type FeeNews,
  type KeptFacts,
  type OutcomeFactNews,
} from './goal-facts';
import { hear, joinGoal, type GoalNews } from './goal-moves';

const at = (minute: number): Date => new Date(Date.UTC(2026, 2, 2) + minute * 60_000);
const GOAL = { strategyId: 's', successOutcome: 'converted', factType: 'fee-income', currency: 'CNY' };
const NOTHING: KeptFacts = { fees: [], outcomes: [] };
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
const outcomeFactAt = (minute: number, outcome = 'converted', strategyId = 's'): OutcomeFactNews => ({
  kind: 'outcome_fact',
  strategyId,
  customerId: 'c',
  outcome,
  at: at(minute),
});
const recordedAt = (minute: number, outcome: string): GoalNews => ({
  kind: 'outcome',
  strategyId: 's',
  customerId: 'c',
  outcome,
  at: at(minute),
});
const decidedAt = (minute: number): GoalNews => ({ kind: 'treated', strategyId: 's', customerId: 'c', at: at(minute) });

/** As the service hears them: facts are kept, and count at once where there is a member. */
function follow(all: readonly GoalNews[]): GoalMember | null {
  let member: GoalMember | null = null;
  let kept: KeptFacts = NOTHING;
  for (const news of all) {
    if (news.kind === 'fact' || news.kind === 'outcome_fact') {
      kept = keepFacts(kept, [news]);
      member = member && hear(member, news, GOAL);
    } else if (news.kind !== 'balance') {
      const before: GoalMember | null = member;
      const after = hear(before ?? joinGoal('g', customer, news.at), news, GOAL);
      member = hasJoinedEarlier(before, after) ? catchUp(before, after, [...kept.fees, ...kept.outcomes], GOAL) : after;
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

it('takes the success from a fact or from a decision’s outcome, in whatever order they are heard of', () => {
  const minute = fc.integer({ min: 0, max: 20 });
  const name = fc.constantFrom('converted', 'shown');
  const news = fc.oneof(
    minute.map(decidedAt),
    fc.tuple(minute, name).map(([when, outcome]) => recordedAt(when, outcome)),
    fc.tuple(minute, name, fc.constantFrom('s', 'other')).map((told): GoalNews => outcomeFactAt(...told)),
  );
  fc.assert(
    fc.property(fc.array(news, { maxLength: 12 }), (all) => {
      const joined = all
        .filter(({ kind }) => kind !== 'outcome_fact')
        .map((each) => (each as { at: Date }).at.getTime());
      const isSuccess = all.some(
        (each) =>
          (each.kind === 'outcome' && each.outcome === 'converted') ||
          (each.kind === 'outcome_fact' &&
            each.strategyId === 's' &&
            each.outcome === 'converted' &&
            each.at.getTime() >= Math.min(...joined)),
      );
      expect(follow(all)?.isSuccess).toBe(joined.length === 0 ? undefined : isSuccess);
    }),
  );
});

it('counts fees in the goal’s currency, or that name none', () => {
  const fees = [feeAt(2, 700), feeAt(2, 40, 'CNY'), feeAt(2, 9_000, 'USD')];
  expect(follow([decidedAt(1), ...fees])?.feeMinor).toBe(740);
  expect(follow([...fees, decidedAt(1)])?.feeMinor).toBe(740);
});

it('keeps a limited number, the newest', () => {
  const fees = Array.from({ length: FACTS_KEPT_MAX + 5 }, (_, i) => feeAt(i, 1));
  const outcomes = fees.map((_, i) => outcomeFactAt(i));
  const kept = keepFacts({ fees: [feeAt(0, 9)], outcomes: [outcomeFactAt(99)] }, [...outcomes, ...fees, ...outcomes]);
  expect(kept).toEqual({ fees: fees.slice(5), outcomes: outcomes.slice(5) });
});
