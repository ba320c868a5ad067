import { Inject, Injectable } from '@nestjs/common';
import { Mongo } from '@tidegate/mongo';
import { Clock, ServiceEnv } from '@tidegate/service';
import { businessDay, requireOver } from '../../domain/business-day';
import type { SettlementBatch } from '../../domain/settlement';
import { MERCHANTS_CONFIG, type MerchantsConfig } from '../../merchants.config';
import { SettlementRepository } from '../../repositories/settlement.repository';
import { BatchPoster } from './batch-poster';
import { DayCollector } from './day-collector';
import type { RunSettlementInput } from './run-settlement.request';

const BATCHES_ANSWERED_MAX = 1_000;

/**
 * Settles a business day T+1: every redemption in exactly one batch, every batch once in the ledger. Safe to repeat, to run
 * twice at once and to die between any two steps; a repeat finishes what is unfinished, and redemptions that came late go
 * into supplementary batches.
 */
@Injectable()
export class RunSettlementUseCase {
  constructor(
    private readonly mongo: Mongo,
    private readonly settlements: SettlementRepository,
    private readonly collector: DayCollector,
    private readonly poster: BatchPoster,
    private readonly clock: Clock,
    private readonly env: ServiceEnv,
    @Inject(MERCHANTS_CONFIG) private readonly config: MerchantsConfig,
  ) {}

  /**
   * The day's batches, by id, at most 1,000 of them.
   * @throws BUSINESS_DAY_OPEN, REQUEST_ID_REUSED, REDEMPTION_UNBALANCED and those of BenefitsService.PostSettlement
   */
  async execute({ requestId, ...input }: RunSettlementInput): Promise<SettlementBatch[]> {
    const day = businessDay(input.businessDate, this.config.timeZone);
    const isOver = this.clock.now() >= day.to;
    if (!input.isForced || this.env.isProduction) requireOver(day, this.clock.now());
    await this.mongo.once({ scope: 'run-settlement', requestId, input }, async () => input.businessDate);
    await this.collector.collect(day);
    await this.poster.postDay(day.date);
    if (isOver) await this.settlements.completeDay(day.date, this.clock.now());
    return this.settlements.listDay(day.date, BATCHES_ANSWERED_MAX);
  }
}
