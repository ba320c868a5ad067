import { Injectable } from '@nestjs/common';
import { StrategyChanged } from '@tidegate/contracts/campaigns/v1/campaigns_events';
import { event, Mongo } from '@tidegate/mongo';
import type { Actor } from '@tidegate/observability';
import { Clock } from '@tidegate/service';
import { requireDuty } from '../../actor-scope';
import { throwFindings, type Finding } from '../../domain/finding';
import { liveVersionChanged, moveStrategy, type Strategy, type StrategyVersion } from '../../domain/strategy';
import { snapshotOf } from '../../domain/strategy-snapshot';
import { toStrategyChanged } from '../../messages/strategy.message';
import { RestoreCheck } from '../../references/restore-check';
import { SnapshotRepository } from '../../repositories/snapshot.repository';
import { StrategyRepository } from '../../repositories/strategy.repository';
import type { MoveStrategyInput } from './move-strategy.request';

/** What would be in force again, checked before the write. */
interface Resumed {
  version: number;
  faults: Finding[];
}

/**
 * Pauses, resumes or retires what is live. Its answer is the version that was moved. To resume is to put in force, so it is a checker's
 * and asks what a roll-back asks; to stop asks nothing.
 */
@Injectable()
export class MoveStrategyUseCase {
  constructor(
    private readonly mongo: Mongo,
    private readonly strategies: StrategyRepository,
    private readonly snapshots: SnapshotRepository,
    private readonly restoreCheck: RestoreCheck,
    private readonly clock: Clock,
  ) {}

  /**
   * @throws STRATEGY_NOT_FOUND, STRATEGY_MOVE_NOT_ALLOWED, STRATEGY_INCOMPLETE, VERSION_CONFLICT, ORG_OUT_OF_SCOPE,
   * DUTY_NOT_HELD
   */
  async execute(
    actor: Actor,
    { requestId, strategyId, move }: MoveStrategyInput,
  ): Promise<{ strategy: Strategy; version: StrategyVersion }> {
    const resumed = move === 'resume' ? await this.check(strategyId) : null;
    const input = { strategyId, move, by: actor.id };
    return this.mongo.once({ scope: 'move-strategy', requestId, input }, async (tx) => {
      const strategy = await this.strategies.get(strategyId, tx);
      requireDuty(actor, move === 'resume' ? 'resume' : 'pause', strategy.orgPath);
      const change = moveStrategy(strategy, move, this.clock.now());
      if (move === 'resume') {
        if (strategy.live?.version !== resumed?.version) throw liveVersionChanged();
        throwFindings(resumed?.faults ?? []);
      }
      const published = await this.snapshots.find(strategyId, tx);
      if (published === null) throw new Error(`strategy ${strategyId} is live without a snapshot`);
      const snapshot = snapshotOf(change.next, published.compiled);
      await this.strategies.save(change, tx);
      await this.snapshots.save(snapshot, false, tx);
      tx.emit(event(StrategyChanged, strategyId, toStrategyChanged(snapshot)));
      return { strategy: change.next, version: snapshot.version };
    });
  }

  /** Null when nothing is live, so that the move itself is refused. */
  private async check(strategyId: string): Promise<Resumed | null> {
    const published = await this.snapshots.find(strategyId);
    if (published === null) return null;
    const { orgPath, version, compiled } = published;
    return { version: version.version, faults: await this.restoreCheck.run(orgPath, version, compiled) };
  }
}
