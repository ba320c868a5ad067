const FIRST_DELAY_MS = 5_000;
const DELAY_MS_MAX = 3_600_000;
const FACTOR = 4;

/**
 * Pause after the n-th failed attempt: exponential, the upper half of it random, so that receivers that come back are not
 * met by everything at once. Source: M. Brooker, "Exponential Backoff And Jitter" (equal jitter), AWS Architecture Blog, 2015.
 */
export function retryDelayMs(attemptCount: number, jitter: number): number {
  const ceiling = Math.min(DELAY_MS_MAX, FIRST_DELAY_MS * FACTOR ** Math.max(0, attemptCount - 1));
  return Math.round(ceiling / 2 + (ceiling / 2) * jitter);
}
