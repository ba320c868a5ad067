import type { Persons } from '../../domain/person';
import { endOfMonthAfter } from '../../definitions/domain/calendar-period';
import {
  countKeysOf,
  openExchange,
  personCountKeysOf,
  placeOf,
  settleExchange,
  type Exchange,
  type ExchangeCommand,
  type ExchangePlace,
  type GrantOutcome,
} from './exchange';
import { moveOf, type GivenSide } from './given-side';

/** What the commands of one group commit read, and how they change it so far. */
export class ExchangeBatch {
  readonly changed = new Map<string, Exchange>();
  readonly changedCounts = new Map<string, number>();
  private readonly meeting = new Set<string>();

  constructor(
    /** By id; what was never opened has no entry. */
    readonly known: ReadonlyMap<string, Exchange>,
    readonly knownCounts: ReadonlyMap<string, number>,
    readonly given: GivenSide,
    private readonly persons: Persons,
    private readonly now: Date,
  ) {}

  /**
   * Opens an exchange, or tells what became of the one that was opened under its id.
   * @throws DAILY_LIMIT_REACHED, CUSTOMER_DAILY_LIMIT_REACHED, PERSON_PROFILES_TOO_MANY and those of taking the given side
   */
  open(command: ExchangeCommand): Exchange {
    const found = this.find(command.exchangeId);
    if (found) return found;
    const place = placeOf(command, this.now);
    const personKeys = command.offer.terms.dailyLimitPerCustomer > 0 ? this.personKeys(place) : [];
    const byPerson = personKeys.reduce((sum, key) => sum + this.count(key), 0);
    const used = { byAll: this.count(countKeysOf(place).all), byPerson };
    const opened = openExchange(command, used, this.now);
    this.given.take(opened);
    this.add(opened, 1);
    for (const key of personKeys) this.meeting.add(key);
    return this.put(opened);
  }

  /** Ends an open exchange by what came of granting its other side; one that another replica has ended stays as it is. */
  settle(exchangeId: string, attempt: GrantOutcome): Exchange {
    const current = this.find(exchangeId);
    if (!current) throw new Error(`exchange ${exchangeId} was not loaded`);
    if (current.state !== 'open') return current;
    const settled = settleExchange(current, attempt, this.now);
    if (settled.state === 'done') this.complete(settled);
    if (settled.state === 'refused') {
      this.given.putBack(settled);
      this.add(settled, -1);
    }
    return this.put(settled);
  }

  /** The counts to touch, so that two profiles of a person that exchange at once are a write conflict. */
  touchedCounts(): string[] {
    return [...this.meeting].filter((key) => !this.changedCounts.has(key));
  }

  private personKeys(place: ExchangePlace): string[] {
    this.persons.requirePerson(place.customerId);
    return personCountKeysOf(place, this.persons);
  }

  /** Points that are got are granted with the end of the exchange. */
  private complete(exchange: Exchange): void {
    const { get, orgPath, timeZone } = exchange;
    this.given.useUp(exchange);
    if (get.kind !== 'points') return;
    const expiresAt = endOfMonthAfter(this.now, get.pointsValidMonths, timeZone);
    this.given.points.reward(moveOf(exchange), { points: get.points, orgPath, expiresAt });
  }

  private find(exchangeId: string): Exchange | undefined {
    return this.changed.get(exchangeId) ?? this.known.get(exchangeId);
  }

  private put(exchange: Exchange): Exchange {
    this.changed.set(exchange.exchangeId, exchange);
    return exchange;
  }

  private count(key: string): number {
    return this.changedCounts.get(key) ?? this.knownCounts.get(key) ?? 0;
  }

  /** Counts of a day that is long over may be gone. */
  private add(exchange: Exchange, by: 1 | -1): void {
    for (const key of Object.values(countKeysOf(exchange))) {
      this.changedCounts.set(key, Math.max(0, this.count(key) + by));
    }
  }
}
