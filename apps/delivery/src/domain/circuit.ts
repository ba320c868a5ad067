export const FAILURES_MAX = 5;
export const OPEN_MS = 30_000;

/**
 * Keeps one failing receiver from holding up the others: after five failures in a row nothing is sent for half a minute,
 * then one attempt at a time tries it again.
 */
export class Circuit {
  private failureCount = 0;
  private openUntil = 0;
  private isProbing = false;

  /** The time until which nothing may be sent; undefined when this attempt may go, which then has to be reported. */
  blockedUntil(now: Date): Date | undefined {
    if (this.failureCount < FAILURES_MAX) return undefined;
    if (now.getTime() < this.openUntil) return new Date(this.openUntil);
    if (this.isProbing) return new Date(now.getTime() + OPEN_MS);
    this.isProbing = true;
    return undefined;
  }

  report(isTaken: boolean, now: Date): void {
    this.isProbing = false;
    this.failureCount = isTaken ? 0 : this.failureCount + 1;
    if (this.failureCount >= FAILURES_MAX) this.openUntil = now.getTime() + OPEN_MS;
  }
}
