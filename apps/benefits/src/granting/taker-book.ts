import { NOTHING_TAKEN, type Count } from '../domain/count';
import { countTaker, type Stock } from '../domain/stock';
import { customerCountKey, personCountKey } from '../repositories/count.repository';

/** Who takes an instance of which stock. */
export interface Taker {
  stockId: string;
  customerId: string;
}

/** What one transaction has read of takers' counts, and how those who take change them so far. */
export class TakerBook {
  private readonly counts: Map<string, Count>;

  constructor(
    /** Counts as the database has them. */
    readonly known: ReadonlyMap<string, Count>,
    private readonly persons: ReadonlyMap<string, string>,
  ) {
    this.counts = new Map(known);
  }

  /** Counts one more for a taker; nothing when it refuses. @throws CUSTOMER_LIMIT_REACHED, PERSON_LIMIT_REACHED */
  take(stock: Stock, customerId: string): void {
    const [customerKey, personKey] = takerKeys({ stockId: stock.stockId, customerId }, this.persons);
    const taken = countTaker(stock, { customerCount: this.count(customerKey), personCount: this.count(personKey) });
    this.counts.set(customerKey, taken.customerCount);
    if (stock.naturalPersonLimit > 0) this.counts.set(personKey, taken.personCount);
  }

  /** The counts to write. */
  changed(): Map<string, Count> {
    return new Map([...this.counts].filter(([key, count]) => this.known.get(key) !== count));
  }

  private count(key: string): Count {
    return this.counts.get(key) ?? NOTHING_TAKEN;
  }
}

/** Keys of a taker's counts: his own, and that of the person behind him. */
export const takerKeys = (
  { stockId, customerId }: Taker,
  persons: ReadonlyMap<string, string>,
): [customerKey: string, personKey: string] => [
  customerCountKey(stockId, customerId),
  personCountKey(stockId, persons.get(customerId) ?? customerId),
];
