import { Inject, Injectable } from '@nestjs/common';
import { Mongo } from '@tidegate/mongo';
import { Clock, ServiceEnv } from '@tidegate/service';
import { isPayable, moveBatch, withMaker, type SettlementBatch } from '../../domain/batch';
import { businessDay, DAY_GRACE_MS, requireOver } from '../../domain/business-day';
import { BANK_TIME } from '../../bank-time';
import type { BankTime } from '../../domain/business-day';
import { AdjustmentPoster } from '../../posting/adjustment-poster';
import { BatchRepository } from '../../repositories/batch.repository';
import { FindingRepository } from '../../repositories/finding.repository';
import { StatementLineRepository } from '../../repositories/statement-line.repository';
import { DayCollector } from './day-collector';
import type { RunSettlementInput } from './run-settlement.request';

const BATCHES_ANSWERED_MAX = 1_000;
const PAGE_SIZE = 500;

/**
 * Prepares a business day's batches T+1 制单: every redemption in exactly one, and what waited from before. Safe to repeat, to run twice
 * at once and to die between any two steps; a repeat finishes what is unfinished, and redemptions that came late go into supplementary
 * batches. Nothing is paid before a second person releases it. A merchant of whom a redemption is broken has no batch of its day: what
 * else he is owed waits for the next one.
 */
@Injectable()
export class RunSettlementUseCase {
  constructor(
    private readonly mongo: Mongo,
    private readonly batches: BatchRepository,
    private readonly lines: StatementLineRepository,
    private readonly findings: FindingRepository,
    private readonly adjustmentPoster: AdjustmentPoster,
    private readonly collector: DayCollector,
    private readonly clock: Clock,
    private readonly env: ServiceEnv,
    @Inject(BANK_TIME) private readonly bank: BankTime,
  ) {}

  /**
   * The day's batches, by id, at most 1,000 of them.
   * @throws BUSINESS_DAY_OPEN, NOT_A_BUSINESS_DAY, REQUEST_ID_REUSED
   */
  async execute({ requestId, ...input }: RunSettlementInput, makerId: string): Promise<SettlementBatch[]> {
    const day = businessDay(input.businessDate, this.bank);
    // Before that, the wallet's clock may still be in it: the schedule looks for what comes late.
    const isComplete = this.clock.now().getTime() >= day.to.getTime() + DAY_GRACE_MS;
    if (!input.isForced || this.env.isProduction) requireOver(day, this.clock.now());
    await this.mongo.once({ scope: 'run-settlement', requestId, input }, async () => input.businessDate);
    // What was earned so far is owed with this day, whoever asks for it: an item has to be in the ledger before it is in a batch.
    await this.adjustmentPoster.postCreated();
    await this.collector.collect(day);
    await this.prepare(day.date, makerId);
    if (isComplete) await this.batches.completeDay(day, this.clock.now());
    return this.batches.listDay(day.date, BATCHES_ANSWERED_MAX);
  }

  /** From now on the lines of the open batches stand; those that come to nothing, or of a merchant with a finding, wait for another day. */
  private async prepare(businessDate: string, makerId: string): Promise<void> {
    let after: string | undefined = '';
    while (after !== undefined) {
      const start: string = after;
      after = await this.mongo.transaction(async (tx) => {
        await this.batches.lockDay(businessDate, tx);
        const page = await this.batches.listDay(businessDate, PAGE_SIZE, start, tx);
        const open = page.filter(({ state }) => state === 'open');
        const merchantIds = [...new Set(open.map(({ merchantId }) => merchantId))];
        const held = await this.findings.findHeld(businessDate, merchantIds, tx);
        const isReady = (batch: SettlementBatch): boolean => isPayable(batch) && !held.has(batch.merchantId);
        const dropped = open.filter((batch) => !isReady(batch)).map(({ batchId }) => batchId);
        await this.lines.releaseFrom(dropped, tx);
        await this.batches.removeMany(dropped, tx);
        const prepared = open
          .filter(isReady)
          .map((batch) => moveBatch(batch, 'prepared', { makerIds: withMaker(batch.makerIds, makerId) }));
        await this.batches.saveMany(prepared, tx);
        return page.length === PAGE_SIZE ? page.at(-1)?.batchId : undefined;
      });
    }
  }
}
