import type { EvaluationPlan } from '@tidegate/contracts/campaigns/v1/campaigns';
import type { EffectInput } from './effect';
import { evaluate } from './evaluation';

const NOW = new Date('2026-03-02T00:00:00Z');
const plan = (overrides: Partial<EvaluationPlan> = {}): EvaluationPlan => ({
  successOutcome: 'converted',
  windowDays: 14,
  minGroupSize: 70,
  expectedLiftBasisPoints: 500,
  reviewAt: undefined,
  ...overrides,
});
// 0.2, from 0.0524 to 0.3339.
const input: EffectInput = {
  treated: { count: 70, knownCount: 70, successCount: 56 },
  control: { count: 80, knownCount: 80, successCount: 48 },
  plannedControlShare: 0.5,
  outcome: 'converted',
};
const judged = (overrides: Partial<EvaluationPlan> = {}, ripe = input, all = ripe) =>
  evaluate(plan(overrides), { all, ripe }, NOW);

describe('an evaluation plan', () => {
  it.each([
    ['reached', 524],
    ['open', 525],
    ['open', 3_338],
    ['missed', 3_340],
  ])('is %s when %i basis points are expected', (verdict, expectedLiftBasisPoints) => {
    expect(judged({ expectedLiftBasisPoints })).toMatchObject({
      verdict,
      expectedLift: expectedLiftBasisPoints / 10_000,
    });
  });

  it('says nothing of groups smaller than planned, nor of what no fact tells', () => {
    expect(judged({ minGroupSize: 71 })).toMatchObject({ verdict: 'too_few' });
    expect(judged({ minGroupSize: 71 }).explanation).toContain('70 treated and 80 of the control group');
    const silent = { ...input, control: { count: 80, knownCount: 0, successCount: 0 } };
    expect(judged({}, silent).verdict).toBe('unknown');
  });

  it('says nothing of those whose window is not over, but how many they are', () => {
    const none = { count: 0, knownCount: 0, successCount: 0 };
    const fresh: EffectInput = {
      ...input,
      treated: { count: 1_000, knownCount: 0, successCount: 0 },
      control: { count: 1_000, knownCount: 1, successCount: 1 },
    };
    expect(judged({}, fresh).verdict).toBe('missed');
    const early = judged({}, { ...input, treated: none, control: none }, fresh);
    expect(early).toMatchObject({ verdict: 'too_few', unripeCount: 2_000 });
    expect(early.explanation).toContain('0 treated and 0 of the control group');
    expect(early.explanation).toContain('Of 2000 more customers the 14 days are not over yet.');
    const later = judged({ expectedLiftBasisPoints: 524 }, input, fresh);
    expect(later).toMatchObject({ verdict: 'reached', unripeCount: 1_850 });
    expect(judged().explanation).not.toContain('more customers');
  });

  it('says when the review is due', () => {
    expect(judged({ reviewAt: NOW })).toMatchObject({ isReviewDue: true });
    expect(judged({ reviewAt: NOW }).explanation).toContain('The review is due.');
    expect(judged({ reviewAt: new Date(NOW.getTime() + 1) }).isReviewDue).toBe(false);
  });
});
