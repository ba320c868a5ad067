/** Rules that stop a candidate, in the order of the funnel: a later one tells that all before it were passed. */
export const STOPS = [
  'STRATEGY_NOT_ACTIVE',
  'ORG_OUT_OF_SCOPE',
  'PAST_FACTS_UNKNOWN',
  'NOT_IN_AUDIENCE',
  'NOT_ELIGIBLE',
  'NOT_APPLICABLE',
  'NOT_SUITABLE',
  'CONSENT_MISSING',
  'COMPLAINT_HOLD',
  'STAFFED_ONLY',
  'ELDER_PROTECTED',
  'HOLDOUT_GLOBAL',
  'HOLDOUT_STRATEGY',
  'SUPPRESSED',
  'QUIET_HOURS',
  'BENEFIT_EXHAUSTED',
  'CONTACT_LIMIT_OVERALL',
  'CONTACT_LIMIT_CHANNEL',
  'CONTACT_LIMIT_GROUP',
  'HUMAN_CHANNEL_BUSY',
  'CAPACITY_EXHAUSTED',
  'QUOTA_EXHAUSTED',
  'PUSH_LIMIT_EXHAUSTED',
  'BUDGET_EXHAUSTED',
  'OUTRANKED',
  // It was chosen, and had not gone out when its push was cancelled.
  'PUSH_CANCELLED',
] as const;
export type Stop = (typeof STOPS)[number];
export type Reason = 'CHOSEN' | Stop;
export const REASONS: readonly Reason[] = ['CHOSEN', ...STOPS];

/** A reason's place in REASONS; 0, CHOSEN, is a candidate that nothing has stopped. */
export type ReasonCode = number;
const CODES = Object.fromEntries(REASONS.map((reason, code) => [reason, code])) as Record<Reason, ReasonCode>;

export const codeOf = (reason: Reason | null): ReasonCode => (reason === null ? 0 : CODES[reason]);
export const reasonOf = (code: ReasonCode): Reason => REASONS[code] ?? 'CHOSEN';
/** Null for what nothing stopped. */
export const stopOf = (code: ReasonCode): Stop | null => STOPS[code - 1] ?? null;

/** Nothing of a push that had not gone out when it was cancelled goes out. */
export const PUSH_CANCELLED = 'PUSH_CANCELLED' satisfies Stop;

/** A member of a name list of whom the platform holds no decision facts. */
export const CUSTOMER_UNKNOWN = 'CUSTOMER_UNKNOWN';

export const isHoldout = (reason: Reason): boolean => reason === 'HOLDOUT_GLOBAL' || reason === 'HOLDOUT_STRATEGY';

/** Why nothing was chosen: the reason of the candidate that came furthest. No candidate at all means that no strategy is active. */
export const furthestStop = (reasons: readonly Reason[]): Stop =>
  STOPS[Math.max(0, ...reasons.map((reason) => STOPS.findIndex((stop) => stop === reason)))] ?? 'STRATEGY_NOT_ACTIVE';
