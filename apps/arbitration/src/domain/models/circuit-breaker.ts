/** Failures in a row that open the circuit, and how long it stays open at first and at most. */
const FAILURES_MAX = 3;
const OPEN_MS = 5_000;
const OPEN_MS_MAX = 300_000;

/**
 * Keeps calls from a server that fails: after three failures in a row none is made for a while, then one is tried, and each failed trial
 * doubles the while up to five minutes. A success closes the circuit.
 */
export class CircuitBreaker {
  private failures = 0;
  private openUntilMs = 0;

  /** Whether a call may be made. After the while one caller may try; the others wait for what comes of it. */
  admits(nowMs: number): boolean {
    if (this.failures < FAILURES_MAX) return true;
    if (nowMs < this.openUntilMs) return false;
    this.openUntilMs = nowMs + OPEN_MS;
    return true;
  }

  /** Whether no call would be let through. */
  isOpen(nowMs: number): boolean {
    return this.failures >= FAILURES_MAX && nowMs < this.openUntilMs;
  }

  succeeded(): void {
    this.failures = 0;
  }

  failed(nowMs: number): void {
    this.failures += 1;
    const doublings = Math.min(10, this.failures - FAILURES_MAX);
    if (doublings >= 0) this.openUntilMs = nowMs + Math.min(OPEN_MS_MAX, OPEN_MS * 2 ** doublings);
  }
}
