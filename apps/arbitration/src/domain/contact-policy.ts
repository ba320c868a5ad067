import { invalid, type FieldViolation } from '@tidegate/errors';
import { isTimeZone } from './local-time';

export type LimitScope = 'overall' | 'channel' | 'group';

/** At most `maxCount` contacts in a window; without a key it holds for each channel or group by itself. */
export interface ContactLimit {
  scope: LimitScope;
  key: string;
  maxCount: number;
  windowDays: number;
  /** rolling: the last n × 24 hours. calendar: today and the n − 1 days before it, in the policy's zone. */
  window: 'rolling' | 'calendar';
}

export interface QuietHours {
  channel: string;
  fromMinute: number;
  toMinute: number;
  isQuietOnHolidays: boolean;
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
  version: number;
}

const NIGHT = { fromMinute: 21 * 60, toMinute: 8 * 60, isQuietOnHolidays: false };

/** In force until the bank puts its own: no one is pestered, nights are quiet, a refusal is respected for a month. */
export const DEFAULT_CONTACT_POLICY: ContactPolicy = {
  limits: [
    { scope: 'overall', key: '', maxCount: 8, windowDays: 7, window: 'rolling' },
    { scope: 'channel', key: 'app', maxCount: 3, windowDays: 1, window: 'calendar' },
    { scope: 'channel', key: 'sms', maxCount: 2, windowDays: 7, window: 'rolling' },
    { scope: 'channel', key: 'remote_bank', maxCount: 1, windowDays: 7, window: 'rolling' },
    { scope: 'channel', key: 'branch', maxCount: 1, windowDays: 7, window: 'rolling' },
  ],
  quietHours: ['sms', 'wecom', 'voice_bot'].map((channel) => ({ channel, ...NIGHT })),
  suppressions: [{ outcome: 'rejected', count: 1, withinDays: 30, pauseDays: 30, scope: 'action' }],
  globalHoldoutBasisPoints: 0,
  timeZone: 'Asia/Shanghai',
  reservationTtlSeconds: 7 * 24 * 3600,
  version: 0,
};

const WINDOW_DAYS_MAX = 366;
const COUNT_MAX = 200;

/**
 * Checks what the shapes cannot say: one limit for each scope, key and window, known zone, keys where they mean something.
 * @throws VALIDATION_FAILED
 */
export function checkContactPolicy(policy: ContactPolicy): void {
  const violations: FieldViolation[] = [];
  const refuse = (field: string, description: string): number => violations.push({ field, description });
  const isWhole = (value: number, min: number, max: number): boolean =>
    Number.isInteger(value) && value >= min && value <= max;

  const seen = new Set<string>();
  policy.limits.forEach((limit, index) => {
    const at = `policy.limits[${index}]`;
    if (!isWhole(limit.maxCount, 0, COUNT_MAX)) refuse(`${at}.maxCount`, `must be 0 to ${COUNT_MAX}`);
    if (!isWhole(limit.windowDays, 1, WINDOW_DAYS_MAX)) refuse(`${at}.windowDays`, `must be 1 to ${WINDOW_DAYS_MAX}`);
    if (limit.scope === 'overall' && limit.key !== '') refuse(`${at}.key`, 'must be empty for the overall scope');
    const identity = [limit.scope, limit.key, limit.windowDays, limit.window].join('|');
    if (seen.has(identity)) refuse(at, 'says the same scope, key and window as another limit');
    seen.add(identity);
  });
  policy.quietHours.forEach((quiet, index) => {
    const at = `policy.quietHours[${index}]`;
    if (!isWhole(quiet.fromMinute, 0, 1440)) refuse(`${at}.fromMinute`, 'must be 0 to 1440');
    if (!isWhole(quiet.toMinute, 0, 1440)) refuse(`${at}.toMinute`, 'must be 0 to 1440');
  });
  policy.suppressions.forEach((rule, index) => {
    const at = `policy.suppressions[${index}]`;
    if (!isWhole(rule.count, 1, COUNT_MAX)) refuse(`${at}.count`, `must be 1 to ${COUNT_MAX}`);
    if (!isWhole(rule.withinDays, 1, WINDOW_DAYS_MAX)) refuse(`${at}.withinDays`, `must be 1 to ${WINDOW_DAYS_MAX}`);
    if (!isWhole(rule.pauseDays, 1, WINDOW_DAYS_MAX)) refuse(`${at}.pauseDays`, `must be 1 to ${WINDOW_DAYS_MAX}`);
  });
  if (!isTimeZone(policy.timeZone)) refuse('policy.timeZone', 'must be an IANA time zone, e.g. Asia/Shanghai');
  if (violations.length > 0) throw invalid(violations, 'The contact policy is not valid.');
}
