import { Injectable } from '@nestjs/common';
import { Mongo } from '@tidegate/mongo';
import type { Actor } from '@tidegate/observability';
import { Clock } from '@tidegate/service';
import { requireDuty } from '../../actor-scope';
import { throwFindings } from '../../domain/finding';
import { submitStrategy, type Strategy } from '../../domain/strategy';
import { OpenVersionCheck } from '../../references/open-version-check';
import { StrategyRepository } from '../../repositories/strategy.repository';
import type { StrategyStepInput } from '../../requests/strategy-step.request';

/** Sends a draft to review, once it is complete. */
@Injectable()
export class SubmitStrategyUseCase {
  constructor(
    private readonly mongo: Mongo,
    private readonly strategies: StrategyRepository,
    private readonly check: OpenVersionCheck,
    private readonly clock: Clock,
  ) {}

  /** @throws STRATEGY_NOT_FOUND, STRATEGY_MOVE_NOT_ALLOWED, STRATEGY_INCOMPLETE, VERSION_CONFLICT, ORG_OUT_OF_SCOPE */
  async execute(actor: Actor, { requestId, strategyId }: StrategyStepInput): Promise<Strategy> {
    const checked = await this.check.run(strategyId);
    return this.mongo.once({ scope: 'submit-strategy', requestId, input: { strategyId, by: actor.id } }, async (tx) => {
      const strategy = await this.strategies.get(strategyId, tx);
      requireDuty(actor, 'draft', strategy.orgPath);
      const { findings, contentHash } = checked.of(strategy);
      const next = submitStrategy(strategy, contentHash, this.clock.now());
      throwFindings(findings);
      await this.strategies.save({ next, closed: [] }, tx);
      return next;
    });
  }
}
