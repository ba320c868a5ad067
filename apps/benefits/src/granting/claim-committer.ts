import { Injectable } from '@nestjs/common';
import { BenefitClaimed, StockSoldOut } from '@tidegate/contracts/benefits/v1/benefits_events';
import { event, GroupCommitter, Mongo, settle, type Settled, type Transaction } from '@tidegate/mongo';
import { Clock } from '@tidegate/service';
import { claim, repeatClaim, type ClaimCommand } from '../domain/claim';
import type { Instance } from '../domain/instance';
import { CountRepository } from '../repositories/count.repository';
import { InstanceRepository } from '../repositories/instance.repository';
import { LedgerRepository } from '../repositories/ledger.repository';
import { StockCatalogue } from '../repositories/stock-catalogue';
import { ClaimBatch, countKeysOf } from './claim-batch';

export interface ClaimAnswer {
  instance: Instance;
  isRepeat: boolean;
}

/**
 * The one place where instances are issued: concurrent claims are gathered and committed as one transaction, so one stock
 * takes thousands of claims a second and never gives one too many (ADR 0002).
 */
@Injectable()
export class ClaimCommitter {
  private readonly committer: GroupCommitter<ClaimCommand, ClaimAnswer>;

  constructor(
    mongo: Mongo,
    private readonly counts: CountRepository,
    private readonly instances: InstanceRepository,
    private readonly ledger: LedgerRepository,
    private readonly catalogue: StockCatalogue,
    private readonly clock: Clock,
  ) {
    this.committer = new GroupCommitter(mongo, {
      name: 'claim',
      batchMax: 128,
      commit: (commands, tx) => this.commit(commands, tx),
    });
  }

  /** @throws as the claim rule; REQUEST_ID_REUSED */
  submit(command: ClaimCommand): Promise<ClaimAnswer> {
    return this.committer.submit(command);
  }

  private async commit(commands: ClaimCommand[], tx: Transaction): Promise<Settled<ClaimAnswer>[]> {
    const now = this.clock.now();
    const batch = await this.load(commands, tx);
    const settled = commands.map((command) => this.decide(batch, command, now));
    if (tx.attempt === 1) await this.answerRepeats(commands, settled, tx);
    await this.save(batch, tx);
    commands.forEach(({ instanceId, decisionId }, index) => {
      const outcome = settled[index];
      if (!outcome || !('value' in outcome) || outcome.value.isRepeat) return;
      tx.emit(event(BenefitClaimed, instanceId, { ...outcome.value.instance, decisionId }));
    });
    for (const { stockId } of batch.soldOut) tx.emit(event(StockSoldOut, stockId, { stockId, soldOutAt: now }));
    return settled;
  }

  private decide(batch: ClaimBatch, command: ClaimCommand, now: Date): Settled<ClaimAnswer> {
    const earlier = batch.instances.get(command.instanceId);
    return settle(() => {
      if (earlier) return { instance: repeatClaim(earlier, command), isRepeat: true };
      const claimed = claim(batch.stateOf(command), command, now);
      batch.apply(command, claimed);
      return { instance: claimed.instance, isRepeat: false };
    });
  }

  /**
   * Earlier claims are looked up only where they matter: for what was refused, here, and for all when the same id was
   * inserted again, in the attempt after the duplicate key. So a rush of new claims does not pay for repeats.
   */
  private async answerRepeats(
    commands: ClaimCommand[],
    settled: Settled<ClaimAnswer>[],
    tx: Transaction,
  ): Promise<void> {
    const refused = commands.filter((_, index) => 'error' in (settled[index] ?? {}));
    if (refused.length === 0) return;
    const earlier = await this.instances.findMany(
      refused.map(({ instanceId }) => instanceId),
      tx,
    );
    commands.forEach((command, index) => {
      const won = earlier.get(command.instanceId);
      if (won) settled[index] = settle(() => ({ instance: repeatClaim(won, command), isRepeat: true }));
    });
  }

  private async load(commands: ClaimCommand[], tx: Transaction): Promise<ClaimBatch> {
    const stockIds = [...new Set(commands.map((command) => command.stockId))];
    const stocks = await Promise.all(stockIds.map((stockId) => this.catalogue.get(stockId)));
    // One after another: a session runs one operation at a time.
    const counts = await this.counts.find([...new Set(commands.flatMap(countKeysOf))], tx);
    const instanceIds = commands.map(({ instanceId }) => instanceId);
    const instances = tx.attempt === 1 ? new Map<string, Instance>() : await this.instances.findMany(instanceIds, tx);
    return new ClaimBatch(new Map(stocks.map((stock) => [stock.stockId, stock])), instances, counts);
  }

  private async save(batch: ClaimBatch, tx: Transaction): Promise<void> {
    const { claimed } = batch;
    if (claimed.length === 0) return;
    const { changed, known } = batch.changedCounts();
    await this.counts.save(changed, known, tx);
    await this.instances.addMany(
      claimed.map(({ instance }) => instance),
      tx,
    );
    await this.ledger.addMany(
      claimed.map(({ ledgerTransaction }) => ledgerTransaction),
      tx,
    );
  }
}
