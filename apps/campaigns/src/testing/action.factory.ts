import type { Rule } from '@tidegate/rules';
import type { Action, Treatment } from '../domain/action';
import type { Script } from '../domain/script';
import type { Segment } from '../domain/segment';

export const treatment = (overrides: Partial<Treatment> = {}): Treatment => ({
  channel: 'app',
  title: 'A better rate',
  body: 'Dear {{customer.externalId}}, see our deposit.',
  scriptId: '',
  queue: '',
  benefitStockId: '',
  contextWeight: 1,
  ...overrides,
});

export const action = (overrides: Partial<Action> = {}): Action => ({
  actionId: 'deposit',
  name: 'Term deposit',
  issue: 'growth',
  group: 'deposits',
  treatments: [treatment()],
  valueMinor: 100_000,
  currency: 'CNY',
  leverPercent: 100,
  eligibility: null,
  applicability: null,
  suitability: null,
  modelSlot: '',
  purpose: 'marketing',
  orgPath: 'hq',
  version: 1,
  authors: [],
  ...overrides,
});

export const script = (overrides: Partial<Script> = {}): Script => ({
  scriptId: 'call',
  title: 'Deposit call',
  opening: 'Good morning, this is {{agent.name}}.',
  talkingPoints: ['The rate for {{customer.attributes.job}} is fixed.'],
  objections: [{ objection: 'No time', answer: 'When may I call again?' }],
  nextStep: 'Send the link.',
  orgPath: 'hq',
  version: 1,
  authors: [],
  ...overrides,
});

export const segment = (overrides: Partial<Segment> = {}): Segment => ({
  segmentId: 'everybody',
  orgPath: 'hq',
  rule: { all: [] },
  version: 1,
  authors: [],
  ...overrides,
});

/** Segments by id, of their rules. */
export const segmentsOf = (rules: Record<string, Rule>): Map<string, Segment> =>
  new Map(Object.entries(rules).map(([segmentId, rule]) => [segmentId, segment({ segmentId, rule })]));
