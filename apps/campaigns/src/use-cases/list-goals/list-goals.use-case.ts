import { Injectable } from '@nestjs/common';
import { decodePageToken, encodePageToken, pageSize } from '@tidegate/mongo';
import type { Actor } from '@tidegate/observability';
import { listScope } from '../../actor-scope';
import type { Goal } from '../../domain/goal';
import { GoalRepository } from '../../repositories/goal.repository';

/** Goals of the actor's organisation and below, in id order. */
@Injectable()
export class ListGoalsUseCase {
  constructor(private readonly goals: GoalRepository) {}

  /** @throws STAFF_ONLY, PAGE_TOKEN_INVALID */
  async execute(
    actor: Actor,
    input: { strategyId: string; pageSize: number; pageToken: string },
  ): Promise<{ goals: Goal[]; nextPageToken: string }> {
    const limit = pageSize(input.pageSize, { max: 200, fallback: 50 });
    const after = decodePageToken(input.pageToken)?.[0];
    const strategyId = input.strategyId || undefined;
    const goals = await this.goals.list(limit, { scope: listScope(actor), strategyId, after });
    const last = goals.length === limit ? goals.at(-1) : undefined;
    return { goals, nextPageToken: last ? encodePageToken([last.goalId]) : '' };
  }
}
