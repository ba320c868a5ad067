import { NOTHING_TAKEN, type Count } from '../domain/count';
import { PROFILES_MAX } from '@tidegate/persons';
import type { Persons } from '../domain/person';
import { countTaker, type Stock } from '../domain/stock';
import { customerCountKey } from '../repositories/count.repository';

type LimitedStock = Pick<Stock, 'stockId' | 'naturalPersonLimit'>;

/** Each profile has at most three names. */
const NAMES_MAX = 3 * PROFILES_MAX;

/** Keys of all that counts towards a taker's limits: his own first, and where the person is limited those of all his names. */
export function takerKeys(
  { stockId, naturalPersonLimit }: LimitedStock,
  customerId: string,
  persons: Persons,
): string[] {
  const names = naturalPersonLimit > 0 ? persons.namesOf(customerId).slice(0, NAMES_MAX) : [customerId];
  return names.map((name) => customerCountKey(stockId, name));
}

/**
 * Keys that one who takes under a limit per person writes: the counts of all his profiles, so that two of them that take at once
 * meet in one document, also when one did not know yet that they are of one person.
 */
export function meetingKeys(
  { stockId, naturalPersonLimit }: LimitedStock,
  customerId: string,
  persons: Persons,
): string[] {
  if (naturalPersonLimit === 0) return [];
  return persons.profilesOf(customerId).map((profileId) => customerCountKey(stockId, profileId));
}

/** What one transaction has read of takers' counts, and how those who take change them so far. */
export class TakerBook {
  private readonly counts: Map<string, Count>;
  private readonly meeting = new Set<string>();

  constructor(
    /** Counts as the database has them. */
    readonly known: ReadonlyMap<string, Count>,
    private readonly persons: Persons,
  ) {
    this.counts = new Map(known);
  }

  /** Counts one more for a taker; nothing when it refuses. @throws CUSTOMER_LIMIT_REACHED, PERSON_LIMIT_REACHED, PERSON_PROFILES_TOO_MANY */
  take(stock: Stock, customerId: string): void {
    const customerKey = customerCountKey(stock.stockId, customerId);
    if (stock.naturalPersonLimit > 0) this.persons.requirePerson(customerId);
    const totals = takerKeys(stock, customerId, this.persons).map((key) => this.count(key).total);
    const personTotal = totals.reduce((sum, total) => sum + total, 0);
    const taken = countTaker(stock, { customerCount: this.count(customerKey), personTotal });
    this.counts.set(customerKey, taken.customerCount);
    for (const key of meetingKeys(stock, customerId, this.persons)) this.meeting.add(key);
  }

  /** The counts to write. */
  changed(): Map<string, Count> {
    return new Map([...this.counts].filter(([key, count]) => this.known.get(key) !== count));
  }

  /** The counts to touch beside. */
  touched(): string[] {
    const changed = this.changed();
    return [...this.meeting].filter((key) => !changed.has(key));
  }

  private count(key: string): Count {
    return this.counts.get(key) ?? NOTHING_TAKEN;
  }
}
