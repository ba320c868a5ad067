import { Injectable } from '@nestjs/common';
import { notFound } from '@tidegate/errors';
import { newestOf, type Strategy, type StrategyVersion } from '../domain/strategy';
import type { DiffSide } from '../domain/strategy-diff';
import { scriptKey } from '../domain/strategy-parts';
import { outlineStrategy } from '../domain/strategy-snapshot';
import { CompiledVersionRepository } from '../repositories/compiled-version.repository';
import { ScriptRepository } from '../repositories/script.repository';
import { StrategyRepository } from '../repositories/strategy.repository';
import { StrategyReferences } from './strategy-references';

/** Versions of a strategy by number, and what each says: as it was published, or for a draft as the catalogue is now. */
@Injectable()
export class StrategyVersions {
  constructor(
    private readonly strategies: StrategyRepository,
    private readonly compiled: CompiledVersionRepository,
    private readonly scripts: ScriptRepository,
    private readonly references: StrategyReferences,
  ) {}

  /** @param wanted 0 for the newest. @throws STRATEGY_NOT_FOUND */
  async get(strategy: Strategy, wanted: number): Promise<StrategyVersion> {
    if (wanted === 0) return newestOf(strategy);
    const current = [strategy.open, strategy.live].find((each) => each?.version === wanted);
    const found = current ?? (await this.strategies.findClosed(strategy.strategyId, wanted));
    if (found) return found;
    const { strategyId } = strategy;
    throw notFound('STRATEGY_NOT_FOUND', 'There is no such version of the strategy.', { strategyId });
  }

  async sideOf({ strategyId, orgPath }: Strategy, version: StrategyVersion): Promise<DiffSide> {
    const published = await this.compiled.find(strategyId, version.version);
    const content = published ?? outlineStrategy(version, orgPath, await this.references.loadContent(version));
    const keys = Object.entries(content.scriptVersions).map(([id, number]) => scriptKey(id, number));
    const texts = await this.scripts.findTexts(keys);
    return { version, content, scripts: keys.flatMap((key) => texts.get(key) ?? []) };
  }
}
