import { setTimeout as delay } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import type { CustomerState } from '../domain/customer-state';
import { CustomerStateRepository } from '../repositories/customer-state.repository';
import { RevisionRepository } from '../repositories/revision.repository';

/** What is read once may be that old; and for so long a customer who is being written is read anew each time. Real time. */
const STALE_MS = 2_000;
const HELD_MAX = 20_000;
/** Between two reads of the count of words. */
const GATHER_MS = 4;

interface Entry {
  state: CustomerState;
  readAtMs: number;
}

/**
 * Customers in memory, for previews alone: a decision that counts reads in its own transaction. Facts and contacts may be two seconds old
 * when another replica wrote them; a consent or hold that was written through is never missed: whoever writes one counts it before he
 * answers, and the count is read, by all previews at hand together, before anything held is used.
 */
@Injectable()
export class CustomerCache {
  private held = new Map<string, Entry>();
  /** Written here of late, in two generations. */
  private written = new Set<string>();
  private writtenBefore = new Set<string>();
  private turnedAtMs = 0;
  private wordCount = -1;
  private counting: Promise<void> | null = null;
  private countingNext: Promise<void> | null = null;
  private between: Promise<void> = Promise.resolve();

  constructor(
    private readonly customers: CustomerStateRepository,
    private readonly revisions: RevisionRepository,
  ) {
    customers.onWrite((customerIds) => this.touch(customerIds));
  }

  async find(customerId: string): Promise<CustomerState | null> {
    await this.heedWords();
    const entry = this.held.get(customerId);
    if (entry !== undefined && Date.now() - entry.readAtMs < STALE_MS) return entry.state;
    const readAtMs = Date.now();
    const state = await this.customers.find(customerId);
    if (state !== null && !this.wasWritten(customerId)) this.keep(customerId, { state, readAtMs });
    return state;
  }

  /** Lets other replicas know that a word was written through. */
  async tellWord(): Promise<void> {
    await this.revisions.countWord();
  }

  private keep(customerId: string, entry: Entry): void {
    // The oldest half at once, rather than one for each that comes.
    if (this.held.size >= HELD_MAX) this.held = new Map([...this.held].slice(HELD_MAX / 2));
    this.held.set(customerId, entry);
  }

  private touch(customerIds: readonly string[]): void {
    this.turn();
    for (const customerId of customerIds) {
      this.held.delete(customerId);
      this.written.add(customerId);
    }
  }

  private wasWritten(customerId: string): boolean {
    this.turn();
    return this.written.has(customerId) || this.writtenBefore.has(customerId);
  }

  private turn(): void {
    const ageMs = Date.now() - this.turnedAtMs;
    if (ageMs < STALE_MS) return;
    this.writtenBefore = ageMs < STALE_MS * 2 ? this.written : new Set();
    this.written = new Set();
    this.turnedAtMs = Date.now();
  }

  /** Ends with a count that began to be read after the call. A lone caller reads at once; many at a time share one read every few milliseconds. */
  private heedWords(): Promise<void> {
    if (this.counting === null) {
      const gathered = delay(GATHER_MS);
      this.counting = this.readCount();
      const over = Promise.allSettled([this.counting, gathered]);
      this.between = over.then(() => {
        this.counting = null;
      });
      return this.counting;
    }
    this.countingNext ??= this.between.then(() => {
      this.countingNext = null;
      return this.heedWords();
    });
    return this.countingNext;
  }

  private async readCount(): Promise<void> {
    const count = await this.revisions.wordCount();
    if (count !== this.wordCount) this.held.clear();
    this.wordCount = count;
  }
}
