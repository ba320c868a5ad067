import { aFacts, NOW } from '../testing/decision.factory';
import { compileStrategy, type StrategySnapshot } from './compile-strategy';
import { ruleSubject } from './rule-subject';
import { isLive } from './strategy';

const treatment = {
  channel: 'app',
  title: '',
  body: '',
  scriptId: 'k',
  queue: '',
  benefitStockId: '',
  contextWeight: 1,
};
const snapshot = (overrides: Partial<StrategySnapshot> = {}): StrategySnapshot => ({
  strategyId: 's-1',
  version: 3,
  revision: 7,
  orgPath: 'hq',
  state: 'published',
  startsAt: null,
  endsAt: null,
  holdoutBasisPoints: 0,
  explorationBasisPoints: 0,
  quota: 0,
  channels: [],
  momentActionIds: [],
  audience: null,
  actions: [
    {
      actionId: 'a-1',
      group: 'deposits',
      purpose: '',
      valueMinor: 1,
      leverPercent: 0,
      modelSlot: '',
      eligibility: { field: 'attributes.age', op: 'gte', value: 18 },
      applicability: null,
      suitability: null,
      treatments: [treatment, { ...treatment, channel: 'sms' }, { ...treatment, channel: 'branch' }],
    },
  ],
  scriptVersions: { k: 4 },
  ...overrides,
});
const subject = (age: number) => ruleSubject('c-1', aFacts({ attributes: { age } }));

describe('a compiled strategy', () => {
  it('answers by its rules, and yes where it has none', () => {
    const strategy = compileStrategy(snapshot(), 480);
    expect(strategy.isInAudience(subject(1), NOW)).toBe(true);
    expect(strategy.actions[0]?.isEligible(subject(18), NOW)).toBe(true);
    expect(strategy.actions[0]?.isEligible(subject(17), NOW)).toBe(false);
    expect(strategy.actions[0]).toMatchObject({ purpose: 'marketing', treatments: [{ scriptVersion: 4 }, {}, {}] });
  });

  it('keeps only its channels, in its order', () => {
    const channels = compileStrategy(snapshot({ channels: ['branch', 'app'] }), 480).actions[0]?.treatments;
    expect(channels?.map(({ channel }) => channel)).toEqual(['branch', 'app']);
  });

  it('lets nobody pass a rule over past events, not even by its negation', () => {
    const rule = { not: { events: { type: 'login', windowDays: 30, count: { op: 'gte', value: 1 } } } };
    expect(compileStrategy(snapshot({ audience: rule }), 480).isInAudience(subject(30), NOW)).toBe(false);
  });

  it('refuses a rule that is none', () => {
    expect(() => compileStrategy(snapshot({ audience: { field: 'nothing' } }), 480)).toThrow('audience');
  });

  it('is live between its dates while published', () => {
    const [before, after] = [new Date(NOW.getTime() - 1), new Date(NOW.getTime() + 1)];
    const live = (overrides: Partial<StrategySnapshot>) => isLive(compileStrategy(snapshot(overrides), 480), NOW);
    expect(live({})).toBe(true);
    expect(live({ startsAt: NOW, endsAt: after })).toBe(true);
    expect(live({ startsAt: after })).toBe(false);
    expect(live({ startsAt: before, endsAt: NOW })).toBe(false);
    expect(live({ state: 'paused' })).toBe(false);
  });
});
