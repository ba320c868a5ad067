import { Injectable } from '@nestjs/common';
import { invalid, type FieldViolation } from '@tidegate/errors';
import { Mongo } from '@tidegate/mongo';
import type { Actor } from '@tidegate/observability';
import { Clock } from '@tidegate/service';
import { ownerOf, requireDuty } from '../../actor-scope';
import { writeGoal, type Goal, type GoalTerms } from '../../domain/goal';
import { isUsableBy } from '../../domain/org-path';
import { GoalRepository } from '../../repositories/goal.repository';
import { StrategyRepository } from '../../repositories/strategy.repository';
import type { GoalInput, PutGoalInput } from './put-goal.request';

/** Sets a goal 目标 of a strategy for an organisation, or changes its name, target and end. */
@Injectable()
export class PutGoalUseCase {
  constructor(
    private readonly mongo: Mongo,
    private readonly goals: GoalRepository,
    private readonly strategies: StrategyRepository,
    private readonly clock: Clock,
  ) {}

  /** @throws VALIDATION_FAILED, STRATEGY_NOT_FOUND, VERSION_CONFLICT, GOAL_FIXED, GOAL_STARTS_IN_PAST, ORG_OUT_OF_SCOPE, DUTY_NOT_HELD */
  async execute(actor: Actor, { requestId, goal: input }: PutGoalInput): Promise<Goal> {
    const terms = termsOf(input, ownerOf(actor, input.orgPath, 'goal.orgPath'));
    return this.mongo.once({ scope: 'put-goal', requestId, input: { ...input, by: actor.id } }, async (tx) => {
      const strategy = await this.strategies.get(terms.strategyId, tx);
      // A branch sets goals of its own for what the head office has set up.
      if (!isUsableBy(strategy.orgPath, terms.orgPath)) requireDuty(actor, 'draft', strategy.orgPath);
      const current = await this.goals.find(terms.goalId, tx);
      if (current !== null) requireDuty(actor, 'draft', current.orgPath);
      const goal = writeGoal(current, terms, input.version, this.clock.now());
      await this.goals.saveMany([goal], tx);
      return goal;
    });
  }
}

/** @throws VALIDATION_FAILED */
function termsOf({ version: _version, ...input }: GoalInput, orgPath: string): GoalTerms {
  const violations: FieldViolation[] = [];
  const isMoney = input.kind !== 'customers';
  if (isMoney !== (input.currency !== '')) {
    violations.push({ field: 'goal.currency', description: 'money has a currency, customers do not' });
  }
  if (input.endsAt <= input.startsAt) {
    violations.push({ field: 'goal.endsAt', description: 'the end must come after the start' });
  }
  if (violations.length > 0) throw invalid(violations);
  return {
    ...input,
    orgPath,
    successOutcome: input.kind === 'customers' ? input.successOutcome || 'converted' : '',
    factType: input.kind === 'fee_income' ? input.factType || 'fee-income' : '',
  };
}
