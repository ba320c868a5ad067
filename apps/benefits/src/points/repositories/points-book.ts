import { Injectable } from '@nestjs/common';
import { PointsMoved } from '@tidegate/contracts/benefits/v1/points_events';
import { encodedEvents, type PreparedWrite, type Transaction, whileSending } from '@tidegate/mongo';
import { LedgerRepository } from '../../repositories/ledger.repository';
import type { PointsAccount } from '../domain/points-account';
import { moveEntryIds, PointsBatch, type PointsMove } from '../domain/points-batch';
import { toLedger, type PointsEntry } from '../domain/points-entry';
import { shownEntry } from '../shown-entry';
import { PointsRepository } from './points.repository';

/** What a batch changed. */
export interface PointsWritten {
  accounts: readonly PointsAccount[];
  /** Of them those that were there before. */
  known: { has(customerId: string): boolean };
  entries: readonly PointsEntry[];
}

/** Moves of points as writes of one transaction: account, history, ledger and event together. */
@Injectable()
export class PointsBook {
  constructor(
    private readonly points: PointsRepository,
    private readonly ledger: LedgerRepository,
  ) {}

  /** Writes what a batch changed. */
  write(written: PointsWritten, tx: Transaction): Promise<void> {
    return this.prepareWrite(written)(tx);
  }

  /** Sends it when it is called; what is not sent first is made ready while the database stores what was sent before. */
  prepareWrite({ accounts, known, entries }: PointsWritten): PreparedWrite {
    if (entries.length === 0) return () => Promise.resolve();
    const saveAccounts = this.points.prepareAccounts(accounts, known);
    return async (tx) => {
      const addEntries = await whileSending(saveAccounts(tx), () => this.points.prepareEntries(entries));
      const addLedger = await whileSending(addEntries(tx), () => this.ledger.prepareAdd(entries.flatMap(toLedger)));
      await whileSending(addLedger(tx), () => {
        for (const each of encodedEvents(PointsMoved, entries.filter(isMove).map(toEvent))) tx.emit(each);
      });
    };
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

const isMove = ({ points }: PointsEntry): boolean => points !== 0;

const toEvent = (entry: PointsEntry) => ({
  subject: entry.customerId,
  dataJson: JSON.stringify(PointsMoved.toJSON({ entry: shownEntry(entry) })),
});
