import { Injectable } from '@nestjs/common';
import type { Transaction } from '@tidegate/mongo';
import { giveBackOne, lessOne, NOTHING_TAKEN } from '../domain/count';
import type { Stock } from '../domain/stock';
import { isSharded, shardOf } from '../domain/stock-shards';
import { CountRepository, customerCountKey, stockCountKey } from '../repositories/count.repository';
import { PersonRepository } from '../repositories/person.repository';
import { TakerBook, takerKeys } from './taker-book';

/** Who takes an instance of which stock. */
export interface Taker {
  stock: Stock;
  customerId: string;
}

/** The limits of a stock for those who take by gift or transfer, and for what the bank takes back: in both directions exact. */
@Injectable()
export class TakerLimits {
  constructor(
    private readonly counts: CountRepository,
    private readonly persons: PersonRepository,
  ) {}

  /** The counts of all that may take in this transaction. */
  async open(takers: readonly Taker[], tx: Transaction): Promise<TakerBook> {
    const limited = takers.filter(({ stock }) => stock.naturalPersonLimit > 0);
    const persons = await this.persons.find(
      limited.map(({ customerId }) => customerId),
      tx,
    );
    const keys = new Set(takers.flatMap(({ stock, customerId }) => takerKeys(stock, customerId, persons)));
    return new TakerBook(await this.counts.find([...keys], tx), persons);
  }

  async save(book: TakerBook, tx: Transaction): Promise<void> {
    await this.counts.save(book.changed(), new Set(book.known.keys()), tx);
    await this.counts.touch(book.touched(), tx);
  }

  /** One less for each holder and his stock, one after another; a unit goes to the holder's shard. */
  async giveBack(returned: readonly Taker[], tx: Transaction): Promise<void> {
    const keysOf = ({ stock, customerId }: Taker): [stockKey: string, customerKey: string] => [
      stockCountKey(stock, shardOf(stock, customerId)),
      customerCountKey(stock.stockId, customerId),
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
