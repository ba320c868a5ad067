import { Injectable } from '@nestjs/common';
import type { StrategyChanged } from '@tidegate/contracts/campaigns/v1/campaigns_events';
import type { Transaction } from '@tidegate/mongo';
import { toSnapshot } from '../../engine/strategy-message';
import { RevisionRepository } from '../../repositories/revision.repository';
import { StrategyRepository } from '../../repositories/strategy.repository';

/** Keeps published strategies; each replica hears of it live, or at its next look at the revisions. */
@Injectable()
export class ChangeStrategiesUseCase {
  constructor(
    private readonly strategies: StrategyRepository,
    private readonly revisions: RevisionRepository,
  ) {}

  async execute(events: readonly StrategyChanged[], tx: Transaction): Promise<void> {
    const snapshots = events.flatMap((changed) => toSnapshot(changed) ?? []);
    if (await this.strategies.saveNewer(snapshots, tx)) await this.revisions.bump('strategies', tx);
  }
}
