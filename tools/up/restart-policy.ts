/** What to do with a service that ended by itself. */
export type RestartDecision = { delayMs: number; attempt: number } | 'give-up';

export const ATTEMPTS_MAX = 5;
const FIRST_DELAY_MS = 250;
const STEADY_MS = 60_000;

/** Counts crashes in a row and says how long to wait before the next start: 0.25, 0.5, 1, 2, 4 s, then no more. */
export class RestartPolicy {
  private crashes = 0;

  /** @param steadyMs a service that ran this long before it crashed gets all its attempts back */
  constructor(private readonly steadyMs = STEADY_MS) {}

  decide(ranMs: number): RestartDecision {
    if (ranMs >= this.steadyMs) this.crashes = 0;
    if (this.crashes >= ATTEMPTS_MAX) return 'give-up';
    this.crashes += 1;
    return { delayMs: FIRST_DELAY_MS * 2 ** (this.crashes - 1), attempt: this.crashes };
  }
}
