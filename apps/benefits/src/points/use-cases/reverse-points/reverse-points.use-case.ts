import { Injectable } from '@nestjs/common';
import { notFound } from '@tidegate/errors';
import { GroupCommitter, Mongo, settle, type Settled, type Transaction } from '@tidegate/mongo';
import { Clock } from '@tidegate/service';
import { emptyAccount } from '../../domain/points-account';
import { entryIdOf, type PointsEntry } from '../../domain/points-entry';
import { reverse, type PointsReversal } from '../../domain/reversing';
import { PointsRules } from '../../points-rules';
import { PointsBook } from '../../repositories/points-book';
import { PointsRepository } from '../../repositories/points.repository';

export interface Reversed {
  entry: PointsEntry;
  isRepeat: boolean;
}

/** Takes back 积分撤回 what card transactions earned, once for each: concurrent ones are gathered and committed as one transaction (ADR 0002). */
@Injectable()
export class ReversePointsUseCase {
  private readonly committer: GroupCommitter<PointsReversal, Reversed>;

  constructor(
    mongo: Mongo,
    private readonly rules: PointsRules,
    private readonly points: PointsRepository,
    private readonly book: PointsBook,
    private readonly clock: Clock,
  ) {
    this.committer = new GroupCommitter(mongo, {
      name: 'reverse-points',
      commit: (reversals, tx) => this.commit(reversals, tx),
    });
  }

  /** @throws TRANSACTION_NOT_FOUND */
  execute(reversal: PointsReversal): Promise<Reversed> {
    return this.committer.submit(reversal);
  }

  private async commit(reversals: PointsReversal[], tx: Transaction): Promise<Settled<Reversed>[]> {
    const now = this.clock.now();
    const idOf = (kind: 'earn' | 'reverse', { customerId, transactionId }: PointsReversal): string =>
      entryIdOf(kind, customerId, transactionId);
    const ids = reversals.flatMap((each) => [idOf('earn', each), idOf('reverse', each)]);
    const entries = await this.points.findEntries([...new Set(ids)], tx);
    const zones = await this.rules.zonesOf([...entries.values()].flatMap(({ awards }) => awards.map(ruleIdOf)));
    const known = await this.points.findAccounts([...new Set(reversals.map(({ customerId }) => customerId))], tx);
    const changed = new Map(known);
    const written = new Set<string>();
    const fresh: PointsEntry[] = [];
    const settled = reversals.map((reversal) =>
      settle((): Reversed => {
        const earlier = entries.get(idOf('reverse', reversal));
        if (earlier) return { entry: earlier, isRepeat: true };
        const earned = entries.get(idOf('earn', reversal));
        if (!earned) throw notFound('TRANSACTION_NOT_FOUND', 'The customer’s points history has no such transaction.');
        const { customerId } = reversal;
        const before = changed.get(customerId) ?? emptyAccount(customerId);
        const { account, entry } = reverse(before, earned, reversal, zones, now);
        entries.set(entry.entryId, entry);
        changed.set(customerId, account);
        // Where nothing was left to take, the account stays as it is.
        if (entry.points < 0) written.add(customerId);
        fresh.push(entry);
        return { entry, isRepeat: false };
      }),
    );
    const accounts = [...written].flatMap((customerId) => changed.get(customerId) ?? []);
    await this.book.write({ accounts, known, entries: fresh }, tx);
    return settled;
  }
}

const ruleIdOf = ({ ruleId }: { ruleId: string }): string => ruleId;
