import { Injectable } from '@nestjs/common';
import { refused } from '@tidegate/errors';
import { requireOrgScope } from '@tidegate/grpc';
import { Mongo } from '@tidegate/mongo';
import type { Actor } from '@tidegate/observability';
import { checkShift } from '../../domain/check-shift';
import { SHIFTS_MAX, type Shift } from '../../domain/shift';
import { PromiseSettler } from '../../promise-settler';
import { ShiftRepository } from '../../repositories/shift.repository';
import { poolsOfShift, ShiftPlanner } from '../../shift-planner';
import type { PutShiftInput } from './put-shift.request';

/** Sets up somebody's work on a queue; its days ahead have their units in the same transaction. */
@Injectable()
export class PutShiftUseCase {
  constructor(
    private readonly mongo: Mongo,
    private readonly shifts: ShiftRepository,
    private readonly planner: ShiftPlanner,
    private readonly settler: PromiseSettler,
  ) {}

  /** @throws VALIDATION_FAILED, SHIFT_PLAN_NOT_FOUND, SHIFT_FIXED, SHIFTS_FULL, ORG_OUT_OF_SCOPE, REQUEST_ID_REUSED */
  async execute({ requestId, shift: input }: PutShiftInput, actor: Actor): Promise<Shift> {
    const exceptions = input.exceptions.map(({ day, hours }) => ({ day, hours: hours ?? null }));
    const shift: Shift = { ...input, exceptions };
    checkShift(shift);
    const saved = await this.mongo.once({ scope: 'put-shift', requestId, input: shift }, async (tx) => {
      const plan = await this.planner.getPlan(shift.queue, tx);
      requireOrgScope(actor, plan.orgPath);
      const before = await this.shifts.find(shift.shiftId, tx);
      if (before !== null && before.queue !== shift.queue) {
        throw refused('SHIFT_FIXED', 'A shift stays in its queue.', { queue: before.queue });
      }
      if (before === null && (await this.shifts.list(shift.queue, SHIFTS_MAX, { tx })).length >= SHIFTS_MAX) {
        throw refused('SHIFTS_FULL', `A queue has at most ${SHIFTS_MAX} shifts.`);
      }
      await this.shifts.save(shift, tx);
      const changed = new Set([shift, ...(before === null ? [] : [before])].flatMap(poolsOfShift));
      await this.planner.planPools(plan, changed, tx);
      await this.shifts.savePlan(plan, [...changed], tx);
      return shift;
    });
    await this.settler.settle(await this.planner.getPlan(saved.queue));
    return saved;
  }
}
