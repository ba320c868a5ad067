import { Injectable } from '@nestjs/common';
import type { Transaction } from '@tidegate/mongo';
import { giveBackOne, lessOne, NOTHING_TAKEN } from '../domain/count';
import type { Stock } from '../domain/stock';
import { isSharded, shardOf } from '../domain/stock-shards';
import { CountRepository, stockCountKey } from '../repositories/count.repository';
import { PersonRepository } from '../repositories/person.repository';
import { TakerBook, takerKeys, type Taker } from './taker-book';

/** The limits of a stock for those who take by gift or transfer, and for what the bank takes back: in both directions exact. */
@Injectable()
export class TakerLimits {
  constructor(
    private readonly counts: CountRepository,
    private readonly persons: PersonRepository,
  ) {}

  /** The counts of all that may take in this transaction. */
  async open(takers: readonly Taker[], tx: Transaction): Promise<TakerBook> {
    // One after another: a session runs one operation at a time.
    const persons = await this.persons.find([...new Set(takers.map(({ customerId }) => customerId))], tx);
    const keys = new Set(takers.flatMap((taker) => takerKeys(taker, persons)));
    return new TakerBook(await this.counts.find([...keys], tx), persons);
  }

  async save(book: TakerBook, tx: Transaction): Promise<void> {
    await this.counts.save(book.changed(), new Set(book.known.keys()), tx);
  }

  /** One less for each holder and his stock, one after another; a unit goes to the holder's shard. */
  async giveBack(returned: readonly Returned[], tx: Transaction): Promise<void> {
    const persons = await this.persons.find([...new Set(returned.map(({ customerId }) => customerId))], tx);
    const keysOf = ({ stock, customerId }: Returned): [stockKey: string, ...takerKeys: string[]] => [
      stockCountKey(stock, shardOf(stock, customerId)),
      ...takerKeys({ stockId: stock.stockId, customerId }, persons),
    ];
    const known = await this.counts.find([...new Set(returned.flatMap(keysOf))], tx);
    const counts = new Map(known);
    for (const one of returned) {
      const [stockKey, ...keys] = keysOf(one);
      // A shard that nothing was claimed of may get a unit of another.
      if (isSharded(one.stock)) counts.set(stockKey, lessOne(counts.get(stockKey) ?? NOTHING_TAKEN));
      else keys.push(stockKey);
      for (const key of keys) {
        const count = counts.get(key);
        if (count) counts.set(key, giveBackOne(count));
      }
    }
    await this.counts.save(counts, new Set(known.keys()), tx);
  }
}

/** What was taken back of whom. */
interface Returned {
  stock: Stock;
  customerId: string;
}
