import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Clock, PeriodicTasks } from '@tidegate/service';
import { LeadDesk } from '../../desk/lead-desk';
import { LeadsConfig } from '../../leads.config';
import { LeadRepository } from '../../repositories/lead.repository';
import { StrategyStateRepository } from '../../repositories/strategy-state.repository';

const STRATEGIES_MAX = 100;
const LEADS_BATCH = 200;
const BATCHES_MAX = 50;
/** A lead that was being made when the end of its strategy was heard of is there by then. */
const MADE_WITHIN_MS = 60_000;

/**
 * Ends the leads of strategies that were retired or whose end has come: what they held of people's time, quotas and promised units is free then. Every replica looks; the
 * desk checks again in its transaction.
 */
@Injectable()
export class EndStoppedLeadsUseCase implements OnModuleInit {
  constructor(
    private readonly desk: LeadDesk,
    private readonly leads: LeadRepository,
    private readonly strategies: StrategyStateRepository,
    private readonly clock: Clock,
    private readonly tasks: PeriodicTasks,
    private readonly config: LeadsConfig,
  ) {}

  onModuleInit(): void {
    this.tasks.every(this.config.backlogEveryMs, 'stopped-leads', () => this.execute());
  }

  async execute(): Promise<void> {
    await this.strategies.holdPastEnd(this.clock.now());
    for (const { strategyId, heardAt } of await this.strategies.listEnding(STRATEGIES_MAX)) {
      const isAllEnded = await this.endAll(strategyId);
      const isOver = heardAt.getTime() + MADE_WITHIN_MS <= this.clock.now().getTime();
      if (isAllEnded && isOver) await this.strategies.ended(strategyId, heardAt);
    }
  }

  private async endAll(strategyId: string): Promise<boolean> {
    for (let batch = 0; batch < BATCHES_MAX; batch += 1) {
      const leadIds = await this.leads.listStoppable(strategyId, LEADS_BATCH);
      if (leadIds.length === 0) return true;
      await this.desk.submit({ kind: 'stop', leadIds });
    }
    return false;
  }
}
