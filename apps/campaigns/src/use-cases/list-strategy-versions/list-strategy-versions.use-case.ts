import { Injectable } from '@nestjs/common';
import { decodeNumberToken, encodePageToken, pageSize } from '@tidegate/mongo';
import type { Actor } from '@tidegate/observability';
import { requireWork } from '../../actor-scope';
import type { Strategy, StrategyVersion } from '../../domain/strategy';
import type { PageOfInput } from '../../requests/page-of.request';
import { StrategyRepository } from '../../repositories/strategy.repository';

/** All versions of a strategy, newest first. */
@Injectable()
export class ListStrategyVersionsUseCase {
  constructor(private readonly strategies: StrategyRepository) {}

  /** @throws STRATEGY_NOT_FOUND, ORG_OUT_OF_SCOPE, PAGE_TOKEN_INVALID */
  async execute(
    actor: Actor,
    input: PageOfInput,
  ): Promise<{ strategy: Strategy; versions: StrategyVersion[]; nextPageToken: string }> {
    const strategy = await this.strategies.get(input.id);
    requireWork(actor, strategy.orgPath);
    const limit = pageSize(input.pageSize, { max: 100, fallback: 20 });
    const [from = strategy.newestVersion] = decodeNumberToken(input.pageToken) ?? [];
    // Versions are numbered without a gap, so a page is read by key.
    const numbers = Array.from({ length: Math.max(0, Math.min(limit, from)) }, (_, i) => from - i);
    const closed = await this.strategies.findManyClosed(input.id, numbers);
    const current = [strategy.open, strategy.live].filter((version) => version !== null);
    const versions = numbers.flatMap(
      (number) => current.find(({ version }) => version === number) ?? closed.get(number) ?? [],
    );
    const next = from - numbers.length;
    return { strategy, versions, nextPageToken: next > 0 ? encodePageToken([String(next)]) : '' };
  }
}
