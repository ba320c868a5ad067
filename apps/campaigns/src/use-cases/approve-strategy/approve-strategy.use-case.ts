import { Injectable } from '@nestjs/common';
import { StrategyChanged } from '@tidegate/contracts/campaigns/v1/campaigns_events';
import { event, Mongo } from '@tidegate/mongo';
import type { Actor } from '@tidegate/observability';
import { Clock } from '@tidegate/service';
import { requireDuty } from '../../actor-scope';
import { throwFindings } from '../../domain/finding';
import { approveStrategy, type Strategy } from '../../domain/strategy';
import { snapshotOf } from '../../domain/strategy-snapshot';
import { toStrategyChanged } from '../../messages/strategy.message';
import { OpenVersionCheck } from '../../references/open-version-check';
import { CompiledVersionRepository } from '../../repositories/compiled-version.repository';
import { SnapshotRepository } from '../../repositories/snapshot.repository';
import { StrategyRepository } from '../../repositories/strategy.repository';
import type { ApproveStrategyInput } from './approve-strategy.request';

/**
 * Publishes a reviewed strategy 复核. Its snapshot goes out with it: actions, segments' rules and script versions as they are now,
 * so that whoever decides by it asks nobody.
 */
@Injectable()
export class ApproveStrategyUseCase {
  constructor(
    private readonly mongo: Mongo,
    private readonly strategies: StrategyRepository,
    private readonly snapshots: SnapshotRepository,
    private readonly compiledVersions: CompiledVersionRepository,
    private readonly check: OpenVersionCheck,
    private readonly clock: Clock,
  ) {}

  /**
   * @throws STRATEGY_NOT_FOUND, STRATEGY_MOVE_NOT_ALLOWED, APPROVER_IS_MAKER, STRATEGY_INCOMPLETE when what it refers to changed
   * since it was submitted, VERSION_CONFLICT, ORG_OUT_OF_SCOPE
   */
  async execute(actor: Actor, { requestId, strategyId, comment }: ApproveStrategyInput): Promise<Strategy> {
    const checked = await this.check.run(strategyId);
    const input = { strategyId, comment, by: actor.id };
    return this.mongo.once({ scope: 'approve-strategy', requestId, input }, async (tx) => {
      const strategy = await this.strategies.get(strategyId, tx);
      requireDuty(actor, 'publish', strategy.orgPath);
      const change = approveStrategy(strategy, comment, { actorId: actor.id, now: this.clock.now() });
      const compiled = checked.compiledOf(strategy);
      if (compiled === undefined) {
        throwFindings(checked.findingsOf(strategy));
        throw new Error(`strategy ${strategyId} has neither findings nor a snapshot`);
      }
      const snapshot = snapshotOf(change.next, compiled);
      await this.strategies.save(change, tx);
      await this.snapshots.save(snapshot, strategy.live === null, tx);
      await this.compiledVersions.add(strategyId, snapshot.version.version, compiled, tx);
      tx.emit(event(StrategyChanged, strategyId, toStrategyChanged(snapshot)));
      return change.next;
    });
  }
}
