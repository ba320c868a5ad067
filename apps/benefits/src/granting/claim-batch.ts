import type { ClaimCommand, Claimed, ClaimState } from '../domain/claim';
import { NOTHING_TAKEN, type Count } from '../domain/count';
import type { Instance } from '../domain/instance';
import type { Stock } from '../domain/stock';
import { customerCountKey, stockCountKey } from '../repositories/count.repository';

/** What one group commit of claims has read, and how its claims change it so far. */
export class ClaimBatch {
  readonly claimed: Claimed[] = [];
  readonly soldOut: Stock[] = [];
  private readonly changedKeys = new Set<string>();
  private readonly counts: Map<string, Count>;

  constructor(
    private readonly stocks: Map<string, Stock>,
    /** Claims that won before, by instance id, and those of this batch. */
    readonly instances: Map<string, Instance>,
    /** Counts as the database has them. */
    private readonly known: ReadonlyMap<string, Count>,
  ) {
    this.counts = new Map(known);
  }

  /** What the next claim of the batch sees. */
  stateOf({ stockId, customerId }: ClaimCommand): ClaimState {
    const stock = this.stocks.get(stockId);
    if (!stock) throw new Error(`stock ${stockId} was not loaded`);
    return {
      stock,
      stockCount: this.counts.get(stockCountKey(stockId)) ?? NOTHING_TAKEN,
      customerCount: this.counts.get(customerCountKey(stockId, customerId)) ?? NOTHING_TAKEN,
    };
  }

  /** Takes a claim's result into the batch. */
  apply({ stockId, customerId }: ClaimCommand, claimed: Claimed): void {
    this.claimed.push(claimed);
    this.instances.set(claimed.instance.instanceId, claimed.instance);
    this.change(stockCountKey(stockId), claimed.stockCount);
    this.change(customerCountKey(stockId, customerId), claimed.customerCount);
    const stock = this.stocks.get(stockId);
    if (stock && claimed.stockCount.total === stock.totalLimit) this.soldOut.push(stock);
  }

  /** The counts to write. */
  changedCounts(): { changed: Map<string, Count>; known: ReadonlySet<string> } {
    const changed = new Map([...this.counts].filter(([key]) => this.changedKeys.has(key)));
    return { changed, known: new Set(this.known.keys()) };
  }

  private change(key: string, count: Count): void {
    this.counts.set(key, count);
    this.changedKeys.add(key);
  }
}

/** Keys of every count that a claim may change. */
export const countKeysOf = ({ stockId, customerId }: ClaimCommand): string[] => [
  stockCountKey(stockId),
  customerCountKey(stockId, customerId),
];
