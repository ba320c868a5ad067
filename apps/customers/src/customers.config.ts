import { utcOffsetMinutes } from './domain/bank-zone';

/** What this service reads from its environment beyond what every service does. */
export class CustomersConfig {
  /** The bank's calendar, for ages and birthdays in rules. */
  readonly timeZone: string;
  /** Calls of IngestEvents under way at most; more are asked to wait. */
  readonly intakeCallsMax: number;
  /** How long an answer about the whole base waits for the columnar copy to catch up. */
  readonly freshWithinMs: number;

  /** @throws Error naming the variable that is malformed */
  constructor(env: NodeJS.ProcessEnv = process.env) {
    this.timeZone = env.BANK_TIME_ZONE || 'Asia/Shanghai';
    try {
      utcOffsetMinutes(this.timeZone, new Date());
    } catch {
      throw new Error(`BANK_TIME_ZONE is not a time zone: ${this.timeZone}`);
    }
    this.intakeCallsMax = whole(env, 'CUSTOMERS_INTAKE_CALLS_MAX', { min: 1, max: 1_000, fallback: 64 });
    this.freshWithinMs = whole(env, 'CUSTOMERS_FRESH_WITHIN_MS', { min: 100, max: 600_000, fallback: 15_000 });
  }
}

function whole(env: NodeJS.ProcessEnv, name: string, limits: { min: number; max: number; fallback: number }): number {
  const text = env[name];
  if (!text) return limits.fallback;
  const value = Number(text);
  if (!Number.isInteger(value) || value < limits.min || value > limits.max) {
    throw new Error(`${name} must be a whole number from ${limits.min} to ${limits.max}: ${text}`);
  }
  return value;
}
