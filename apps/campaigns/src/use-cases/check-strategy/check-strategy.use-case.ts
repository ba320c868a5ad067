import { Injectable } from '@nestjs/common';
import type { Actor } from '@tidegate/observability';
import { Clock } from '@tidegate/service';
import { requireWork } from '../../actor-scope';
import type { Finding } from '../../domain/finding';
import { rivalsOf } from '../../domain/ranked-currencies';
import { newestOf } from '../../domain/strategy';
import { findStrategyFaults } from '../../domain/strategy-findings';
import { findStrategyHints } from '../../domain/strategy-hints';
import { StrategyReferences } from '../../references/strategy-references';
import { SnapshotRepository } from '../../repositories/snapshot.repository';
import { StrategyRepository } from '../../repositories/strategy.repository';

export interface StrategyCheck {
  version: number;
  faults: Finding[];
  hints: Finding[];
  audienceCount: number;
}

/** Every finding of a strategy's newest version, while it is still being written. */
@Injectable()
export class CheckStrategyUseCase {
  constructor(
    private readonly strategies: StrategyRepository,
    private readonly snapshots: SnapshotRepository,
    private readonly references: StrategyReferences,
    private readonly clock: Clock,
  ) {}

  /** @throws STRATEGY_NOT_FOUND, ORG_OUT_OF_SCOPE and the peers' errors */
  async execute(actor: Actor, strategyId: string): Promise<StrategyCheck> {
    const strategy = await this.strategies.get(strategyId);
    requireWork(actor, strategy.orgPath);
    const version = newestOf(strategy);
    const [parts, live] = await Promise.all([
      this.references.load(version, strategy.orgPath),
      this.snapshots.listCurrencies(),
    ]);
    return {
      version: version.version,
      faults: findStrategyFaults(version, strategy.orgPath, parts, this.clock.now()),
      hints: findStrategyHints(version, parts, rivalsOf(strategy, live)),
      audienceCount: parts.audienceSize ?? 0,
    };
  }
}
