import type { RuleEvent } from '@tidegate/rules';
import type { Fact } from '../domain/fact';
import { ruleCustomer } from '../domain/rule-facts';
import type { CustomerRepository } from '../repositories/customer.repository';
import type { FeedRepository } from '../repositories/feed.repository';
import type { FiledEntry } from '../repositories/feed.schema';
import type { IntakeLogRepository } from '../repositories/intake-log.repository';
import type { ColumnarStore } from './columnar-store';

/**
 * An entry may become visible this long after the time it bears: the longest a transaction may live (60 s, MongoDB's
 * transactionLifetimeLimitSeconds) and the difference of the replicas' clocks.
 */
export const OVERLAP_MS = 90_000;
const ENTRIES_PER_STEP = 100;

/** Takes what the feed tells into a copy, each entry once. */
export class CopyFollower {
  /** Entries taken in already, of the time that is read again each time. */
  private readonly taken = new Map<string, number>();

  constructor(
    readonly store: ColumnarStore,
    private readonly feed: FeedRepository,
    private readonly customers: CustomerRepository,
    private readonly intakeLog: IntakeLogRepository,
    /** Facts of entries up to here may be in the copy: it was built or closed around that time. */
    private readonly mayRepeatUntil: Date,
  ) {}

  /** Afterwards the copy holds everything that was committed before the call. */
  async follow(): Promise<void> {
    const from = new Date((this.store.watermark?.getTime() ?? 0) - OVERLAP_MS);
    const entries = (await this.feed.listSince(from)).filter(({ entryId }) => !this.taken.has(entryId));
    for (let i = 0; i < entries.length; i += ENTRIES_PER_STEP) {
      const step = entries.slice(i, i + ENTRIES_PER_STEP);
      const ids = step.map(({ entryId }) => entryId);
      const { customerIds, filed } = await this.feed.read(ids);
      const customers = await this.customers.findMany(customerIds);
      const facts = await this.factsOf(filed);
      const lastAt = step.at(-1)?.at ?? from;
      await this.store.apply({
        customers: [...customers.values()].map(ruleCustomer),
        events: facts.map(columnarEvent),
        mayRepeat: step.some(({ at }) => at <= this.mayRepeatUntil),
        watermark: new Date(Math.max(lastAt.getTime(), this.store.watermark?.getTime() ?? 0)),
      });
      for (const { entryId, at } of step) this.taken.set(entryId, at.getTime());
    }
    this.forget();
  }

  private async factsOf(filed: readonly FiledEntry[]): Promise<Fact[]> {
    const repeatedIds = new Map(filed.map((entry) => [entry.entryId, new Set(entry.repeatedIds)]));
    const entries = await this.intakeLog.read([...repeatedIds.keys()]);
    return entries.flatMap(({ entryId, facts }) =>
      facts.filter(({ factId }) => !repeatedIds.get(entryId)?.has(factId)),
    );
  }

  private forget(): void {
    const before = (this.store.watermark?.getTime() ?? 0) - OVERLAP_MS;
    for (const [entryId, at] of this.taken) if (at < before) this.taken.delete(entryId);
  }
}

/** A fact as a row of the copy. */
export const columnarEvent = (fact: Fact): { customerId: string; event: RuleEvent } => ({
  customerId: fact.customerId,
  event: ruleEvent(fact),
});

/** A fact as rules see it. */
export const ruleEvent = ({ factId, type, occurredAt, data }: Fact): RuleEvent => ({
  eventId: factId,
  type,
  occurredAtMs: occurredAt.getTime(),
  data,
});
