import type { MomentRule } from '../domain/moment-rule';
import { draftStrategy, type Step, type Strategy, type StrategyContent } from '../domain/strategy';
import { EMPTY_MAP } from '../domain/strategy-map';
import type { StrategySnapshot } from '../domain/strategy-snapshot';

export const NOW = new Date('2026-03-02T02:00:00Z');
export const by = (actorId: string, now = NOW): Step => ({ actorId, now });

export const content = (overrides: Partial<StrategyContent> = {}): StrategyContent => ({
  name: 'Deposit by phone',
  segmentId: 'everybody',
  actionIds: ['deposit'],
  channels: [],
  momentRules: [],
  holdoutBasisPoints: 500,
  explorationBasisPoints: 1_000,
  startsAt: null,
  endsAt: null,
  quota: 0,
  ...EMPTY_MAP,
  ...overrides,
});

export const momentRule = (overrides: Partial<MomentRule> = {}): MomentRule => ({
  ruleId: 'outflow',
  kind: 'threshold',
  factType: 'transaction',
  condition: { field: 'event.amount', op: 'gte', value: 10_000 },
  dateField: '',
  offsetDays: 0,
  isYearly: false,
  actionIds: ['deposit'],
  cooldownDays: 0,
  maxAgeSeconds: 0,
  ...overrides,
});

export const strategy = (overrides: Partial<StrategyContent> = {}): Strategy =>
  draftStrategy({ strategyId: 'deposit-by-phone', orgPath: 'hq' }, content(overrides), by('maker'));

export function snapshot(rules: MomentRule[], overrides: Partial<StrategyContent> = {}): StrategySnapshot {
  const { strategyId, orgPath, open } = strategy({ momentRules: rules, ...overrides });
  if (open === null) throw new Error('a new strategy has a draft');
  const compiled = { actions: [], audience: null, momentRules: rules, scriptVersions: {}, segmentVersions: {} };
  return { strategyId, orgPath, version: { ...open, state: 'published', publishedAt: NOW }, compiled, revision: 1 };
}
