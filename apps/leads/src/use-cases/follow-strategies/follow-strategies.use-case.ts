import { Injectable } from '@nestjs/common';
import type { StrategyChanged } from '@tidegate/contracts/campaigns/v1/campaigns_events';
import type { Transaction } from '@tidegate/mongo';
import { Clock } from '@tidegate/service';
import { queuesNamed, type StrategyState } from '../../domain/strategy-state';
import { StrategyStateRepository } from '../../repositories/strategy-state.repository';

/** Keeps which strategies are paused or over: their leads are offered to nobody from the next offer on; and which queues they name. */
@Injectable()
export class FollowStrategiesUseCase {
  constructor(
    private readonly states: StrategyStateRepository,
    private readonly clock: Clock,
  ) {}

  async execute(events: readonly StrategyChanged[], tx: Transaction): Promise<void> {
    const told = events.flatMap(({ snapshot }): StrategyState[] => {
      const { strategyId, state, endsAt, orgPath = '' } = snapshot?.strategy ?? {};
      if (!strategyId || !state) return [];
      const queues = queuesNamed((snapshot?.actions ?? []).flatMap(({ treatments }) => treatments));
      return [{ strategyId, state, orgPath, queues, revision: snapshot?.revision ?? 0, ...(endsAt && { endsAt }) }];
    });
    await this.states.saveNewer(told, this.clock.now(), tx);
  }
}
