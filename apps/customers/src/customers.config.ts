/** What this service reads from its environment beyond what every service does. */
export class CustomersConfig {
  constructor(
    /** The bank's calendar day, for ages and birthdays in rules; China's by default. */
    readonly utcOffsetMinutes: number = 480,
    /** Calls of IngestEvents under way at most; more are asked to wait. */
    readonly intakeCallsMax: number = 64,
    /** How long an answer about the whole base waits for the columnar copy to catch up. */
    readonly freshWithinMs: number = 15_000,
  ) {}

  /** @throws Error naming the variable that is malformed */
  static fromProcess(env: NodeJS.ProcessEnv = process.env): CustomersConfig {
    return new CustomersConfig(
      whole(env, 'BANK_UTC_OFFSET_MINUTES', -840, 840),
      whole(env, 'CUSTOMERS_INTAKE_CALLS_MAX', 1, 1_000),
      whole(env, 'CUSTOMERS_FRESH_WITHIN_MS', 100, 600_000),
    );
  }
}

function whole(env: NodeJS.ProcessEnv, name: string, min: number, max: number): number | undefined {
  const text = env[name];
  if (!text) return undefined;
  const value = Number(text);
  if (!Number.isInteger(value) || value < min || value > max) {
    throw new Error(`${name} must be a whole number from ${min} to ${max}: ${text}`);
  }
  return value;
}
