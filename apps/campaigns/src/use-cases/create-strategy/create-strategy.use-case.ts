import { Injectable } from '@nestjs/common';
import { DomainError } from '@tidegate/errors';
import { Mongo, newId } from '@tidegate/mongo';
import type { Actor } from '@tidegate/observability';
import { Clock } from '@tidegate/service';
import { ownerOf } from '../../actor-scope';
import { draftStrategy, type Strategy } from '../../domain/strategy';
import { StrategyReferences } from '../../references/strategy-references';
import { StrategyRepository } from '../../repositories/strategy.repository';
import { contentOf } from '../../requests/strategy-content';
import type { CreateStrategyInput } from './create-strategy.request';

/** Drafts a strategy 策略. */
@Injectable()
export class CreateStrategyUseCase {
  constructor(
    private readonly mongo: Mongo,
    private readonly strategies: StrategyRepository,
    private readonly references: StrategyReferences,
    private readonly clock: Clock,
  ) {}

  /** @throws ACTION_NOT_FOUND, SEGMENT_NOT_FOUND, RULE_INVALID, STRATEGY_EXISTS, ORG_OUT_OF_SCOPE */
  async execute(actor: Actor, { requestId, strategy: input }: CreateStrategyInput): Promise<Strategy> {
    const orgPath = ownerOf(actor, input.orgPath, 'strategy.orgPath');
    const content = contentOf(input);
    const missing = await this.references.findMissing(content);
    return this.mongo.once({ scope: 'create-strategy', requestId, input: { ...input, by: actor.id } }, async (tx) => {
      if (missing) throw missing;
      const strategyId = input.strategyId || newId();
      if (await this.strategies.find(strategyId, tx)) throw exists(strategyId);
      const strategy = draftStrategy({ strategyId, orgPath }, content, { actorId: actor.id, now: this.clock.now() });
      await this.strategies.add(strategy, tx);
      return strategy;
    });
  }
}

const exists = (strategyId: string): DomainError =>
  new DomainError({
    code: 'ALREADY_EXISTS',
    reason: 'STRATEGY_EXISTS',
    message: 'There is a strategy of this id.',
    metadata: { strategyId },
  });
