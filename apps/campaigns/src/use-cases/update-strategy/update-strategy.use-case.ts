import { Injectable } from '@nestjs/common';
import { invalid } from '@tidegate/errors';
import { Mongo } from '@tidegate/mongo';
import type { Actor } from '@tidegate/observability';
import { Clock } from '@tidegate/service';
import { requireDuty } from '../../actor-scope';
import { editStrategy, type Strategy } from '../../domain/strategy';
import { StrategyReferences } from '../../references/strategy-references';
import { StrategyRepository } from '../../repositories/strategy.repository';
import { contentOf } from '../../requests/strategy-content';
import type { UpdateStrategyInput } from './update-strategy.request';

/** Writes the next version of a draft, or the first draft of a change to a live strategy. */
@Injectable()
export class UpdateStrategyUseCase {
  constructor(
    private readonly mongo: Mongo,
    private readonly strategies: StrategyRepository,
    private readonly references: StrategyReferences,
    private readonly clock: Clock,
  ) {}

  /**
   * @throws STRATEGY_NOT_FOUND, STRATEGY_NOT_DRAFT, VERSION_CONFLICT, ACTION_NOT_FOUND, SEGMENT_NOT_FOUND, RULE_INVALID,
   * ORG_OUT_OF_SCOPE
   */
  async execute(actor: Actor, { requestId, strategy: input }: UpdateStrategyInput): Promise<Strategy> {
    const content = contentOf(input);
    const missing = await this.references.findMissing(content);
    return this.mongo.once({ scope: 'update-strategy', requestId, input: { ...input, by: actor.id } }, async (tx) => {
      const strategy = await this.strategies.get(input.strategyId, tx);
      requireDuty(actor, 'draft', strategy.orgPath);
      if (input.orgPath !== '' && input.orgPath !== strategy.orgPath) throw ownerFixed();
      if (missing) throw missing;
      const step = { actorId: actor.id, now: this.clock.now() };
      const change = editStrategy(strategy, content, input.version, step);
      await this.strategies.save(change, tx);
      return change.next;
    });
  }
}

const ownerFixed = (): Error =>
  invalid([{ field: 'strategy.orgPath', description: 'a strategy stays with the organisation that made it' }]);
