import { Injectable } from '@nestjs/common';
import type { StrategyChanged } from '@tidegate/contracts/campaigns/v1/campaigns_events';
import type { Transaction } from '@tidegate/mongo';
import { toSnapshot } from '../../engine/strategy-message';
import { CounterKeeper } from '../../past-facts/counter-keeper';
import { RevisionRepository } from '../../repositories/revision.repository';
import { StrategyRepository } from '../../repositories/strategy.repository';

/** Keeps published strategies, and asks for the past facts that their rules count; each replica hears of it live, or at its next look at the revisions. */
@Injectable()
export class ChangeStrategiesUseCase {
  constructor(
    private readonly strategies: StrategyRepository,
    private readonly revisions: RevisionRepository,
    private readonly keeper: CounterKeeper,
  ) {}

  async execute(events: readonly StrategyChanged[], tx: Transaction): Promise<void> {
    const snapshots = events.flatMap((changed) => toSnapshot(changed) ?? []);
    if (!(await this.strategies.saveNewer(snapshots, tx))) return;
    await this.keeper.wantOf(snapshots, tx);
    await this.revisions.bump('strategies', tx);
  }
}
