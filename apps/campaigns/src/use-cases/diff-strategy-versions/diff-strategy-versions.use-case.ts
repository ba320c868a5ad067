import { Injectable } from '@nestjs/common';
import { refused } from '@tidegate/errors';
import type { Actor } from '@tidegate/observability';
import { requireWork } from '../../actor-scope';
import type { Strategy, StrategyVersion } from '../../domain/strategy';
import { diffStrategies, type StrategyDifference } from '../../domain/strategy-diff';
import { StrategyVersions } from '../../references/strategy-versions';
import { StrategyRepository } from '../../repositories/strategy.repository';
import type { DiffStrategyVersionsInput } from './diff-strategy-versions.request';

export interface StrategyDiff {
  fromVersion: number;
  toVersion: number;
  differences: StrategyDifference[];
}

/** The change from one version to another, for a person who reviews it. */
@Injectable()
export class DiffStrategyVersionsUseCase {
  constructor(
    private readonly strategies: StrategyRepository,
    private readonly versions: StrategyVersions,
  ) {}

  /** @throws STRATEGY_NOT_FOUND, STRATEGY_NOT_LIVE, ORG_OUT_OF_SCOPE */
  async execute(actor: Actor, input: DiffStrategyVersionsInput): Promise<StrategyDiff> {
    const strategy = await this.strategies.get(input.strategyId);
    requireWork(actor, strategy.orgPath);
    const from = input.fromVersion === 0 ? liveOf(strategy) : await this.versions.get(strategy, input.fromVersion);
    const to = await this.versions.get(strategy, input.toVersion);
    const sides = [await this.versions.sideOf(strategy, from), await this.versions.sideOf(strategy, to)] as const;
    return { fromVersion: from.version, toVersion: to.version, differences: diffStrategies(...sides) };
  }
}

function liveOf({ live }: Strategy): StrategyVersion {
  if (live === null) throw refused('STRATEGY_NOT_LIVE', 'No version is live to compare with; name two versions.');
  return live;
}
