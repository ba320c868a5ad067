import { Injectable } from '@nestjs/common';
import { notFound } from '@tidegate/errors';
import { requireOrgScope } from '@tidegate/grpc';
import { Mongo } from '@tidegate/mongo';
import type { Actor } from '@tidegate/observability';
import { PromiseSettler } from '../../promise-settler';
import { ShiftRepository } from '../../repositories/shift.repository';
import { poolsOfShift, ShiftPlanner } from '../../shift-planner';
import type { RemoveShiftInput } from './remove-shift.request';

/** Takes a shift out; what was promised of its units and is not worked yet moves to the next free slots. */
@Injectable()
export class RemoveShiftUseCase {
  constructor(
    private readonly mongo: Mongo,
    private readonly shifts: ShiftRepository,
    private readonly planner: ShiftPlanner,
    private readonly settler: PromiseSettler,
  ) {}

  /** @throws SHIFT_NOT_FOUND, ORG_OUT_OF_SCOPE, REQUEST_ID_REUSED */
  async execute({ requestId, shiftId }: RemoveShiftInput, actor: Actor): Promise<void> {
    const queue = await this.mongo.once({ scope: 'remove-shift', requestId, input: { shiftId } }, async (tx) => {
      const shift = await this.shifts.find(shiftId, tx);
      if (shift === null) throw notFound('SHIFT_NOT_FOUND', 'There is no such shift.', { shiftId });
      const plan = await this.planner.getPlan(shift.queue, tx);
      requireOrgScope(actor, plan.orgPath);
      await this.shifts.delete(shiftId, tx);
      const changed = poolsOfShift(shift);
      await this.planner.planPools(plan, new Set(changed), tx);
      await this.shifts.savePlan(plan, changed, tx);
      return shift.queue;
    });
    await this.settler.settle(await this.planner.getPlan(queue));
  }
}
