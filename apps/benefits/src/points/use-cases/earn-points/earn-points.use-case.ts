import { Injectable } from '@nestjs/common';
import { DomainError } from '@tidegate/errors';
import { GroupCommitter, Mongo, type Settled, type Transaction } from '@tidegate/mongo';
import { Clock } from '@tidegate/service';
import { contentOf, earn } from '../../domain/earning';
import { emptyAccount } from '../../domain/points-account';
import { entryIdOf, type PointsEntry } from '../../domain/points-entry';
import { isCapped, matches, type CardTransaction } from '../../domain/points-rule';
import { PersonRepository } from '../../../repositories/person.repository';
import { PointsRules } from '../../points-rules';
import { PointsBook } from '../../repositories/points-book';
import { PointsRepository } from '../../repositories/points.repository';

export interface Earned {
  entry: PointsEntry;
  isRepeat: boolean;
}

/** Earns points for card transactions, under caps of the natural person 自然人: concurrent ones are gathered and committed as one transaction (ADR 0002). */
@Injectable()
export class EarnPointsUseCase {
  private readonly committer: GroupCommitter<CardTransaction, Earned>;

  constructor(
    mongo: Mongo,
    private readonly rules: PointsRules,
    private readonly points: PointsRepository,
    private readonly book: PointsBook,
    private readonly persons: PersonRepository,
    private readonly clock: Clock,
  ) {
    this.committer = new GroupCommitter(mongo, {
      name: 'earn-points',
      // Packets are seldom of the same customers: one is worked out while the database stores the other.
      lanes: 2,
      commit: (transactions, tx) => this.commit(transactions, tx),
    });
  }

  /** @throws TRANSACTION_ID_REUSED */
  execute(transaction: CardTransaction): Promise<Earned> {
    return this.committer.submit(transaction);
  }

  /** What came as events, inside their consumer's transaction; those that no rule names leave no trace. */
  async earnFrom(transactions: CardTransaction[], tx: Transaction): Promise<void> {
    const rules = await this.rules.active();
    const matching = transactions.filter((transaction) => rules.some((rule) => matches(rule, transaction)));
    if (matching.length > 0) await this.commit(matching, tx);
  }

  private async commit(transactions: CardTransaction[], tx: Transaction): Promise<Settled<Earned>[]> {
    const now = this.clock.now();
    const rules = await this.rules.active();
    const ids = transactions.map(({ customerId, transactionId }) => entryIdOf('earn', customerId, transactionId));
    // Repeats are rare: an id that is there already is a duplicate key, and the next attempt looks them up.
    const entries = tx.attempt === 1 ? new Map<string, PointsEntry>() : await this.points.findEntries(ids, tx);
    const customerIds = [...new Set(transactions.map(({ customerId }) => customerId))];
    const known = await this.points.findAccounts(customerIds, tx);
    // Beside the transaction, once it has its snapshot, all at once: who earned meanwhile under a link seen here has touched these accounts, a write conflict.
    const persons = await this.persons.find(rules.some(isCapped) ? customerIds : []);
    const otherIds = customerIds.flatMap((customerId) => persons.othersOf(customerId)).filter((id) => !known.has(id));
    const others = otherIds.length > 0 ? await this.points.findAccounts([...new Set(otherIds)], tx) : [];
    const accounts = new Map([...known, ...others]);
    const changed = new Set<string>();
    const fresh: PointsEntry[] = [];
    const settled = transactions.map((transaction, index): Settled<Earned> => {
      const { customerId } = transaction;
      const earlier = entries.get(ids[index] ?? '');
      if (earlier) return repeat(earlier, transaction);
      const before = accounts.get(customerId) ?? emptyAccount(customerId);
      const others = persons.othersOf(customerId).flatMap((other) => accounts.get(other) ?? []);
      const { account, entry } = earn({ account: before, others }, transaction, rules, now);
      entries.set(entry.entryId, entry);
      accounts.set(customerId, account);
      // A transaction that earns nothing leaves the account as it is, and its write to others.
      if (entry.points > 0) changed.add(customerId);
      fresh.push(entry);
      return { value: { entry, isRepeat: false } };
    });
    const written = [...changed].flatMap((customerId) => accounts.get(customerId) ?? []);
    await this.book.write({ accounts: written, known, entries: fresh }, tx);
    const beside = [...changed].flatMap((customerId) => persons.othersOf(customerId));
    await this.points.touchAccounts([...new Set(beside.filter((other) => !changed.has(other)))], tx);
    return settled;
  }
}

function repeat(entry: PointsEntry, transaction: CardTransaction): Settled<Earned> {
  if (entry.contentHash === contentOf(transaction)) return { value: { entry, isRepeat: true } };
  return {
    error: new DomainError({
      code: 'ALREADY_EXISTS',
      reason: 'TRANSACTION_ID_REUSED',
      message: 'This transaction id was told with other content.',
    }),
  };
}
