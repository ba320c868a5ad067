import { setTimeout as delay } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import { DomainError } from '@tidegate/errors';
import { CustomersConfig } from '../customers.config';

/** Transactions at once: one is written while the next is prepared; the database gains nothing from more. */
const RUNNING_MAX = 2;
/** As many events within two spans are a flood. */
const FLOOD_EVENTS_MIN = 1_000;
const FLOOD_SPAN_MS = 100;
const LOOK_EVERY_MS = 20;

/** Lets some intake run at once and some wait; the rest is told to come back. */
@Injectable()
export class IntakeLimit {
  private callCount = 0;
  private running = 0;
  private readonly waiting: (() => void)[] = [];
  /** Events of the span that this is, and of the one before it. */
  private span = 0;
  private spanEvents = 0;
  private spanEventsBefore = 0;

  constructor(private readonly config: CustomersConfig) {}

  /** Counts a call from its arrival to its answer. @throws INTAKE_BUSY */
  async call<T>(eventCount: number, work: () => Promise<T>): Promise<T> {
    if (this.callCount >= this.config.intakeCallsMax) {
      throw new DomainError({
        code: 'RESOURCE_EXHAUSTED',
        reason: 'INTAKE_BUSY',
        message: 'Too many events are arriving. Try again shortly.',
        retryAfterMs: 250,
      });
    }
    this.callCount += 1;
    this.beginSpan();
    this.spanEvents += eventCount;
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

  /** Lets a flood of events go first, for a while: what can be done later should not slow what somebody waits for. */
  async yieldToFlood(forMs: number): Promise<void> {
    const until = Date.now() + forMs;
    while (this.isFlooded() && Date.now() < until) await delay(LOOK_EVERY_MS);
  }

  private isFlooded(): boolean {
    this.beginSpan();
    return this.spanEventsBefore + this.spanEvents >= FLOOD_EVENTS_MIN;
  }

  private beginSpan(): void {
    const span = Math.floor(Date.now() / FLOOD_SPAN_MS);
    if (span === this.span) return;
    this.spanEventsBefore = span === this.span + 1 ? this.spanEvents : 0;
    this.spanEvents = 0;
    this.span = span;
  }
}
