import { Injectable } from '@nestjs/common';
import type { Transaction } from '@tidegate/mongo';
import { giveBackOne, lessOne, NOTHING_TAKEN } from '../domain/count';
import type { Instance } from '../domain/instance';
import { countTaker, type Stock } from '../domain/stock';
import { isSharded, shardOf } from '../domain/stock-shards';
import { CountRepository, customerCountKey, personCountKey, stockCountKey } from '../repositories/count.repository';
import { PersonRepository } from '../repositories/person.repository';

/** The limits of a stock for those who take by gift, and for what the bank takes back: in both directions exact. */
@Injectable()
export class TakerLimits {
  constructor(
    private readonly counts: CountRepository,
    private readonly persons: PersonRepository,
  ) {}

  /** Counts one more for a taker. @throws CUSTOMER_LIMIT_REACHED, PERSON_LIMIT_REACHED */
  async take(stock: Stock, customerId: string, tx: Transaction): Promise<void> {
    const [customerKey, personKey] = await this.keysOf(stock.stockId, customerId, tx);
    const known = await this.counts.find([customerKey, personKey], tx);
    const counts = {
      customerCount: known.get(customerKey) ?? NOTHING_TAKEN,
      personCount: known.get(personKey) ?? NOTHING_TAKEN,
    };
    const taken = countTaker(stock, counts);
    const changed = new Map([[customerKey, taken.customerCount]]);
    if (stock.naturalPersonLimit > 0) changed.set(personKey, taken.personCount);
    await this.counts.save(changed, new Set(known.keys()), tx);
  }

  /** One less for its holder and its stock; the unit goes to the holder's shard. */
  async giveBack(stock: Stock, { stockId, customerId }: Instance, tx: Transaction): Promise<void> {
    const stockKey = stockCountKey(stock, shardOf(stock, customerId));
    const known = await this.counts.find([stockKey, ...(await this.keysOf(stockId, customerId, tx))], tx);
    const changed = new Map([...known].map(([key, count]) => [key, giveBackOne(count)]));
    // A shard that nothing was claimed of may get a unit of another.
    if (isSharded(stock)) changed.set(stockKey, lessOne(known.get(stockKey) ?? NOTHING_TAKEN));
    await this.counts.save(changed, new Set(known.keys()), tx);
  }

  private async keysOf(stockId: string, customerId: string, tx: Transaction): Promise<[string, string]> {
    const persons = await this.persons.find([customerId], tx);
    return [customerCountKey(stockId, customerId), personCountKey(stockId, persons.get(customerId) ?? customerId)];
  }
}
