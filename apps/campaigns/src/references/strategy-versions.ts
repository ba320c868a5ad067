import { Injectable } from '@nestjs/common';
import { notFound } from '@tidegate/errors';
import type { Script } from '../domain/script';
import { newestOf, type Strategy, type StrategyVersion } from '../domain/strategy';
import type { DiffSide } from '../domain/strategy-diff';
import { offeredActions, scriptKey, spokenVersion } from '../domain/strategy-parts';
import { scriptIdsOf } from '../domain/action';
import { ActionRepository } from '../repositories/action.repository';
import { CompiledVersionRepository } from '../repositories/compiled-version.repository';
import { ScriptRepository } from '../repositories/script.repository';
import { StrategyRepository } from '../repositories/strategy.repository';

/** Versions of a strategy by number, and what each says: as it was published, or for a draft as the catalogue is now. */
@Injectable()
export class StrategyVersions {
  constructor(
    private readonly strategies: StrategyRepository,
    private readonly compiled: CompiledVersionRepository,
    private readonly actions: ActionRepository,
    private readonly scripts: ScriptRepository,
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

  async sideOf({ strategyId }: Strategy, version: StrategyVersion): Promise<DiffSide> {
    const compiled = await this.compiled.find(strategyId, version.version);
    if (compiled !== null) {
      const keys = Object.entries(compiled.scriptVersions).map(([id, number]) => scriptKey(id, number));
      return { version, actions: compiled.actions, scripts: await this.textsOf(keys) };
    }
    const actions = offeredActions(version, { actions: await this.actions.findMany(version.actionIds) });
    const scriptIds = [...new Set(actions.flatMap(scriptIdsOf))];
    const scripts = await this.scripts.findHeads(scriptIds);
    const keys = scriptIds.map((id) => scriptKey(id, spokenVersion(version, { scripts }, id)));
    return { version, actions, scripts: await this.textsOf(keys) };
  }

  private async textsOf(keys: readonly string[]): Promise<Script[]> {
    const found = await this.scripts.findTexts(keys);
    return keys.flatMap((key) => found.get(key) ?? []);
  }
}
