import type { Definition } from '../../definitions/domain/definition';
import { aDefinition } from '../../definitions/testing/definition.factory';
import type { RewardTerms } from '../../granting/domain/reward-terms';
import type { Activity, ActivityFilter } from '../domain/activity';
import type { GrowthPlan, GrowthTerms } from '../domain/growth-plan';
import type { Mission, MissionStep, MissionTerms } from '../domain/mission';

export const pointsReward = (points: number): RewardTerms => ({
  kind: 'points',
  points,
  pointsValidMonths: 12,
  stockId: '',
});

export const aFilter = (overrides: Partial<ActivityFilter> = {}): ActivityFilter => ({
  activityType: 'transaction',
  operations: [],
  channels: [],
  currency: '',
  amountMinorMin: 0,
  ...overrides,
});

/** 100.00 paid by card. */
export const anActivity = (overrides: Partial<Activity> = {}): Activity => ({
  type: 'transaction',
  customerId: 'c-1',
  amountMinor: 10_000,
  currency: 'CNY',
  operation: 'card_payment',
  channel: 'pos',
  at: new Date('2026-03-02T01:00:00Z'),
  ...overrides,
});

/** Silver at 100, kept with 50; gold at 300, kept with 200; over three months, with a week of grace. */
export const aGrowthPlan = (terms: Partial<GrowthTerms> = {}, definition: Partial<Definition> = {}): GrowthPlan => ({
  definition: aDefinition({ definitionId: 'card-growth', name: 'Card growth 刷卡成长', ...definition }),
  terms: {
    timeZone: 'Asia/Shanghai',
    windowMonths: 3,
    graceDays: 7,
    sources: [
      { filter: aFilter(), growth: 1, stepAmountMinor: 100, growthMaxPerDay: 0 },
      { filter: aFilter({ activityType: 'sign_in' }), growth: 5, stepAmountMinor: 0, growthMaxPerDay: 5 },
    ],
    levels: [
      { name: 'Member', upGrowth: 0, keepGrowth: 0, benefits: [] },
      { name: 'Silver', upGrowth: 100, keepGrowth: 50, benefits: [{ reward: pointsReward(20), every: 'once' }] },
      {
        name: 'Gold',
        upGrowth: 300,
        keepGrowth: 200,
        benefits: [
          { reward: pointsReward(50), every: 'once' },
          { reward: pointsReward(8), every: 'month' },
        ],
      },
    ],
    ...terms,
  },
});

export const aStep = (overrides: Partial<MissionStep> = {}): MissionStep => ({
  name: 'Pay by card',
  filter: aFilter(),
  measure: 'count',
  target: 2,
  rewards: [],
  ...overrides,
});

/** Two card payments for ten points, once. */
export const aMission = (terms: Partial<MissionTerms> = {}, definition: Partial<Definition> = {}): Mission => ({
  definition: aDefinition({ definitionId: 'two-payments', name: 'Two payments 两笔消费', ...definition }),
  terms: {
    timeZone: 'Asia/Shanghai',
    period: 'once',
    steps: [aStep()],
    isChained: false,
    rewards: [pointsReward(10)],
    afterMissionId: '',
    ...terms,
  },
});
