import { addFacts, counterOf, NO_FACTS } from '@tidegate/rules';
import { aFacts, NOW } from '../testing/decision.factory';
import { compileStrategy, type StrategySnapshot } from './compile-strategy';
import type { PastSeries } from './customer-state';
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
const LOGINS = { type: 'login', windowDays: 30, count: { op: 'gte', value: 1 } } as const;
/** Keeps every counter under one name. */
const CONTEXT = { utcOffsetMinutes: 480, pastFacts: { placeOf: () => ({ name: '1' }) } };
const subject = (age: number) => ruleSubject('c-1', aFacts({ attributes: { age } }));

describe('a compiled strategy', () => {
  it.each([
    ['remote_bank', 'q', ''],
    ['branch', 'q', ''],
    ['merchant', 'q', ''],
    ['webhook', '', 'q'],
    ['app', '', ''],
    ['sms', '', ''],
    ['wecom', '', ''],
    ['voice_bot', '', ''],
  ])('of what names q on %s people work queue %j, and the endpoint is %j', (channel, queue, endpointId) => {
    const [action] = snapshot().actions;
    const actions = [{ ...action!, treatments: [{ ...treatment, channel, queue: 'q' }] }];
    expect(compileStrategy(snapshot({ actions }), CONTEXT).actions[0]?.treatments).toMatchObject([
      { queue, endpointId },
    ]);
  });

  it('answers by its rules, and yes where it has none', () => {
    const strategy = compileStrategy(snapshot(), CONTEXT);
    expect(strategy.isInAudience(subject(1), NOW)).toBe(true);
    expect(strategy.actions[0]?.isEligible(subject(18), NOW)).toBe(true);
    expect(strategy.actions[0]?.isEligible(subject(17), NOW)).toBe(false);
    expect(strategy.actions[0]).toMatchObject({ purpose: 'marketing', treatments: [{ scriptVersion: 4 }, {}, {}] });
  });

  it('keeps only its channels, in its order', () => {
    const channels = compileStrategy(snapshot({ channels: ['branch', 'app'] }), CONTEXT).actions[0]?.treatments;
    expect(channels?.map(({ channel }) => channel)).toEqual(['branch', 'app']);
  });

  it('answers over past facts once they are counted, and says until then that it does not know', () => {
    const strategy = compileStrategy(snapshot({ audience: { not: { events: LOGINS } } }), CONTEXT);
    const logins = addFacts(NO_FACTS, [{ atMs: NOW.getTime(), hash: 1, value: 1 }], counterOf(LOGINS), NOW.getTime());
    const answer = (past: PastSeries): [boolean | undefined, boolean] => {
      const customer = ruleSubject('c-1', aFacts(), past);
      return [strategy.isAudiencePastKnown?.(customer, NOW), strategy.isInAudience(customer, NOW)];
    };
    expect(answer({ series: { 1: logins }, countedNames: [] })[0]).toBe(false);
    expect(answer({ series: {}, countedNames: ['2'] })[0]).toBe(false);
    expect(answer({ series: {}, countedNames: ['1'] })).toEqual([true, true]);
    expect(answer({ series: { 1: logins }, countedNames: ['1'] })).toEqual([true, false]);
    expect(strategy.actions[0]?.isPastKnown).toBeNull();
  });

  it('refuses a rule that is none', () => {
    expect(() => compileStrategy(snapshot({ audience: { field: 'nothing' } }), CONTEXT)).toThrow('audience');
  });

  it('is live between its dates while published', () => {
    const [before, after] = [new Date(NOW.getTime() - 1), new Date(NOW.getTime() + 1)];
    const live = (overrides: Partial<StrategySnapshot>) => isLive(compileStrategy(snapshot(overrides), CONTEXT), NOW);
    expect(live({})).toBe(true);
    expect(live({ startsAt: NOW, endsAt: after })).toBe(true);
    expect(live({ startsAt: after })).toBe(false);
    expect(live({ startsAt: before, endsAt: NOW })).toBe(false);
    expect(live({ state: 'paused' })).toBe(false);
  });
});
