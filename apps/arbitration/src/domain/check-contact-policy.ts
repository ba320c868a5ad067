import { invalid, type FieldViolation } from '@tidegate/errors';
import type { ContactLimit, ContactPolicy, ContextWeight, QuietHours, Suppression } from './contact-policy';
import { CHANNELS, isChannel } from './channel';
import { isTimeZone } from './local-time';
import { OUTCOMES } from './outcome';

const WINDOW_DAYS_MAX = 366;
const COUNT_MAX = 200;
const WEIGHT_MAX = 100;
const AGE_MAX = 130;
const RETENTION_DAYS = { min: 30, max: 3_660 };
const TTL_SECONDS = { min: 60, max: 90 * 24 * 3_600 };
/** Outcomes that are kept of a customer. */
const KEPT_OUTCOMES: readonly string[] = OUTCOMES.filter((outcome) => outcome !== 'released');

type Refuse = (field: string, description: string) => void;

/**
 * Checks what the shapes cannot say: one limit for each scope, key, purpose and window, known zone, keys where they mean something, and no name
 * of a channel or an outcome that there is none of.
 * @throws VALIDATION_FAILED
 */
export function checkContactPolicy(policy: ContactPolicy): void {
  const violations: FieldViolation[] = [];
  const refuse: Refuse = (field, description) => violations.push({ field, description });
  checkLimits(policy.limits, refuse);
  policy.quietHours.forEach((quiet, index) => checkQuietHours(quiet, `policy.quietHours[${index}]`, refuse));
  policy.suppressions.forEach((rule, index) => checkSuppression(rule, `policy.suppressions[${index}]`, refuse));
  checkContextWeights(policy.contextWeights, refuse);
  policy.elderExcludedChannels.forEach((channel, index) =>
    checkChannel(channel, `policy.elderExcludedChannels[${index}]`, refuse),
  );
  if (!isTimeZone(policy.timeZone)) refuse('policy.timeZone', 'must be an IANA time zone, e.g. Asia/Shanghai');
  if (!isWhole(policy.elderAgeYears, 0, AGE_MAX)) refuse('policy.elderAgeYears', `must be 0 to ${AGE_MAX}`);
  const { decisionRetentionDays: days } = policy;
  if (days !== 0 && !isWhole(days, RETENTION_DAYS.min, RETENTION_DAYS.max)) {
    refuse('policy.decisionRetentionDays', `must be ${RETENTION_DAYS.min} to ${RETENTION_DAYS.max}, or 0`);
  }
  const { reservationTtlSeconds: seconds } = policy;
  if (seconds !== 0 && !isWhole(seconds, TTL_SECONDS.min, TTL_SECONDS.max)) {
    refuse('policy.reservationTtlSeconds', `must be ${TTL_SECONDS.min} to ${TTL_SECONDS.max}, or 0`);
  }
  if (violations.length > 0) throw invalid(violations, 'The contact policy is not valid.');
}

const isWhole = (value: number, min: number, max: number): boolean =>
  Number.isInteger(value) && value >= min && value <= max;

function checkChannel(channel: string, field: string, refuse: Refuse): void {
  if (!isChannel(channel)) refuse(field, `must be one of ${CHANNELS.join(', ')}`);
}

function checkLimits(limits: readonly ContactLimit[], refuse: Refuse): void {
  const seen = new Set<string>();
  limits.forEach((limit, index) => {
    const at = `policy.limits[${index}]`;
    const hasLength = limit.window === 'rolling' || limit.window === 'calendar';
    if (!isWhole(limit.maxCount, 0, COUNT_MAX)) refuse(`${at}.maxCount`, `must be 0 to ${COUNT_MAX}`);
    if (hasLength && !isWhole(limit.windowDays, 1, WINDOW_DAYS_MAX)) {
      refuse(`${at}.windowDays`, `must be 1 to ${WINDOW_DAYS_MAX}`);
    }
    if (!hasLength && limit.windowDays !== 0) refuse(`${at}.windowDays`, 'must be 0: the window says its length');
    if (limit.scope === 'overall' && limit.key !== '') refuse(`${at}.key`, 'must be empty for the overall scope');
    if (limit.scope === 'channel' && limit.key !== '') checkChannel(limit.key, `${at}.key`, refuse);
    const identity = [limit.scope, limit.key, limit.windowDays, limit.window, limit.purpose].join('|');
    if (seen.has(identity)) refuse(at, 'says the same scope, key, purpose and window as another limit');
    seen.add(identity);
  });
}

function checkQuietHours(quiet: QuietHours, at: string, refuse: Refuse): void {
  checkChannel(quiet.channel, `${at}.channel`, refuse);
  if (!isWhole(quiet.fromMinute, 0, 1440)) refuse(`${at}.fromMinute`, 'must be 0 to 1440');
  if (!isWhole(quiet.toMinute, 0, 1440)) refuse(`${at}.toMinute`, 'must be 0 to 1440');
}

function checkSuppression(rule: Suppression, at: string, refuse: Refuse): void {
  if (!KEPT_OUTCOMES.includes(rule.outcome)) refuse(`${at}.outcome`, `must be one of ${KEPT_OUTCOMES.join(', ')}`);
  if (!isWhole(rule.count, 1, COUNT_MAX)) refuse(`${at}.count`, `must be 1 to ${COUNT_MAX}`);
  if (!isWhole(rule.withinDays, 1, WINDOW_DAYS_MAX)) refuse(`${at}.withinDays`, `must be 1 to ${WINDOW_DAYS_MAX}`);
  if (!isWhole(rule.pauseDays, 1, WINDOW_DAYS_MAX)) refuse(`${at}.pauseDays`, `must be 1 to ${WINDOW_DAYS_MAX}`);
}

function checkContextWeights(weights: readonly ContextWeight[], refuse: Refuse): void {
  const seen = new Set<string>();
  weights.forEach(({ channel, moment, weight }, index) => {
    const at = `policy.contextWeights[${index}]`;
    if (!(weight > 0 && weight <= WEIGHT_MAX)) refuse(`${at}.weight`, `must be more than 0 and at most ${WEIGHT_MAX}`);
    if (channel !== '') checkChannel(channel, `${at}.channel`, refuse);
    if (channel === '' && moment === '') refuse(at, 'must name a channel, a moment or both');
    const identity = JSON.stringify([channel, moment]);
    if (seen.has(identity)) refuse(at, 'names the same channel and moment as another weight');
    seen.add(identity);
  });
}
