import { Injectable } from '@nestjs/common';
import { PointsMoved } from '@tidegate/contracts/benefits/v1/points_events';
import { event, type Transaction } from '@tidegate/mongo';
import { LedgerRepository } from '../../repositories/ledger.repository';
import { emptyAccount, putIn, takeOut, type PointsAccount, type PointsLot } from '../domain/points-account';
import { entryIdOf, toLedger, writeEntry, type PointsEntry } from '../domain/points-entry';
import { PointsRepository } from './points.repository';

/** Moves of points as writes of one transaction: account, history, ledger and event together. */
@Injectable()
export class PointsBook {
  constructor(
    private readonly points: PointsRepository,
    private readonly ledger: LedgerRepository,
  ) {}

  /** Writes what a batch changed. */
  async write(
    {
      accounts,
      known,
      entries,
    }: { accounts: PointsAccount[]; known: { has(id: string): boolean }; entries: PointsEntry[] },
    tx: Transaction,
  ): Promise<void> {
    if (entries.length === 0) return;
    await this.points.saveAccounts(accounts, known, tx);
    await this.points.addEntries(entries, tx);
    await this.ledger.addMany(entries.flatMap(toLedger), tx);
    for (const entry of entries) {
      if (entry.points !== 0) tx.emit(event(PointsMoved, entry.customerId, { entry }));
    }
  }

  /** Gives points that are not earned by a rule; the same reference gives once. */
  async reward(
    customerId: string,
    reference: string,
    lot: PointsLot,
    now: Date,
    tx: Transaction,
  ): Promise<PointsEntry> {
    return this.once('reward', { customerId, reference, now }, tx, (account) => ({
      account: putIn(account, [lot]),
      lots: [lot],
    }));
  }

  /** Takes points out, first in first out; the same reference takes once. @throws POINTS_INSUFFICIENT */
  async spend(customerId: string, reference: string, points: number, now: Date, tx: Transaction): Promise<PointsEntry> {
    return this.once('spend', { customerId, reference, now }, tx, (account) => {
      const { account: after, taken } = takeOut(account, points, now);
      return { account: after, lots: taken };
    });
  }

  /** Puts back what a spend took, into the lots it came from; once. */
  async giveBack(customerId: string, reference: string, now: Date, tx: Transaction): Promise<PointsEntry> {
    const spentId = entryIdOf('spend', customerId, reference);
    const spent = (await this.points.findEntries([spentId], tx)).get(spentId);
    if (!spent) throw new Error(`nothing was spent for ${reference}`);
    return this.once('return', { customerId, reference, now }, tx, (account) => ({
      account: putIn(account, spent.lots),
      lots: spent.lots,
    }));
  }

  private async once(
    kind: 'reward' | 'spend' | 'return',
    { customerId, reference, now }: { customerId: string; reference: string; now: Date },
    tx: Transaction,
    change: (account: PointsAccount) => { account: PointsAccount; lots: PointsLot[] },
  ): Promise<PointsEntry> {
    const entryId = entryIdOf(kind, customerId, reference);
    const earlier = (await this.points.findEntries([entryId], tx)).get(entryId);
    if (earlier) return earlier;
    const known = await this.points.findAccounts([customerId], tx);
    const { account, lots } = change(known.get(customerId) ?? emptyAccount(customerId));
    const entry = writeEntry(account, kind, { reference, lots, occurredAt: now }, now);
    await this.write({ accounts: [account], known, entries: [entry] }, tx);
    return entry;
  }
}
