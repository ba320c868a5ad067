import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import { continueTrace, runInContext } from '@tidegate/observability';
import { Clock, PeriodicTasks } from '@tidegate/service';
import { finishedDates } from './domain/business-day';
import { MERCHANTS_CONFIG, type MerchantsConfig } from './merchants.config';
import { SettlementRepository } from './repositories/settlement.repository';
import { RunSettlementUseCase } from './use-cases/run-settlement/run-settlement.use-case';

/** Days looked back for one that was missed, e.g. over a weekend without service. */
const DAYS_BACK = 7;
/** Redemptions of the last seconds of a day are in the ledger by then. */
const GRACE_MS = 30 * 60_000;

/** The service's clock-driven inlet. Settles finished days by itself; on several replicas at once it does no harm, as a run may be repeated. */
@Injectable()
export class MerchantsSchedule implements OnModuleInit {
  constructor(
    private readonly runSettlement: RunSettlementUseCase,
    private readonly settlements: SettlementRepository,
    private readonly clock: Clock,
    private readonly tasks: PeriodicTasks,
    @Inject(MERCHANTS_CONFIG) private readonly config: MerchantsConfig,
  ) {}

  onModuleInit(): void {
    const { settlementEveryMs } = this.config;
    if (settlementEveryMs > 0) this.tasks.every(settlementEveryMs, 'settlement', () => this.settleFinishedDays());
  }

  async settleFinishedDays(): Promise<void> {
    const dates = finishedDates(this.clock.now(), this.config.timeZone, DAYS_BACK, GRACE_MS);
    const actor = { id: 'merchants-settlement', kind: 'service' as const, roles: [], orgPath: '' };
    for (const businessDate of await this.settlements.listIncomplete(dates)) {
      await runInContext({ traceparent: continueTrace(undefined), actor }, () =>
        this.runSettlement.execute({ requestId: `schedule-${businessDate}`, businessDate, isForced: false }),
      );
    }
  }
}
