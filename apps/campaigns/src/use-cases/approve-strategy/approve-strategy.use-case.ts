import { Injectable } from '@nestjs/common';
import { StrategyChanged } from '@tidegate/contracts/campaigns/v1/campaigns_events';
import { event, Mongo } from '@tidegate/mongo';
import type { Actor } from '@tidegate/observability';
import { Clock } from '@tidegate/service';
import { requireDuty } from '../../actor-scope';
import { throwFindings } from '../../domain/finding';
import { approveStrategy, requireAsSubmitted, type Strategy } from '../../domain/strategy';
import { authorsSince } from '../../domain/strategy-authors';
import { snapshotOf } from '../../domain/strategy-snapshot';
import { toStrategyChanged } from '../../messages/strategy.message';
import { OpenVersionCheck } from '../../references/open-version-check';
import { CompiledVersionRepository } from '../../repositories/compiled-version.repository';
import { SnapshotRepository } from '../../repositories/snapshot.repository';
import { StrategyRepository } from '../../repositories/strategy.repository';
import type { ApproveStrategyInput } from './approve-strategy.request';

/**
 * Publishes a reviewed strategy 复核, exactly as it was submitted and read. Its snapshot goes out with it: actions, segments' rules
 * and script versions, so that whoever decides by it asks nobody.
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
   * @throws STRATEGY_NOT_FOUND, STRATEGY_MOVE_NOT_ALLOWED, APPROVER_IS_MAKER, STRATEGY_INCOMPLETE, VERSION_CONFLICT,
   * STRATEGY_CHANGED_IN_REVIEW, ORG_OUT_OF_SCOPE
   */
  async execute(actor: Actor, { requestId, ...input }: ApproveStrategyInput): Promise<Strategy> {
    const { strategyId } = input;
    const checked = await this.check.run(strategyId);
    return this.mongo.once({ scope: 'approve-strategy', requestId, input: { ...input, by: actor.id } }, async (tx) => {
      const strategy = await this.strategies.get(strategyId, tx);
      requireDuty(actor, 'publish', strategy.orgPath);
      const { findings, compiled, contentHash, ...named } = checked.of(strategy);
      const live = await this.snapshots.find(strategyId, tx);
      const authorIds = compiled === undefined ? [] : authorsSince(live?.compiled ?? null, compiled, named);
      const step = { actorId: actor.id, now: this.clock.now() };
      const change = approveStrategy(strategy, { ...input, authorIds }, step);
      throwFindings(findings);
      if (compiled === undefined) throw new Error(`strategy ${strategyId} has neither findings nor a snapshot`);
      requireAsSubmitted(strategy, contentHash);
      const snapshot = snapshotOf(change.next, compiled);
      await this.strategies.save(change, tx);
      await this.snapshots.save(snapshot, live === null, tx);
      await this.compiledVersions.add(strategyId, snapshot.version.version, compiled, tx);
      tx.emit(event(StrategyChanged, strategyId, toStrategyChanged(snapshot)));
      return change.next;
    });
  }
}
