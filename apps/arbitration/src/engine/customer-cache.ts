import { setTimeout as delay } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import type { CustomerState } from '../domain/customer-state';
import { CustomerStateRepository } from '../repositories/customer-state.repository';
import { RevisionRepository } from '../repositories/revision.repository';

/** What is read once may be that old; and for so long a customer who is being written is read anew each time. Real time. */
const STALE_MS = 2_000;
/**
 * Older ones are read again while they still serve: who is asked about often waits for no read. Each at an age of its own, or those that
 * came together would be read together for ever, and all others would wait for that.
 */
const REFRESH_MS = { from: 750, to: 1_750 };
/** Those that are to be read again wait so long for others, and are read with them. */
const GATHER_MS = 50;
const GATHERED_MAX = 200;
const HELD_MAX = 20_000;
/** For so long a read of the count of words is stood on, and so long whoever writes a word waits before he answers. */
const COUNT_HOLDS_MS = 250;
const COUNT_REFRESH_MS = 100;
/** Clocks of two machines may run at rates that differ by less than this. */
const COUNT_MARGIN_MS = 25;

interface Entry {
  state: CustomerState;
  readAtMs: number;
  /** The age at which it is read again. */
  refreshMs: number;
  isReadAgain: boolean;
}

/**
 * Customers in memory, for previews alone: a decision that counts reads in its own transaction. Facts and contacts may be two seconds old
 * when another replica wrote them; a consent or hold that was written through is never missed. Who writes one counts it, and answers only
 * when no replica stands on a count that was read before: all of them read it anew after COUNT_HOLDS_MS.
 */
@Injectable()
export class CustomerCache {
  private held = new Map<string, Entry>();
  /** Written here of late, in two generations. */
  private written = new Set<string>();
  private writtenBefore = new Set<string>();
  private turnedAtMs = 0;
  /** To be read again. */
  private gathered: string[] = [];
  private wordCount = -1;
  private counting: Promise<void> | null = null;
  /** When the read began whose count is known. */
  private countedAtMs = -Infinity;

  constructor(
    private readonly customers: CustomerStateRepository,
    private readonly revisions: RevisionRepository,
  ) {
    customers.onWrite((customerIds) => this.touch(customerIds));
  }

  async find(customerId: string): Promise<CustomerState | null> {
    await this.heedWords();
    const entry = this.held.get(customerId);
    const ageMs = entry === undefined ? Infinity : performance.now() - entry.readAtMs;
    if (entry === undefined || ageMs >= STALE_MS) return (await this.read([customerId])).get(customerId) ?? null;
    if (ageMs >= entry.refreshMs && !entry.isReadAgain) {
      entry.isReadAgain = true;
      this.gather(customerId);
    }
    return entry.state;
  }

  /** Lets all replicas know that a word was written through. Ends when each preview that begins afterwards heeds it. */
  async tellWord(): Promise<void> {
    await this.revisions.countWord();
    await delay(COUNT_HOLDS_MS + COUNT_MARGIN_MS);
  }

  /** One read for all that grow old at about the same time: many small ones would cost more than the decisions made meanwhile. */
  private gather(customerId: string): void {
    this.gathered.push(customerId);
    if (this.gathered.length === 1) setTimeout(() => this.readGathered(), GATHER_MS).unref();
    else if (this.gathered.length >= GATHERED_MAX) this.readGathered();
  }

  private readGathered(): void {
    const customerIds = this.gathered;
    this.gathered = [];
    // Who is not read now serves until he is stale; then who asks reads, and is told what failed.
    if (customerIds.length > 0) this.read(customerIds).catch(() => undefined);
  }

  private async read(customerIds: readonly string[]): Promise<Map<string, CustomerState>> {
    const readAtMs = performance.now();
    const { wordCount } = this;
    const states = await this.customers.findMany(customerIds);
    for (const [customerId, state] of states) {
      // A word that was counted since may be younger than what was read.
      if (wordCount !== this.wordCount || this.wasWritten(customerId)) continue;
      const refreshMs = REFRESH_MS.from + Math.random() * (REFRESH_MS.to - REFRESH_MS.from);
      this.keep(customerId, { state, readAtMs, refreshMs, isReadAgain: false });
    }
    return states;
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

  /** Ends when the count is known that was true COUNT_HOLDS_MS ago or later. Mostly at once: it is read again while it still holds. */
  private async heedWords(): Promise<void> {
    const askedAtMs = performance.now();
    if (askedAtMs - this.countedAtMs < COUNT_REFRESH_MS) return;
    if (askedAtMs - this.countedAtMs < COUNT_HOLDS_MS) return void this.count().catch(() => undefined);
    // A read that others began long ago may have been too slow to stand on.
    while (askedAtMs - this.countedAtMs >= COUNT_HOLDS_MS) await this.count();
  }

  private count(): Promise<void> {
    this.counting ??= this.readCount().finally(() => {
      this.counting = null;
    });
    return this.counting;
  }

  private async readCount(): Promise<void> {
    const beganAtMs = performance.now();
    const count = await this.revisions.wordCount();
    if (count !== this.wordCount) this.held.clear();
    this.wordCount = count;
    this.countedAtMs = beganAtMs;
  }
}
