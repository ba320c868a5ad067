import { Inject, Injectable } from '@nestjs/common';
import { decodePageToken, encodePageToken, pageSize } from '@tidegate/mongo';
import type { Actor } from '@tidegate/observability';
import { Clock } from '@tidegate/service';
import { calendarDateOf } from '../../../domain/local-time';
import { MERCHANTS_CONFIG, type MerchantsConfig } from '../../../merchants.config';
import { PAGE_SIZE_DEFAULT, PAGE_SIZE_MAX } from '../../../page.request';
import type { TrafficPlan, VisitGoal } from '../../domain/traffic-plan';
import { countTowards, together, windowStart } from '../../domain/visit-goal';
import { GoalStateRepository } from '../../repositories/goal-state.repository';
import { PersonLinkRepository } from '@tidegate/person-links';
import { TrafficPlanRepository } from '../../repositories/traffic-plan.repository';
import { VisitRepository } from '../../repositories/visit.repository';
import { requireCustomer } from '../../traffic-access';
import type { GoalPageInput } from '../../traffic.request';

export interface GoalProgress {
  planId: string;
  planName: string;
  goal: VisitGoal;
  visitCount: number;
  reachedCount: number;
  lastReachedAt: Date | undefined;
}

/** How far a person is in the goals of the running plans, under all his profiles, a page of plans at a time. */
@Injectable()
export class ListVisitGoalsUseCase {
  constructor(
    private readonly plans: TrafficPlanRepository,
    private readonly visits: VisitRepository,
    private readonly states: GoalStateRepository,
    private readonly persons: PersonLinkRepository,
    private readonly clock: Clock,
    @Inject(MERCHANTS_CONFIG) private readonly config: MerchantsConfig,
  ) {}

  /** @throws CUSTOMER_ONLY, NOT_YOURS, PAGE_TOKEN_INVALID */
  async execute(input: GoalPageInput, actor: Actor): Promise<{ goals: GoalProgress[]; nextPageToken: string }> {
    requireCustomer(actor, input.customerId);
    const now = this.clock.now();
    const limit = pageSize(input.pageSize, { max: PAGE_SIZE_MAX, fallback: PAGE_SIZE_DEFAULT });
    const [after] = decodePageToken(input.pageToken) ?? [];
    const plans = await this.plans.listRunning(now, limit, after);
    const today = calendarDateOf(now, this.config.timeZone);
    const goals: GoalProgress[] = [];
    const profiles = await this.persons.profilesOf(input.customerId);
    for (const plan of plans) goals.push(...(await this.progressOf(plan, profiles, today)));
    const last = plans.length === limit ? plans.at(-1) : undefined;
    return { goals, nextPageToken: last ? encodePageToken([last.planId]) : '' };
  }

  private async progressOf({ planId, name, goals }: TrafficPlan, profiles: readonly string[], today: string) {
    if (goals.length === 0) return [];
    const from = goals.map((goal) => windowStart(goal, today)).sort()[0]!;
    const visits = await this.visits.listSince(planId, profiles, from);
    const keys = goals.map(({ goalId }) => ({ planId, goalId }));
    const states = await this.states.findMany(keys, profiles);
    return goals.map((goal, index): GoalProgress => {
      const state = together(states[index]!);
      return {
        planId,
        planName: name,
        goal,
        visitCount: countTowards(goal, state, visits, today),
        reachedCount: state.reachedCount,
        lastReachedAt: state.lastReachedAt ?? undefined,
      };
    });
  }
}
