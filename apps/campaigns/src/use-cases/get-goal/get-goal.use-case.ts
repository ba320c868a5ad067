import { Injectable } from '@nestjs/common';
import { notFound } from '@tidegate/errors';
import type { Actor } from '@tidegate/observability';
import { requireWork } from '../../actor-scope';
import type { Goal } from '../../domain/goal';
import { GoalRepository } from '../../repositories/goal.repository';

@Injectable()
export class GetGoalUseCase {
  constructor(private readonly goals: GoalRepository) {}

  /** @throws GOAL_NOT_FOUND, ORG_OUT_OF_SCOPE */
  async execute(actor: Actor, goalId: string): Promise<Goal> {
    const goal = await this.goals.find(goalId);
    if (goal === null) throw notFound('GOAL_NOT_FOUND', 'There is no such goal.', { goalId });
    requireWork(actor, goal.orgPath);
    return goal;
  }
}
