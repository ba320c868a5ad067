import { Injectable } from '@nestjs/common';
import { requireOrgScope } from '@tidegate/grpc';
import { decodePageToken, encodePageToken, pageSize } from '@tidegate/mongo';
import type { Actor } from '@tidegate/observability';
import type { Shift, ShiftPlan } from '../../domain/shift';
import { ShiftRepository } from '../../repositories/shift.repository';
import { ShiftPlanner } from '../../shift-planner';
import type { ListShiftsInput } from './list-shifts.request';

/** The shifts of a queue in id order, with how they become slots. */
@Injectable()
export class ListShiftsUseCase {
  constructor(
    private readonly shifts: ShiftRepository,
    private readonly planner: ShiftPlanner,
  ) {}

  /** @throws SHIFT_PLAN_NOT_FOUND, ORG_OUT_OF_SCOPE, PAGE_TOKEN_INVALID */
  async execute(
    { queue, ...page }: ListShiftsInput,
    actor: Actor,
  ): Promise<{ plan: ShiftPlan; shifts: Shift[]; nextPageToken: string }> {
    const plan = await this.planner.getPlan(queue);
    requireOrgScope(actor, plan.orgPath);
    const limit = pageSize(page.pageSize, { max: 200, fallback: 50 });
    const [after = ''] = decodePageToken(page.pageToken) ?? [];
    const shifts = await this.shifts.list(queue, limit, { after });
    const last = shifts.length === limit ? shifts.at(-1) : undefined;
    return { plan, shifts, nextPageToken: last ? encodePageToken([last.shiftId]) : '' };
  }
}
