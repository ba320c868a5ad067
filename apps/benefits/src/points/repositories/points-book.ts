import { Injectable } from '@nestjs/common';
import { PointsMoved } from '@tidegate/contracts/benefits/v1/points_events';
import { event, type Transaction, whileSending } from '@tidegate/mongo';
import { LedgerRepository } from '../../repositories/ledger.repository';
import type { PointsAccount } from '../domain/points-account';
import { moveEntryIds, PointsBatch, type PointsMove } from '../domain/points-batch';
import { toLedger, type PointsEntry } from '../domain/points-entry';
import { shownEntry } from '../shown-entry';
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
    // What comes next is made ready while the database stores what was sent.
    const saving = this.points.saveAccounts(accounts, known, tx);
    const addEntries = await whileSending(saving, () => this.points.prepareEntries(entries));
    const addLedger = await whileSending(addEntries(tx), () => this.ledger.prepareAdd(entries.flatMap(toLedger)));
    await whileSending(addLedger(tx), () => {
      for (const entry of entries) {
        if (entry.points !== 0) tx.emit(event(PointsMoved, entry.customerId, { entry: shownEntry(entry) }));
      }
    });
  }

  /** Reads what moves need. */
  async open(moves: readonly PointsMove[], now: Date, tx: Transaction): Promise<PointsBatch> {
    if (moves.length === 0) return new PointsBatch(new Map(), new Map(), now);
    const made = await this.points.findEntries(moves.flatMap(moveEntryIds), tx);
    const accounts = await this.points.findAccounts([...new Set(moves.map(({ customerId }) => customerId))], tx);
    return new PointsBatch(accounts, made, now);
  }

  /** In the transaction that opened it. */
  save(batch: PointsBatch, tx: Transaction): Promise<void> {
    const { known, entries } = batch;
    return this.write({ accounts: batch.accounts(), known, entries }, tx);
  }
}
