import { Injectable } from '@nestjs/common';
import { VisitGoalReached } from '@tidegate/contracts/merchants/v1/merchants_events';
import { event, newId, type Transaction } from '@tidegate/mongo';
import type { TrafficPlan } from '../../domain/traffic-plan';
import type { Visit } from '../../domain/visit';
import { reachGoal, windowStart } from '../../domain/visit-goal';
import { GoalStateRepository } from '../../repositories/goal-state.repository';
import { VisitRepository } from '../../repositories/visit.repository';

/** Moves a person towards the goals of a plan with each counted visit. */
@Injectable()
export class GoalMarker {
  constructor(
    private readonly visits: VisitRepository,
    private readonly states: GoalStateRepository,
  ) {}

  /** The goals that the visit, which is stored already, reached; `profiles` are those of the person, the one that came first. */
  async mark(
    { planId, goals }: TrafficPlan,
    visit: Visit,
    profiles: readonly string[],
    tx: Transaction,
  ): Promise<string[]> {
    if (goals.length === 0) return [];
    const { customerId, businessDate: today, visitedAt: now } = visit;
    const from = goals.map((goal) => windowStart(goal, today)).sort()[0]!;
    const visits = await this.visits.listSince(planId, profiles, from, tx);
    const keys = goals.map(({ goalId }) => ({ planId, goalId }));
    const states = await this.states.findMany(keys, profiles, tx);
    const reached: string[] = [];
    for (const [index, goal] of goals.entries()) {
      const [own, ...others] = states[index]!;
      const { isReached, state } = reachGoal(goal, own!, visits, { today, now, others });
      if (!isReached) continue;
      reached.push(goal.goalId);
      await this.states.save(keys[index]!, customerId, state, tx);
      const reach = {
        reachId: newId(),
        ...keys[index]!,
        customerId,
        rewardStockId: goal.rewardStockId,
        reachedAt: now,
      };
      tx.emit(event(VisitGoalReached, customerId, reach));
    }
    return reached;
  }
}
