import { Injectable } from '@nestjs/common';
import { decodePageToken, encodePageToken, pageSize } from '@tidegate/mongo';
import type { Actor } from '@tidegate/observability';
import { listScope } from '../../actor-scope';
import { newestOf, type Strategy, type StrategyVersion } from '../../domain/strategy';
import { StrategyRepository } from '../../repositories/strategy.repository';
import type { ListStrategiesInput } from './list-strategies.request';

/** Strategies of the actor's organisation and below, in id order: the newest version, or with a state the one in that state. */
@Injectable()
export class ListStrategiesUseCase {
  constructor(private readonly strategies: StrategyRepository) {}

  /** @throws PAGE_TOKEN_INVALID */
  async execute(
    actor: Actor,
    input: ListStrategiesInput,
  ): Promise<{ rows: { strategy: Strategy; version: StrategyVersion }[]; nextPageToken: string }> {
    const limit = pageSize(input.pageSize, { max: 200, fallback: 50 });
    const after = decodePageToken(input.pageToken)?.[0];
    const state = input.state || undefined;
    const strategies = await this.strategies.list(limit, { scope: listScope(actor), state, after });
    const last = strategies.length === limit ? strategies.at(-1) : undefined;
    return {
      rows: strategies.map((strategy) => {
        const inState = state && [strategy.open, strategy.live].find((version) => version?.state === state);
        return { strategy, version: inState || newestOf(strategy) };
      }),
      nextPageToken: last ? encodePageToken([last.strategyId]) : '',
    };
  }
}
