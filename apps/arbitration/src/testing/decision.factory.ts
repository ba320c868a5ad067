import type { Capacity } from '../domain/capacity';
import { CapacityBook } from '../domain/capacity-book';
import { ScarceBook } from '../domain/scarce-book';
import {
  DEFAULT_CONTACT_POLICY,
  type ContactLimit,
  type ContactPolicy,
  type QuietHours,
} from '../domain/contact-policy';
import { unknownCustomer, type Contact, type CustomerFacts, type CustomerState } from '../domain/customer-state';
import { Situation } from '../domain/situation';
import type { DecisionRecord } from '../domain/decision';
import type { Strategy, StrategyAction, Treatment } from '../domain/strategy';

/** A working Monday in March, ten o'clock in Shanghai. */
export const NOW = new Date('2026-03-02T02:00:00Z');
export const DAY_MS = 86_400_000;

export const aFacts = (overrides: Partial<CustomerFacts> = {}): CustomerFacts => ({
  externalId: 'ext-1',
  orgPath: 'hq/east',
  personKey: '',
  stage: 'mature',
  birthDate: '1980-05-20',
  attributes: {},
  tags: [],
  consents: [{ purpose: 'marketing', channel: '*', isGranted: true, changedAt: new Date(NOW.getTime() - DAY_MS) }],
  hasComplaintHold: false,
  rfm: null,
  version: 1,
  ...overrides,
});

export const aCustomer = (overrides: Partial<CustomerState> = {}): CustomerState => ({
  ...unknownCustomer('c-1'),
  facts: aFacts(),
  ...overrides,
});

export const aTreatment = (overrides: Partial<Treatment> = {}): Treatment => ({
  channel: 'app',
  title: 'Title',
  body: 'Body',
  scriptId: '',
  scriptVersion: 0,
  queue: '',
  endpointId: '',
  benefitStockId: '',
  contextWeight: 1,
  quotaUses: [],
  ...overrides,
});

export const anAction = (overrides: Partial<StrategyAction> = {}): StrategyAction => ({
  actionId: 'a-1',
  issue: 'growth',
  group: 'deposits',
  purpose: 'marketing',
  valueMinor: 100,
  leverPercent: 100,
  modelSlot: '',
  isEligible: () => true,
  isApplicable: () => true,
  isSuitable: () => true,
  isPastKnown: null,
  treatments: [aTreatment()],
  ...overrides,
});

export const aStrategy = (overrides: Partial<Strategy> = {}): Strategy => ({
  strategyId: 's-1',
  version: 1,
  revision: 1,
  orgPath: 'hq',
  state: 'published',
  startsAtMs: 0,
  endsAtMs: Infinity,
  holdoutBasisPoints: 0,
  explorationBasisPoints: 0,
  quota: 0,
  isInAudience: () => true,
  isAudiencePastKnown: null,
  actions: [anAction()],
  momentActionIds: new Set(),
  momentRules: [],
  reads: { attributes: [], tags: [], counted: [] },
  ...overrides,
});

/** A policy without any rule, so that a test says the ones it means. */
export const aPolicy = (overrides: Partial<ContactPolicy> = {}): ContactPolicy => ({
  ...DEFAULT_CONTACT_POLICY,
  limits: [],
  quietHours: [],
  suppressions: [],
  elderAgeYears: 0,
  elderExcludedChannels: [],
  staffedTag: '',
  ...overrides,
});

export const aSituation = (policy: ContactPolicy = aPolicy(), now: Date = NOW): Situation => new Situation(policy, now);

export const aLimit = (overrides: Partial<ContactLimit> = {}): ContactLimit => ({
  scope: 'overall',
  key: '',
  maxCount: 1,
  windowDays: 7,
  window: 'rolling',
  purpose: 'marketing',
  ...overrides,
});

/** Never quiet, unless the test says when. */
export const aQuietRule = (overrides: Partial<QuietHours> = {}): QuietHours => ({
  channel: 'app',
  fromMinute: 0,
  toMinute: 0,
  isQuietOnHolidays: false,
  mode: 'discard',
  isServiceExempt: false,
  ...overrides,
});

export const aContact = (overrides: Partial<Contact> = {}): Contact => ({
  decisionId: 'd-0',
  strategyId: 's-1',
  actionId: 'a-1',
  channel: 'app',
  group: 'deposits',
  at: NOW,
  isCommitted: true,
  expiresAt: new Date(NOW.getTime() + DAY_MS),
  isHuman: false,
  isOpen: false,
  ...overrides,
});

export const aBook = (capacities: Partial<Capacity>[] = [], chosen: Record<string, number> = {}): ScarceBook =>
  new ScarceBook(
    CapacityBook.of(
      capacities.map((capacity) => ({ queue: 'rb', slot: '2026-W10', units: 10, reserved: 0, used: 0, ...capacity })),
    ),
    new Map(Object.entries(chosen)),
  );

export const aDecision = (overrides: Partial<DecisionRecord> = {}): DecisionRecord => ({
  decisionId: 'd-1',
  customerId: 'c-1',
  orgPath: 'hq/east',
  mode: 'pull',
  group: 'treated',
  reason: 'CHOSEN',
  strategyId: 's-1',
  strategyVersion: 1,
  actionId: 'a-1',
  actionGroup: 'deposits',
  channel: 'remote_bank',
  title: '',
  body: '',
  queue: 'rb',
  capacitySlot: '2026-W10',
  scriptId: '',
  scriptVersion: 0,
  benefitStockId: '',
  priority: null,
  candidates: [],
  isExploration: false,
  hasQuota: true,
  reservation: 'reserved',
  expiresAt: new Date(NOW.getTime() + DAY_MS),
  outcomes: [],
  modelSlot: '',
  features: null,
  isTaught: false,
  push: null,
  momentId: '',
  factAcceptedAt: null,
  decidedAt: NOW,
  policyVersion: 0,
  factsVersion: 1,
  inputHash: '',
  ...overrides,
});
