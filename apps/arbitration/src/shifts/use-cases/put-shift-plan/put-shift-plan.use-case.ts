import { Injectable } from '@nestjs/common';
import { Mongo } from '@tidegate/mongo';
import type { ShiftPlan } from '../../domain/shift';
import { ShiftRepository } from '../../repositories/shift.repository';
import { ShiftPlanner } from '../../shift-planner';
import type { PutShiftPlanInput } from './put-shift-plan.request';

/** Sets how a queue's shifts become slots; its days ahead without promises are cut anew. */
@Injectable()
export class PutShiftPlanUseCase {
  constructor(
    private readonly mongo: Mongo,
    private readonly shifts: ShiftRepository,
    private readonly planner: ShiftPlanner,
  ) {}

  /** @throws REQUEST_ID_REUSED */
  async execute({ requestId, plan }: PutShiftPlanInput): Promise<ShiftPlan> {
    const saved = await this.mongo.once({ scope: 'put-shift-plan', requestId, input: plan }, async (tx) => {
      await this.shifts.savePlan(plan, [], tx);
      return plan;
    });
    for (const day of await this.planner.unplannedDays(saved)) {
      await this.mongo.transaction((tx) => this.planner.planWholeDay(saved, day, tx));
    }
    return saved;
  }
}
