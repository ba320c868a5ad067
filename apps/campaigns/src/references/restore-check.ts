import { Injectable } from '@nestjs/common';
import { Clock } from '@tidegate/service';
import type { Finding } from '../domain/finding';
import { queuesNamed } from '../domain/queue-findings';
import { findRestoreFaults } from '../domain/restore-findings';
import type { StrategyVersion } from '../domain/strategy';
import { scriptKey } from '../domain/strategy-parts';
import type { CompiledStrategy } from '../domain/strategy-snapshot';
import { StrategyNeighbours } from '../peers/strategy-neighbours';
import { ScriptRepository } from '../repositories/script.repository';
import { WordLists } from './word-lists';

/**
 * Checks what was published before and is to be in force again, as it was compiled then. It asks other services, which a transaction
 * must not wait for.
 */
@Injectable()
export class RestoreCheck {
  constructor(
    private readonly scripts: ScriptRepository,
    private readonly neighbours: StrategyNeighbours,
    private readonly wordLists: WordLists,
    private readonly clock: Clock,
  ) {}

  /** @throws the errors of `benefits`, `arbitration` and `leads` */
  async run(orgPath: string, version: StrategyVersion, compiled: CompiledStrategy): Promise<Finding[]> {
    const stockIds = compiled.actions.flatMap(({ treatments }) =>
      treatments.map(({ benefitStockId }) => benefitStockId),
    );
    const queues = queuesNamed(compiled.actions);
    const keys = Object.entries(compiled.scriptVersions).map(([id, number]) => scriptKey(id, number));
    const [stocks, quotas, found, scriptTexts] = await Promise.all([
      this.neighbours.findStocks(stockIds.filter((id) => id !== '')),
      this.neighbours.findQuotas(version.quotaUses.map(({ quotaId }) => quotaId)),
      this.neighbours.findQueues(queues),
      this.scripts.findTexts(keys),
    ]);
    const known = { stocks, quotas, queues: found, scriptTexts, wordLists: this.wordLists.all };
    return findRestoreFaults(version, orgPath, compiled, known, this.clock.now());
  }
}
