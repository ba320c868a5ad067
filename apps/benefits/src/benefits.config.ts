const DAY_SECONDS = 24 * 3600;

/** What may be tuned from outside; read once. */
export class BenefitsConfig {
  /** How long a phone makes codes from one seed. */
  readonly codeSeedSeconds: number;

  /** @throws Error naming the variable that is not a number of seconds */
  constructor(env: NodeJS.ProcessEnv = process.env) {
    const text = env.BENEFITS_CODE_SEED_SECONDS || String(DAY_SECONDS);
    const value = Number(text);
    if (!Number.isInteger(value) || value < 60 || value > 7 * DAY_SECONDS) {
      throw new Error(`BENEFITS_CODE_SEED_SECONDS is not 60..604800 s: ${text}`);
    }
    this.codeSeedSeconds = value;
  }
}
