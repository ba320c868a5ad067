import { Injectable } from '@nestjs/common';
import type { MomentDetected } from '@tidegate/contracts/campaigns/v1/campaigns_events';
import { DomainError } from '@tidegate/errors';
import type { Transaction } from '@tidegate/mongo';
import { candidatesOf } from '../../domain/strategy';
import { derivedId, type DecisionCommand } from '../../engine/decision-command';
import { DecisionEngine } from '../../engine/decision-engine';
import { LiveStrategies } from '../../engine/live-strategies';

/** Decides on moments of truth 关键时刻: the moment's actions over all their channels, once for each moment. */
@Injectable()
export class DecideMomentsUseCase {
  constructor(
    private readonly strategies: LiveStrategies,
    private readonly engine: DecisionEngine,
  ) {}

  /** @throws PROJECTION_BEHIND (to be tried again) when the customer, or the strategy as the moment's rule has it, has not arrived here yet */
  async execute(moments: readonly MomentDetected[], tx: Transaction): Promise<void> {
    const commands: DecisionCommand[] = [];
    for (const moment of moments) {
      const strategy = await this.strategies.find(moment.strategyId, moment.strategyRevision);
      if (strategy === undefined) throw behind('strategy');
      commands.push({
        customerId: moment.customerId,
        mode: 'moment',
        decisionIdOf: (index) => derivedId('moment', moment.momentId, index),
        inputHash: '',
        candidates: candidatesOf(strategy, { actionIds: new Set(moment.actionIds) }),
        maxActions: 1,
        fact: moment.factData ?? {},
        momentId: moment.momentId,
        moment: moment.ruleId,
        factAcceptedAt: moment.factAcceptedAt ?? null,
      });
    }
    const settled = await this.engine.decideAll(commands, { capacitySlot: '', mayRepeat: true }, tx);
    for (const one of settled) if ('error' in one) throw behind('customer');
  }
}

/** Events of one origin keep their order, those of two do not: what is missing is on its way. */
const behind = (what: string): DomainError =>
  new DomainError({
    code: 'UNAVAILABLE',
    reason: 'PROJECTION_BEHIND',
    message: `The ${what} has not arrived here yet.`,
  });
