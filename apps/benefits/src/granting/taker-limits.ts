import { Injectable } from '@nestjs/common';
import type { Transaction } from '@tidegate/mongo';
import { giveBackOne, lessOne, NOTHING_TAKEN } from '../domain/count';
import type { Instance } from '../domain/instance';
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

  /** One less for its holder and its stock; the unit goes to the holder's shard. */
  async giveBack(stock: Stock, { stockId, customerId }: Instance, tx: Transaction): Promise<void> {
    const stockKey = stockCountKey(stock, shardOf(stock, customerId));
    const persons = await this.persons.find([customerId], tx);
    const known = await this.counts.find([stockKey, ...takerKeys({ stockId, customerId }, persons)], tx);
    const changed = new Map([...known].map(([key, count]) => [key, giveBackOne(count)]));
    // A shard that nothing was claimed of may get a unit of another.
    if (isSharded(stock)) changed.set(stockKey, lessOne(known.get(stockKey) ?? NOTHING_TAKEN));
    await this.counts.save(changed, new Set(known.keys()), tx);
  }
}
