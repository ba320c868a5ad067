import { CODE_SEED_SECONDS_MAX, CODE_SEED_SECONDS_MIN } from './domain/code-seed';

const DAY_SECONDS = 24 * 3600;

/** What may be tuned from outside; read once. */
export class BenefitsConfig {
  /** How long a phone makes codes from one seed, of stocks that do not say. */
  readonly codeSeedSeconds: number;

  /** @throws Error naming the variable that is not a number of seconds */
  constructor(env: NodeJS.ProcessEnv = process.env) {
    const text = env.BENEFITS_CODE_SEED_SECONDS || String(DAY_SECONDS);
    const value = Number(text);
    if (!Number.isInteger(value) || value < CODE_SEED_SECONDS_MIN || value > CODE_SEED_SECONDS_MAX) {
      throw new Error(
        `BENEFITS_CODE_SEED_SECONDS is not ${CODE_SEED_SECONDS_MIN}..${CODE_SEED_SECONDS_MAX} s: ${text}`,
      );
    }
    this.codeSeedSeconds = value;
  }
}
