import { Injectable } from '@nestjs/common';
import { StrategyChanged } from '@tidegate/contracts/campaigns/v1/campaigns_events';
import { refused } from '@tidegate/errors';
import { event, Mongo } from '@tidegate/mongo';
import type { Actor } from '@tidegate/observability';
import { Clock } from '@tidegate/service';
import { requireDuty } from '../../actor-scope';
import { throwFindings, type Finding } from '../../domain/finding';
import { liveVersionChanged, rollBackStrategy, type Strategy, type StrategyVersion } from '../../domain/strategy';
import { snapshotOf, type CompiledStrategy } from '../../domain/strategy-snapshot';
import { toStrategyChanged } from '../../messages/strategy.message';
import { RestoreCheck } from '../../references/restore-check';
import { StrategyVersions } from '../../references/strategy-versions';
import { CompiledVersionRepository } from '../../repositories/compiled-version.repository';
import { SnapshotRepository } from '../../repositories/snapshot.repository';
import { StrategyRepository } from '../../repositories/strategy.repository';
import type { RollBackStrategyInput } from './roll-back-strategy.request';

/** What is to be put in force again, checked before the write. */
interface Restored {
  liveVersion: number;
  version: StrategyVersion;
  compiled: CompiledStrategy;
  faults: Finding[];
}

/** Puts an earlier published version in force again, as it was compiled then: reviewed once, it needs no second review. */
@Injectable()
export class RollBackStrategyUseCase {
  constructor(
    private readonly mongo: Mongo,
    private readonly strategies: StrategyRepository,
    private readonly versions: StrategyVersions,
    private readonly compiledVersions: CompiledVersionRepository,
    private readonly snapshots: SnapshotRepository,
    private readonly check: RestoreCheck,
    private readonly clock: Clock,
  ) {}

  /**
   * @throws STRATEGY_NOT_FOUND, STRATEGY_NOT_LIVE, VERSION_NEVER_PUBLISHED, APPROVER_IS_MAKER, STRATEGY_INCOMPLETE, VERSION_CONFLICT,
   * ORG_OUT_OF_SCOPE, DUTY_NOT_HELD
   */
  async execute(
    actor: Actor,
    { requestId, strategyId, version, comment }: RollBackStrategyInput,
  ): Promise<{ strategy: Strategy; version: StrategyVersion }> {
    const restored = await this.restore(strategyId, version);
    const input = { strategyId, version, comment, by: actor.id };
    return this.mongo.once({ scope: 'roll-back-strategy', requestId, input }, async (tx) => {
      const strategy = await this.strategies.get(strategyId, tx);
      requireDuty(actor, 'roll_back', strategy.orgPath);
      if (restored === null) throw neverPublished(version);
      if (strategy.live?.version !== restored.liveVersion) throw liveVersionChanged();
      const step = { actorId: actor.id, now: this.clock.now() };
      const change = rollBackStrategy(strategy, restored.version, comment, step);
      throwFindings(restored.faults);
      const snapshot = snapshotOf(change.next, restored.compiled);
      await this.strategies.save(change, tx);
      await this.snapshots.save(snapshot, false, tx);
      await this.compiledVersions.add(strategyId, snapshot.version.version, restored.compiled, tx);
      tx.emit(event(StrategyChanged, strategyId, toStrategyChanged(snapshot)));
      return { strategy: change.next, version: snapshot.version };
    });
  }

  /** Null when there is nothing to go back to. */
  private async restore(strategyId: string, wanted: number): Promise<Restored | null> {
    const strategy = await this.strategies.get(strategyId);
    const { live } = strategy;
    if (live === null) return null;
    const version =
      wanted > 0 ? await this.versions.get(strategy, wanted) : await this.before(strategyId, live.version);
    const compiled = version && (await this.compiledVersions.find(strategyId, version.version));
    if (!version || !compiled) return null;
    const faults = await this.check.run(strategy.orgPath, version, compiled);
    return { liveVersion: live.version, version, compiled, faults };
  }

  /** The newest version below that was in force once. */
  private async before(strategyId: string, liveVersion: number): Promise<StrategyVersion | null> {
    const BATCH = 50;
    for (let from = liveVersion - 1; from > 0; from -= BATCH) {
      const numbers = Array.from({ length: Math.min(BATCH, from) }, (_, i) => from - i);
      const closed = await this.strategies.findManyClosed(strategyId, numbers);
      for (const number of numbers) {
        const version = closed.get(number);
        if (version?.publishedAt) return version;
      }
    }
    return null;
  }
}

const neverPublished = (version: number): Error =>
  refused('VERSION_NEVER_PUBLISHED', 'There is no published version to go back to.', { version: String(version) });
