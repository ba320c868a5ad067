import { CapacityBook } from '../../../apps/arbitration/src/domain/capacity-book';
import { compileStrategy, type StrategySnapshot } from '../../../apps/arbitration/src/domain/compile-strategy';
import type { ContactPolicy } from '../../../apps/arbitration/src/domain/contact-policy';
import { NO_PAST, type Contact, type CustomerState } from '../../../apps/arbitration/src/domain/customer-state';
import { levelKey, type EngagementLevel } from '../../../apps/arbitration/src/domain/engagement';
import { compileEngagement } from '../../../apps/arbitration/src/domain/engagement-policy';
import { NOTHING_COUNTED } from '../../../apps/arbitration/src/domain/past-facts';
import { Situation } from '../../../apps/arbitration/src/domain/situation';
import { candidatesOf, type Candidate } from '../../../apps/arbitration/src/domain/strategy';
import { ScarceBook } from '../../../apps/arbitration/src/domain/scarce-book';
import { CHANNELS } from './decide-brief';

const DAY_MS = 86_400_000;
const STRATEGIES = 10;
const ACTIONS_PER_STRATEGY = 20;
const ISSUES = 5;
const GROUPS = 20;
/** A working Monday in March, ten o'clock in Shanghai. */
export const NOW = new Date('2026-03-02T02:00:00Z');

/** A bank of usual size: 200 actions of ten strategies on four channels, each with rules of its own. */
export const snapshots = (): StrategySnapshot[] =>
  Array.from({ length: STRATEGIES }, (_, strategy) => ({
    strategyId: `strategy-${strategy}`,
    version: 1,
    revision: 1,
    orgPath: 'hq',
    state: 'published',
    startsAt: new Date(NOW.getTime() - 30 * DAY_MS),
    endsAt: new Date(NOW.getTime() + 30 * DAY_MS),
    holdoutBasisPoints: 100,
    explorationBasisPoints: 0,
    quota: 0,
    channels: [],
    momentActionIds: [],
    audience: {
      all: [
        { field: 'stage', op: 'in', value: ['honeymoon', 'mature'] },
        { field: 'attributes.balance', op: 'gte', value: strategy * 10 },
      ],
    },
    actions: Array.from({ length: ACTIONS_PER_STRATEGY }, (_, index) => {
      const number = strategy * ACTIONS_PER_STRATEGY + index;
      return {
        actionId: `action-${number}`,
        issue: `issue-${number % ISSUES}`,
        group: `group-${number % GROUPS}`,
        purpose: 'marketing',
        valueMinor: 1_000 + number,
        leverPercent: 100 + (number % 50),
        modelSlot: `slot-${strategy}`,
        eligibility: {
          all: [
            { field: 'attributes.balance', op: 'gte', value: number },
            { field: 'ageYears', op: 'between', value: [18, 75] },
          ],
        },
        applicability: {
          any: [
            { not: { tag: `holds-product-${number}` } },
            { field: 'attributes.job', op: 'in', value: ['management', 'technician'] },
          ],
        },
        suitability: { field: 'attributes.risk', op: 'lte', value: 1 + (number % 5) },
        treatments: CHANNELS.map((channel, place) => ({
          channel,
          title: 'Hello {{customer.externalId}}',
          body: 'A text of usual length for a message to a customer.',
          scriptId: '',
          queue: channel === 'remote_bank' ? 'seats' : '',
          benefitStockId: '',
          contextWeight: 1 + place / 10,
        })),
      };
    }),
    scriptVersions: {},
  }));

export const RULE_CONTEXT = { utcOffsetMinutes: 480, pastFacts: NOTHING_COUNTED };

export const candidates = (): Candidate[] =>
  snapshots().flatMap((snapshot) => candidatesOf(compileStrategy(snapshot, RULE_CONTEXT)));

/** Every kind of policy in force, none of which stops everything. */
export const policy = (): ContactPolicy => ({
  limits: [
    { scope: 'overall', key: '', maxCount: 60, windowDays: 7, window: 'rolling', purpose: 'marketing' },
    { scope: 'overall', key: '', maxCount: 90, windowDays: 0, window: 'calendar_month', purpose: 'marketing' },
    { scope: 'channel', key: '', maxCount: 20, windowDays: 1, window: 'calendar', purpose: 'marketing' },
    { scope: 'channel', key: 'sms', maxCount: 1, windowDays: 7, window: 'rolling', purpose: 'marketing' },
    { scope: 'group', key: '', maxCount: 2, windowDays: 30, window: 'rolling', purpose: 'marketing' },
    { scope: 'overall', key: '', maxCount: 9, windowDays: 1, window: 'calendar', purpose: 'service' },
  ],
  quietHours: CHANNELS.map((channel) => ({
    channel,
    fromMinute: 21 * 60,
    toMinute: 8 * 60,
    isQuietOnHolidays: channel === 'remote_bank',
    mode: 'queue',
    isServiceExempt: true,
  })),
  suppressions: [
    { outcome: 'rejected', count: 1, withinDays: 30, pauseDays: 30, scope: 'action' },
    { outcome: 'dismissed', count: 3, withinDays: 14, pauseDays: 14, scope: 'group' },
  ],
  globalHoldoutBasisPoints: 100,
  timeZone: 'Asia/Shanghai',
  reservationTtlSeconds: 7 * 24 * 3600,
  contextWeights: [{ channel: 'wecom', moment: '', weight: 1.2 }],
  elderAgeYears: 60,
  elderExcludedChannels: ['voice_bot'],
  staffedTag: 'staffed_only',
  decisionRetentionDays: 0,
  version: 1,
});

export function situation(): Situation {
  const levels = new Map<string, EngagementLevel>();
  const put = (scope: 'issue' | 'group', key: string, eligibility: unknown): unknown =>
    levels.set(
      levelKey(scope, key),
      compileEngagement({ scope, key, eligibility, applicability: null, suitability: null, version: 1 }, RULE_CONTEXT),
    );
  for (let issue = 0; issue < ISSUES; issue += 1) {
    put('issue', `issue-${issue}`, { field: 'attributes.isStaff', op: 'ne', value: true });
  }
  for (let group = 0; group < GROUPS; group += 1) {
    put('group', `group-${group}`, { field: 'attributes.risk', op: 'exists', value: true });
  }
  return new Situation(policy(), NOW, levels);
}

export const book = (): ScarceBook =>
  new ScarceBook(CapacityBook.of([{ queue: 'seats', slot: 'd', units: 1e9, reserved: 0, used: 0 }]), new Map());

export const customer = (index: number): CustomerState => ({
  customerId: `customer-${index}`,
  past: NO_PAST,
  facts: {
    externalId: `ext-${index}`,
    orgPath: 'hq/east',
    personKey: `person-${index}`,
    stage: index % 3 ? 'mature' : 'honeymoon',
    birthDate: `19${60 + (index % 40)}-05-20`,
    attributes: {
      balance: 5_000 + index,
      job: index % 2 ? 'management' : 'services',
      risk: 1 + (index % 5),
      isStaff: false,
      housing: index % 2 === 0,
      education: 'tertiary',
      tenureMonths: index % 300,
    },
    tags: Array.from({ length: 5 }, (_, tag) => ({
      tag: `holds-product-${(index + tag * 7) % 200}`,
      value: '',
      validUntil: null,
    })),
    consents: [{ purpose: 'marketing', channel: '*', isGranted: true, changedAt: NOW }],
    hasComplaintHold: false,
    rfm: { recency: 3, frequency: 4, monetary: 5 },
    version: 1,
  },
  writtenThrough: { consents: [], hold: null },
  contacts: Array.from({ length: 12 }, (_, contact) => pastContact(index, contact)),
  outcomes: Array.from({ length: 6 }, (_, outcome) => ({
    outcome: outcome % 2 ? 'dismissed' : 'rejected',
    actionId: `action-${(index + outcome) % 200}`,
    group: `group-${(index + outcome) % GROUPS}`,
    at: new Date(NOW.getTime() - outcome * DAY_MS),
  })),
});

const pastContact = (index: number, contact: number): Contact => ({
  decisionId: `decision-${contact}`,
  strategyId: 'strategy-0',
  actionId: `action-${contact}`,
  channel: CHANNELS[contact % 3] ?? 'app',
  group: `group-${(index + contact) % GROUPS}`,
  purpose: 'marketing',
  at: new Date(NOW.getTime() - contact * DAY_MS),
  isCommitted: true,
  expiresAt: NOW,
  isHuman: false,
  isOpen: false,
});
