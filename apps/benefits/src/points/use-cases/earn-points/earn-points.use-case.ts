import { Injectable } from '@nestjs/common';
import { GroupCommitter, Mongo, type Settled, type Transaction, whileSending } from '@tidegate/mongo';
import { Clock } from '@tidegate/service';
import { Persons } from '../../../domain/person';
import { earnAll, earnEntryId, type Earned } from '../../domain/earning';
import type { PointsAccount } from '../../domain/points-account';
import type { PointsEntry } from '../../domain/points-entry';
import { isCapped, matches, type CardTransaction } from '../../domain/points-rule';
import { PersonRepository } from '../../../repositories/person.repository';
import { PointsRules } from '../../points-rules';
import { PointsBook } from '../../repositories/points-book';
import { PointsRepository } from '../../repositories/points.repository';

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
    // Repeats are rare: an id that is there already is a duplicate key, and the next attempt looks them up.
    const ids = tx.attempt === 1 ? [] : transactions.map(earnEntryId);
    const made = ids.length > 0 ? await this.points.findEntries(ids, tx) : new Map<string, PointsEntry>();
    const customerIds = [...new Set(transactions.map(({ customerId }) => customerId))];
    const known = await this.points.findAccounts(customerIds, tx);
    const prepare = (accounts: ReadonlyMap<string, PointsAccount>, persons: Persons) => {
      const earned = earnAll(transactions, { accounts, made, persons, rules, now });
      return { earned, write: this.book.prepareWrite({ ...earned, known }) };
    };
    // Beside the transaction, once it has its snapshot, all at once: who earned meanwhile under a link seen here has touched these accounts, a write conflict.
    const finding = this.persons.find(rules.some(isCapped) ? customerIds : []);
    // Few have a second profile: what all earn who have none is worked out meanwhile.
    let prepared = await whileSending(finding, () => prepare(known, new Persons([])));
    const persons = await finding;
    const others = [...new Set(customerIds.flatMap((customerId) => persons.othersOf(customerId)))];
    if (others.length > 0) {
      const unseen = others.filter((id) => !known.has(id));
      prepared = prepare(new Map([...known, ...(await this.points.findAccounts(unseen, tx))]), persons);
    }
    const { earned, write } = prepared;
    await write(tx);
    const changed = new Set(earned.accounts.map(({ customerId }) => customerId));
    const beside = [...changed].flatMap((customerId) => persons.othersOf(customerId));
    await this.points.touchAccounts([...new Set(beside.filter((other) => !changed.has(other)))], tx);
    return earned.answers;
  }
}
