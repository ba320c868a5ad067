import { Injectable } from '@nestjs/common';
import { StrategyChanged } from '@tidegate/contracts/campaigns/v1/campaigns_events';
import { event, Mongo } from '@tidegate/mongo';
import type { Actor } from '@tidegate/observability';
import { Clock } from '@tidegate/service';
import { requireDuty } from '../../actor-scope';
import { moveStrategy, type Strategy, type StrategyVersion } from '../../domain/strategy';
import { snapshotOf } from '../../domain/strategy-snapshot';
import { toStrategyChanged } from '../../messages/strategy.message';
import { SnapshotRepository } from '../../repositories/snapshot.repository';
import { StrategyRepository } from '../../repositories/strategy.repository';
import type { MoveStrategyInput } from './move-strategy.request';

/** Pauses, resumes or retires what is live. Its answer is the version that was moved. */
@Injectable()
export class MoveStrategyUseCase {
  constructor(
    private readonly mongo: Mongo,
    private readonly strategies: StrategyRepository,
    private readonly snapshots: SnapshotRepository,
    private readonly clock: Clock,
  ) {}

  /** @throws STRATEGY_NOT_FOUND, STRATEGY_MOVE_NOT_ALLOWED, ORG_OUT_OF_SCOPE */
  async execute(
    actor: Actor,
    { requestId, strategyId, move }: MoveStrategyInput,
  ): Promise<{ strategy: Strategy; version: StrategyVersion }> {
    const input = { strategyId, move, by: actor.id };
    return this.mongo.once({ scope: 'move-strategy', requestId, input }, async (tx) => {
      const strategy = await this.strategies.get(strategyId, tx);
      requireDuty(actor, 'pause', strategy.orgPath);
      const change = moveStrategy(strategy, move, this.clock.now());
      const published = await this.snapshots.find(strategyId, tx);
      if (published === null) throw new Error(`strategy ${strategyId} is live without a snapshot`);
      const snapshot = snapshotOf(change.next, published.compiled);
      await this.strategies.save(change, tx);
      await this.snapshots.save(snapshot, false, tx);
      tx.emit(event(StrategyChanged, strategyId, toStrategyChanged(snapshot)));
      return { strategy: change.next, version: snapshot.version };
    });
  }
}
