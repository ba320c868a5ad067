import { DomainError } from '@tidegate/errors';

/** Lets some work run at once and some wait; the rest is told to come back. */
export class IntakeLimit {
  private running = 0;
  private readonly waiting: (() => void)[] = [];

  constructor(
    private readonly runningMax: number,
    private readonly callsMax: number,
  ) {}

  /** @throws INTAKE_BUSY */
  async run<T>(work: () => Promise<T>): Promise<T> {
    if (this.running + this.waiting.length >= this.callsMax) {
      throw new DomainError({
        code: 'RESOURCE_EXHAUSTED',
        reason: 'INTAKE_BUSY',
        message: 'Too many events are arriving. Try again shortly.',
        retryAfterMs: 250,
      });
    }
    if (this.running >= this.runningMax) await new Promise<void>((resolve) => this.waiting.push(resolve));
    else this.running += 1;
    try {
      return await work();
    } finally {
      // The place goes to the next in line, or is free.
      const next = this.waiting.shift();
      if (next) next();
      else this.running -= 1;
    }
  }
}
