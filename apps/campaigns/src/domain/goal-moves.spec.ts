import * as fc from 'fast-check';
import type { CustomerFacts } from './customer-facts';
import { contributionOf, isCounted, withMoves, type Goal, type GoalMember } from './goal';
import { hear, joinGoal, type GoalNews } from './goal-moves';

const NOW = new Date('2026-03-02T02:00:00Z');
const at = (minute: number): Date => new Date(NOW.getTime() + minute * 60_000);
const goal: Goal = {
  goalId: 'g',
  name: 'East',
  strategyId: 's',
  orgPath: 'hq',
  kind: 'customers',
  targetAmount: 10,
  currency: '',
  startsAt: NOW,
  endsAt: at(10_000),
  successOutcome: 'converted',
  factType: '',
  version: 1,
  achievedAmount: 0,
  memberCount: 0,
  updatedAt: NOW,
};
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
const of = { strategyId: 's', customerId: 'c' };
const decided = (kind: 'treated' | 'retracted', minute = 1): GoalNews => ({ kind, ...of, at: at(minute) });
const told = (outcome: string, minute = 5): GoalNews => ({ kind: 'outcome', ...of, outcome, at: at(minute) });

/** Goal and member after each piece of news, as the service writes them. */
function follow(news: readonly GoalNews[], from: { goal: Goal; member: GoalMember | null } = { goal, member: null }) {
  let { goal: current, member } = from;
  for (const each of news) {
    const joined = member ?? joinGoal('g', customer, each.at);
    const after = hear(joined, each, current);
    current = withMoves(current, [{ before: member, after }], NOW);
    member = after;
  }
  return { goal: current, member: member! };
}
const countsOf = (news: readonly GoalNews[]) => {
  const { memberCount, achievedAmount } = follow(news).goal;
  return [memberCount, achievedAmount];
};

describe('a member of a goal', () => {
  it('goes when its only decision is retracted, also before that is told of', () => {
    expect(countsOf([decided('treated')])).toEqual([1, 0]);
    expect(countsOf([decided('treated'), decided('retracted')])).toEqual([0, 0]);
    expect(countsOf([decided('retracted')])).toEqual([0, 0]);
    expect(countsOf([decided('retracted'), decided('treated')])).toEqual([0, 0]);
    // What was not delivered is told as released.
    expect(countsOf([decided('treated'), told('released'), decided('retracted')])).toEqual([0, 0]);
    expect(countsOf([decided('treated'), decided('retracted'), decided('treated', 9)])).toEqual([1, 0]);
  });

  it('stays for another decision, and for what came of one, with what it brought', () => {
    expect(countsOf([decided('treated'), decided('treated', 9), decided('retracted')])).toEqual([1, 0]);
    expect(countsOf([decided('treated'), told('converted'), decided('retracted')])).toEqual([1, 1]);
    expect(countsOf([decided('treated'), told('shown'), decided('retracted')])).toEqual([1, 0]);
  });

  it('takes with it what it brought', () => {
    const fact: GoalNews = {
      kind: 'fact',
      customerId: 'c',
      factType: 'fee',
      amountMinor: 700,
      currency: '',
      at: at(3),
    };
    const fees = { ...goal, kind: 'fee_income' as const, factType: 'fee' };
    const before = follow([decided('treated'), fact], { goal: fees, member: null });
    expect(before.goal).toMatchObject({ memberCount: 1, achievedAmount: 700 });
    const after = follow([decided('retracted')], before);
    expect(after.goal).toMatchObject({ memberCount: 0, achievedAmount: 0 });
    expect(contributionOf('fee_income', after.member)).toBe(0);
  });

  it('of before decisions were counted stays', () => {
    const { treatedCount: _count, hasOutcome: _outcome, ...older } = follow([decided('treated')]).member;
    const before = { goal: { ...goal, memberCount: 1 }, member: older };
    expect(follow([decided('retracted')], before).goal.memberCount).toBe(1);
    expect(follow([decided('treated', 9), decided('retracted', 9)], before).goal.memberCount).toBe(1);
  });

  it('ends the same in whichever order all is told', () => {
    const news = [
      decided('treated', 1),
      decided('treated', 2),
      decided('retracted', 1),
      decided('retracted', 2),
      told('shown', 3),
      told('released', 4),
    ];
    const some = fc.subarray(news).filter((picked) => picked.length > 0);
    const cases = some.chain((picked) =>
      fc.tuple(fc.constant(picked), fc.shuffledSubarray(picked, { minLength: picked.length })),
    );
    fc.assert(
      fc.property(cases, ([inOrder, shuffled]) => {
        const [one, other] = [follow(inOrder), follow(shuffled)];
        expect(other).toEqual(one);
        expect(one.goal.memberCount).toBe(Number(isCounted(one.member)));
      }),
    );
  });
});
