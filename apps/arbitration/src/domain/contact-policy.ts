import { MARKETING } from './consent';

export type LimitScope = 'overall' | 'channel' | 'group';
/** rolling: the last n × 24 hours. calendar: today and the n − 1 days before it. The week begins on Monday. All in the policy's zone. */
export type LimitWindow = 'rolling' | 'calendar' | 'calendar_week' | 'calendar_month';

/** At most `maxCount` contacts in a window; without a key it holds for each channel or group by itself. */
export interface ContactLimit {
  scope: LimitScope;
  key: string;
  maxCount: number;
  /** 0 where the window says its own length. */
  windowDays: number;
  window: LimitWindow;
  /** Whose contacts it counts and holds back; '' is marketing. Service messages are counted by limits of their own alone. */
  purpose: string;
}

export interface QuietHours {
  channel: string;
  fromMinute: number;
  toMinute: number;
  isQuietOnHolidays: boolean;
  /** '' is discard. Queue keeps what the bank itself wanted to say until the channel is open again. */
  mode: '' | 'discard' | 'queue';
  isServiceExempt: boolean;
}

/** Multiplies a treatment's own context weight where both names fit; '' fits any. */
export interface ContextWeight {
  channel: string;
  /** Id of a moment rule, or what a pull's context names as its moment. */
  moment: string;
  weight: number;
}

export interface Suppression {
  outcome: string;
  count: number;
  withinDays: number;
  pauseDays: number;
  scope: 'action' | 'group';
}

/** The bank's contact policy 触达频控. */
export interface ContactPolicy {
  limits: ContactLimit[];
  quietHours: QuietHours[];
  suppressions: Suppression[];
  globalHoldoutBasisPoints: number;
  timeZone: string;
  reservationTtlSeconds: number;
  contextWeights: ContextWeight[];
  /** From this age on `elderExcludedChannels` are not used; 0 for no such rule. */
  elderAgeYears: number;
  elderExcludedChannels: string[];
  /** Customers with this tag are promoted to by people alone; '' for no such rule. */
  staffedTag: string;
  /** 0 reads as three years. */
  decisionRetentionDays: number;
  version: number;
}

const DEFAULT_RETENTION_DAYS = 3 * 365;
const DEFAULT_TTL_SECONDS = 7 * 24 * 3600;

/** How long a decision is kept, in days. */
export const retentionDays = ({ decisionRetentionDays }: Pick<ContactPolicy, 'decisionRetentionDays'>): number =>
  decisionRetentionDays || DEFAULT_RETENTION_DAYS;

/** Rules that a policy may have or not. */
export type ContactRule = 'limits' | 'quiet_hours';

/** Which of them this one has. */
export const contactRulesOf = ({ limits, quietHours }: ContactPolicy): ContactRule[] => [
  ...(limits.length > 0 ? (['limits'] as const) : []),
  ...(quietHours.length > 0 ? (['quiet_hours'] as const) : []),
];

const NIGHT = {
  fromMinute: 21 * 60,
  toMinute: 8 * 60,
  isQuietOnHolidays: false,
  mode: 'discard',
  isServiceExempt: false,
} as const;
const ELDER_AGE_YEARS = 60;

/**
 * In force until the bank puts its own: no one is pestered, nights are quiet, a refusal is respected for a month, elders are not called by a
 * machine.
 * Source: Law on the Protection of the Rights and Interests of the Elderly, art. 2 (60 years); State Council General Office, notice 45 of
 * 2020: services by people stay beside automated ones.
 */
export const DEFAULT_CONTACT_POLICY: ContactPolicy = {
  limits: [
    { scope: 'overall', key: '', maxCount: 8, windowDays: 7, window: 'rolling', purpose: MARKETING },
    { scope: 'channel', key: 'app', maxCount: 3, windowDays: 1, window: 'calendar', purpose: MARKETING },
    { scope: 'channel', key: 'sms', maxCount: 2, windowDays: 7, window: 'rolling', purpose: MARKETING },
    { scope: 'channel', key: 'remote_bank', maxCount: 1, windowDays: 7, window: 'rolling', purpose: MARKETING },
    { scope: 'channel', key: 'branch', maxCount: 1, windowDays: 7, window: 'rolling', purpose: MARKETING },
  ],
  quietHours: ['sms', 'wecom', 'voice_bot'].map((channel) => ({ channel, ...NIGHT })),
  suppressions: [{ outcome: 'rejected', count: 1, withinDays: 30, pauseDays: 30, scope: 'action' }],
  globalHoldoutBasisPoints: 0,
  timeZone: 'Asia/Shanghai',
  reservationTtlSeconds: DEFAULT_TTL_SECONDS,
  contextWeights: [],
  elderAgeYears: ELDER_AGE_YEARS,
  elderExcludedChannels: ['voice_bot'],
  staffedTag: 'staffed_only',
  decisionRetentionDays: DEFAULT_RETENTION_DAYS,
  version: 0,
};

/** A policy as it is put in force: how long it reserves is the platform's own word where it does not say. */
export const withDefaults = (policy: ContactPolicy): ContactPolicy => ({
  ...policy,
  reservationTtlSeconds: policy.reservationTtlSeconds || DEFAULT_TTL_SECONDS,
});

/** A stored policy that was put before the platform knew all that it knows now: what it did not say is not in force. */
export const completePolicy = (stored: Partial<ContactPolicy>): ContactPolicy => ({
  ...DEFAULT_CONTACT_POLICY,
  contextWeights: [],
  elderAgeYears: 0,
  elderExcludedChannels: [],
  staffedTag: '',
  ...stored,
  limits: (stored.limits ?? []).map((limit) => ({ ...limit, purpose: limit.purpose ?? '' })),
  quietHours: (stored.quietHours ?? []).map((quiet) => ({
    ...quiet,
    mode: quiet.mode ?? '',
    isServiceExempt: quiet.isServiceExempt ?? false,
  })),
});
