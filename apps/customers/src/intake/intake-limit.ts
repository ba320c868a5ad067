import { setTimeout as delay } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import { DomainError } from '@tidegate/errors';
import { CustomersConfig } from '../customers.config';

/** Transactions at once: one is written while the next is prepared; the database gains nothing from more. */
const RUNNING_MAX = 2;
/** As many calls at once are a flood. */
const FLOOD_CALLS_MIN = 2;

/** Lets some intake run at once and some wait; the rest is told to come back. */
@Injectable()
export class IntakeLimit {
  private callCount = 0;
  private running = 0;
  private readonly waiting: (() => void)[] = [];

  constructor(private readonly config: CustomersConfig) {}

  /** Counts a call from its arrival to its answer. @throws INTAKE_BUSY */
  async call<T>(work: () => Promise<T>): Promise<T> {
    if (this.callCount >= this.config.intakeCallsMax) {
      throw new DomainError({
        code: 'RESOURCE_EXHAUSTED',
        reason: 'INTAKE_BUSY',
        message: 'Too many events are arriving. Try again shortly.',
        retryAfterMs: 250,
      });
    }
    this.callCount += 1;
    try {
      return await work();
    } finally {
      this.callCount -= 1;
    }
  }

  /** Runs the writing part of a call when it is its turn, in the order of asking. */
  async write<T>(work: () => Promise<T>): Promise<T> {
    if (this.running >= RUNNING_MAX) await new Promise<void>((resolve) => this.waiting.push(resolve));
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

  /** Lets a flood of calls go first, for a while: what can be done later should not slow what somebody waits for. */
  async yieldToCalls(forMs: number): Promise<void> {
    const until = Date.now() + forMs;
    while (this.callCount >= FLOOD_CALLS_MIN && Date.now() < until) await delay(20);
  }
}
