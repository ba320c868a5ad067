import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import { continueTrace, logger, runInContext } from '@tidegate/observability';
import { Clock, PeriodicTasks } from '@tidegate/service';
import { MERCHANTS_CONFIG, type MerchantsConfig } from '../merchants.config';
import { BANK_TIME } from './bank-time';
import { businessDay, DAY_GRACE_MS, finishedDates, unannouncedYears, type BankTime } from './domain/business-day';
import { AdjustmentPoster } from './posting/adjustment-poster';
import { PayoutPoster } from './posting/payout-poster';
import { BatchRepository } from './repositories/batch.repository';
import { PayoutRepository } from './repositories/payout.repository';
import { RunSettlementUseCase } from './use-cases/run-settlement/run-settlement.use-case';

/** Business days looked back for one that was missed, e.g. over a week without service. */
const DAYS_BACK = 7;
const PAYOUTS_PER_RUN = 100;
const ACTOR = { id: 'merchants-settlement', kind: 'service' as const, roles: [], orgPath: '' };

const log = logger('settlement');

/**
 * Settlement's clock-driven inlet: prepares finished business days, and finishes postings that stopped half-way. On several replicas at
 * once it does no harm, as every step may be repeated.
 */
@Injectable()
export class SettlementSchedule implements OnModuleInit {
  constructor(
    private readonly runSettlement: RunSettlementUseCase,
    private readonly batches: BatchRepository,
    private readonly payouts: PayoutRepository,
    private readonly payoutPoster: PayoutPoster,
    private readonly adjustmentPoster: AdjustmentPoster,
    private readonly clock: Clock,
    private readonly tasks: PeriodicTasks,
    @Inject(BANK_TIME) private readonly bank: BankTime,
    @Inject(MERCHANTS_CONFIG) private readonly config: MerchantsConfig,
  ) {}

  onModuleInit(): void {
    const { settlementEveryMs } = this.config;
    if (settlementEveryMs === 0) return;
    this.tasks.every(settlementEveryMs, 'settlement', () => this.settleFinishedDays());
    this.tasks.every(settlementEveryMs, 'settlement-postings', () => this.finishPostings());
  }

  async settleFinishedDays(): Promise<void> {
    const now = this.clock.now();
    for (const year of unannouncedYears(now, this.bank)) {
      log.warn({ year }, 'the holidays of this year are not known: only weekends are free');
    }
    const dates = finishedDates(now, this.bank, DAYS_BACK, DAY_GRACE_MS);
    const days = dates.map((date) => businessDay(date, this.bank));
    for (const { date: businessDate } of await this.batches.listIncomplete(days)) {
      const input = { requestId: `schedule-${businessDate}`, businessDate, isForced: false };
      await asService(() => this.runSettlement.execute(input, ACTOR.id));
    }
  }

  async finishPostings(): Promise<void> {
    for (const payout of await this.payouts.listUnposted(PAYOUTS_PER_RUN)) {
      await asService(() => this.payoutPoster.post(payout));
    }
    await asService(() => this.adjustmentPoster.postCreated());
  }
}

const asService = <T>(work: () => Promise<T>): Promise<T> =>
  runInContext({ traceparent: continueTrace(undefined), actor: ACTOR }, work);
