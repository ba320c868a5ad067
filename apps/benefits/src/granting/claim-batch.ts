import type { ClaimCommand, Claimed, ClaimState } from '../domain/claim';
import { NOTHING_TAKEN, type Count } from '../domain/count';
import type { Instance } from '../domain/instance';
import { localDay, type Stock } from '../domain/stock';
import { isSharded, isSoldOut, mayRunDry, refill, shardOf, shardTerms, unitsOf } from '../domain/stock-shards';
import type { Persons } from '../domain/person';
import { customerCountKey, stockCountKey, stockCountKeys } from '../repositories/count.repository';
import type { Supply } from './claim-effects';
import { meetingKeys, takerKeys } from './taker-book';

type Taker = Pick<ClaimCommand, 'stockId' | 'customerId'>;

/** Counts as the database has them. */
interface KnownCounts {
  counts: ReadonlyMap<string, Count>;
  /** False where customers are taken to have none. */
  areTakersRead: boolean;
}

/** What one group commit of claims has read, and how its claims change it so far. */
export class ClaimBatch {
  readonly claimed: Claimed[] = [];
  readonly soldOut: Stock[] = [];
  private changedKeys = new Set<string>();
  private meeting = new Set<string>();
  private counts: Map<string, Count>;
  private readonly known: ReadonlyMap<string, Count>;
  readonly areTakersRead: boolean;

  constructor(
    private readonly stocks: Map<string, Stock>,
    /** Claims that won before, by instance id, and those of this batch. */
    readonly instances: Map<string, Instance>,
    private readonly persons: Persons,
    counts: KnownCounts,
    /** What claims of some stocks use up beside, by stock id. */
    private readonly supplies: ReadonlyMap<string, Supply>,
  ) {
    this.known = counts.counts;
    this.areTakersRead = counts.areTakersRead;
    this.counts = new Map(this.known);
  }

  stock(stockId: string): Stock {
    const stock = this.stocks.get(stockId);
    if (!stock) throw new Error(`stock ${stockId} was not loaded`);
    return stock;
  }

  /** What the next claim of the batch sees. @throws PERSON_PROFILES_TOO_MANY */
  stateOf({ stockId, customerId }: Taker, now: Date): ClaimState {
    const stock = this.stock(stockId);
    if (stock.naturalPersonLimit > 0) this.persons.requirePerson(customerId);
    const shard = shardOf(stock, customerId);
    if (isSharded(stock)) this.refill(stock, shard, localDay(now, stock.timeZone));
    return {
      stock: shardTerms(stock, shard),
      stockCount: this.count(stockCountKey(stock, shard)),
      customerCount: this.count(customerCountKey(stockId, customerId)),
      personTotal: takerKeys(stock, customerId, this.persons).reduce((sum, key) => sum + this.count(key).total, 0),
    };
  }

  /**
   * `besides` are claims that will be made together with it.
   * @throws CODE_POOL_EMPTY when what a claim of the stock uses up beside its units is gone
   */
  requireSupply(stockId: string, besides: readonly string[] = []): void {
    const supply = this.supplies.get(stockId);
    if (!supply) return;
    const taken = besides.filter((other) => this.supplies.get(other) === supply).length;
    if (supply.left <= taken) throw supply.none();
  }

  /** Takes a claim's result into the batch. */
  apply({ stockId, customerId }: Taker, claimed: Claimed): void {
    this.claimed.push(claimed);
    this.instances.set(claimed.instance.instanceId, claimed.instance);
    const supply = this.supplies.get(stockId);
    if (supply) supply.left -= 1;
    const stock = this.stock(stockId);
    const shard = shardOf(stock, customerId);
    this.change(stockCountKey(stock, shard), claimed.stockCount);
    this.change(customerCountKey(stockId, customerId), claimed.customerCount);
    for (const key of meetingKeys(stock, customerId, this.persons)) this.meeting.add(key);
    const isDry = claimed.stockCount.total >= unitsOf(stock, shard);
    if (!isDry) return;
    if (isSoldOut(stock, this.shardCounts(stock))) this.soldOut.push(stock);
    // Two that take the last units of two shards at once meet here: one of them sees that nothing is left.
    if (isSharded(stock)) this.meeting.add(stockCountKey(stock));
  }

  /** What undoes all that is claimed from here on. */
  savepoint(): () => void {
    const [counts, changedKeys, meeting] = [new Map(this.counts), new Set(this.changedKeys), new Set(this.meeting)];
    const [claimedCount, soldOutCount] = [this.claimed.length, this.soldOut.length];
    const left = [...new Set(this.supplies.values())].map((supply) => ({ supply, left: supply.left }));
    return () => {
      Object.assign(this, { counts, changedKeys, meeting });
      for (const { instance } of this.claimed.splice(claimedCount)) this.instances.delete(instance.instanceId);
      this.soldOut.splice(soldOutCount);
      for (const each of left) each.supply.left = each.left;
    };
  }

  /** The counts to write, and those to touch beside. */
  changedCounts(): { changed: Map<string, Count>; known: ReadonlySet<string>; touched: string[] } {
    const changed = new Map([...this.counts].filter(([key]) => this.changedKeys.has(key)));
    const touched = [...this.meeting].filter((key) => !changed.has(key));
    return { changed, known: new Set(this.known.keys()), touched };
  }

  /** Every shard is loaded when one of them may run dry; one that is not loaded has units. */
  private refill(stock: Stock, shard: number, day: string): void {
    if (!mayRunDry(stock, { shard, count: this.count(stockCountKey(stock, shard)), day }, 0)) return;
    for (const [index, count] of refill(stock, shard, this.shardCounts(stock), day)) {
      this.change(stockCountKey(stock, index), count);
    }
  }

  private shardCounts(stock: Stock): Count[] {
    return stockCountKeys(stock).map((key) => this.count(key));
  }

  private count(key: string): Count {
    return this.counts.get(key) ?? NOTHING_TAKEN;
  }

  private change(key: string, count: Count): void {
    this.counts.set(key, count);
    this.changedKeys.add(key);
  }
}
